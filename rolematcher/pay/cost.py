"""From a rate to money: the cell and the stated time in, cost lines with sources and a total out.

Base, employer dues by country, the fees of the engagement type, and what is not included. Where nobody is
hired there is no fee, but the price of what is advised. `needed` is the same money per unit, for the budget.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rolematcher.pay.asked import OWN_PEOPLE, WEEKS_A_YEAR, Asked
from rolematcher.pay.dues import DuesOwed, dues_of_region, dues_owed
from rolematcher.pay.facts import Fact
from rolematcher.pay.messages import say
from rolematcher.pay.money import HOURS, HUNDRED, SALARIED, TWELVE, ZERO, Span, readable
from rolematcher.pay.places import country_of
from rolematcher.pay.report import BreakEven, Cost, CostLine, Estimate, FactSource
from rolematcher.values.message import Message, Number, Value

_NOT_INCLUDED = {
    "permanent": ("bonus_equity", "equipment", "holiday_cover", "benefits"),
    "contract": ("sales_tax", "equipment", "handover"),
    "freelance_marketplace": ("sales_tax", "steering"),
    "embedded_offshore": ("sales_tax", "steering", "travel"),
    "agency": ("sales_tax", "scope_changes", "upkeep"),
}
_NO_COST = Cost(currency="", lines=(), low=None, high=None, period=None, complete=False)


@dataclass(frozen=True, slots=True)
class Period:
    """How many of an estimate's units are paid for; `asks` is the answer without which there is no total."""

    units: Decimal
    about: Message
    asks: str = ""


def share_of(asked: Asked, estimate: Estimate) -> Decimal:
    """The part of the figure that the stated hours are: monthly and yearly pay is for full time."""
    full_time = estimate.unit in SALARIED and estimate.kind != "retainer"
    return asked.pace.share if full_time else Decimal(1)


def in_a_year(estimate: Estimate) -> Decimal:
    """How many of a salary's units make a year of full time."""
    return TWELVE if estimate.unit == "month" else Decimal(1)


def period_of(asked: Asked, estimate: Estimate) -> Period:
    """The stretch of time that is paid for: a first year for a post, else the stated hours and weeks."""
    pace, unit, share = asked.pace, estimate.unit, share_of(asked, estimate)
    weeks, hours = (Number(number=stated or ZERO) for stated in (pace.weeks, pace.hours_a_week))
    year = in_a_year(estimate) * share
    if estimate.engagement_type == "permanent":
        part = say("period.first_year_part", hours=hours)
        return Period(year, part if share < 1 else say("period.first_year"))
    if unit in SALARIED and pace.weeks:
        part = say("period.weeks_part", weeks=weeks, hours=hours)
        return Period(
            pace.weeks / WEEKS_A_YEAR * year, part if share < 1 else say("period.weeks", weeks=weeks)
        )
    if unit in SALARIED or pace.hours is None:
        return Period(Decimal(1), say("period.one", unit=unit), "weeks" if unit in SALARIED else pace.asks)
    units = pace.hours / HOURS[unit]
    count = Number(number=readable(units))
    return Period(units, say("period.weeks_at", weeks=weeks, hours=hours, units=count, unit=unit))


def cost_of(asked: Asked, main: Estimate, second: Estimate | None) -> Cost:
    """The cost of the advice: lines, total, period and what is not included."""
    if asked.nobody and asked.settled.recommendation != "buy":
        return _own_people(asked) if asked.settled.recommendation in OWN_PEOPLE else _NO_COST
    if main.span is None:
        return _NO_COST.replaced(asks="place" if asked.lacks_place else "")
    period = period_of(asked, main)
    paid = [_base(main, main.span, period, "base")]
    if second and second.span:
        paid.append(_base(second, second.span, period_of(asked, second), "second"))
    extra = on_top(asked, main, [Span(line.low, line.high) for line in paid])
    whole = not period.asks and len(paid) == asked.people
    lines = (*paid, *extra)
    low, high = _total(lines, complete=whole)
    return Cost(
        currency=main.currency,
        lines=lines,
        low=low,
        high=high,
        period=period.about,
        complete=whole,
        asks=period.asks,
        not_included=tuple(_not_included(asked, main, {line.id for line in extra})),
        people=asked.people,
    )


