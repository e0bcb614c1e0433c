"""What decisions add up to: counts, overrides by rule, how often the advice was right, how long things took.

Every figure is over what the asking person may see.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
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
Words = str | Promise


@dataclass(frozen=True)
class Overview:
    """The last twelve months in figures."""

    total: int
    firm: int
    overridden: int
    roles: list[tuple[Words, int]]
    recommendations: list[tuple[Words, int]]
    months: list[tuple[dt.date, int]]


def overview(user: User, *, now: dt.datetime) -> Overview:
    """What was decided in the last twelve months."""
    recent = Decision.objects.visible_to(user).filter(created_at__gte=now - dt.timedelta(days=365)).order_by()
    counted = recent.values_list("role", "recommendation", "firm", "overridden").annotate(how_many=Count("*"))
    roles, recommendations, firm, overridden = Counter[str](), Counter[str](), 0, 0
    for role, recommendation, is_firm, is_overridden, number in counted:
        roles[role] += number
        recommendations[recommendation] += number
        firm += number * is_firm
        overridden += number * is_overridden
    months = recent.annotate(month=TruncMonth("created_at")).values_list("month").annotate(many=Count("*"))
    return Overview(
        total=roles.total(),
        firm=firm,
        overridden=overridden,
        roles=[(ROLE.get(id, id), number) for id, number in roles.most_common()],
        recommendations=[
            (RECOMMENDATION.get(id, id), number) for id, number in recommendations.most_common()
        ],
        months=sorted((month.date(), number) for month, number in months),
    )


@dataclass
class RuleOverridden:
    """A rule that was overridden: how often, out of how many decisions it gave, and the newest overrides."""

    rule: str
    share: Share
    rows: list[Override] = field(default_factory=list)


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


@dataclass(frozen=True)
class Calibration:
    """Of how many outcomes the advice was followed, and of those how many were right; likewise not followed.

    Followed: nobody overrode it, and who was hired has the advised role (or no role was recorded).
    """

    name: str
    followed: Share
    right: Share
    otherwise: Share


@dataclass(frozen=True)
class OutcomeReport:
    """Everything the outcomes page shows. Days are the middle ones, None without any."""

    outcomes: int
    too_early: int
    roles: list[Calibration]
    rules: list[Calibration]
    agreed: list[Outcome]
    to_accepted: float | None
    to_filled: float | None
    recruiters_say: float | None


def outcome_report(user: User) -> OutcomeReport:
    """How often the advice was right, by role and rule, and how long it took until accepted and filled."""
    visible = Decision.objects.visible_to(user)
    outcomes = Outcome.objects.filter(decision__in=visible.values("pk"))
    columns = ("right_role", "hired_role", "decision__role", "decision__overridden", "decision__need_rule",
               "decision__role_rule", "decision__recommendation_rule")  # fmt: skip
    by_role: dict[str, Counter[tuple[bool, bool]]] = defaultdict(Counter)
    by_rule: dict[str, Counter[tuple[bool, bool]]] = defaultdict(Counter)
    total = too_early = 0
    for right, hired, role, overridden, *rules, number in (
        outcomes.order_by().values_list(*columns).annotate(how_many=Count("*"))
    ):
        total += number
        if right == Outcome.TOO_EARLY:
            too_early += number
            continue
        case = (not overridden and hired in ("", role), right == Outcome.YES)
        by_role[role][case] += number
        for rule in filter(None, rules):
            by_rule[rule][case] += number
    days = [day for day in outcomes.values_list("days_to_fill", flat=True) if day is not None]
    return OutcomeReport(
        outcomes=total,
        too_early=too_early,
        roles=[_calibration(name, by_role[name]) for name in sorted(by_role)],
        rules=[_calibration(name, by_rule[name]) for name in sorted(by_rule)],
        agreed=list(_agreed(outcomes)),
        to_accepted=_days(visible.exclude(accepted_at=None).values_list("created_at", "accepted_at")),
        to_filled=_days(visible.exclude(filled_at=None).values_list("created_at", "filled_at")),
        recruiters_say=median(days) if days else None,
    )


def _calibration(name: str, cases: Counter[tuple[bool, bool]]) -> Calibration:
    followed = cases[True, True] + cases[True, False]
    otherwise = cases[False, True] + cases[False, False]
    return Calibration(
        name=name,
        followed=Share(followed, followed + otherwise),
        right=Share(cases[True, True], followed),
        otherwise=Share(cases[False, True], otherwise),
    )


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
    report = outcome_report(person(request))
    inside = sum(one.inside for one in report.agreed)
    context = {"report": report, "least": LEAST_CASES, "inside": inside, "title": _("Outcomes")}
    return render(request, "decisions/report_outcomes.html", context | admin.site.each_context(request))
