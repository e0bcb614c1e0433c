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
from rolematcher.pay.money import HOURS, HUNDRED, SALARIED, ZERO, money, readable
from rolematcher.pay.places import country_of
from rolematcher.pay.report import Cost, CostLine, Estimate, FactSource
from rolematcher.values.message import Message, Number

_NOT_INCLUDED = {
    "permanent": ("bonus_equity", "equipment", "holiday_cover", "benefits"),
    "contract": ("sales_tax", "equipment", "handover"),
    "freelance_marketplace": ("sales_tax", "steering"),
    "embedded_offshore": ("sales_tax", "steering", "travel"),
    "agency": ("sales_tax", "scope_changes", "upkeep"),
}
_TWELVE = Decimal(12)
_NO_COST = Cost(currency="", lines=(), low=None, high=None, period=None, complete=False)


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


@dataclass(frozen=True, slots=True)
class Period:
    """How many of an estimate's units are paid for; `asks` is the answer without which there is no total."""

    units: Decimal
    about: Message
    asks: str = ""


def span_of(estimate: Estimate) -> Span | None:
    """Low and high of an estimate; None where it has no figure."""
    if estimate.low is None or estimate.high is None:
        return None
    return Span(estimate.low, estimate.high)


def year_of(estimate: Estimate) -> Span | None:
    """A salary per year of full time."""
    span = span_of(estimate)
    return span.times(_TWELVE) if span and estimate.unit == "month" else span


def share_of(asked: Asked, estimate: Estimate) -> Decimal:
    """The part of the figure that the stated hours are: monthly and yearly pay is for full time."""
    full_time = estimate.unit in SALARIED and estimate.kind != "retainer"
    return asked.pace.share if full_time else Decimal(1)


def period_of(asked: Asked, estimate: Estimate) -> Period:
    """The stretch of time that is paid for: a first year for a post, else the stated hours and weeks."""
    pace, unit, one = asked.pace, estimate.unit, Decimal(1)
    weeks, hours = Number(number=pace.weeks or ZERO), Number(number=pace.hours_a_week or ZERO)
    share = share_of(asked, estimate)
    if estimate.engagement_type == "permanent":
        units = (_TWELVE if unit == "month" else one) * share
        about = say("period.first_year") if share == 1 else say("period.first_year_part", hours=hours)
        return Period(units, about)
    if unit in SALARIED:
        if pace.weeks is None:
            return Period(one, say("period.one", unit=unit), "weeks")
        units = pace.weeks / WEEKS_A_YEAR * (_TWELVE if unit == "month" else one) * share
        part = say("period.weeks_part", weeks=weeks, hours=hours)
        return Period(units, part if share < 1 else say("period.weeks", weeks=weeks))
    if pace.hours is None:
        return Period(one, say("period.one", unit=unit), "weeks" if pace.hours_a_week else "hours_a_week")
    units = pace.hours / HOURS[unit]
    count = Number(number=readable(units))
    return Period(units, say("period.weeks_at", weeks=weeks, hours=hours, units=count, unit=unit))


def cost_of(asked: Asked, main: Estimate, second: Estimate | None) -> Cost:
    """The cost of the advice: lines, total, period and what is not included."""
    if asked.nobody and asked.recommendation != "buy":
        return _own_people(asked) if asked.recommendation in OWN_PEOPLE else _NO_COST
    if span_of(main) is None:
        return _NO_COST.model_copy(update={"asks": "place" if asked.lacks_place else ""})
    period = period_of(asked, main)
    paid = [_base(main, period, "base"), *_second(asked, second)]
    extra = on_top(asked, main, [Span(line.low, line.high) for line in paid])
    lines = (*paid, *extra)
    whole = not period.asks and len(paid) == asked.people
    total = _together(lines)
    return Cost(
        currency=main.currency,
        lines=lines,
        low=total.low if whole else None,
        high=total.high if whole else None,
        period=period.about,
        complete=whole,
        asks=period.asks,
        not_included=tuple(_not_included(asked, main, {line.id for line in extra})),
        people=asked.people,
    )


def _not_included(asked: Asked, main: Estimate, counted: set[str]) -> Iterator[Message]:
    """What comes on top of the total and is not in it; what has no sourced figure is named too."""
    if asked.recommendation == "buy":
        yield say("not_included.product")
    if main.engagement_type == "permanent":
        if "dues" not in counted:
            yield say("not_included.dues")
        if not asked.nobody and not counted & {"recruiter_fee", "recruiting_cost"}:
            yield say("not_included.recruiter")
    for name in (*_NOT_INCLUDED.get(main.engagement_type, ()), "running"):
        yield say(f"not_included.{name}")


def _second(asked: Asked, second: Estimate | None) -> list[CostLine]:
    if second is None or span_of(second) is None:
        return []
    return [_base(second, period_of(asked, second), "second")]


