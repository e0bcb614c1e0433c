"""Amounts as Decimals with currency and unit: rounding to a step, and the plain words for them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

PER = {
    "hour": "an hour",
    "day": "a day",
    "week": "a week",
    "month": "a month",
    "year": "a year",
    "project": "for the whole project",
}

_STEPS = {"hour": Decimal(5), "day": Decimal(25), "month": Decimal(500), "year": Decimal(5000)}
_FINER = tuple(
    Decimal(part) for part in ("1", "5", "10", "50", "100", "500", "1000", "5000", "50000", "500000")
)
_COARSEST_SHARE = Decimal("0.1")
CENT = Decimal("0.01")


def step_of(unit: str, smallest: Decimal) -> Decimal:
    """What figures per `unit` are rounded to: 5,000 a year, 500 a month, 25 a day, 5 an hour.

    Less where the figure is small: the step is at most a tenth of the `smallest` figure it is used on.
    """
    for part in _FINER:
        step = _STEPS[unit] / part
        if step <= smallest * _COARSEST_SHARE:
            return step
    return CENT


def rounded(amount: Decimal, step: Decimal) -> Decimal:
    """`amount` to the nearest multiple of `step`, halves upwards."""
    return (amount / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step


def cents(amount: Decimal) -> Decimal:
    """`amount` to two decimals, halves upwards."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def whole(amount: Decimal) -> Decimal:
    """`amount` as people read it: whole units from 1,000, else two decimals."""
    return rounded(amount, Decimal(1)) if amount >= 1000 else cents(amount)


def amount_digits(amount: Decimal) -> str:
    """Digits with thousands marked, two decimals only where there are any: "120,000", "42.50"."""
    return f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{cents(amount):,.2f}"


def amount_words(amount: Decimal, currency: str) -> str:
    """An amount with its currency: "USD 120,000"."""
    return f"{currency} {amount_digits(amount)}"


def rate_words(amount: Decimal, currency: str, unit: str) -> str:
    """An amount with currency and unit: "USD 25 an hour"."""
    return f"{amount_words(amount, currency)} {PER[unit]}"


def range_words(low: Decimal, high: Decimal, currency: str, unit: str = "") -> str:
    """A range with currency and unit: "USD 145,000 to 210,000 a year"; one amount where both are equal."""
    span = amount_words(low, currency) + ("" if low == high else f" to {amount_digits(high)}")
    return f"{span} {PER[unit]}" if unit else span


def number_words(number: Decimal) -> str:
    """A bare number for formulas and percentages: "0.76", "12", "1,080"."""
    text = format(number.quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP), "f")
    head, _, tail = text.partition(".")
    tail = tail.rstrip("0")
    return f"{int(head):,}" + (f".{tail}" if tail else "")
