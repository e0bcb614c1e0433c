"""The kept decisions and the figure that leads each, for a preview of other rates. Out: numbers and cells."""

from __future__ import annotations

from collections.abc import Iterator

from rolematcher.pay.observation import ENGAGEMENT_TYPES, LEVELS, ROLES
from rolematcher.rates.consequences import Priced, decisions_also

from .models import Decision

CELL = ("number", "role", "place", "engagement_type", "seniority")
LEADS = {kind: kind for kind in ENGAGEMENT_TYPES} | {"contract_to_hire": "contract"}


def decisions_priced() -> Iterator[Priced]:
    """Every decision that a figure was looked up for, the newest first."""
    rows = Decision.objects.filter(deleted_at=None, role__in=ROLES).order_by("-pk").values_list(*CELL)
    for number, role, place, engagement_type, seniority in rows.iterator(chunk_size=2000):
        if place:
            level = seniority if seniority in LEVELS else "all"
            yield Priced(number, role, place, LEADS.get(engagement_type, "permanent"), level)


decisions_also(decisions_priced)
