"""Read how long, how many hours and by when out of a text. In: the text, a day. Out: `Time`, parts None.

Experience asked for ("5 years"), the past ("over the last 3 months") and habits ("every 2 weeks") are times
too and are passed over. Dates without a year are read only when the day of reading is given.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "eighteen": 18, "couple of": 2,
}  # fmt: skip
WEEKS = {"day": 0.2, "week": 1.0, "wk": 1.0, "month": 52 / 12, "year": 52.0}
_FIGURE = r"[0-9]{1,3}|" + "|".join(NUMBERS)
_TO = r"(?: ?(?:-|–|—|to|or) ?"
SPAN = re.compile(
    rf"(?<![\w.$€£])(?P<low>{_FIGURE}){_TO}(?P<high>{_FIGURE}))?(?P<more>\+)?[ -]?"
    r"(?P<unit>day|week|wk|month|year)s?(?![a-z])",
    re.IGNORECASE,
)
SPAN_BEFORE = re.compile(
    r"(?:duration|timeline|time ?frame|lasts?|length|contract|within|complet\w{0,5}|deliver\w{0,5}"
    r"|finish\w{0,3}"
    r"|done|engagement|initial\w{0,2}|project|term|estimated|expected|for|over|about|roughly|takes?|during"
    r"|next)\b[^.\n]{0,22}$",
    re.IGNORECASE,
)
SPAN_AFTER = re.compile(
    r"[ -]{0,2}(?:contract|project|engagement|to begin|initial|duration|rolling|assignment|build"
    r"|term|from start"
    r"|to full|to roll|to production|job|deadline)",
    re.IGNORECASE,
)
NOT_SPAN_BEFORE = re.compile(
    r"(?:past|last|previous|every|each|first|minimum|at least|more than|experience|history|per|since"
    r"|ages?|after"
    r"|up to the|response)\W{1,3}(?:of )?(?:about )?$",
    re.IGNORECASE,
)
NOT_SPAN_AFTER = re.compile(
    r"[’']?s?[ -]{0,3}(?:of\b|experience|old\b|ago\b|in business|history|data\b|notice|probation"
    r"|trial|warranty"
    r"|paid|leave|holiday|vacation|a week|per week|/ ?week|a month|on ?site|in (?:the )?office|annual"
    r"|'? experience|later|running|professional|hands|relevant|working|industry)",
    re.IGNORECASE,
)
HOURS = re.compile(
    r"(?<![\w$€£.])(?P<low>[0-9]{1,2})(?:\.5)? ?(?:(?:-|–|to) ?(?P<high>[0-9]{1,2}))?\+? ?(?:hours?"
    r"|hrs?|h)\.? ?"
    r"(?:/|per|a|each|every|weekly|in the)? ?(?:week|wk|weekly|semaine|woche|semana)(?![a-z])",
    re.IGNORECASE,
)
FULL_TIME = re.compile(r"\bfull[- ]?time\b(?!\s+equivalent)", re.IGNORECASE)
MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_TH = "(?:st|nd|rd|th)?"
DUE = re.compile(
    r"\b(?:by|before|until|deadline|launch(?:es|ing)?|due|go(?:es|ing)? live|go-live|needed by"
    r"|no later than|ready"
    r"|finish(?:ed)?|complet\w{1,5}|deliver\w{1,5})\b[^.\n\d]{0,30}?"
    r"(?:(?P<iso>20[0-9]{2}-[0-9]{2}-[0-9]{2})"
    rf"|(?P<day>[0-9]{{1,2}}){_TH}(?: of)? (?P<month>{_MONTH})\.?,?(?: (?P<year>20[0-9]{{2}}))?(?![\w])"
    rf"|(?<![a-z])(?P<month2>{_MONTH})\.? (?P<day2>[0-9]{{1,2}}){_TH}(?![0-9])(?:,? (?P<year2>20[0-9]{{2}}))?"
    rf"|(?<![a-z])(?P<month3>{_MONTH})(?![a-z])(?: (?P<year3>20[0-9]{{2}}))?)",
    re.IGNORECASE,
)
START = re.compile(
    r"\bstart(?:s|ing)?(?: date)?:? (?:is )?(?:in|on|by|from|as of|around)? ?(?:early |mid |late |mid-)?"
    r"(?P<when>asap|immediately|right away|as soon as possible|now|today|next (?:week|month)"
    rf"|(?:{_MONTH})(?![a-z])(?: 20[0-9]{{2}})?)",
    re.IGNORECASE,
)
MOST_WEEKS, MOST_HOURS = 520, 80


@dataclass(frozen=True, slots=True)
class Stretch:
    """A number or a range as written: `low` and `high` equal for a single figure; its place in the text."""

    low: float
    high: float
    start: int
    end: int
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Time:
    """Weeks the work lasts, hours a week, the day it is needed by (with its place) and when it starts."""

    weeks: Stretch | None
    hours: Stretch | None
    needed_by: tuple[date, int, int] | None
    starts: tuple[str, int, int] | None


def time_of(text: str, *, on: date | None = None) -> Time:
    """The times in the text. `on` is the day of reading, for dates that name no year."""
    return Time(_weeks(text), _hours(text), _needed_by(text, on), _starts(text))


def _weeks(text: str) -> Stretch | None:
    """The best duration: one with a word for it on both sides before one with a word on one side."""
    best: tuple[int, Stretch] | None = None
    for match in SPAN.finditer(text):
        before, after = text[max(0, match.start() - 42) : match.start()], text[match.end() : match.end() + 24]
        if NOT_SPAN_BEFORE.search(before) or NOT_SPAN_AFTER.match(after):
            continue
        score = bool(SPAN_BEFORE.search(before)) + 2 * bool(SPAN_AFTER.match(after))
        unit = match["unit"].lower()
        if score == 0 or (unit == "year" and score < 2) or (match["more"] and unit == "year"):
            continue
        low = _figure(match["low"]) * WEEKS[unit]
        high = _figure(match["high"]) * WEEKS[unit] if match["high"] else low
        found = Stretch(min(low, high), max(low, high), match.start(), match.end(), score > 1)
        if 0 < found.high <= MOST_WEEKS and (best is None or score > best[0]):
            best = (score, found)
    return best[1] if best else None


def _hours(text: str) -> Stretch | None:
    match = HOURS.search(text)
    if match:
        low = int(match["low"])
        high = int(match["high"]) if match["high"] else low
        return (
            Stretch(min(low, high), max(low, high), match.start(), match.end())
            if 0 < high <= MOST_HOURS
            else None
        )
    match = FULL_TIME.search(text)
    return Stretch(40, 40, match.start(), match.end(), sure=False) if match else None


def _figure(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word.lower()]


def _needed_by(text: str, on: date | None) -> tuple[date, int, int] | None:
    for match in DUE.finditer(text):
        day = _day(match, on)
        if day and (on is None or day >= on):
            return day, match.start(), match.end()
    return None


def _day(match: re.Match[str], on: date | None) -> date | None:
    """The day a due phrase names; the last of the month where no day is given; None if it is no day."""
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        name = match["month"] or match["month2"] or match["month3"]
        if name.lower() == "may" and not (match["day"] or match["day2"] or match["year3"]):
            return None
        month = MONTHS[name.lower()]
        year = int(match["year"] or match["year2"] or match["year3"] or 0)
        number = int(match["day"] or match["day2"] or 0)
        if not year and on is None:
            return None
        first = year or (on.year if on else 0)
        found = date(first, month, number or calendar.monthrange(first, month)[1])
        return found.replace(year=first + 1) if not year and on and found < on else found
    except ValueError:
        return None


def _starts(text: str) -> tuple[str, int, int] | None:
    match = START.search(text)
    return (match["when"], match.start(), match.end()) if match else None
