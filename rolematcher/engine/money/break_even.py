"""Employee or contractor: two estimates of one place in, the hours at which both cost the same out."""

from __future__ import annotations

from decimal import Decimal

from rolematcher.engine.amounts import amount_text
from rolematcher.engine.money.estimate import Estimate
from rolematcher.engine.money.market import Market
from rolematcher.engine.money.money import amount_words, number_words, rate_words, rounded, whole
from rolematcher.engine.money.observation import PAY_KINDS
from rolematcher.engine.money.on_cost import on_cost_of
from rolematcher.engine.money.pace import Pace


def break_even(
    employee: Estimate, contractor: Estimate, market: Market, pace: Pace
) -> dict[str, object] | None:
    """After how many contractor hours an employee's year is paid for; None where a figure is missing.

    Typical figures on both sides, the same currency, the employee with the country's on-cost where sourced.
    """
    if employee.figures is None or contractor.figures is None:
        return None
    if employee.currency != contractor.currency or employee.kind not in PAY_KINDS:
        return None
    if employee.unit not in ("month", "year") or contractor.unit not in ("hour", "day"):
        return None
    pay = employee.figures.typical * (12 if employee.unit == "month" else 1)
    on_cost = on_cost_of(market.facts, region=employee.region, on=market.on)
    on_top = on_cost.on_top(pay, pay)[1] if on_cost else Decimal(0)
    year = pay + on_top
    hourly = contractor.figures.typical / (pace.weights.hours_a_day if contractor.unit == "day" else 1)
    hours = rounded(year / hourly, Decimal(1))
    weeks = rounded(hours / pace.hours_a_week, Decimal(1)) if pace.hours_a_week else None
    return {
        "employee_year": amount_text(whole(year)),
        "contractor_hour": amount_text(whole(hourly)),
        "currency": employee.currency,
        "hours": int(hours),
        "weeks": int(weeks) if weeks is not None else None,
        "words": _words(employee, contractor, year, on_cost is not None, hours, weeks),
    }


def _words(
    employee: Estimate,
    contractor: Estimate,
    year: Decimal,
    with_on_cost: bool,
    hours: Decimal,
    weeks: Decimal | None,
) -> str:
    assert contractor.figures is not None  # noqa: S101  checked by the caller
    extra = "with on-cost" if with_on_cost else "without on-cost, for which no sourced figure is on file"
    spelled = f", {number_words(weeks)} weeks at the stated hours" if weeks is not None else ""
    rate = rate_words(contractor.figures.typical, contractor.currency, contractor.unit)
    return (
        f"An employee costs about {amount_words(whole(year), employee.currency)} a year ({extra}). "
        f"At {rate} a contractor costs as much after {number_words(hours)} hours{spelled}; "
        "for less work than that the contractor costs less."
    )
