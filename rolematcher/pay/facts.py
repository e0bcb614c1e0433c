"""Sourced numbers that turn a rate into money or time: rows of text in, typed facts and look-ups out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cached_property

from rolematcher.pay.observation import date_earliest
from rolematcher.pay.report import Said

_RANGE = re.compile(r"(\d{1,12}(?:\.\d{1,6})?)(?:\s*-\s*(\d{1,12}(?:\.\d{1,6})?))?")
FACT_COLUMNS = ("key", "value", "unit", "place", "publisher", "url", "as_of")


class Fact(Said):
    """One number, range or text, under a key from general to special ("time_to_hire.ai_engineer.permanent").

    `unit` starts with a known measure; after a comma it may say more ("% of pay, up to a ceiling").
    """

    key: str
    value: str
    unit: str
    place: str

    @cached_property
    def range(self) -> tuple[Decimal, Decimal] | None:
        """The number twice, or both ends of the range; None where the value is a text."""
        found = _RANGE.fullmatch(self.value)
        return (Decimal(found[1]), Decimal(found[2] or found[1])) if found else None

    @property
    def measure(self) -> str:
        """The unit without its remark: "% of pay", "x", "days"."""
        return self.unit.split(",", 1)[0].strip()

    @property
    def remark(self) -> str:
        """What the unit says after its first comma."""
        return self.unit.partition(",")[2].strip()


class Ratio(Said):
    """One measured ratio: `value` with its interval where measured, from how many, by whom and when."""

    key: str
    place: str
    value: Decimal
    low: Decimal
    high: Decimal
    n: str = ""
    how: str = ""


def facts_for(facts: Iterable[Fact], key: str, *, place: str, on: date, measure: str = "") -> list[Fact]:
    """The numbers under `key` for exactly this place, known on the day, newest first.

    A fact is under a key when its key is that key or begins with it and a dot.
    """
    found = [
        fact
        for fact in facts
        if (fact.key == key or fact.key.startswith(key + "."))
        and fact.place == place
        and (not measure or fact.measure == measure)
        and fact.range
        and date_earliest(fact.as_of) <= on
    ]
    return sorted(found, key=lambda fact: (-date_earliest(fact.as_of).toordinal(), fact.key, fact.publisher))
