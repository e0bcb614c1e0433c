"""The three role profiles: `data/roles.toml` in, the plain dict that is frozen into each decision out."""

from __future__ import annotations

import tomllib
from copy import deepcopy
from functools import cache
from typing import Any

from rolematcher.packaged import packaged_text


def role_profiles() -> dict[str, Any]:
    """The profiles by role id: names, skills, questions and titles, each with its sources spelled out.

    A fresh copy each time: a decision keeps its own, and a change of the file changes no past brief.
    """
    return deepcopy(_profiles())


@cache
def _profiles() -> dict[str, Any]:
    book = tomllib.loads(packaged_text("roles.toml"))
    for profile in book["role"].values():
        profile["sources"] = [book["source"][key] for key in _keys(profile) if key != "house"]
    return book["role"]


def _keys(profile: dict[str, Any]) -> list[str]:
    """Every source key used anywhere in a profile, once, in order of first use."""
    keys = [*profile["sources"]]
    for part in profile.values():
        if isinstance(part, dict):
            keys += [*part.get("sources", ()), *part.get("against", ())]
    return list(dict.fromkeys(keys))
