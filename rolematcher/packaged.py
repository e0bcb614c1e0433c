"""Data that ships with the product: a file name in, its text out."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def packaged_text(name: str) -> str:
    """The text of `rolematcher/data/<name>`. Raises FileNotFoundError."""
    return (resources.files("rolematcher") / "data" / name).read_text(encoding="utf-8")
