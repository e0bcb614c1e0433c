"""Places that rates are filed under: the text of places.toml in, names, currencies and groups out."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field

from rolematcher.engine.errors import FigureError


@dataclass(frozen=True, slots=True)
class Place:
    """One country or named group. `currency` is the one pay is usually quoted in; `members` of a group."""

    code: str
    name: str
    currency: str = ""
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Places:
    """All places that rates are filed under, by code."""

    by_code: Mapping[str, Place] = field(default_factory=dict)

    def name(self, code: str) -> str:
        """The English name; the code itself where none is on file, "no place given" for none."""
        if not code:
            return "no place given"
        return self.by_code[code].name if code in self.by_code else code

    def contains(self, group: str, code: str) -> bool:
        """Whether `group` is a named group that this country belongs to."""
        return group in self.by_code and code in self.by_code[group].members


def places_read(text: str) -> Places:
    """The places in a TOML text. Raises FigureError naming the entry and the cure."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FigureError("places", f"the text is not TOML: {error}") from None
    by_code = {}
    for code, entry in raw.get("place", {}).items():
        if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
            raise FigureError("places", f"'{code}' has no name. Write name = \"...\".")
        by_code[code] = Place(
            code, entry["name"], str(entry.get("currency", "")), tuple(entry.get("members", ()))
        )
    return Places(by_code)
