"""What the tests of the reader share."""

from __future__ import annotations

from datetime import date

from rolematcher.reading.read import read
from rolematcher.reading.record import Reading

ON = date(2026, 11, 26)


def reading_of(text: str) -> Reading:
    """The reading of a text on one fixed day."""
    return read(text, on=ON)


def firm(text: str, fact: str) -> object:
    """What fills the form for one fact; None where the reader is silent or only hints."""
    return reading_of(text).raw_answers().get(fact)


def budget(text: str) -> tuple[str, str, str, str, str] | None:
    """Low, high, currency, unit and strength of the one budget; None where there is none or several."""
    found = [one for one in reading_of(text).suggestions if one.fact == "budget"]
    if len(found) != 1 or found[0].strength == "hint":
        return None
    value = found[0].value
    return (
        f"{value.amount:f}",
        f"{value.high or value.amount:f}",
        value.currency,
        value.unit,
        found[0].strength,
    )
