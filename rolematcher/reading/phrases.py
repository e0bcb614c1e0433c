"""Find known words and phrases in a text, all in one pass. In: a table of terms. Out: `Mention`s.

A term is one or more words compared in lower case with plural endings cut; `word*` is a beginning, `*word` an
ending (German puts words together) and `=Word` must be written exactly so. The time grows with the text, not
with the table. Words inside a longer phrase of the table that only looks like something ("user agent") are
not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

WORD = re.compile(
    r"[cf](?:\+\+|#)(?![^\W_])|\.net(?![^\W_])|[^\W_]+(?:'[^\W_]{1,2}(?![^\W_]))?", re.IGNORECASE
)
JOINERS = frozenset(" -/.&+_'")
MASK = "looks_like"
LONGEST_WORD = 60
END = 4
"""Letters by which endings are looked up; none is shorter."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word of the text: its place, as written, as compared, and whether it follows the last closely."""

    start: int
    end: int
    raw: str
    fold: str
    joined: bool


@dataclass(frozen=True, slots=True)
class Mention:
    """A term of `concept` at the tokens [first, last)."""

    concept: str
    first: int
    last: int
    term: str


@dataclass(frozen=True, slots=True)
class _Term:
    concept: str
    text: str
    pieces: tuple[str, ...]


def fold(word: str) -> str:
    """The form words are compared in: lower case, no possessive, English plural endings cut."""
    low = word.lower()
    if low.endswith("'s") and len(low) > 4:
        low = low[:-2]
    if len(low) > 4 and low.endswith("ies"):
        return low[:-3] + "y"
    if len(low) > 5 and low.endswith(("sses", "xes", "ches", "shes")):
        return low[:-2]
    if len(low) > 3 and low.endswith("s") and not low.endswith(("ss", "us", "is", "ws", "ös")):
        return low[:-1]
    return low


def tokens_of(text: str, start: int = 0, end: int | None = None) -> tuple[Token, ...]:
    """The words of the text, or of a stretch of it."""
    found = []
    before = -1
    for match in WORD.finditer(text, start, len(text) if end is None else end):
        raw = match.group()[:LONGEST_WORD]
        gap = text[before : match.start()] if before >= 0 else "\n"
        joined = len(gap) <= 3 and "\n" not in gap and all(mark in JOINERS for mark in gap)
        found.append(Token(match.start(), match.end(), raw, fold(raw), joined))
        before = match.end()
    return tuple(found)


class Phrasebook:
    """The terms of several concepts, ready to be looked up by their first word."""

    def __init__(self, concepts: Mapping[str, Iterable[str]]) -> None:
        self._whole: dict[str, list[_Term]] = {}
        self._begins: dict[str, list[_Term]] = {}
        self._ends: dict[str, list[_Term]] = {}
        for concept, terms in concepts.items():
            for text in terms:
                pieces = tuple(_piece(word) for word in re.sub(r"(?<=\w)[-/.&+](?=\w)", " ", text).split())
                self._keep(pieces[0], _Term(concept, text, pieces))

    def _keep(self, head: str, term: _Term) -> None:
        if head[0] == "*":
            self._ends.setdefault(head[-END:], []).append(term)
        elif head[-1] == "*":
            self._begins.setdefault(head[:3], []).append(term)
        else:
            self._whole.setdefault(fold(head[1:]) if head[0] == "=" else head, []).append(term)

    def _terms(self, token: Token) -> Iterator[_Term]:
        """The terms whose first word may be this one."""
        yield from self._whole.get(token.fold, ())
        yield from self._begins.get(token.fold[:3], ())
        yield from self._ends.get(token.raw[-END:].lower(), ())

    def mentions(self, tokens: tuple[Token, ...]) -> tuple[Mention, ...]:
        """Every mention in text order; of a concept's overlapping terms the longest only."""
        found: list[Mention] = []
        masked: set[int] = set()
        for at, token in enumerate(tokens):
            best: dict[str, Mention] = {}
            for term in self._terms(token):
                last = _run(term.pieces, tokens, at)
                if last and (term.concept not in best or last > best[term.concept].last):
                    best[term.concept] = Mention(term.concept, at, last, term.text)
            if MASK in best:
                masked.update(range(at, best[MASK].last))
            found.extend(best.values())
        return _longest(found, masked)


def _piece(word: str) -> str:
    if word[0] == "=":
        return word
    return word.lower() if "*" in word else fold(word)


def _run(pieces: tuple[str, ...], tokens: tuple[Token, ...], at: int) -> int:
    """Where the pieces end when they stand at `at` one after the other; 0 when they do not."""
    last = at + len(pieces)
    if len(pieces) == 1:
        return last if _is(pieces[0], tokens[at]) else 0
    if last > len(tokens) or not all(token.joined for token in tokens[at + 1 : last]):
        return 0
    return last if all(map(_is, pieces, tokens[at:last])) else 0


def _is(piece: str, token: Token) -> bool:
    """Is the word what the piece of a term asks for?"""
    if piece[0] == "=":
        return token.raw == piece[1:]
    if piece[0] == "*":
        return len(token.raw) > len(piece) and token.raw.lower().endswith(piece[1:])
    return token.raw.lower().startswith(piece[:-1]) if piece[-1] == "*" else token.fold == piece


def _longest(found: list[Mention], masked: set[int]) -> tuple[Mention, ...]:
    """Without what lies inside a longer term of the same concept or under a look-alike."""
    reached: dict[str, int] = {}
    kept = []
    for one in found:
        hidden = one.concept != MASK and all(at in masked for at in range(one.first, one.last))
        if hidden or one.first < reached.get(one.concept, 0):
            continue
        reached[one.concept] = one.last
        kept.append(one)
    return tuple(kept)
