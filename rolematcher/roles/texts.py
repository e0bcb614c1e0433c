"""All texts of this room's packaged data that people are shown: nothing in, the texts by file out."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

from rolematcher.packaged import packaged_text

FILES = ("roles.toml", "focuses.toml", "content.toml")
_IDS = """
source sources against covered_by needs role roles by share id terms work always
otherwise focuses names code currency unit from to number count
"""
NOT_WORDS = frozenset(_IDS.split())
"""Keys that hold ids, numbers or words to look for."""


def role_texts() -> dict[str, tuple[str, ...]]:
    """Every text by the file it stands in, each once, in reading order. Proper names are not among them."""
    return {name: tuple(dict.fromkeys(_of_file(name))) for name in FILES}


def _of_file(name: str) -> Iterator[str]:
    book = tomllib.loads(packaged_text(name))
    if name != "roles.toml":
        yield from _words(book)
        return
    for profile in book["role"].values():
        yield from _words(
            {key: part for key, part in profile.items() if key not in ("certifications", "codes")}
        )
        yield from filter(None, [profile["certifications"].get("note")])
        codes = profile["codes"]
        yield from (code["why"] for code in (*codes["onet"], codes["esco"], codes["isco"]))


def _words(part: object) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, list):
        for item in part:
            yield from _words(item)
    elif isinstance(part, dict):
        for key, item in part.items():
            if key not in NOT_WORDS:
                yield from _words(item)
