"""How each word is meant. In: `Scan`, `Found`. Out: `Tone`: denied, softened, done by others, background.

"No fine-tuning needed", "maybe later", "our data team already trains", "we are an AI company": the same
words as a request, meant otherwise. Each rule marks a bounded stretch of words around its cue.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .match import Found, Match
from .text import ABOUT, OFFER, PLUS, SUCCESS, TASK, WANTS, Scan

LISTING = frozenset(("no", "without", "zero", "nor", "neither", "ohne", "sin", "sans", "kein"))
"""Denials that run through a list with commas: "no scraping, chatbots or training"."""
SECTION_WEIGHT = {TASK: 1.0, WANTS: 0.75, PLUS: 0.3, ABOUT: 0.35, OFFER: 0.15, SUCCESS: 0.8}
SECTION_WORDS = {
    WANTS: "among the skills asked for",
    PLUS: "under nice to have",
    ABOUT: "where the company describes itself",
    OFFER: "outside the description of the work",
}
SOFT, OTHERS, BACKGROUND, EXPERIENCE = 0.35, 0.25, 0.45, 0.75
"""What a hedge, someone else's work, background and mere experience leave of a mention's weight."""


OPENING = 12
"""The first words of a text: its title or the start of its first sentence."""


@dataclass(frozen=True, slots=True)
class Tone:
    """Per word of the text: is it denied, softened, done by others, background, asked-for
    experience, in the opening or where it is said who is looked for.
    """

    denied: tuple[bool, ...]
    soft: tuple[bool, ...]
    others: tuple[bool, ...]
    background: tuple[bool, ...]
    experience: tuple[bool, ...]
    wanted: tuple[bool, ...]

    def is_denied(self, match: Match) -> bool:
        """Does the text say no to this mention? Of an "a ~ b" term b decides: "not a, but b" asks for b."""
        if match.second >= 0:
            return self.denied[match.second]
        return self.denied[match.first] or self.denied[match.last - 1]

    def weight(self, match: Match, section: str) -> tuple[float, str]:
        """How much the mention counts towards the work (1 = fully), and why less, in words."""
        at = match.first
        weight, note = SECTION_WEIGHT[section], SECTION_WORDS.get(section, "")
        for marks, factor, words in (
            (self.soft, SOFT, "put as a maybe"),
            (self.others, OTHERS, "said to be done by others"),
            (self.background, BACKGROUND, "said about who is asking"),
        ):
            if marks[at]:
                weight, note = weight * factor, words
        if self.experience[at] and section == TASK:
            weight, note = weight * EXPERIENCE, note or "asked for as experience"
        return weight, note


def tone_of(scan: Scan, found: Found) -> Tone:
    """Mark every word of the text."""
    size = len(scan.tokens)
    denied, soft, others, background, experience, wanted = ([False] * size for _ in range(6))
    stop = {at for first, last in found.cues.get("stop", ()) for at in range(first, last)}
    harmless = {at for first, last in found.cues.get("no_but_yes", ()) for at in range(first, last)}

    for first, last in found.cues.get("no", ()):
        if first not in harmless:
            listing = scan.tokens[first].fold in LISTING
            _mark(denied, _after(scan, last, 9 if listing else 6, stop, commas=listing))
    for _, last in found.cues.get("instead", ()):
        _mark(denied, _after(scan, last, 4, stop, commas=False))
    for first, _ in found.cues.get("not_needed", ()):
        _mark(denied, _before(scan, first, 6, stop, commas=False))
    for first, last in found.cues.get("maybe", ()):
        _mark(soft, _after(scan, last, 8, set(), commas=True))
        _mark(soft, _before(scan, first, 14, set(), commas=True))
    for first, last in found.cues.get("others_do", ()):
        _mark(others, _after(scan, last, 9, set(), commas=False))
        _mark(others, _before(scan, first, 6, set(), commas=True))
        _mark(others, range(first, last))
    asks = {first for first, _ in found.cues.get("asks", ())}
    for _, last in found.cues.get("background", ()):
        _mark(background, _after(scan, last, 40, asks, commas=True))
    for first, last in found.cues.get("employer", ()):
        _mark(background, range(first, last))
    for _, last in found.cues.get("asks", ()):
        _mark(wanted, _after(scan, last, 12, set(), commas=True))
    _mark(wanted, range(min(OPENING, size)))
    for _, last in found.cues.get("experience", ()):
        _mark(experience, _after(scan, last, 30, set(), commas=True))
    return Tone(*(tuple(marks) for marks in (denied, soft, others, background, experience, wanted)))


def _mark(marks: list[bool], places: Iterable[int]) -> None:
    for at in places:
        marks[at] = True


def _after(scan: Scan, start: int, most: int, stop: set[int], *, commas: bool) -> Iterable[int]:
    """The words from `start` on: at most `most`, in the same sentence, up to a stop word (or a comma)."""
    for at in range(start, min(start + most, len(scan.tokens))):
        token = scan.tokens[at]
        if token.opens or at in stop or (token.comma and not commas and at > start):
            return
        yield at


def _before(scan: Scan, end: int, most: int, stop: set[int], *, commas: bool) -> Iterable[int]:
    """The words before `end`: at most `most`, in the same sentence, back to a stop word (or a comma)."""
    if end >= len(scan.tokens) or scan.tokens[end].opens:
        return
    for at in range(end - 1, max(end - 1 - most, -1), -1):
        if at in stop:
            return
        yield at
        if scan.tokens[at].opens or (scan.tokens[at].comma and not commas):
            return