def _not_included(asked: Asked, main: Estimate, counted: set[str]) -> Iterator[Message]:
    """What comes on top of the total and is not in it; what has no sourced figure is named too."""
    if asked.settled.recommendation == "buy":
        yield say("not_included.product")
    if main.engagement_type == "permanent":
        if "dues" not in counted:
            yield say("not_included.dues")
        if not asked.nobody and not counted & {"recruiter_fee", "recruiting_cost"}:
            yield say("not_included.recruiter")
    for name in (*_NOT_INCLUDED.get(main.engagement_type, ()), "running"):
        yield say(f"not_included.{name}")


def _together(parts: Iterable[Span | CostLine | DuesOwed]) -> Span:
    """The sum of what has a low and a high."""
    return sum((Span(part.low, part.high) for part in parts), Span(ZERO, ZERO))


def _total(lines: Iterable[CostLine], *, complete: bool) -> tuple[Decimal | None, Decimal | None]:
    """Low and high of the whole cost, where nothing is missing."""
    total = _together(lines)
    return (total.low, total.high) if complete else (None, None)


def _base(estimate: Estimate, span: Span, period: Period, name: str) -> CostLine:
    about = say(
        "cost.base",
        role=estimate.role,
        seniority=estimate.seniority,
        figure=span.money(estimate.currency, estimate.unit),
        kind=estimate.kind,
        period=(period.about,),
    )
    return _line(name, span.times(period.units), about)


def _line(
    name: str, span: Span, about: Message, sources: Iterable[FactSource] = (), *, optional: bool = False
) -> CostLine:
    return CostLine(
        id=name,
        low=ZERO if optional else readable(span.low),
        high=readable(span.high),
        about=about,
        optional=optional,
        sources=tuple(sources),
    )


def dues_on(asked: Asked, estimate: Estimate, pay: Span) -> DuesOwed | None:
    """What the employer owes on a year's pay at a place; the span of its region where it has no row."""
    figures, country = asked.market.figures, country_of(estimate.place)
    if own := figures.dues.get(country):
        exchange = figures.exchange.rate(estimate.currency, own[0].currency, asked.market.on)
        return dues_owed(own, pay.low, pay.high, exchange.rate) if exchange else None
    region = figures.places[country].region if country in figures.places else ""
    around = [code for code, other in figures.places.items() if region and other.region == region]
    return dues_of_region(
        [figures.dues[code] for code in around if code in figures.dues], region, pay.low, pay.high
    )


def on_top(asked: Asked, estimate: Estimate, paid: Sequence[Span]) -> list[CostLine]:
    """What comes on top of what is paid to each person: dues, and the fees of the engagement type."""
    kind, place = estimate.engagement_type, estimate.place
    base = _together(paid)
    if kind == "freelance_marketplace":
        found = asked.facts(place, "marketplace_fee", "% of rate", worldwide=True)
        return _share("marketplace_fee", found, base)
    if kind != "permanent":
        return []
    lines = _dues(asked, estimate, paid, base)
    if not asked.nobody:
        found = asked.facts(place, "recruiter_fee", "% of first-year pay")
        lines += _share("recruiter_fee", found, base, optional=True)
        if flat := asked.facts(place, "recruiting_cost", f"{estimate.currency} a hire"):
            span = _ends(flat).times(Decimal(len(paid)))
            sources = (fact.source for fact in flat)
            lines.append(_line("recruiting_cost", span, say("cost.recruiting_cost"), sources))
    return lines


