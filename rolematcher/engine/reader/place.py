"""Where the person works from. In: `Scan`, `Found`. Out: `Place` or None.

A place counts for more the closer the words say that the work is done from there: "located in", "candidates
from", "on site in". A place merely named (a customer's, a language's) suggests nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from .match import Found
from .text import ABOUT, Scan

ANYWHERE = "GLOBAL"
"""Its names ("work from anywhere") are always about where the work is done."""
BACK, ON = 5, 3
"""How many words before and after a place may tie it to the work."""
ALONE = 6
"""A line of at most so many words with a place in it is taken for a location line."""


@dataclass(frozen=True, slots=True)
class Place:
    """The region, where it is named, and whether the words tie it to the work (`sure`)."""

    region: str
    start: int
    end: int
    sure: bool


def place_of(scan: Scan, found: Found) -> Place | None:
    """The place best tied to the work; the first of equals. Two rival places of equal weak standing: none."""
    works_from = {at for first, last in found.cues.get("works_from", ()) for at in range(first, last)}
    inside = {last for _, last in found.cues.get("inside", ())}
    rated: list[tuple[int, Place]] = []
    for first, last, region in found.places:
        if _shouted(scan, first, last):
            continue
        rate = 2 if region == ANYWHERE else _rate(scan, first, last, works_from, inside)
        if rate:
            start, end = scan.tokens[first].start, scan.tokens[last - 1].end
            rated.append((rate, Place(region, start, end, rate > 1)))
    if not rated:
        return None
    best = max(rate for rate, _ in rated)
    tops = [place for rate, place in rated if rate == best]
    if best == 1 and len({place.region for place in tops}) > 1:
        return None
    return tops[0]


def _shouted(scan: Scan, first: int, last: int) -> bool:
    """Is it a short code in a heading all in capitals ("ABOUT US")? Judged by the first words."""
    token = scan.tokens[first]
    if last - first > 1 or len(token.raw) > 3:
        return False
    sentence = scan.sentences[token.sentence]
    words = [one.raw for one in scan.tokens[sentence.first : min(sentence.last, sentence.first + ALONE)]]
    return len(words) > 1 and all(word.isupper() for word in words)


def _rate(scan: Scan, first: int, last: int, works_from: set[int], inside: set[int]) -> int:
    """2: tied to the work by a word close by; 1: merely "in ..." or a line of its own; 0: named only."""
    tokens = scan.tokens
    line = scan.sentences[tokens[first].sentence].line
    near = (*range(max(0, first - BACK), first), *range(last, min(last + ON, len(tokens))))
    if any(at in works_from and scan.sentences[tokens[at].sentence].line == line for at in near):
        return 1 if scan.section(first) == ABOUT else 2
    if first in inside and not tokens[first].opens:
        return 1
    start, end = first, last
    while start and last - start <= ALONE and scan.sentences[tokens[start - 1].sentence].line == line:
        start -= 1
    while end < len(tokens) and end - start <= ALONE and scan.sentences[tokens[end].sentence].line == line:
        end += 1
    return 1 if end - start <= ALONE else 0
