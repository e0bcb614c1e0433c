"""The house's own agreed rates: outcomes of past decisions in, one observation per cell out.

Only where the operator switched them on (`HOUSE_RATES`), and always as a publisher of their own with the
number of placements and their dates, so that they are never mixed in unseen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from statistics import median_low
from typing import Any

from django.conf import settings
from django.db.models import Count, Max
from django.utils.timezone import localdate

from rolematcher.decisions.models import Outcome
from rolematcher.engine.money.dated import months_later
from rolematcher.engine.money.observation import ENGAGEMENTS, KINDS, LEVELS, ROLES, UNITS, Observation

MONTHS_KEPT = 24
"""Agreed rates this much older than the newest of their cell are left out."""

Cell = tuple[str, str, str, str, str, str, str]


def house_is_on() -> bool:
    """Whether the operator lets agreed rates count as a source."""
    return bool(settings.HOUSE_RATES)


def house_version() -> tuple[Any, ...]:
    """Changes whenever the house's own figures do."""
    if not house_is_on():
        return (False,)
    agreed = Outcome.objects.filter(agreed_amount__isnull=False)
    return tuple(agreed.aggregate(rows=Count("pk"), last=Max("at")).values())


def house_observations() -> Iterator[Observation]:
    """One observation per cell and level with an agreed rate; none while switched off."""
    if not house_is_on():
        return
    cells: defaultdict[Cell, list[tuple[date, Decimal]]] = defaultdict(list)
    agreed = Outcome.objects.filter(agreed_amount__gt=0).values_list(
        *(
            "hired_role",
            "decision__role",
            "decision__place",
            "decision__engagement_type",
        ),
        *("decision__seniority", "agreed_currency", "agreed_unit", "agreed_kind", "agreed_amount", "at"),
    )
    for hired, role, region, engagement, level, currency, unit, kind, amount, at in agreed.iterator():
        kind = kind or ("pay_unstated" if engagement == "permanent" else "")
        if (hired or role) not in ROLES or engagement not in ENGAGEMENTS or not region:
            continue
        if unit not in UNITS or kind not in KINDS or len(currency) != 3:
            continue
        for seniority in ("all", level) if level in LEVELS else ("all",):
            cell = (hired or role, region, engagement, seniority, currency, unit, kind)
            cells[cell].append((localdate(at), amount))
    for cell, rates in sorted(cells.items()):
        yield _observation(cell, rates)


def _observation(cell: Cell, rates: list[tuple[date, Decimal]]) -> Observation:
    role, region, engagement, seniority, currency, unit, kind = cell
    newest = max(day for day, _ in rates)
    recent = [(day, amount) for day, amount in rates if months_later(day, MONTHS_KEPT) >= newest]
    oldest = min(day for day, _ in recent)
    amounts = [amount for _, amount in recent]
    span = (
        f"{oldest:%Y-%m}" if f"{oldest:%Y-%m}" == f"{newest:%Y-%m}" else f"{oldest:%Y-%m} to {newest:%Y-%m}"
    )
    return Observation(
        role=role,
        region=region,
        engagement=engagement,
        seniority=seniority,
        currency=currency,
        unit=unit,
        kind=kind,
        low=min(amounts),
        typical=median_low(amounts),
        high=max(amounts),
        statistic="median",
        publisher=settings.HOUSE_NAME,
        interest="house",
        title=f"Agreed rates, {span}",
        url="",
        as_of=f"{newest:%Y-%m-%d}",
        sample=f"n={len(amounts)} agreed rates",
        proxy=False,
        note="Rates agreed on our own past decisions, recorded as outcomes.",
    )
