"""The rulebook that ships with the product. In: nothing. Out: its text, and the text read."""

from __future__ import annotations

from functools import cache
from importlib import resources

from .read import rulebook_read
from .rulebook import Rulebook

FILE = "rulebook.toml"


@cache
def shipped_text() -> str:
    """The text of the first edition."""
    return (resources.files("rolematcher") / "data" / FILE).read_text(encoding="utf-8")


@cache
def shipped_rulebook() -> Rulebook:
    """The first edition, read once a process."""
    return rulebook_read(shipped_text())
