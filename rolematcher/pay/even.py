"""Employee or contractor: the cell in, the hours at which both cost the same out, or why there are none."""

from __future__ import annotations

from decimal import Decimal

from rolematcher.pay.asked import Asked
from rolematcher.pay.cost import Span, dues_on
from rolematcher.pay.messages import say
from rolematcher.pay.money import HOURS, ZERO, readable
from rolematcher.pay.report import BreakEven, Estimate
from rolematcher.values.message import Message

_TWELVE = Decimal(12)


def break_even(asked: Asked) -> tuple[BreakEven | None, Message | None]:
    """After how many contractor hours an employee's year is paid for: same role, seniority, place and hours.

    Typical figures on both sides; where either is only a range or stands in, there is none, and why.
    """
    if asked.nobody or asked.lead_type not in ("permanent", "contract"):
        return None, None
    employee = asked.estimate(engagement_type="permanent")
    contractor = asked.estimate(engagement_type="contract")
    unlike = _unlike(employee, contractor)
    if unlike or employee.typical is None or contractor.typical is None:
        return None, unlike
    pay = employee.typical * (_TWELVE if employee.unit == "month" else Decimal(1)) * asked.pace.share
    owed = dues_on(asked, employee, Span(pay, pay))
    year = pay + ((owed.low + owed.high) / 2 if owed else ZERO)
    hourly = contractor.typical / HOURS[contractor.unit]
    hours = int(year / hourly)
    weeks = int(hours / asked.pace.hours_a_week) if asked.pace.hours_a_week else None
    even = BreakEven(
        employee_year=readable(year),
        contractor_hour=readable(hourly),
        currency=employee.currency,
        hours=hours,
        weeks=weeks,
    )
    return even, None


def _unlike(employee: Estimate, contractor: Estimate) -> Message | None:
    """Why the two cannot be compared; None where like stands beside like."""
    for one in (employee, contractor):
        if one.stands_in:
            return say("break_even.stands_in", engagement_type=one.engagement_type)
        if one.typical is None:
            reason = "break_even.range" if one.status == "modelled" else "break_even.missing"
            return say(reason, engagement_type=one.engagement_type)
    by_the_hour = contractor.kind in ("pay_rate", "bill_rate")
    if not by_the_hour or employee.kind not in ("base_pay", "pay_unstated"):
        return say("break_even.kinds")
    if employee.currency != contractor.currency or employee.seniority != contractor.seniority:
        return say("break_even.unlike")
    return None
