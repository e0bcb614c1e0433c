"""How long hiring takes: sourced facts for a role and engagement type in, days with their sources out."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal
from typing import Literal

from rolematcher.pay.asked import Asked
from rolematcher.pay.facts import Fact, facts_for
from rolematcher.pay.places import MEMBERS, country_of
from rolematcher.pay.report import HireTime

_DAYS = {"days": Decimal(1), "weeks": Decimal(7), "months": Decimal(365) / 12}


def time_to_hire(asked: Asked) -> tuple[HireTime, ...]:
    """Every sourced time that fits role (or any), type, seniority and place, worldwide ones last."""
    if asked.nobody:
        return ()
    country = country_of(asked.place)
    places = [country, *(group for group, members in MEMBERS.items() if country in members), "GLOBAL"]
    found = []
    for place in dict.fromkeys(places):
        for who in (asked.role, "any"):
            key = f"time_to_hire.{who}.{asked.lead_type}"
            for fact in facts_for(asked.market.figures.facts, key, place=place, on=asked.market.on):
                about = fact.key.removeprefix(key).strip(".")
                if fact.measure in _DAYS and about in ("", asked.seniority):
                    found.append(_entry(fact, place))
    return tuple(found)


def search_time(
    times: tuple[HireTime, ...], needed_by: date | None, on: date
) -> Literal["enough", "short", "unsure"]:
    """Whether a search fits before a date: "short" when even the quickest source's slow end comes later."""
    if needed_by is None or not times:
        return "unsure"
    return "short" if (needed_by - on).days < min(time.high_days for time in times) else "enough"


def _entry(fact: Fact, place: str) -> HireTime:
    low, high = fact.range or (Decimal(0), Decimal(0))
    days = _DAYS[fact.measure]
    at_most = "at most" in fact.remark
    last = math.ceil(high * days)
    first = math.floor(low * days) if low < high else last
    return HireTime(
        place=place,
        low_days=0 if at_most else first,
        high_days=last,
        at_most=at_most,
        remark=fact.remark,
        source=fact.source,
    )
