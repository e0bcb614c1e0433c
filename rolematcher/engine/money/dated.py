"""Dates as sources print them: a year, a month or a day in; the earliest day they can mean out."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from rolematcher.engine.errors import FigureError

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@lru_cache(maxsize=8192)
def date_earliest(text: str) -> date:
    """The earliest day a printed date ("2026", "2026-06", "2026-06-05") can mean.

    The earliest, because a figure must never look newer than it may be. Raises FigureError.
    """
    found = _DATE.fullmatch(text)
    if not found:
        raise FigureError("as_of", f"'{text[:40]}' is not a date. Write 2026, 2026-06 or 2026-06-05.")
    year, month, day = (int(part) if part else 1 for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        raise FigureError("as_of", f"'{text}' is not a day in the calendar. Write 2026-06-05.") from None


def months_later(day: date, months: int) -> date:
    """The day this many months after `day`; the last day of a shorter month where there is no such day."""
    turn = day.year * 12 + day.month - 1 + months
    year, month = divmod(turn, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


@lru_cache(maxsize=8192)
def is_older(printed: str, months: int, on: date) -> bool:
    """Whether a printed date lies more than `months` months before `on`."""
    return months_later(date_earliest(printed), months) < on
