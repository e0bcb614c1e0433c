"""Dates as sources print them: a year, a month or a day in; the earliest day they can mean out."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@lru_cache(maxsize=8192)
def date_earliest(text: str) -> date:
    """The earliest day "2026", "2026-06" or "2026-06-05" can mean, so that no figure looks newer than it is.

    Raises ValueError where the text is no such date.
    """
    found = _DATE.fullmatch(text)
    if not found:
        raise ValueError(text)
    year, month, day = (int(part) if part else 1 for part in found.groups())
    return date(year, month, day)


@lru_cache(maxsize=8192)
def months_between(printed: str, on: date) -> int:
    """Whole months from a printed date to a day; negative where the date lies ahead."""
    day = date_earliest(printed)
    return (on.year - day.year) * 12 + on.month - day.month - (on.day < day.day)
