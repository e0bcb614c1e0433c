"""Find the lexicon's terms in a scanned text. In: `Lexicon`, `Scan`. Out: `Found`: matches and cues.

One pass over the words with a look-up by first word: the time grows with the text, not with the lexicon.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .lexicon import CUE, PLACE, Lexicon, Piece, Term
from .text import Scan, Token

NEAR = 7
"""How many words may stand between the two parts of an "a ~ b" term."""


@dataclass(frozen=True, slots=True)
class Match:
    """A term found at the tokens [first, last)."""

    term: Term
    first: int
    last: int
    second: int = -1
    """Where the part after "~" starts; -1 for a term of one part."""

    @property
    def size(self) -> int:
        """How many words the match covers."""
        return self.last - self.first


@dataclass(frozen=True, slots=True)
class Found:
    """The family matches in text order; where each kind of cue stands: name -> ((first, last), ...);
    and the places named: (first, last, region).
    """

    matches: tuple[Match, ...]
    cues: Mapping[str, tuple[tuple[int, int], ...]]
    places: tuple[tuple[int, int, str], ...] = ()


def find(lexicon: Lexicon, scan: Scan) -> Found:
    """Every term of the lexicon in the text; a longer term hides the shorter ones inside it."""
    whole: list[Match] = []
    paired: list[Match] = []
    cues: dict[str, list[tuple[int, int]]] = {}
    places: list[tuple[int, int, str]] = []
    for match in _candidates(lexicon, scan.tokens):
        family = match.term.family
        if family.id.startswith(CUE):
            cues.setdefault(family.id.removeprefix(CUE), []).append((match.first, match.last))
        elif family.id.startswith(PLACE):
            places.append((match.first, match.last, family.id.removeprefix(PLACE)))
        elif match.term.second:
            paired.append(match)
        else:
            whole.append(match)
    cover = [0] * len(scan.tokens)
    mask = [0] * len(scan.tokens)
    for match in whole:
        for at in range(match.first, match.last):
            cover[at] = max(cover[at], match.size)
            if match.term.family.mask:
                mask[at] = max(mask[at], match.size)
    for match in paired:  # "automate ~ report" says it all; the bare "automat*" in it adds nothing
        if match.term.first[0].begins:
            cover[match.first] = max(cover[match.first], 2)
    kept = [match for match in whole if _stands(match, cover, mask)]
    tail = [0] * len(scan.tokens)  # "tried ~ not good enough" beats "tried ~ good enough"
    for match in paired:
        for at in range(match.second, match.last):
            tail[at] = max(tail[at], match.last - match.second)
    kept += [
        match
        for match in paired
        if not (mask[match.first] or mask[match.last - 1])
        and match.last - match.second == max(tail[match.second : match.last])
    ]
    kept = _once_a_family(kept)
    # A "no" that is a word of a longer term ("no-code") denies nothing else.
    cues["no"] = [(at, end) for at, end in cues.get("no", ()) if cover[at] < 2 and tail[at] < 2]
    return Found(tuple(kept), {name: tuple(found) for name, found in cues.items()}, tuple(places))


def _once_a_family(matches: list[Match]) -> list[Match]:
    """The matches in text order; words that already count for a family do not count for it again."""
    reached: dict[str, int] = {}
    kept = []
    for match in sorted(matches, key=lambda one: (one.first, -one.last, one.term.text)):
        if match.first >= reached.get(match.term.family.id, 0):
            reached[match.term.family.id] = match.last
            kept.append(match)
    return kept


def _stands(match: Match, cover: list[int], mask: list[int]) -> bool:
    """Is the match neither inside a longer term nor one of the look-alikes?

    A look-alike phrase hides role-worthy terms only: "test automation" is still a sign of testing work.
    """
    family = match.term.family
    if family.mask or match.size < max(cover[match.first : match.last]):
        return False
    return bool(family.trade) or mask[match.first] < match.size


def _candidates(lexicon: Lexicon, tokens: tuple[Token, ...]) -> Iterator[Match]:
    for at, token in enumerate(tokens):
        for term in lexicon.whole.get(token.fold, ()):
            yield from _match(term, tokens, at)
        for term in lexicon.begins.get(token.fold[:3], ()):
            yield from _match(term, tokens, at)


def _match(term: Term, tokens: tuple[Token, ...], at: int) -> Iterator[Match]:
    last = _run(term.first, tokens, at)
    if last is None:
        return
    if not term.second:
        yield Match(term, at, last)
        return
    sentence = tokens[at].sentence
    for start in range(last, min(last + NEAR, len(tokens))):
        if tokens[start].sentence != sentence:
            return
        end = _run(term.second, tokens, start)
        if end is not None:
            yield Match(term, at, end, start)
            return


def _run(pieces: tuple[Piece, ...], tokens: tuple[Token, ...], at: int) -> int | None:
    """Where the pieces end when they stand at `at`, one right after the other; None when they do not."""
    if at + len(pieces) > len(tokens):
        return None
    for step, piece in enumerate(pieces):
        token = tokens[at + step]
        if step and not token.joined:
            return None
        if piece.cased:
            if token.raw != piece.word or (token.opens and not piece.word.isupper()):
                return None
        elif piece.begins:
            if not token.fold.startswith(piece.word) and not token.raw.lower().startswith(piece.word):
                return None
        elif token.fold != piece.word:
            return None
    return at + len(pieces)
