"""From a rate to money: an estimate and the stated time in, cost lines with sources and a total out.

Base, what comes on top of pay by country, the fee by engagement, and a list of what is not included.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from rolematcher.engine.amounts import amount_text
from rolematcher.engine.money.conversion import ConversionFact, facts_for
from rolematcher.engine.money.estimate import Estimate
from rolematcher.engine.money.estimate_words import KIND_WORDS, figure_words
from rolematcher.engine.money.market import Market
from rolematcher.engine.money.money import number_words, range_words, whole
from rolematcher.engine.money.on_cost import OnCost, fact_source, on_cost_of
from rolematcher.engine.money.pace import WEEKS_A_YEAR, Pace

_HUNDRED = Decimal(100)
_NOT_INCLUDED = {
    "permanent": ("bonus and equity", "equipment, licences and office", "training and holiday cover"),
    "contract": ("sales tax or VAT", "equipment and licences", "hand-over after the contract ends"),
    "freelance_marketplace": ("sales tax or VAT", "time to check and steer the work"),
    "embedded_offshore": ("sales tax or VAT", "time to steer from afar", "travel"),
    "agency": ("sales tax or VAT", "changes to the agreed scope", "upkeep after hand-over"),
}
_ALWAYS = ("use of AI services, hosting and data labelling",)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the cost: a range in the estimate's currency, in words, with the facts behind it."""

    name: str
    low: Decimal
    high: Decimal
    words: str
    sources: tuple[dict[str, str], ...] = ()

    def as_dict(self, currency: str) -> dict[str, object]:
        """The line as plain JSON values."""
        return {
            "name": self.name,
            "low": amount_text(whole(self.low)),
            "high": amount_text(whole(self.high)),
            "currency": currency,
            "words": self.words,
            "source": self.sources[0] if self.sources else None,
            "sources": list(self.sources),
        }


@dataclass(frozen=True, slots=True)
class Period:
    """How many of the estimate's units are paid for, and how that is said."""

    units: Decimal
    words: str
    total: bool
    ask: str = ""


def period_of(estimate: Estimate, pace: Pace) -> Period:
    """The stretch of time the cost is worked out over: a year for a post, else the stated hours and weeks."""
    if estimate.engagement == "permanent":
        return Period(Decimal(12) if estimate.unit == "month" else Decimal(1), "the first year", total=True)
    if estimate.unit in ("month", "year"):
        if pace.weeks is None:
            ask = "Say how many weeks the work takes to get a total."
            return Period(Decimal(1), f"one {estimate.unit}", total=False, ask=ask)
        in_unit = WEEKS_A_YEAR if estimate.unit == "year" else WEEKS_A_YEAR / 12
        return Period(pace.weeks / in_unit, f"{number_words(pace.weeks)} weeks", total=True)
    if pace.hours is None or pace.hours_a_week is None or pace.weeks is None:
        ask = "Say how many hours a week and how many weeks the work takes to get a total."
        return Period(Decimal(1), f"one {estimate.unit}", total=False, ask=ask)
    units = pace.hours / (pace.weights.hours_a_day if estimate.unit == "day" else 1)
    spelled = f"{number_words(pace.weeks)} weeks at {number_words(pace.hours_a_week)} hours a week"
    return Period(units, f"{spelled}, {number_words(units)} {estimate.unit}s", total=True)


