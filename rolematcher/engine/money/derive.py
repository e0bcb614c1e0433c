"""One derived figure: a sourced estimate and a sourced ratio of the same place in, a grade D figure out.

One step only, the formula printed with its numbers. No ratio for the place: nothing is derived.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from rolematcher.engine.money.conversion import ConversionFact, facts_for
from rolematcher.engine.money.estimate import DERIVED, SOURCED, Estimate
from rolematcher.engine.money.estimate_words import cell_words
from rolematcher.engine.money.money import number_words, rate_words, rounded, step_of
from rolematcher.engine.money.places import Places
from rolematcher.engine.money.triple import Triple
from rolematcher.engine.money.votes import BESIDE, Source

Sourced = Callable[[str, str, str], Estimate]
"""Role, engagement and level in, the sourced estimate of the same place out."""


def derived_estimate(
    empty: Estimate, sourced: Sourced, facts: Sequence[ConversionFact], *, on: date, places: Places
) -> Estimate:
    """An estimate derived in one step for a cell that has none; the cell unchanged where no ratio fits.

    Tried in order: the level from the mid level, the automation specialist from the AI engineer, the agency's
    hourly price from the salary.
    """
    for way in (_from_mid_level, _from_ai_engineer, _from_salary):
        derived = way(empty, sourced, facts, on, places)
        if derived is not None:
            return derived
    return empty


def _from_mid_level(
    empty: Estimate, sourced: Sourced, facts: Sequence[ConversionFact], on: date, places: Places
) -> Estimate | None:
    if empty.seniority not in ("junior", "senior"):
        return None
    key = f"ratio.seniority.{empty.role}.{empty.engagement}.{empty.seniority}"
    base = sourced(empty.role, empty.engagement, "mid")
    return _times(
        empty, base, facts_for(facts, key, region=empty.region, on=on, measure="x of mid-level"), places
    )


def _from_ai_engineer(
    empty: Estimate, sourced: Sourced, facts: Sequence[ConversionFact], on: date, places: Places
) -> Estimate | None:
    if empty.role != "automation_specialist":
        return None
    key = f"ratio.automation_over_ai_engineer.{empty.engagement}"
    base = sourced("ai_engineer", empty.engagement, empty.seniority)
    return _times(empty, base, facts_for(facts, key, region=empty.region, on=on, measure="x"), places)


def _from_salary(
    empty: Estimate, sourced: Sourced, facts: Sequence[ConversionFact], on: date, places: Places
) -> Estimate | None:
    if empty.engagement != "agency":
        return None
    base = sourced(empty.role, "permanent", empty.seniority)
    hours = facts_for(facts, "hours_per_year", region=empty.region, on=on, measure="hours")
    ratios = facts_for(facts, "ratio.agency_bill_over_salary", region=empty.region, on=on, measure="x")
    if base.kind != "base_pay" or base.unit != "year" or not hours or not hours[0].low:
        return None
    return _times(empty, base, ratios, places, hours=hours[0])


def _times(
    empty: Estimate,
    base: Estimate,
    ratios: Sequence[ConversionFact],
    places: Places,
    hours: ConversionFact | None = None,
) -> Estimate | None:
    """The base times the newest ratio (over the hours of a year for an hourly price), rounded, grade D."""
    if base.status != SOURCED or base.stands_in or base.figures is None or not ratios:
        return None
    ratio = ratios[0]
    if ratio.low is None or ratio.high is None:
        return None
    divisor = hours.low if hours and hours.low else Decimal(1)
    unit = "hour" if hours else base.unit
    raw = Triple(
        base.figures.low * ratio.low / divisor,
        base.figures.typical * (ratio.low + ratio.high) / 2 / divisor,
        base.figures.high * ratio.high / divisor,
    )
    step = step_of(unit, raw.low)
    figures = Triple(*(rounded(amount, step) for amount in raw))
    return replace(
        empty,
        status=DERIVED,
        kind="bill_rate" if hours else base.kind,
        currency=base.currency,
        unit=unit,
        figures=figures,
        grade="D",
        publishers=base.publishers,
        spread=base.spread,
        oldest=min(base.oldest, ratio.as_of),
        newest=base.newest,
        stale=base.stale,
        sources=(*empty.sources, *(_backing(base))),
        formula=_formula(base, ratio, hours, figures.typical, unit=unit, step=step, places=places),
        remarks=(
            f"Derived in one step; the ratio is from {ratio.publisher}, {ratio.as_of}.",
            *_others(ratios),
        ),
    )


def _backing(base: Estimate) -> list[Source]:
    why = "The derived figure starts from this one; it is not for this cell."
    return [replace(source, part=BESIDE, counted=False, why=why, weight=None) for source in base.counted]


def _others(ratios: Sequence[ConversionFact]) -> list[str]:
    return [
        f"Another sourced ratio: {other.value} ({other.publisher}, {other.as_of})." for other in ratios[1:]
    ]


def _formula(
    base: Estimate,
    ratio: ConversionFact,
    hours: ConversionFact | None,
    result: Decimal,
    *,
    unit: str,
    step: Decimal,
    places: Places,
) -> str:
    assert base.figures is not None and ratio.low is not None and ratio.high is not None  # noqa: S101
    start = rate_words(base.figures.typical, base.currency, base.unit)
    over = f" / {number_words(hours.low)} hours" if hours and hours.low else ""
    times = number_words((ratio.low + ratio.high) / 2)
    return (
        f"{start} ({cell_words(base, places)}) x {times}{over} = "
        f"{rate_words(result, base.currency, unit)}, rounded to {number_words(step)}"
    )
