"""How long hiring takes: sourced facts for a role and engagement in, days from and to with sources out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from rolematcher.engine.money.conversion import ConversionFact, facts_for
from rolematcher.engine.money.on_cost import fact_source
from rolematcher.engine.money.places import Places

_DAYS = {"days": Decimal(1), "weeks": Decimal(7), "months": Decimal(365) / Decimal(12)}


def time_to_hire(
    facts: Sequence[ConversionFact],
    *,
    role: str,
    engagement: str,
    level: str,
    region: str,
    places: Places,
    on: date,
) -> list[dict[str, object]]:
    """Every sourced time to hire that fits: this role (or any), engagement and place, then worldwide.

    Facts for one level are used for that level only. Low and high are whole days.
    """
    found = []
    for place in dict.fromkeys((region, "GLOBAL")):
        for who in (role, "any"):
            key = f"time_to_hire.{who}.{engagement}"
            for fact in facts_for(facts, key, region=place, on=on):
                about = fact.key.removeprefix(key).strip(".")
                if fact.measure in _DAYS and (not about or about == level):
                    found.append(_entry(fact, places.name(place)))
    return found


def search_time(entries: Sequence[dict[str, object]], *, needed_by: date | None, on: date) -> str:
    """Whether a search fits before a date: "short" when even the quickest source's slow end comes later."""
    if needed_by is None:
        return "enough"
    if not entries:
        return "unsure"
    return (
        "short"
        if (needed_by - on).days < min(int(str(entry["high_days"])) for entry in entries)
        else "enough"
    )


def _entry(fact: ConversionFact, place: str) -> dict[str, object]:
    assert fact.low is not None and fact.high is not None  # noqa: S101  facts_for gives numbers only
    days = _DAYS[fact.measure]
    high = math.ceil(fact.high * days)
    low = math.floor(fact.low * days) if fact.low < fact.high else high
    at_most = "at most" in fact.remark
    span = (
        f"at most {high} days"
        if at_most
        else f"{low} to {high} days"
        if low != high
        else f"about {high} days"
    )
    return {
        "words": f"{place}: {span} ({fact.publisher}, {fact.as_of})",
        "low_days": 0 if at_most else low,
        "high_days": high,
        "remark": fact.remark,
        "source": fact_source(fact),
    }
