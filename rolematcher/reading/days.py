"""A day as people write it: "15 March", "31.01.2027". In: a match, the day of reading on.

Out: a date. The last of the month where no day is given; a day without a year is the next one to come.
"""

from __future__ import annotations

import calendar
import re
from datetime import date

from .patterns import longest_first, pattern, table

MONTHS: dict[str, int] = table("months")
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
DAY = (
    r"(?:(?P<iso>20[0-9]{2}-[0-9]{2}-[0-9]{2})|(?P<dd>[0-3]?[0-9])\.(?P<mm>[01]?[0-9])\.(?P<yyyy>20[0-9]{2})"
    rf"|(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th|\.)?(?: of)? (?P<month>{_MONTH})"
    r"\.?,?(?: (?P<year>20[0-9]{2}))?(?!\w)"
    rf"|(?<![a-z])(?P<month2>{_MONTH})\.? (?P<day2>[0-9]{{1,2}})(?:st|nd|rd|th)?(?![0-9])"
    r"(?:,? (?P<year2>20[0-9]{2}))?"
    rf"|(?<![a-z])(?P<month3>{_MONTH})(?![a-z])(?: (?P<year3>20[0-9]{{2}}))?)"
)
DUE = re.compile(rf"(?<!not )(?<!nicht )\b(?:{longest_first('due')})\b[^.\n\d]{{0,24}}?{DAY}", re.IGNORECASE)
JUST_DAY = re.compile(DAY, re.IGNORECASE)
NEED = pattern("time.need")
LED_TO = re.compile(r"\b(?:by|before|until|of|bis|ende) $", re.IGNORECASE)
WORDS_TOO = ("may", "mar", "mai", "march")
"""Months that are words: alone they are no date."""


def day_of(match: re.Match[str], on: date) -> date | None:
    """The day a match of `DUE` or `JUST_DAY` names; None if the calendar has no such day."""
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        if match["yyyy"]:
            return date(int(match["yyyy"]), int(match["mm"]), int(match["dd"]))
        return _named(match, on)
    except ValueError:
        return None


def _named(match: re.Match[str], on: date) -> date | None:
    """A day with the month's name."""
    name = _first(match, "month", "month2", "month3").lower()
    number = int(_first(match, "day", "day2") or 0)
    written = _first(match, "year", "year2", "year3")
    if name in WORDS_TOO and not (number or written or _led_to(match)):
        return None
    year, month = int(written or on.year), MONTHS[name]
    found = date(year, month, number or calendar.monthrange(year, month)[1])
    return found.replace(year=year + 1) if not written and found < on else found


def _led_to(match: re.Match[str]) -> bool:
    """Does a capital month stand right behind "by", in a sentence that needs something by then?"""
    name = _first(match, "month3")
    led = name[:1].isupper() and LED_TO.search(match.string, 0, match.start("month3"))
    return bool(led and NEED.search(match.string))


def _first(match: re.Match[str], *groups: str) -> str:
    return next((match[group] for group in groups if match[group]), "")
