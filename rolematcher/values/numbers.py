"""Whole numbers and days from outside. In: what somebody typed or sent. Out: the value, or a `Message`."""

from __future__ import annotations

import re
from datetime import date, datetime

from .amounts import quoted
from .message import Message, say

WHOLE = re.compile(r"[0-9]{1,9}")
ISO_DAY = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}")


def whole_read(typed: object, *, least: int, most: int) -> int | Message:
    """A whole number between two bounds, both included. Takes text in the digits 0-9, or an int."""
    is_number = isinstance(typed, int) and not isinstance(typed, bool) and abs(typed) < 10**9
    text = str(typed) if is_number else typed
    if isinstance(text, str) and len(text) < 20 and WHOLE.fullmatch(text.strip(" \t")):
        number = int(text)
        if least <= number <= most:
            return number
    return say("number.whole", typed=quoted(typed), least=least, most=most)


def day_read(typed: object) -> date | Message:
    """A day of this century, as 2027-01-31."""
    if isinstance(typed, date) and not isinstance(typed, datetime):
        return typed
    if isinstance(typed, str) and ISO_DAY.fullmatch(typed):
        try:
            return date.fromisoformat(typed)
        except ValueError:
            return say("day.not_in_calendar", typed=typed)
    return say("day.not_a_day", typed=quoted(typed))
