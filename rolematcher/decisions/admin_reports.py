"""The two reports: overrides by rule, recruiter and month; outcomes and how right the advice was."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rolematcher.accounts.requests import person
from rolematcher.rates.models import ROLES
from rolematcher.web.intervals import LEAST_CASES

from .admin_charts import bars, strips
from .models import COURSES
from .reports_outcomes import outcome_report
from .reports_overrides import override_report

SPANS = {
    30: gettext_lazy("30 days"),
    90: gettext_lazy("90 days"),
    365: gettext_lazy("a year"),
    1095: gettext_lazy("three years"),
}


def overrides(request: HttpRequest) -> HttpResponse:
    """Where people decided otherwise, over the last 30 days to three years."""
    _may_look(request)
    asked = request.GET.get("days", "")
    days = int(asked) if asked in {str(span) for span in SPANS} else 365
    since = timezone.localdate() - dt.timedelta(days=days)
    report = override_report(person(request), since=since)
    months = bars([(formats.date_format(month, "M Y"), number) for month, number in report.months])
    context = {"report": report, "days": days, "spans": SPANS.items(), "months": months, "words": _words()}
    return _page(request, "admin/decisions/reports/overrides.html", _("Overrides"), context)


def outcomes(request: HttpRequest) -> HttpResponse:
    """How often the advice was followed and right, and agreed against estimated rates."""
    _may_look(request)
    report = outcome_report(person(request))
    lines = []
    for role, words in ROLES:
        points = [
            (rate.ratio, rate.inside, f"{rate.number}: {rate.ratio * 100:.0f} %")
            for rate in report.rates
            if rate.role == role
        ]
        lines.append((str(words), points))
    inside = sum(rate.inside for rate in report.rates)
    context = {
        "report": report,
        "chart": strips(lines),
        "inside": inside,
        "least": LEAST_CASES,
        "words": _words(),
    }
    return _page(request, "admin/decisions/reports/outcomes.html", _("Outcomes"), context)


def _may_look(request: HttpRequest) -> None:
    if not request.user.has_perm("decisions.view_decision"):
        raise PermissionDenied


def _words() -> dict[str, Any]:
    return {**dict(ROLES), **dict(COURSES)}


def _page(request: HttpRequest, template: str, title: str, context: dict[str, Any]) -> HttpResponse:
    return TemplateResponse(
        request, template, {**admin.site.each_context(request), "title": title, **context}
    )
