"""The three role profiles: `data/roles.toml` in, the plain dict that is frozen into each decision out."""

from __future__ import annotations

import tomllib
from copy import deepcopy
from functools import cache
from typing import Any

from rolematcher.packaged import packaged_text


def role_profiles() -> dict[str, Any]:
    """The profiles by role id: names, skills, questions, titles and their source keys.

    A fresh copy each time: a decision keeps its own, and a change of the file changes no past brief.
    """
    return deepcopy(_profiles())


@cache
def _profiles() -> dict[str, Any]:
    return tomllib.loads(packaged_text("roles.toml"))["role"]
