"""Amounts in, amounts as people read them out: rounded to three figures, cents, units of time as hours."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from rolematcher.values.message import Money

HOURS = {
    "hour": Decimal(1),
    "day": Decimal(8),
    "week": Decimal(40),
    "month": Decimal(2080) / Decimal(12),
    "year": Decimal(2080),
}
"""Hours of full-time work in each unit. Where the recruiter states hours, `pace` uses those instead."""
SALARIED = ("month", "year")
ZERO, HUNDRED, TWELVE = Decimal(0), Decimal(100), Decimal(12)


@dataclass(frozen=True, slots=True)
class Span:
    """An amount from low to high."""

    low: Decimal
    high: Decimal

    def __add__(self, other: Span) -> Span:
        return Span(self.low + other.low, self.high + other.high)

    def times(self, low: Decimal, high: Decimal | None = None) -> Span:
        """The span multiplied, each end by its own factor."""
        return Span(self.low * low, self.high * (low if high is None else high))

    def money(self, currency: str, unit: str = "") -> Money:
        """The span for a message, readable."""
        return money(self.low, currency, unit, self.high)


def rounded(amount: Decimal, figures: int = 3, way: str = ROUND_HALF_UP) -> Decimal:
    """`amount` to the nearest step of so many figures: 214,375 is 214,000, 57.53 is 57.5."""
    if not amount:
        return ZERO
    step = Decimal(1).scaleb(amount.adjusted() - figures + 1)
    return plain((amount / step).quantize(Decimal(1), rounding=way) * step)


def plain(amount: Decimal) -> Decimal:
    """`amount` without trailing zeros and without an exponent."""
    whole = amount.to_integral_value()
    return whole.quantize(Decimal(1)) if amount == whole else amount.normalize()


def readable(amount: Decimal) -> Decimal:
    """An amount worked out, as people read it: whole from 100, else two decimals."""
    step = Decimal(1) if abs(amount) >= 100 else Decimal("0.01")
    return plain(amount.quantize(step, rounding=ROUND_HALF_UP))


def money(amount: Decimal, currency: str, unit: str = "", high: Decimal | None = None) -> Money:
    """An amount or a range for a message, readable."""
    top = readable(high) if high is not None and readable(high) != readable(amount) else None
    return Money(amount=readable(amount), currency=currency, unit=unit, high=top)
