"""Patterns of words kept as data. In: the packaged `patterns.toml`. Out: compiled patterns by name."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

FILES = resources.files("rolematcher") / "data" / "reading"


def alternatives(name: str) -> str:
    """All alternatives of a pattern, to stand inside another one."""
    return "|".join(_entry(name)["any"])


def pattern(name: str) -> re.Pattern[str]:
    """The pattern of this name ("places.role"), case ignored."""
    joined = alternatives(name)
    return re.compile(
        rf"\b(?:{joined})\b" if _entry(name).get("whole") else joined, re.IGNORECASE | re.DOTALL
    )


def word_list(name: str) -> frozenset[str]:
    """A plain list of words."""
    return frozenset(_file()["lists"][name])


def table(name: str) -> dict:
    """A table of words with what each stands for: numbers, months, the small words of a language."""
    return _file()["lists"][name]


def longest_first(name: str) -> str:
    """A list of words as alternatives of a pattern, the longest first."""
    return "|".join(map(re.escape, sorted(word_list(name), key=len, reverse=True)))


def _entry(name: str) -> dict:
    entry = _file()
    for key in name.split("."):
        entry = entry[key]
    return entry


@cache
def _file() -> dict:
    return tomllib.loads((FILES / "patterns.toml").read_text(encoding="utf-8"))