def cost_of(estimate: Estimate, market: Market, pace: Pace) -> dict[str, object]:
    """The cost of hiring at the estimate: lines, total, period and what is not included."""
    missing = [*_NOT_INCLUDED.get(estimate.engagement, ()), *_ALWAYS]
    if estimate.figures is None:
        return {"lines": [], "total": None, "period": "", "ask": "", "not_included": missing}
    period = period_of(estimate, pace)
    base = Line(
        "base",
        estimate.figures.low * period.units,
        estimate.figures.high * period.units,
        f"{figure_words(estimate)} ({KIND_WORDS[estimate.kind]}), over {period.words}",
    )
    lines = [base]
    if estimate.engagement == "permanent":
        on_cost = on_cost_of(market.facts, region=estimate.region, on=market.on)
        if on_cost:
            lines.append(_on_cost_line(on_cost, base, market, estimate))
            if not on_cost.full:
                missing.insert(0, "employer benefits beyond the dues listed")
        else:
            place = market.places.name(estimate.region)
            missing.insert(0, f"employer taxes and benefits: no sourced figure for {place}")
    lines += _fees(estimate, base, market)
    low, high = sum(line.low for line in lines), sum(line.high for line in lines)
    return {
        "lines": [line.as_dict(estimate.currency) for line in lines],
        "total": {
            "low": amount_text(whole(Decimal(low))),
            "high": amount_text(whole(Decimal(high))),
            "currency": estimate.currency,
            "words": f"{range_words(whole(Decimal(low)), whole(Decimal(high)), estimate.currency)} "
            f"over {period.words}",
        },
        "period": period.words,
        "ask": period.ask,
        "not_included": missing,
    }


def _on_cost_line(on_cost: OnCost, base: Line, market: Market, estimate: Estimate) -> Line:
    low, high = on_cost.on_top(base.low, base.high)
    words = f"{on_cost.words()}, {market.places.name(estimate.region)}"
    if on_cost.remarks:
        words += f" ({'; '.join(on_cost.remarks)})"
    return Line("on_cost", low, high, words, tuple(fact_source(fact) for fact in on_cost.facts))


def _fees(estimate: Estimate, base: Line, market: Market) -> list[Line]:
    """Fee lines of the engagement. A fee that need not arise starts from nothing."""

    def on_file(key: str, region: str, measure: str) -> list[ConversionFact]:
        return facts_for(market.facts, key, region=region, on=market.on, measure=measure)

    region = estimate.region
    lines: list[Line] = []
    if estimate.engagement == "permanent":
        recruiter = on_file("recruiter_fee", region, "% of first-year pay")
        lines += _share(
            recruiter, base, "recruiter_fee", "if an outside recruiter fills the post", optional=True
        )
        flat = on_file("recruiting_cost", region, f"{estimate.currency} a hire")
        lines += _flat(flat, Decimal(1), "recruiting_cost", "to recruit one person")
        employer = on_file("provider_fee.employer_of_record", region, f"{estimate.currency} a month")
        lines += _flat(employer, Decimal(12), "provider_fee", "for an employer of record, if one is used")
    elif estimate.engagement == "contract" and estimate.kind == "pay_rate":
        markup = on_file("staffing_markup", region, "% of pay rate")
        lines += _share(
            markup, base, "staffing_markup", "if a staffing firm supplies the person", optional=True
        )
    elif estimate.engagement == "freelance_marketplace":
        fee = on_file("marketplace_fee", "GLOBAL", "% of rate")
        lines += _share(fee, base, "marketplace_fee", "the marketplace's fee to the client")
    return lines


def _share(
    facts: Sequence[ConversionFact], base: Line, name: str, why: str, *, optional: bool = False
) -> list[Line]:
    if not facts:
        return []
    low = min(fact.low for fact in facts if fact.low is not None)
    high = max(fact.high for fact in facts if fact.high is not None)
    span = f"{number_words(low)} to {number_words(high)} %" if low != high else f"{number_words(high)} %"
    least = Decimal(0) if optional else base.low * low / _HUNDRED
    sources = tuple(fact_source(fact) for fact in facts)
    return [Line(name, least, base.high * high / _HUNDRED, f"{span}, {why}", sources)]


def _flat(facts: Sequence[ConversionFact], times: Decimal, name: str, why: str) -> list[Line]:
    if not facts:
        return []
    low = min(fact.low for fact in facts if fact.low is not None) * times
    high = max(fact.high for fact in facts if fact.high is not None) * times
    least = Decimal(0) if name == "provider_fee" else low
    return [Line(name, least, high, why, tuple(fact_source(fact) for fact in facts))]
