"""Conversion facts and exchange rates: rows of text in, typed records out; and the look-up by key and place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rolematcher.engine.dated import date_earliest
from rolematcher.engine.errors import FigureError

FACT_COLUMNS = (
    *("key", "role", "engagement", "region", "low", "high", "unit", "value"),
    *("publisher", "title", "url", "date", "proxy", "note"),
)
_FIGURE = re.compile(r"-?\d{1,12}(\.\d{1,6})?")
_KEY = re.compile(r"[a-z0-9_]+(\.[a-z0-9_-]+)*")


@dataclass(frozen=True, slots=True)
class ConversionFact:
    """One sourced number (or code) that turns a rate into money or time.

    `low` and `high` are the figure in `unit` (equal where the source gives one number, None where the fact
    is a text). `value` is how it is printed. `role` and `engagement` are "" where it holds for all.
    """

    key: str
    role: str
    engagement: str
    region: str
    low: Decimal | None
    high: Decimal | None
    unit: str
    value: str
    publisher: str
    title: str
    url: str
    date: str
    proxy: bool
    note: str

    @property
    def day(self) -> date:
        """The earliest day the printed date can mean."""
        return date_earliest(self.date)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One operator-kept exchange rate: one unit of `base` buys `rate` units of `quote` on `date`."""

    base: str
    quote: str
    rate: Decimal
    date: date
    source: str


def conversion_read(row: Mapping[str, str]) -> ConversionFact:
    """A typed fact from a row of text. Raises FigureError naming the column and the cure."""
    text = {name: (row.get(name) or "").strip() for name in FACT_COLUMNS}
    if not _KEY.fullmatch(text["key"]):
        raise FigureError("key", f"'{text['key'][:40]}' is not a key. Write small letters and dots.")
    if not text["publisher"]:
        raise FigureError("publisher", "is empty. Every figure needs its publisher.")
    low, high = _figure("low", text["low"]), _figure("high", text["high"])
    if (low is None) != (high is None):
        raise FigureError("high", "low and high come together. Write the same number twice for a single one.")
    if low is not None and high is not None and low > high:
        raise FigureError("low", "is more than high. Swap them.")
    date_earliest(text["date"])
    return ConversionFact(
        **{name: text[name] for name in FACT_COLUMNS if name not in ("low", "high", "proxy")},
        low=low,
        high=high,
        proxy=text["proxy"] == "yes",
    )


def conversion_row(fact: ConversionFact) -> dict[str, str]:
    """The row of text that reads back as this fact."""
    row = {column: getattr(fact, column) for column in FACT_COLUMNS}
    row["proxy"] = "yes" if fact.proxy else "no"
    return {column: "" if value is None else str(value) for column, value in row.items()}


def facts_for(facts: Iterable[ConversionFact], key: str, *, region: str, on: date) -> list[ConversionFact]:
    """The facts under `key` (or below it) for exactly this region, known on the day, newest first."""
    return sorted(
        (
            fact
            for fact in facts
            if (fact.key == key or fact.key.startswith(key + "."))
            and fact.region == region
            and fact.day <= on
        ),
        key=lambda fact: (-fact.day.toordinal(), fact.proxy, fact.key, fact.publisher),
    )


def exchange_for(exchange: Iterable[Exchange], base: str, quote: str, *, on: date) -> Exchange | None:
    """The newest rate on file for this pair not after `on`, turned round where only the reverse is kept."""
    known = [
        rate if rate.base == base else Exchange(base, quote, 1 / rate.rate, rate.date, rate.source)
        for rate in exchange
        if {rate.base, rate.quote} == {base, quote} and rate.date <= on and rate.rate > 0
    ]
    return max(known, key=lambda rate: (rate.date, rate.source), default=None)


def _figure(column: str, value: str) -> Decimal | None:
    if not value:
        return None
    if not _FIGURE.fullmatch(value):
        raise FigureError(column, f"'{value[:40]}' is not a number. Write digits only, such as 12 or 0.76.")
    return Decimal(value)
