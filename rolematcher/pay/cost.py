"""From a rate to money: the cell and the stated time in, cost lines with sources and a total out.

Base, employer dues by country, the fees of the engagement type, and what is not included. Where nobody is
hired there is no fee, but the price of what is advised. `needed` is the same money per unit, for the budget.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from rolematcher.pay.asked import OWN_PEOPLE, WEEKS_A_YEAR, Asked
from rolematcher.pay.dues import DuesOwed, dues_of_region, dues_owed
from rolematcher.pay.facts import Fact
from rolematcher.pay.messages import say
from rolematcher.pay.money import HOURS, HUNDRED, SALARIED, ZERO, money, readable
from rolematcher.pay.places import country_of
from rolematcher.pay.report import Cost, CostLine, Estimate
from rolematcher.values.message import Message, Number

_NOT_INCLUDED = {
    "permanent": ("bonus_equity", "equipment", "holiday_cover", "benefits"),
    "contract": ("sales_tax", "equipment", "handover"),
    "contract_payroll": ("sales_tax", "equipment", "handover"),
    "freelance_marketplace": ("sales_tax", "steering"),
    "embedded_offshore": ("sales_tax", "steering", "travel"),
    "agency": ("sales_tax", "scope_changes", "upkeep"),
}
_TWELVE = Decimal(12)


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
    """The cost of the advice: lines, total, period, what is not included, employee against contractor."""
    if asked.nobody and asked.recommendation in OWN_PEOPLE:
        return _own_people(asked)
    if asked.nobody and asked.recommendation != "buy":
        return Cost(currency="", lines=(), low=None, high=None, period=None, complete=False)
    span = span_of(main)
    missing = [
        say(f"not_included.{name}") for name in (*_NOT_INCLUDED.get(main.engagement_type, ()), "running")
    ]
    if span is None:
        return Cost(
            currency="",
            lines=(),
            low=None,
            high=None,
            period=None,
            complete=False,
            asks="" if asked.place else "place",
            not_included=tuple(missing),
        )
    period = period_of(asked, main)
    paid = [_base(main, period, "base")]
    other = span_of(second) if second is not None else None
    if second is not None and other is not None:
        paid.append(_base(second, period_of(asked, second), "second"))
    lines = [*paid, *_dues(asked, main, paid), *_fees(asked, main, paid)]
    if asked.recommendation == "buy":
        missing.insert(0, say("not_included.product"))
    whole = not period.asks and (second is None or other is not None)
    return Cost(
        currency=main.currency,
        lines=tuple(lines),
        low=sum((line.low for line in lines), ZERO) if whole else None,
        high=sum((line.high for line in lines), ZERO) if whole else None,
        period=period.about,
        complete=whole,
        asks=period.asks,
        not_included=tuple(missing),
        people=asked.people,
    )


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
    name: str, span: Span, about: Message, facts: Sequence[Fact] = (), *, optional: bool = False
) -> CostLine:
    return CostLine(
        id=name,
        low=ZERO if optional else readable(span.low),
        high=readable(span.high),
        about=about,
        optional=optional,
        sources=tuple(fact.source for fact in facts),
    )


def dues_on(asked: Asked, pay: Span, currency: str) -> DuesOwed | None:
    """What the employer owes on a year's pay at the place; the span of its region where it has no row."""
    figures, country = asked.market.figures, country_of(asked.place)
    own = figures.dues.get(country, ())
    if own:
        exchange = figures.exchange.rate(currency, own[0].currency, asked.market.on)
        return dues_owed(own, pay.low, pay.high, exchange.rate) if exchange else None
    place = figures.places.get(country)
    if place is None:
        return None
    around = [code for code, other in figures.places.items() if other.region == place.region]
    return dues_of_region(figures.dues, around, place.region, pay.low, pay.high)


def _dues(asked: Asked, main: Estimate, paid: Sequence[CostLine]) -> list[CostLine]:
    if main.engagement_type != "permanent":
        return []
    owed = [dues_on(asked, Span(line.low, line.high), main.currency) for line in paid]
    first = owed[0]
    if first is None:
        return []
    span = Span(ZERO, ZERO)
    for one in owed:
        span += Span(one.low, one.high) if one else Span(ZERO, ZERO)
    pay = Span(sum((line.low for line in paid), ZERO), sum((line.high for line in paid), ZERO))
    shares = sorted((span.low / pay.low * HUNDRED, span.high / pay.high * HUNDRED))
    about = say(
        "cost.dues_region" if first.region else "cost.dues_extra" if first.extra_months else "cost.dues",
        place=asked.place,
        region=first.region,
        low=Number(number=shares[0].quantize(Decimal("0.1"))),
        high=Number(number=shares[1].quantize(Decimal("0.1"))),
        items=first.items,
    )
    line = CostLine(
        id="dues", low=readable(span.low), high=readable(span.high), about=about, sources=first.sources
    )
    return [line]


