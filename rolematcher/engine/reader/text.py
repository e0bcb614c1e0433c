"""Cut a text into tokens, sentences and sections. In: the text as pasted. Out: `Scan`.

Every pattern here reads each character a bounded number of times, so a hostile text costs no more
than an honest one of the same length.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

WORD = re.compile(r"[cf](?:\+\+|#)(?![^\W_])|[^\W_]+(?:['’][^\W_]{1,3}(?![^\W_]))?", re.IGNORECASE)
JOINERS = frozenset(" -‐‑–/.&+_\u00a0\t")
CONTRACTIONS = frozenset(("it's", "that's", "what's", "let's", "here's"))
MAX_CHARS = 20_000
"""Longer texts are read to here; the form takes 5,000."""

TASK, WANTS, PLUS, ABOUT, OFFER, SUCCESS = "task", "wants", "plus", "about", "offer", "success"
"""What a part of the text is for: the work, what the person must bring, what would be nice,
who is asking, what they offer, what must be true in the end."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word: its place in the text, its folded form, its sentence and whether it opens it.

    `joined` says that only a space, hyphen, slash or dot stands between it and the word before.
    """

    start: int
    end: int
    raw: str
    fold: str
    sentence: int
    opens: bool
    joined: bool
    comma: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or line: the tokens [first, last) and the section it stands in."""

    first: int
    last: int
    section: str
    line: int


@dataclass(frozen=True, slots=True)
class Scan:
    """A text cut up: its tokens in order and its sentences."""

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]

    def section(self, token: int) -> str:
        """The section the token stands in."""
        return self.sentences[self.tokens[token].sentence].section


def fold(word: str) -> str:
    """The form words are compared in: lower case, no possessive, plural endings cut."""
    low = word.lower().replace("’", "'")
    if low.endswith("'s") and low not in CONTRACTIONS:
        low = low[:-2]
    if len(low) > 4 and low.endswith("ies"):
        return low[:-3] + "y"
    if len(low) > 4 and low.endswith(("sses", "xes", "ches", "shes")):
        return low[:-2]
    if len(low) > 3 and low.endswith("s") and not low.endswith(("ss", "us", "is")):
        return low[:-1]
    return low


Headings = Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]
"""First word of a heading -> the sections and whole headings that begin so, the longest first."""


def scan(text: str, headings: Headings) -> Scan:
    """Cut `text` up into tokens, sentences and sections."""
    text = text[:MAX_CHARS]
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    section, line_number, at = TASK, 0, 0
    for line in text.splitlines(keepends=True):
        words = list(WORD.finditer(text, at, at + len(line)))
        at += len(line)
        if not words:
            continue
        line_number += 1
        folded = [fold(word.group()) for word in words]
        named = _heading(line, folded, headings)
        section = named or section
        previous_end = -1
        first = len(tokens)
        for word, folded_word in zip(words, folded, strict=True):
            gap = text[previous_end : word.start()] if previous_end >= 0 else "\n"
            opens = previous_end < 0 or _breaks(gap, word.group())
            if opens and len(tokens) > first:
                sentences.append(Sentence(first, len(tokens), section, line_number))
                first = len(tokens)
            tokens.append(
                Token(
                    word.start(),
                    word.end(),
                    word.group(),
                    folded_word,
                    len(sentences),
                    opens,
                    not opens and 0 < len(gap) <= 3 and all(mark in JOINERS for mark in gap),
                    "," in gap,
                )
            )
            previous_end = word.end()
        sentences.append(Sentence(first, len(tokens), section, line_number))
    return Scan(text, tuple(tokens), tuple(sentences))


def _breaks(gap: str, word: str) -> bool:
    """Does a new sentence or clause start after this gap?"""
    if any(mark in gap for mark in "!?;•●▪·|✅❌→"):
        return True
    return "." in gap and gap[-1:].isspace() and not word[0].islower()


def _heading(line: str, folded: list[str], headings: Headings) -> str:
    """The section a heading line opens, or "" when the line is no heading.

    A line counts as one when it opens with the words of a heading and is short, or ends in a colon, or
    the heading's words are followed by one.
    """
    bare = line.strip().strip("#*_-–—•>🔹 ").rstrip("*_ ")
    for section, opening in headings.get(folded[0], ()):
        size = len(opening)
        if tuple(folded[:size]) != opening:
            continue
        if len(folded) <= size + 4 and not bare.endswith((".", "!", "?", ",")):
            return section
        if ":" in bare[: 12 * (size + 2)] and len(folded) <= 60:
            return section
    return ""
