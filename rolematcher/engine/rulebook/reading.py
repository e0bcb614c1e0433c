"""One section of a rulebook text, read key by key. In: what the TOML parser gave. Out: checked values.

Every mistake is a `RulebookError` that names the section and says what would be right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import NoReturn

from rolematcher.engine.errors import RulebookError

IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,39}")
CHOICE = re.compile(r"[a-z0-9][a-z0-9_]{0,39}")
KEBAB = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
FORBIDDEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
"""Characters no text of a rulebook may hold: control, zero-width, direction-changing, half a pair."""

LIST_SHOWN = 12
LONGEST_GUESS = 60


def quoted(value: object) -> str:
    """A value as it can stand in a message: printable and short whatever it is."""
    if isinstance(value, str):
        shown = value if len(value) <= LONGEST_GUESS else value[: LONGEST_GUESS - 3] + "..."
        return "'" + FORBIDDEN.sub("?", shown).replace("\n", " ") + "'"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value) if -(10**15) < value < 10**15 else "a very large number"
    if value is None:
        return "nothing"
    kinds = {dict: "a table", list: "a list", tuple: "a list", float: "a number with a decimal point"}
    return kinds.get(type(value), "something else")


def one_of(wrong: object, options: Iterable[str]) -> str:
    """The end of a message about a wrong name: the nearest right one and the list to choose from."""
    names = list(options)
    near: list[str] = []
    if isinstance(wrong, str) and len(wrong) <= LONGEST_GUESS:
        near = get_close_matches(wrong, names[:500], n=1)
    guess = f"did you mean '{near[0]}'? " if near else ""
    if not names:
        return f"{guess}there is none to choose from"
    listed = ", ".join(names[:LIST_SHOWN]) + (" or another" if len(names) > LIST_SHOWN else "")
    return f"{guess}It is one of {listed}" if guess else f"it is one of {listed}"


class Section:
    """A TOML table with the name a person would give it, for messages."""

    def __init__(self, name: str, values: object, *, keys: Iterable[str] | None = None) -> None:
        self.name = name
        if not isinstance(values, Mapping):
            self.fail(f"is {quoted(values)}, but must be a table of keys and values")
        self.values: Mapping[str, object] = values
        if keys is not None:
            allowed = list(keys)
            for key in values:
                if key not in allowed:
                    self.fail(f"does not know the key {quoted(key)}; {one_of(key, allowed)}")

    def fail(self, message: str) -> NoReturn:
        """Refuse the text at this place."""
        raise RulebookError(f"{self.name}: {message}.")

    def text(self, key: str, *, most: int = 600, required: bool = False) -> str:
        """A text value, "" when left out and not required."""
        if key not in self.values:
            if required:
                self.fail(f"'{key}' is missing; add {key} = \"...\"")
            return ""
        return self.checked_text(key, self.values[key], most=most)

    def checked_text(self, key: str, value: object, *, most: int = 600) -> str:
        """`value` if it is a text that can be printed, otherwise an error about `key`."""
        if not isinstance(value, str):
            self.fail(f"'{key}' must be a text in quotes, not {quoted(value)}")
        if not value.strip():
            self.fail(f"'{key}' is empty; write it out or leave the key away")
        if len(value) > most:
            self.fail(f"'{key}' has {len(value):,} characters; {most:,} are allowed, shorten it")
        found = FORBIDDEN.search(value)
        if found:
            self.fail(f"'{key}' holds the invisible character U+{ord(found.group()):04X}; delete it")
        return value

    def flag(self, key: str) -> bool:
        """A yes-or-no value, false when left out."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            self.fail(f"'{key}' must be true or false, not {quoted(value)}")
        return value

    def words(self, key: str) -> tuple[str, ...]:
        """One text or a list of different texts, never empty. The caller knows the key is there."""
        value = self.values[key]
        items = value if isinstance(value, list) else [value]
        if not items:
            self.fail(
                f"'{key}' has an empty list, which nothing can ever match; name a value or delete the line"
            )
        read = tuple(self.checked_text(key, item, most=80) for item in items)
        if len(set(read)) < len(read):
            twice = next(item for item in read if read.count(item) > 1)
            self.fail(f"'{key}' names {quoted(twice)} twice; delete one")
        return read

    def pairs(self, key: str, shape: re.Pattern[str], *, most: int = 50) -> tuple[tuple[str, str], ...]:
        """A table of ids and the words people read, in the order written. At least one."""
        if key not in self.values:
            self.fail(f"'{key}' is missing; add {key} = {{ id = \"Words\" }}")
        table = self.values[key]
        if not isinstance(table, Mapping):
            self.fail(f"'{key}' must be a table of ids and words, not {quoted(table)}")
        if not 1 <= len(table) <= most:
            self.fail(f"'{key}' has {len(table)} entries; it needs 1 to {most}")
        for id in table:
            self.name_is(id, shape)
        return tuple((id, self.checked_text(f"{key}.{id}", words, most=200)) for id, words in table.items())

    def name_is(self, name: str, shape: re.Pattern[str]) -> str:
        """`name` if it has the shape of an id, otherwise an error with an example."""
        if len(name) > 60 or not shape.fullmatch(name):
            example = "like-this-2026" if shape is KEBAB else "like_this"
            self.fail(f"{quoted(name)} cannot be a name; use small letters and digits, {example}")
        return name
