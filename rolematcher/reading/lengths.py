"""How long the work lasts. In: `Scan`, the day of reading. Out: weeks, or one-off or ongoing work.

Experience asked for, a trial, a notice period and the age of things are passed over; a length that is only
hoped for counts where the text names it as the length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from .days import JUST_DAY, day_of
from .parts import MUST, NICE, PERSON
from .patterns import pattern, table
from .record import Span
from .scan import Scan, Sentence

NUMBERS: dict[str, int] = table("numbers")
WEEKS: dict[str, float] = table("weeks_in")
_FIGURE = r"[0-9]{1,3}|" + "|".join(sorted(NUMBERS, key=len, reverse=True))
SPAN = re.compile(
    rf"(?<![\w.$€£])(?P<low>{_FIGURE})(?: ?(?:-|to|or|bis|oder) ?(?P<high>{_FIGURE}))?(?P<more>\+)?[ -]?"
    r"(?P<unit>day|week|wk|month|year|tag|woche|monat|jahr|mm|mo)(?:e?s|en?|ige[rnms]?|lich\w*)?(?![a-zäöü])",
    re.IGNORECASE,
)
LENGTH_BEFORE = pattern("time.length_before")
LENGTH_AFTER = pattern("time.length_after")
NOT_LENGTH = pattern("time.not_length")
NOT_LENGTH_AFTER = pattern("time.not_length_after")
HOPE = pattern("time.hope")
POSSIBLE = re.compile(r"(?:possible|possibility|möglich|potential)\b")
TRIAL = pattern("time.trial")
DONE = pattern("time.done")
"""What was tried lies behind: how long that took says nothing of the work to come."""
ONE_OFF_WEEKS, YEAR_WEEKS, LEAST_WEEKS, MOST_WEEKS = 12.9, 53.0, 0.2, 260
NAMED, FOLLOWED, LED_TO, FIRM = 3, 2, 1, 3
"""How much tells that a span is the length: its field, the words behind it, those before it."""
AT_DESK = re.compile(r"hybrid|remote|office|büro|on-?site|vor ort|home", re.IGNORECASE)
"""Days of such a sentence are those of a week."""
PIECE_BEFORE, PIECE_AFTER = re.compile(r"(?:^|[,|(]) ?$"), re.compile(r" ?(?:[,.;|)]|$)")
TIMES = ("length", "engagement", "title", "start", "due")
"""Fields that may hold a length."""
Lasts = Literal["one_off", "3_to_12_months", "ongoing", "unsure"]
RANGES: dict[str, Lasts] = table("marketplace_lengths")
"""How marketplaces print the length of a job."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A time and the sentence it was heard in."""

    span: Span
    number: int = 0
    lasts: Lasts = "unsure"
    day: date | None = None


def weeks_of(scan: Scan, sentences: list[Sentence], on: date) -> Heard | None:
    """The length in weeks: a marketplace's range, two days, or the span that most tells to be the length."""
    found: list[tuple[int, Heard]] = []
    for one in sentences:
        listed = RANGES.get(scan.text(one).strip(" .").lower())
        if listed:
            return Heard(scan.whole(one), 0, listed)
        if between := _between(scan, one, on):
            return between
        found += _spans(scan, one)
    return max(found, key=lambda pair: pair[0])[1] if found else None


def hoped(text: str, at: int) -> bool:
    """Is what stands at `at` a hope: could, may, might, with the option of?"""
    here = text[at : at + 60]
    return bool(HOPE.search(text, max(0, at - 60), at) or HOPE.match(here) or POSSIBLE.search(here[:50]))


def heard_at(scan: Scan, sentence: Sentence, match: re.Match[str]) -> Span:
    """Where a match in a sentence stands in the pasted text."""
    start = match.end() - len(match.group().lstrip())
    return scan.clean.span(sentence.part.start + start, sentence.part.start + match.end())


def lasting(weeks: float) -> Lasts:
    """The choice of the form that so many weeks are."""
    return "one_off" if weeks < ONE_OFF_WEEKS else "3_to_12_months" if weeks <= YEAR_WEEKS else "ongoing"


def _spans(scan: Scan, one: Sentence) -> Iterator[tuple[int, Heard]]:
    """The spans of time of a sentence that may be the length, each with how much tells so."""
    field = one.part.field
    if one.part.label in (PERSON, MUST, NICE) or (field and field not in TIMES):
        return
    text = scan.text(one)
    for match in SPAN.finditer(text):
        unit = next(unit for unit in WEEKS if match["unit"].lower().startswith(unit))
        score = _score(text, match, field, unit)
        weeks = _figure(match["high"] or match["low"]) * WEEKS[unit]
        if score and LEAST_WEEKS <= weeks <= MOST_WEEKS:
            yield score, Heard(heard_at(scan, one, match), max(1, round(weeks)), lasting(weeks))


def _score(text: str, match: re.Match[str], field: str, unit: str) -> int:
    """How much tells that this span is the length; 0 where something tells against it."""
    before, after = text[: match.start()][-60:], text[match.end() : match.end() + 30]
    score = NAMED * (field == "length") + FOLLOWED * bool(LENGTH_AFTER.match(after))
    score += LED_TO * bool(LENGTH_BEFORE.search(before))
    score += LED_TO * bool(PIECE_BEFORE.search(before) and PIECE_AFTER.match(after))
    if unit in ("year", "jahr") and score < FOLLOWED:
        return 0
    if unit in ("day", "tag") and field != "length" and AT_DESK.search(text):
        return 0
    if _of_something_else(before, after) or (score < FIRM and hoped(text, match.start())):
        return 0
    return score


def _of_something_else(before: str, after: str) -> bool:
    """Is it the length of a trial, of what was done, of a notice period?"""
    not_to_come = TRIAL.search(before[-40:]) or DONE.search(before) or DONE.search(after)
    return bool(not_to_come or NOT_LENGTH.search(before) or NOT_LENGTH_AFTER.match(after))


def _between(scan: Scan, one: Sentence, on: date) -> Heard | None:
    """The length between two days: "01.01.2027 - 31.12.2027"."""
    days = [day for match in JUST_DAY.finditer(scan.text(one)) if (day := day_of(match, on))]
    if one.part.field not in ("length", "start") or len(days) != 2 or days[1] <= days[0]:
        return None
    weeks = max(1, round((days[1] - days[0]).days / 7))
    return Heard(scan.whole(one), weeks, lasting(weeks))


def _figure(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word.lower()]
