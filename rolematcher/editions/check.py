"""A rulebook text in, what is wrong with it out: every fault with the line it stands at.

Reads the text, runs its examples and proves its tables. The same check decides about publishing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rolematcher.engine.decision.worked_cases import rulebook_faults
from rolematcher.engine.errors import RulebookError
from rolematcher.engine.model import Rulebook
from rolematcher.engine.proof.proof import proof
from rolematcher.engine.rulebook.read import rulebook_read

PLACES = (
    (re.compile(r"Rule '([^']+)'"), r'^\s*id\s*=\s*["\']{0}["\']'),
    (re.compile(r"Examples? '((?:[^']|'(?=\w))+)'"), r'^\s*name\s*=\s*["\']{0}["\']'),
    (re.compile(r"Question '([^']+)'"), r"^\s*\[question\.{0}[\].]"),
    (re.compile(r"Table '([^']+)'"), r"^\s*\[output\.{0}[\].]"),
    (re.compile(r"Source '([^']+)'"), r"^\s*\[source\.{0}\]"),
    (re.compile(r"\[(\w+)\]"), r"^\s*\[{0}[\].]"),
)
"""How a message names its place, and what the line of that place looks like."""

NUMBERED = (
    (re.compile(r"Rule (\d+)\b"), re.compile(r"^\s*\[\[rule\]\]", re.MULTILINE)),
    (re.compile(r"Example (\d+)\b"), re.compile(r"^\s*\[\[example\]\]", re.MULTILINE)),
)
LINE = re.compile(r"\bline (\d+)")
WORD = re.compile(r"'([^']{2,60})'")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong and how to cure it; `line` counts from 1, None where it concerns the whole text."""

    message: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Checked:
    """The rulebook, if the text reads at all, and everything that keeps it from being published."""

    rulebook: Rulebook | None
    faults: tuple[Fault, ...]

    @property
    def lines(self) -> list[int]:
        """The lines with a fault, in order."""
        return sorted({fault.line for fault in self.faults if fault.line})


def edition_check(text: str) -> Checked:
    """Check a text: first that it reads, then its examples and the proof that no case is left out."""
    try:
        rulebook = rulebook_read(text)
    except RulebookError as error:
        return Checked(None, (fault_at(text, str(error)),))
    try:
        messages = dict.fromkeys([*rulebook_faults(rulebook), *proof(rulebook).faults])
    except RulebookError as error:
        messages = dict.fromkeys([str(error)])
    return Checked(rulebook, tuple(fault_at(text, message) for message in messages))


def fault_at(text: str, message: str) -> Fault:
    """The fault with its line, as near as the message tells: inside the named block, the word it quotes."""
    named = LINE.search(message)
    if named:
        return Fault(message, min(int(named[1]), text.count("\n") + 1))
    start = _block(text, message)
    if start is None:
        return Fault(message, None)
    return Fault(message, _line(text, _word(text, start, message)))


def _block(text: str, message: str) -> int | None:
    """Where the block begins that the message names."""
    for words, head in PLACES:
        found = words.match(message)
        if found:
            place = re.search(head.format(re.escape(found[1])), text, re.MULTILINE)
            return place.start() + len(place[0]) - len(place[0].lstrip()) if place else None
    for words, header in NUMBERED:
        found = words.match(message)
        if found:
            places = [place.start() for place in header.finditer(text)]
            return places[int(found[1]) - 1] if 0 < int(found[1]) <= len(places) else None
    return None


def _word(text: str, start: int, message: str) -> int:
    """The first quoted word of the message's second half that the block holds, else the block's start."""
    end = text.find("\n[", start + 1)
    block = text[start : end if end > 0 else len(text)]
    for word in WORD.findall(message.partition(": ")[2]):
        place = re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", block)
        if place:
            return start + place.start()
    return start


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1