def _dues(asked: Asked, estimate: Estimate, paid: Sequence[Span], base: Span) -> list[CostLine]:
    owed = [one for one in (dues_on(asked, estimate, span) for span in paid) if one]
    if not owed:
        return []
    first, span = owed[0], _together(owed)
    shares = sorted((span.low / base.low * HUNDRED, span.high / base.high * HUNDRED))
    low, high = (Number(number=share.quantize(Decimal("0.1"))) for share in shares)
    name = "dues_region" if first.region else "dues_extra" if first.extra_months else "dues"
    said: dict[str, Value] = {"place": estimate.place, "region": first.region, "items": first.items}
    return [_line("dues", span, say(f"cost.{name}", low=low, high=high, **said), first.sources)]


def _ends(facts: Sequence[Fact]) -> Span:
    ranges = [fact.range for fact in facts if fact.range]
    return Span(min(low for low, _ in ranges), max(high for _, high in ranges))


def _share(name: str, facts: Sequence[Fact], base: Span, *, optional: bool = False) -> list[CostLine]:
    if not facts:
        return []
    ends = _ends(facts)
    about = say(f"cost.{name}", low=Number(number=ends.low), high=Number(number=ends.high))
    span = base.times(ends.low / HUNDRED, ends.high / HUNDRED)
    return [_line(name, span, about, (fact.source for fact in facts), optional=optional)]


def _own_people(asked: Asked) -> Cost:
    """What the own people's time costs: an employee's hour with dues, times the stated hours and weeks."""
    employee, pace = asked.estimate(engagement_type="permanent"), asked.pace
    if employee.span is None:
        return _NO_COST
    year = employee.span.times(in_a_year(employee))
    owed = dues_on(asked, employee, year)
    hourly = _together((year, *((owed,) if owed else ()))).times(1 / HOURS["year"])
    about = say("cost.own_people", hour=hourly.money(employee.currency, "hour"))
    stated = pace.hours and say("period.hours", hours=Number(number=pace.hours))
    span, sources = hourly.times(pace.hours or Decimal(1)), owed.sources if owed else ()
    line = _line("own_people", span, about, sources)
    low, high = _total([line], complete=not pace.asks)
    return Cost(
        currency=employee.currency,
        lines=(line,),
        low=low,
        high=high,
        period=stated or say("period.one", unit="hour"),
        complete=not pace.asks,
        asks=pace.asks,
        not_included=(say("not_included.running"),),
    )


def needed(asked: Asked, estimate: Estimate, kind: str) -> Span | None:
    """What one unit of an estimate takes of a budget for one person: the same lines that the cost lists.

    A budget for pay only (`kind`) is held against the salary alone.
    """
    span = estimate.span and estimate.span.times(share_of(asked, estimate))
    if span is None or (estimate.engagement_type == "permanent" and kind != "total"):
        return span
    units = in_a_year(estimate) if estimate.engagement_type == "permanent" else Decimal(1)
    return span + _together(on_top(asked, estimate, [span.times(units)])).times(1 / units)


def break_even(asked: Asked) -> tuple[BreakEven | None, Message | None]:
    """After how many contractor hours an employee's year is paid for: same role, seniority, place and hours.

    Typical figures on both sides; where either is only a range or stands in, there is none, and why.
    """
    if asked.nobody or asked.lead_type not in ("permanent", "contract"):
        return None, None
    employee, contractor = (asked.estimate(engagement_type=kind) for kind in ("permanent", "contract"))
    unlike = _unlike(employee, contractor)
    if unlike or employee.typical is None or contractor.typical is None:
        return None, unlike
    pay = employee.typical * in_a_year(employee) * asked.pace.share
    owed = dues_on(asked, employee, Span(pay, pay))
    year = pay + ((owed.low + owed.high) / 2 if owed else ZERO)
    hourly = contractor.typical / HOURS[contractor.unit]
    hours = int(year / hourly)
    even = BreakEven(
        employee_year=readable(year),
        contractor_hour=readable(hourly),
        currency=employee.currency,
        hours=hours,
        weeks=int(hours / asked.pace.hours_a_week) if asked.pace.hours_a_week else None,
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
    return None
