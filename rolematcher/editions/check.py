"""A rulebook text in, what is wrong with it out: every error with the line it stands at.

Reads the text, runs its examples and tries its tables on every answer sheet. The same check decides about
publishing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rolematcher.rules import Rulebook, RulebookError, rulebook_errors, rulebook_read
from rolematcher.values.message import Message, Value

from .words import rules_words

HEADS = (
    ("rule", r'^\s*id\s*=\s*["\']{0}["\']'),
    ("example", r'^\s*name\s*=\s*["\']{0}["\']'),
    ("question", r"^\s*\[question\.{0}[\].]"),
    ("table", r"^\s*\[output\.{0}[\].]"),
    ("source", r"^\s*\[source\.{0}\]"),
)
"""What the line looks like at which the thing begins that a message names."""


@dataclass(frozen=True, slots=True)
class EditionError:
    """What is wrong; `line` counts from 1, None where it concerns the whole text."""

    message: Message
    line: int | None

    @property
    def words(self) -> str:
        """The error in the active language."""
        return rules_words(self.message)


@dataclass(frozen=True, slots=True)
class Checked:
    """The rulebook, if the text reads at all, and everything that keeps it from being published."""

    rulebook: Rulebook | None
    errors: tuple[EditionError, ...]


def edition_check(text: str) -> Checked:
    """Check a text: first that it reads, then its examples, and that no case is left out and no rule idle."""
    try:
        rulebook = rulebook_read(text)
    except RulebookError as error:
        return Checked(None, (EditionError(error.message, line_of(text, error.message)),))
    errors = tuple(EditionError(error, line_of(text, error)) for error in rulebook_errors(rulebook))
    return Checked(rulebook, errors)


def line_of(text: str, message: Message) -> int | None:
    """The line a message speaks of: the one it names, else where the thing begins that it names."""
    values = message.values
    parser = re.search(r"\bline (\d{1,6})", str(values.get("why", "")))
    line = int(parser[1]) if parser else values.get("line")
    if isinstance(line, int):
        return min(line, text.count("\n") + 1)
    start = _start(text, {**values, str(values.get("place", "")): values.get("name", "")})
    return None if start is None else text.count("\n", 0, _word(text, start, values)) + 1


def _start(text: str, named: Mapping[str, Value]) -> int | None:
    """Where the first thing begins that is named; a rule or example without a name is told by its number."""
    for kind, head in HEADS:
        name = str(named.get(kind, ""))
        unnamed = kind in ("rule", "example") and re.fullmatch(r"[0-9]{1,4}", name)
        shape = rf"^\[\[{kind}\]\]" if unnamed else head.format(re.escape(name))
        found = list(re.finditer(shape, text, re.MULTILINE)) if name else []
        place = int(name) - 1 if unnamed else 0
        if 0 <= place < len(found):
            return found[place].end() - len(found[place].group().lstrip())
    return None


def _word(text: str, start: int, values: Mapping[str, Value]) -> int:
    """Where in the block the wrong word stands, else its key, else where the block begins."""
    end = text.find("\n[", start + 1)
    block = text[start : end if end > 0 else len(text)]
    for word in (values.get("typed"), values.get("key")):
        found = isinstance(word, str) and word and re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", block)
        if found:
            return start + found.start()
    return start
