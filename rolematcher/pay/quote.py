"""An observation in, the same figures in the currency and unit of its cell out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from rolematcher.pay.exchange import ExchangeTable
from rolematcher.pay.messages import say
from rolematcher.pay.money import HOURS
from rolematcher.pay.observation import Observation
from rolematcher.values.message import Message, Number


@dataclass(frozen=True, slots=True, eq=False)
class Quote:
    """An observation in the cell's currency and unit; `moved` says how it got there."""

    row: Observation
    low: Decimal
    typical: Decimal
    high: Decimal
    moved: tuple[Message, ...]
    comparable: bool


def quote_of(row: Observation, currency: str, unit: str, table: ExchangeTable) -> Quote:
    """The observation per `unit` in `currency`, at the rate of its own day; not comparable without a rate."""
    given = row.given
    low, typical, high = given[0], row.middle, given[-1]
    exchange = table.rate(row.currency, currency, row.day)
    if exchange is None or row.kind == "retainer":
        return Quote(row, low, typical, high, (), row.kind == "retainer" and row.currency == currency)
    moved = []
    factor = exchange.rate
    if row.currency != currency:
        moved.append(
            say(
                "remark.converted",
                base=row.currency,
                quote=currency,
                rate=Number(number=exchange.rate),
                day=exchange.on.isoformat(),
                publisher=exchange.publisher,
            )
        )
    if row.unit != unit:
        factor = factor * HOURS[unit] / HOURS[row.unit]
        moved.append(say("remark.unit", printed=row.unit, unit=unit))
    if factor == 1:
        return Quote(row, low, typical, high, (), True)
    return Quote(row, low * factor, typical * factor, high * factor, tuple(moved), True)
