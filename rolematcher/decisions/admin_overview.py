"""The admin's first page: what was decided lately, what waits, what needs care."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from rolematcher.accounts.models import User
from rolematcher.briefs.models import Brief
from rolematcher.rates.models import ROLES

from .admin_charts import bars, columns, trend
from .models import COURSES, GRADES
from .reports import briefs_open, counts_by_month, rates_stale
from .reports_overrides import override_report

RULES_SHOWN = 5


def overview(user: Any, *, now: dt.datetime) -> dict[str, Any]:
    """The template's context; empty for somebody who may not look at decisions."""
    if not isinstance(user, User) or not user.has_perm("decisions.view_decision"):
        return {"overview": None}
    on = timezone.localdate(now)
    months = counts_by_month(user, on=on)
    roles, courses, grades = Counter[str](), Counter[str](), Counter[str]()
    for month in months:
        roles += month.roles
        courses += month.courses
        grades += month.grades
    labels = [formats.date_format(month.first, "M y") for month in months]
    top = max((number for month in months for number in month.courses.values()), default=0)
    briefs = briefs_open(user)
    stale, rates = rates_stale(on=on)
    return {
        "overview": {
            "total": sum(month.total for month in months),
            "firm": sum(month.firm for month in months),
            "overridden": sum(month.overridden for month in months),
            "months": [
                {
                    "label": label,
                    "roles": [month.roles[role] for role, _w in ROLES],
                    "courses": [month.courses[course] for course, _w in COURSES],
                    "total": month.total,
                }
                for label, month in zip(labels, months, strict=True)
            ],
            "chart": columns(
                [
                    (label, [(role, month.roles[role]) for role, _w in ROLES])
                    for label, month in zip(labels, months, strict=True)
                ]
            ),
            "roles": [(role, words, roles[role]) for role, words in ROLES],
            "courses": bars([(str(words), courses[course]) for course, words in COURSES]),
            "course_names": [words for _course, words in COURSES],
            "trends": [
                (words, trend([month.courses[course] for month in months], top), courses[course])
                for course, words in COURSES
            ],
            "grades": bars([(str(words), grades[grade]) for grade, words in GRADES]),
            "briefs": [
                (_("queued"), briefs[Brief.QUEUED], Brief.QUEUED),
                (_("being made"), briefs[Brief.RENDERING], Brief.RENDERING),
                (_("failed"), briefs[Brief.FAILED], Brief.FAILED),
            ],
            "stale": stale,
            "rates": rates,
            "overrides": override_report(user, since=on - dt.timedelta(days=365), most=RULES_SHOWN).rules,
        }
    }