def _fees(asked: Asked, main: Estimate, paid: Sequence[CostLine]) -> list[CostLine]:
    """The fees of the engagement type; none where nobody is hired."""
    base = Span(sum((line.low for line in paid), ZERO), sum((line.high for line in paid), ZERO))
    kind = main.engagement_type
    lines: list[CostLine] = []
    if kind == "permanent" and not asked.nobody:
        found = asked.facts("recruiter_fee", measure="% of first-year pay")
        lines += _share("recruiter_fee", found, base, optional=True)
        flat = asked.facts("recruiting_cost", measure=f"{main.currency} a hire")
        lines += _flat("recruiting_cost", flat, Decimal(asked.people))
    if kind == "contract_payroll":
        lines += _share("staffing_markup", asked.facts("staffing_markup", measure="% of pay rate"), base)
    if kind == "freelance_marketplace":
        lines += _share("marketplace_fee", _marketplace_fee(asked), base)
    return lines


def _marketplace_fee(asked: Asked) -> list[Fact]:
    return asked.facts("marketplace_fee", measure="% of rate", worldwide=True)


def _ends(facts: Sequence[Fact]) -> Span:
    ranges = [fact.range for fact in facts if fact.range]
    return Span(min(low for low, _ in ranges), max(high for _, high in ranges))


def _share(name: str, facts: Sequence[Fact], base: Span, *, optional: bool = False) -> list[CostLine]:
    if not facts:
        return []
    ends = _ends(facts)
    about = say(f"cost.{name}", low=Number(number=ends.low), high=Number(number=ends.high))
    return [_line(name, base.times(ends.low / HUNDRED, ends.high / HUNDRED), about, facts, optional=optional)]


def _flat(name: str, facts: Sequence[Fact], times: Decimal) -> list[CostLine]:
    if not facts:
        return []
    return [_line(name, _ends(facts).times(times), say(f"cost.{name}"), facts)]


def _own_people(asked: Asked) -> Cost:
    """What the own people's time costs: an employee's hour with dues, times the stated hours and weeks."""
    employee = asked.estimate(engagement_type="permanent")
    year = year_of(employee)
    pace = asked.pace
    if year is None:
        return Cost(currency="", lines=(), low=None, high=None, period=None, complete=False)
    owed = dues_on(asked, year, employee.currency)
    hourly = (year + Span(owed.low, owed.high) if owed else year).times(1 / HOURS["year"])
    asks = "" if pace.hours else "weeks" if pace.hours_a_week else "hours_a_week"
    about = say("cost.own_people", hour=money(hourly.low, employee.currency, "hour", hourly.high))
    span = hourly.times(pace.hours or Decimal(1))
    line = CostLine(
        id="own_people",
        low=readable(span.low),
        high=readable(span.high),
        about=about,
        sources=owed.sources if owed else (),
    )
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
    """What one unit of an estimate takes of a budget: pay or rate with every fee that the cost lists.

    `kind` "total" adds dues to a salary, and at the upper end the recruiter's fee that may arise.
    """
    span = span_of(estimate)
    if span is None:
        return None
    if estimate.engagement_type == "freelance_marketplace":
        fees = _marketplace_fee(asked)
        ends = _ends(fees) if fees else Span(ZERO, ZERO)
        return span.times(1 + ends.low / HUNDRED, 1 + ends.high / HUNDRED)
    span = span.times(share_of(asked, estimate))
    if estimate.engagement_type != "permanent" or kind != "total":
        return span
    months = _TWELVE if estimate.unit == "month" else Decimal(1)
    year = span.times(months)
    owed = dues_on(asked, year, estimate.currency)
    total = year + Span(owed.low, owed.high) if owed else year
    fees = [] if asked.nobody else asked.facts("recruiter_fee", measure="% of first-year pay")
    if fees:
        total = Span(total.low, total.high + year.high * _ends(fees).high / HUNDRED)
    return total.times(1 / months)
