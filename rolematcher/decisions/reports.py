"""What the decisions add up to: by month, role, course and grade, and what waits or needs care.

Every figure is over what the asking person may see. Counts read one narrow index alone; a count that took
long (many rows) is kept for a while, so that the overview of a million decisions opens at once.
"""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.cache import cache
from django.db.models import Count
from django.utils import timezone

from rolematcher.accounts.models import User
from rolematcher.briefs.models import Brief
from rolematcher.engine.money.dated import is_older
from rolematcher.rates.models import RateObservation

from .models import Decision

Kept = TypeVar("Kept")

MONTHS = 12
STALE_MONTHS = 12
LONG = 0.01
"""Seconds: what took longer is kept."""

KEPT_CLOSED, KEPT_OPEN = 1800, 60
"""Seconds that the counts of a past and of the current month are kept, when they took long."""


def kept_if_long(key: str, seconds: int, work_out: Callable[[], Kept]) -> Kept:
    """What `work_out` gives; where that took long, the same answer for the next so many seconds."""
    kept = cache.get(key)
    if kept is not None:
        return kept
    began = time.perf_counter()
    found = work_out()
    if time.perf_counter() - began > LONG:
        cache.set(key, found, seconds)
    return found


@dataclass(frozen=True, slots=True)
class MonthCounts:
    """One month: how many decisions, by role, course, grade, and how many were firm or overridden."""

    first: dt.date
    roles: Counter[str]
    courses: Counter[str]
    grades: Counter[str]
    firm: int
    overridden: int

    @property
    def total(self) -> int:
        """All decisions of the month."""
        return sum(self.roles.values())


def counts_by_month(user: User, *, on: dt.date, months: int = MONTHS) -> list[MonthCounts]:
    """The last so many months up to `on`, oldest first, of what this person may see."""
    first = on.replace(day=1)
    starts = [first]
    for _step in range(months - 1):
        starts.append((starts[-1] - dt.timedelta(days=1)).replace(day=1))
    return [_month(user, start, open_month=start == first) for start in reversed(starts)]


def _month(user: User, start: dt.date, *, open_month: bool) -> MonthCounts:
    rows = Decision.objects.visible_to(user)
    if rows.query.where:
        kept = _counted(rows, start)
    else:
        seconds = KEPT_OPEN if open_month else KEPT_CLOSED
        kept = kept_if_long(f"month-counts:{start:%Y-%m}", seconds, lambda: _counted(rows, start))
    roles, courses, grades = Counter[str](), Counter[str](), Counter[str]()
    firm = overridden = 0
    for role, course, grade, is_firm, is_overridden, number in kept:
        roles[role] += number
        courses[course] += number
        grades[grade] += number
        firm += number * is_firm
        overridden += number * is_overridden
    return MonthCounts(start, roles, courses, grades, firm, overridden)


def _counted(rows: Any, start: dt.date) -> list[tuple[Any, ...]]:
    after = (start + dt.timedelta(days=32)).replace(day=1)
    made = [timezone.make_aware(dt.datetime.combine(day, dt.time())) for day in (start, after)]
    grouped = rows.filter(created_at__gte=made[0], created_at__lt=made[1]).order_by()
    columns = ("role", "course", "grade", "firm", "overridden")
    return list(grouped.values_list(*columns).annotate(how_many=Count("*")))


def briefs_open(user: User) -> dict[str, int]:
    """How many briefs are queued, being made and failed."""
    states = (Brief.QUEUED, Brief.RENDERING, Brief.FAILED)
    visible = Decision.objects.visible_to(user)
    briefs = Brief.objects.filter(state__in=states)
    if visible.query.where:
        briefs = briefs.filter(decision__in=visible.values("pk"))
    found = dict(briefs.order_by().values_list("state").annotate(number=Count("*")))
    return {state: found.get(state, 0) for state in states}


def rates_stale(*, on: dt.date) -> tuple[int, int]:
    """How many rate observations are older than twelve months, and how many there are."""
    dates = RateObservation.objects.order_by().values_list("as_of").annotate(number=Count("*"))
    stale = total = 0
    for as_of, number in dates:
        total += number
        stale += number * (is_older(as_of, STALE_MONTHS, on))
    return stale, total
