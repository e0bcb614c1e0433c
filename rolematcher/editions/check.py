"""A rulebook text in, what is wrong with it out: every error with the line it stands at.

Reads the text, runs its examples and tries its tables on every answer sheet. The same check decides about
publishing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rolematcher.rules import Rulebook, RulebookError, rulebook_errors, rulebook_read
from rolematcher.values.message import Message

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
    try:
        messages = rulebook_errors(rulebook)
    except RulebookError as error:
        messages = (error.message,)
    return Checked(rulebook, tuple(EditionError(message, line_of(text, message)) for message in messages))


def line_of(text: str, message: Message) -> int | None:
    """The line a message speaks of: the one it names, else where the thing begins that it names."""
    values = message.values
    line = values.get("line")
    if isinstance(line, int):
        return min(line, text.count("\n") + 1)
    named = {**values, str(values.get("place", "")): values.get("name", "")}
    for kind, head in HEADS:
        name = named.get(kind)
        if isinstance(name, str) and name:
            found = re.search(head.format(re.escape(name)), text, re.MULTILINE)
            if found:
                start = found.start() + len(found[0]) - len(found[0].lstrip())
                return text.count("\n", 0, start) + 1
    return None
