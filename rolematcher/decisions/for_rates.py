"""What rates asks of decisions: the rates agreed, as observations, and the figure that leads each decision.

Agreed rates count only where the operator switched them on (`HOUSE_RATES`), and always as a publisher of
their own with the number of placements and their dates, so that they are never mixed in unseen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from statistics import median_low

from django.conf import settings
from django.db.models import Count, Max
from django.utils.timezone import localdate

from rolematcher.pay.observation import (
    ENGAGEMENT_TYPES,
    KINDS,
    LEVELS,
    ROLES,
    UNITS,
    Observation,
    months_between,
)
from rolematcher.rates.consequences import Priced, decisions_also
from rolematcher.rates.pricing import figures_also
from rolematcher.values.currencies import CURRENCIES

from .models import Decision, Outcome

MONTHS_KEPT = 24
"""Agreed rates this much older than the newest of their cell are left out."""
CELL = ("role", "place", "engagement_type", "seniority", "currency", "unit", "kind")
KNOWN = (ROLES, ENGAGEMENT_TYPES, CURRENCIES, UNITS, KINDS)
LEADS = {kind: kind for kind in ENGAGEMENT_TYPES} | {"contract_to_hire": "contract"}

Cell = tuple[str, str, str, str, str, str, str]
Agreed = tuple[date, Decimal]


def decisions_priced() -> Iterator[Priced]:
    """Every decision that a figure was looked up for, the newest first."""
    rows = Decision.objects.filter(deleted_at=None, role__in=ROLES).exclude(place="").order_by("-pk")
    columns = rows.values_list("number", "role", "place", "engagement_type", "seniority")
    for number, role, place, engagement_type, seniority in columns.iterator(chunk_size=2000):
        level = seniority if seniority in LEVELS else "all"
        yield Priced(number, role, place, LEADS.get(engagement_type, "permanent"), level)


def house_version() -> tuple[object, ...]:
    """Changes whenever the house's own figures do."""
    if not settings.HOUSE_RATES:
        return (False,)
    agreed = Outcome.objects.filter(agreed_amount__isnull=False)
    return tuple(agreed.aggregate(rows=Count("pk"), last=Max("at")).values())


def house_observations() -> Iterator[Observation]:
    """One observation per cell and seniority with an agreed rate; none while switched off."""
    cells: defaultdict[Cell, list[Agreed]] = defaultdict(list)
    for cell, agreed in _agreed() if settings.HOUSE_RATES else ():
        cells[cell].append(agreed)
    for cell, rates in sorted(cells.items()):
        yield _observation(cell, rates)


def _agreed() -> Iterator[tuple[Cell, Agreed]]:
    """Each agreed rate in the cells it speaks for; what was recorded by halves is left out."""
    rows = (
        Outcome.objects.filter(agreed_amount__gt=0)
        .exclude(decision__place="")
        .values_list(
            *("hired_role", "decision__role", "decision__place", "decision__engagement_type"),
            *("decision__seniority", "agreed_currency", "agreed_unit", "agreed_kind", "agreed_amount", "at"),
        )
    )
    for hired, role, place, engagement_type, level, currency, unit, kind, amount, at in rows.iterator():
        kind = kind or ("pay_unstated" if engagement_type == "permanent" else "")
        given = (hired or role, engagement_type, currency, unit, kind)
        if any(value not in known for value, known in zip(given, KNOWN, strict=True)):
            continue
        for seniority in ("all", level) if level in LEVELS else ("all",):
            cell = (hired or role, place, engagement_type, seniority, currency, unit, kind)
            yield cell, (localdate(at), amount)


def _observation(cell: Cell, rates: list[Agreed]) -> Observation:
    newest = max(day for day, _amount in rates)
    recent = [one for one in rates if months_between(one[0].isoformat(), newest) <= MONTHS_KEPT]
    months = sorted({f"{min(recent)[0]:%Y-%m}", f"{newest:%Y-%m}"})
    amounts = [amount for _day, amount in recent]
    told = {
        "low": min(amounts),
        "typical": median_low(amounts),
        "high": max(amounts),
        "statistic": "median",
        "publisher": settings.HOUSE_NAME,
        "interest": "house",
        "title": f"Agreed rates, {' to '.join(months)}",
        "as_of": f"{newest:%Y-%m-%d}",
        "sample": f"n={len(amounts)} agreed rates",
        "note": "Rates agreed on our own past decisions, recorded as outcomes.",
    }
    return Observation.model_validate(dict(zip(CELL, cell, strict=True)) | told)


figures_also(house_version, house_observations)
decisions_also(decisions_priced)
