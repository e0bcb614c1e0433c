"""What decisions add up to: counts, overrides by rule, how often the advice was right, how long things took.

Every figure is over what the asking person may see.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from statistics import median
from typing import NamedTuple

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from rolematcher.accounts.models import User
from rolematcher.accounts.requests import person
from rolematcher.values.numbers import whole_read
from rolematcher.web.intervals import LEAST_CASES, Share
from rolematcher.web.names import RECOMMENDATION, ROLE

from .models import LONG_COLUMNS, Decision, Outcome, Override

MOST_ROWS = 300
SPANS = [(30, _("30 days")), (90, _("90 days")), (365, _("a year")), (3650, _("all"))]
FOLLOWED = Q(decision__overridden=False) & (Q(hired_role="") | Q(hired_role=F("decision__role")))
"""Nobody overrode it, and who was hired has the advised role (or no role was recorded)."""
RIGHT = Q(right_role=Outcome.YES)


def overview(user: User, *, now: dt.datetime) -> dict[str, object]:
    """What was decided in the last twelve months: how often in all, firm, overridden; by role and month."""
    recent = Decision.objects.visible_to(user).filter(created_at__gte=now - dt.timedelta(days=365)).order_by()
    columns = ("role", "recommendation", "firm", "overridden")
    counts: dict[str, Counter[str | bool]] = {column: Counter() for column in columns}
    for *values, often in recent.values_list(*columns).annotate(how_many=Count("*")):
        for column, value in zip(columns, values, strict=True):
            counts[column][value] += often
    months = recent.annotate(month=TruncMonth("created_at")).values_list("month").annotate(many=Count("*"))
    roles, recommendations = counts["role"].most_common(), counts["recommendation"].most_common()
    return {
        "total": counts["role"].total(),
        "firm": counts["firm"][True],
        "overridden": counts["overridden"][True],
        "roles": [(ROLE.get(str(id), id), often) for id, often in roles],
        "recommendations": [(RECOMMENDATION.get(str(id), id), often) for id, often in recommendations],
        "months": sorted((month.date(), often) for month, often in months),
    }


class RuleOverridden(NamedTuple):
    """A rule that was overridden: how often, out of how many decisions it gave, and the newest overrides."""

    rule: str
    share: Share
    rows: list[Override]


def overrides_by_rule(user: User, *, since: dt.datetime) -> list[RuleOverridden]:
    """Overrides in force, by the rule they speak against: the role's where that changed."""
    visible = Decision.objects.visible_to(user).filter(created_at__gte=since)
    rows = Override.objects.filter(decision__in=visible.values("pk")).select_related("decision", "by")
    light = rows.defer(*(f"decision__{column}" for column in LONG_COLUMNS))
    in_force = {row.decision_id: row for row in light.order_by("id")}
    found: dict[str, list[Override]] = defaultdict(list)
    for row in sorted(in_force.values(), key=lambda row: -row.pk):
        changed = row.role != row.decision.role
        found[row.decision.role_rule if changed else row.decision.recommendation_rule].append(row)
    given = Counter[str]()
    for column in ("role_rule", "recommendation_rule"):
        given.update(dict(visible.order_by().values_list(column).annotate(how_many=Count("*"))))
    ranked = sorted(found.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    return [RuleOverridden(rule, Share(len(of), max(given[rule], len(of))), of[:20]) for rule, of in ranked]


class Calibration(NamedTuple):
    """Of how many outcomes the advice was followed, and of those how many were right; or not followed."""

    name: str
    followed: Share
    right: Share
    otherwise: Share


def outcome_report(user: User) -> dict[str, object]:
    """How often the advice was right, by role and rule, and how long it took until accepted and filled.

    Days are the middle ones, None without any.
    """
    visible = Decision.objects.visible_to(user)
    outcomes = Outcome.objects.filter(decision__in=visible.values("pk"))
    rules = (f"decision__{table}_rule" for table in ("need", "role", "recommendation"))
    days = [day for day in outcomes.values_list("days_to_fill", flat=True) if day is not None]
    agreed = list(_agreed(outcomes))
    return {
        "outcomes": outcomes.count(),
        "too_early": outcomes.filter(right_role=Outcome.TOO_EARLY).count(),
        "roles": _calibrated(outcomes, "decision__role"),
        "rules": sorted(one for rule in rules for one in _calibrated(outcomes, rule)),
        "agreed": agreed,
        "inside": sum(one.inside for one in agreed),
        "to_accepted": _days(visible.exclude(accepted_at=None).values_list("created_at", "accepted_at")),
        "to_filled": _days(visible.exclude(filled_at=None).values_list("created_at", "filled_at")),
        "recruiters_say": median(days) if days else None,
    }


def _calibrated(outcomes: QuerySet[Outcome], column: str) -> list[Calibration]:
    """Those of which it is known, by what stands in a column."""
    known = outcomes.exclude(right_role=Outcome.TOO_EARLY).exclude(**{column: ""}).order_by(column)
    counted = known.values_list(column).annotate(
        cases=Count("pk"),
        followed=Count("pk", filter=FOLLOWED),
        right=Count("pk", filter=FOLLOWED & RIGHT),
        otherwise=Count("pk", filter=~FOLLOWED & RIGHT),
    )
    return [
        Calibration(name, Share(followed, cases), Share(right, followed), Share(other, cases - followed))
        for name, cases, followed, right, other in counted
    ]


def _agreed(outcomes: QuerySet[Outcome]) -> QuerySet[Outcome]:
    """The newest with a rate in the currency and unit of the range that was told, for the role advised."""
    alike = outcomes.filter(
        Q(hired_role="") | Q(hired_role=F("decision__role")),
        agreed_amount__gt=0,
        agreed_currency=F("decision__pay_currency"),
        agreed_unit=F("decision__pay_unit"),
    ).select_related("decision")
    light = alike.defer(*(f"decision__{column}" for column in LONG_COLUMNS))
    return light.order_by("-pk")[:MOST_ROWS]


def _days(times: Iterable[tuple[dt.datetime, dt.datetime | None]]) -> float | None:
    passed = [(end - start).total_seconds() / 86_400 for start, end in times if end]
    return round(median(passed), 1) if passed else None


def overview_page(request: HttpRequest) -> HttpResponse:
    """The admin's first page: what was decided lately, above everything there is."""
    return admin.site.index(request, {"overview": overview(person(request), now=timezone.now())})


@permission_required("decisions.view_decision", raise_exception=True)
@require_safe
def overrides(request: HttpRequest) -> HttpResponse:
    """Where people decided otherwise, by rule, with their reasons."""
    read = whole_read(request.GET.get("days", "365"), least=1, most=3650)
    days = read if isinstance(read, int) else 365
    rules = overrides_by_rule(person(request), since=timezone.now() - dt.timedelta(days=days))
    context = {"rules": rules, "days": days, "spans": SPANS, "total": sum(one.share.hits for one in rules)}
    context["title"] = _("Overrides")
    return render(request, "decisions/report_overrides.html", context | admin.site.each_context(request))


@permission_required("decisions.view_decision", raise_exception=True)
@require_safe
def outcomes(request: HttpRequest) -> HttpResponse:
    """How often the advice was followed and right, agreed rates beside the estimates, and times."""
    context = {"report": outcome_report(person(request)), "least": LEAST_CASES, "title": _("Outcomes")}
    return render(request, "decisions/report_outcomes.html", context | admin.site.each_context(request))
