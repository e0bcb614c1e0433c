"""Conversion facts and exchange rates: rows of text in, typed records and look-ups by key and place out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rolematcher.engine.errors import FigureError
from rolematcher.engine.money.dated import date_earliest

FACT_COLUMNS = ("key", "value", "unit", "region", "publisher", "url", "as_of")
_KEY = re.compile(r"[a-z0-9_]+(\.[a-z0-9_-]+)*")
_RANGE = re.compile(r"(\d{1,12}(?:\.\d{1,6})?)(?:\s*-\s*(\d{1,12}(?:\.\d{1,6})?))?")
_LIMITS = {"key": 100, "region": 30, "as_of": 10, "url": 500}


@dataclass(frozen=True, slots=True)
class ConversionFact:
    """One sourced number or text that turns a rate into money or time, or explains it.

    `value` is a number ("0.76"), a range ("25-30") or a text. `unit` starts with a known measure; after a
    comma it may say more ("% of pay, up to a ceiling"). The key says what it is about, general to special
    ("time_to_hire.ai_engineer.permanent").
    """

    key: str
    value: str
    unit: str
    region: str
    publisher: str
    url: str
    as_of: str

    @property
    def day(self) -> date:
        """The earliest day the printed date can mean."""
        return date_earliest(self.as_of)

    @property
    def measure(self) -> str:
        """The unit without its remark: "% of pay", "x", "days"."""
        return self.unit.split(",", 1)[0].strip()

    @property
    def remark(self) -> str:
        """What the unit says after its first comma."""
        return self.unit.partition(",")[2].strip()

    @property
    def low(self) -> Decimal | None:
        """The number, or the lower end of the range; None where the value is a text."""
        found = _RANGE.fullmatch(self.value)
        return Decimal(found[1]) if found else None

    @property
    def high(self) -> Decimal | None:
        """The number, or the upper end of the range; None where the value is a text."""
        found = _RANGE.fullmatch(self.value)
        return Decimal(found[2] or found[1]) if found else None


@dataclass(frozen=True, slots=True)
class Exchange:
    """One operator-kept exchange rate: one unit of `base` buys `rate` units of `quote` on `on`."""

    base: str
    quote: str
    rate: Decimal
    on: date
    publisher: str


def conversion_read(row: Mapping[str, str]) -> ConversionFact:
    """A typed fact from a row of text. Raises FigureError naming the column and the cure."""
    text = {name: (row.get(name) or "").strip() for name in FACT_COLUMNS}
    for name, value in text.items():
        if len(value) > _LIMITS.get(name, 200):
            raise FigureError(name, f"{len(value):,} characters are too many. Shorten it.")
        if not value and name not in ("url", "unit"):
            raise FigureError(name, "is empty. Fill it in.")
    if not _KEY.fullmatch(text["key"]):
        raise FigureError("key", f"'{text['key']}' is not a key. Write small letters, digits and dots.")
    date_earliest(text["as_of"])
    fact = ConversionFact(**text)
    if fact.low is not None and fact.high is not None and fact.low > fact.high:
        raise FigureError("value", f"'{fact.value}' runs downwards. Write the smaller number first.")
    return fact


def conversion_row(fact: ConversionFact) -> dict[str, str]:
    """The row of text that reads back as this fact."""
    return {column: str(getattr(fact, column)) for column in FACT_COLUMNS}


def facts_for(
    facts: Iterable[ConversionFact], key: str, *, region: str, on: date, measure: str = ""
) -> list[ConversionFact]:
    """The numbers under `key` for exactly this region, known on the day, newest first.

    A fact is under a key when its key is that key or begins with it and a dot.
    """
    found = [
        fact
        for fact in facts
        if (fact.key == key or fact.key.startswith(key + "."))
        and fact.region == region
        and (not measure or fact.measure == measure)
        and fact.low is not None
        and fact.day <= on
    ]
    return sorted(found, key=lambda fact: (-fact.day.toordinal(), fact.key, fact.publisher, fact.value))


def exchange_for(exchange: Iterable[Exchange], base: str, quote: str, *, on: date) -> Exchange | None:
    """The newest rate on file for this pair not after `on`, turned round where only the reverse is kept."""
    known = [
        rate if rate.base == base else Exchange(base, quote, 1 / rate.rate, rate.on, rate.publisher)
        for rate in exchange
        if {rate.base, rate.quote} == {base, quote} and rate.on <= on and rate.rate > 0
    ]
    return max(known, key=lambda rate: (rate.on, rate.publisher), default=None)
