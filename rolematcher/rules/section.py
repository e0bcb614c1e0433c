"""One section of a rulebook text, read key by key. In: what the TOML parser gave. Out: checked values.

Every mistake is a `RulebookError` whose message names the section and what would be right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import NoReturn

from rolematcher.values.amounts import quoted
from rolematcher.values.message import Message, Value

IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,39}")
CHOICE = re.compile(r"[a-z0-9][a-z0-9_]{0,39}")
KEBAB = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
FORBIDDEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
"""Characters no text of a rulebook may hold: control, zero-width, direction-changing, half a pair."""

LIST_SHOWN = 12
LONGEST_GUESS = 60


class RulebookError(ValueError):
    """A rulebook text is wrong at one place. `message` names the place, what is wrong and the cure."""

    def __init__(self, message: Message) -> None:
        super().__init__(f"{message.id} {dict(message.values)}")
        self.message = message


def nearest(typed: object, options: Iterable[str]) -> dict[str, Value]:
    """The values of a message about a wrong name: what was typed, the nearest right one, the list."""
    names = list(options)
    near: list[str] = []
    if isinstance(typed, str) and len(typed) <= LONGEST_GUESS:
        near = get_close_matches(typed, names[:500], n=1)
    return {"typed": quoted(typed), "near": "".join(near), "options": tuple(names[:LIST_SHOWN])}


class Section:
    """A TOML table with its place: the kind of section (rule, question ...) and its name, for messages."""

    def __init__(
        self, kind: str, name: str, values: object, *, keys: Iterable[str] | None = None, part: str = ""
    ) -> None:
        self.kind, self.name, self.part = kind, name, part
        if not isinstance(values, Mapping):
            self.fail("not_a_table", typed=quoted(values))
        self.values: Mapping[str, object] = values
        if keys is not None:
            allowed = list(keys)
            for key in values:
                if key not in allowed:
                    self.fail("key_unknown", **nearest(key, allowed))

    def fail(self, id: str, **values: Value) -> NoReturn:
        """Refuse the text at this place."""
        place: dict[str, Value] = {"place": self.kind, "name": quoted(self.name), "key": self.part}
        raise RulebookError(Message(id=f"rules.text.{id}", values=place | values))

    def choice(self, key: str, typed: object, options: Iterable[str]) -> str:
        """`typed` if it is one of the options."""
        names = list(options)
        if not isinstance(typed, str) or typed not in names:
            self.fail("choice_unknown", **({"key": key} | nearest(typed, names)))
        return typed

    def required(self, key: str) -> object:
        """The value of a key that must be there."""
        if key not in self.values:
            self.fail("key_missing", key=key)
        return self.values[key]

    def table(self, key: str) -> Mapping[str, object]:
        """A section within this one, which must be there."""
        table = self.required(key)
        if not isinstance(table, Mapping):
            self.fail("not_a_table", key=key, typed=quoted(table))
        return table

    def text(self, key: str, *, most: int = 600, required: bool = False) -> str:
        """A text value, "" when left out and not required."""
        if not required and key not in self.values:
            return ""
        return self.checked_text(key, self.required(key), most=most)

    def checked_text(self, key: str, value: object, *, most: int = 600) -> str:
        """`value` if it is a text that can be printed, otherwise an error about `key`."""
        if not isinstance(value, str):
            self.fail("not_a_text", key=key, typed=quoted(value))
        if not value.strip():
            self.fail("empty", key=key)
        if len(value) > most:
            self.fail("too_long", key=key, over=len(value) - most)
        found = FORBIDDEN.search(value)
        if found:
            self.fail("invisible", key=key, code=f"U+{ord(found.group()):04X}")
        return value

    def flag(self, key: str) -> bool:
        """A yes-or-no value, false when left out."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            self.fail("not_a_flag", key=key, typed=quoted(value))
        return value

    def words(self, key: str) -> tuple[str, ...]:
        """One text or a list of texts, never empty. The caller knows the key is there."""
        value = self.values[key]
        items = value if isinstance(value, list) else [value]
        if not items:
            self.fail("list_empty", key=key)
        return tuple(dict.fromkeys(self.checked_text(key, item, most=80) for item in items))

    def pairs(self, key: str, shape: re.Pattern[str], *, most: int = 50) -> tuple[tuple[str, str], ...]:
        """A table of ids and the words people read, in the order written. At least one."""
        table = self.table(key)
        if not 1 <= len(table) <= most:
            self.fail("how_many", key=key, count=len(table), most=most)
        for id in table:
            self.name_is(id, shape)
        return tuple((id, self.checked_text(f"{key}.{id}", words, most=200)) for id, words in table.items())

    def name_is(self, name: str, shape: re.Pattern[str]) -> str:
        """`name` if it has the shape of an id, otherwise an error with an example."""
        if len(name) > 60 or not shape.fullmatch(name):
            self.fail(
                "bad_name", typed=quoted(name), example="like-this-2026" if shape is KEBAB else "like_this"
            )
        return name