def _together(parts: Iterable[Span | CostLine | DuesOwed]) -> Span:
    """The sum of what has a low and a high."""
    return sum((Span(part.low, part.high) for part in parts), Span(ZERO, ZERO))


def _base(estimate: Estimate, period: Period, name: str) -> CostLine:
    span = (span_of(estimate) or Span(ZERO, ZERO)).times(period.units)
    about = say(
        "cost.base",
        role=estimate.role,
        seniority=estimate.seniority,
        figure=money(estimate.low or ZERO, estimate.currency, estimate.unit, estimate.high),
        kind=estimate.kind,
        period=(period.about,),
    )
    return _line(name, span, about)


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
    own = figures.dues.get(country, ())
    if own:
        exchange = figures.exchange.rate(estimate.currency, own[0].currency, asked.market.on)
        return dues_owed(own, pay.low, pay.high, exchange.rate) if exchange else None
    place = figures.places.get(country)
    if place is None:
        return None
    around = [code for code, other in figures.places.items() if other.region == place.region]
    return dues_of_region(figures.dues, around, place.region, pay.low, pay.high)


def on_top(asked: Asked, estimate: Estimate, paid: Sequence[Span]) -> list[CostLine]:
    """What comes on top of what is paid to each person: dues, and the fees of the engagement type."""
    kind, place = estimate.engagement_type, estimate.place
    base = _together(paid)
    if kind == "freelance_marketplace":
        return _share(
            "marketplace_fee", asked.facts(place, "marketplace_fee", "% of rate", worldwide=True), base
        )
    if kind != "permanent":
        return []
    lines = _dues(asked, estimate, paid, base)
    if not asked.nobody:
        found = asked.facts(place, "recruiter_fee", "% of first-year pay")
        lines += _share("recruiter_fee", found, base, optional=True)
        flat = asked.facts(place, "recruiting_cost", f"{estimate.currency} a hire")
        lines += _flat("recruiting_cost", flat, Decimal(len(paid)))
    return lines


def _dues(asked: Asked, estimate: Estimate, paid: Sequence[Span], base: Span) -> list[CostLine]:
    owed = [one for one in (dues_on(asked, estimate, span) for span in paid) if one]
    if not owed:
        return []
    first = owed[0]
    span = _together(owed)
    shares = sorted((span.low / base.low * HUNDRED, span.high / base.high * HUNDRED))
    about = say(
        "cost.dues_region" if first.region else "cost.dues_extra" if first.extra_months else "cost.dues",
        place=estimate.place,
        region=first.region,
        low=Number(number=shares[0].quantize(Decimal("0.1"))),
        high=Number(number=shares[1].quantize(Decimal("0.1"))),
        items=first.items,
    )
    return [_line("dues", span, about, first.sources)]


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


def _flat(name: str, facts: Sequence[Fact], times: Decimal) -> list[CostLine]:
    if not facts:
        return []
    sources = (fact.source for fact in facts)
    return [_line(name, _ends(facts).times(times), say(f"cost.{name}"), sources)]


def _own_people(asked: Asked) -> Cost:
    """What the own people's time costs: an employee's hour with dues, times the stated hours and weeks."""
    employee = asked.estimate(engagement_type="permanent")
    year = year_of(employee)
    pace = asked.pace
    if year is None:
        return _NO_COST
    owed = dues_on(asked, employee, year)
    hourly = (year + Span(owed.low, owed.high) if owed else year).times(1 / HOURS["year"])
    asks = "" if pace.hours else "weeks" if pace.hours_a_week else "hours_a_week"
    about = say("cost.own_people", hour=money(hourly.low, employee.currency, "hour", hourly.high))
    line = _line("own_people", hourly.times(pace.hours or Decimal(1)), about, owed.sources if owed else ())
    period = say("period.one", unit="hour")
    if pace.hours:
        period = say("period.hours", hours=Number(number=pace.hours))
    return Cost(
        currency=employee.currency,
        lines=(line,),
        low=None if asks else line.low,
        high=None if asks else line.high,
        period=period,
        complete=not asks,
        asks=asks,
        not_included=(say("not_included.running"),),
    )


def needed(asked: Asked, estimate: Estimate, kind: str) -> Span | None:
    """What one unit of an estimate takes of a budget for one person: the same lines that the cost lists.

    A budget for pay only (`kind`) is held against the salary alone.
    """
    span = span_of(estimate)
    if span is None:
        return None
    span = span.times(share_of(asked, estimate))
    if estimate.engagement_type == "permanent" and kind != "total":
        return span
    units = _TWELVE if estimate.engagement_type == "permanent" and estimate.unit == "month" else Decimal(1)
    return span + _together(on_top(asked, estimate, [span.times(units)])).times(1 / units)
