"""The list of briefs: what is begun, what is made, found by words and filters, a page at a time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from rolematcher.accounts.requests import SignedRequest
from rolematcher.briefs.models import Brief
from rolematcher.intake.drafts import drafts_open
from rolematcher.intake.models import StartingPoint
from rolematcher.rates.models import ROLES

from .models import COURSES, Decision
from .paging import SIZE, decisions_page

OUTCOME_AFTER = timedelta(days=90)

WHOSE = [("", _("All I may see")), ("mine", _("Mine"))]
SORT_WORDS = [("newest", _("Newest first")), ("oldest", _("Oldest first")), ("client", _("By client"))]
FIRM = [("yes", _("Firm")), ("no", _("Open"))]
FILTERS: list[tuple[str, Any, list[tuple[Any, Any]]]] = [
    ("role", _("Role"), list(ROLES)),
    ("course", _("Course"), list(COURSES)),
    ("status", _("Status"), list(Decision.STATUSES)),
    ("firm", _("Firm or open"), FIRM),
]


@login_required
@require_safe
def briefs(request: SignedRequest) -> HttpResponse:
    """Her briefs, newest first, and what she has begun."""
    asked = request.GET
    page = decisions_page(
        request.user,
        narrowed=narrowed_by(asked),
        search=asked.get("q", "").strip()[:200],
        whose=asked.get("whose", ""),
        sort=asked.get("sort", "newest"),
        after=asked.get("after", "")[:300],
    )
    narrowed = any(asked.get(name) for name in ("q", "whose", *(name for name, *_rest in FILTERS)))
    first = not asked.get("after")
    context = {
        "here": "briefs",
        "rows": page.rows,
        "files": _files(page.rows),
        "size": SIZE,
        "next": _with(asked, after=page.next) if page.next else "",
        "back_to_first": "" if first else _with(asked, after=""),
        "narrowed": narrowed,
        "q": asked.get("q", ""),
        "chosen_any": any(asked.get(name) for name in ("whose", "sort", *(name for name, *_rest in FILTERS))),
        "selects": [
            (name, label, choices, asked.get(name, ""))
            for name, label, choices in [
                *FILTERS,
                ("whose", _("Whose"), WHOSE),
                ("sort", _("Order"), SORT_WORDS),
            ]
        ],
    }
    if first and not narrowed:
        context["drafts"] = drafts_open(request.user)
        context["to_check"] = outcomes_due(request.user)
        if not page.rows:
            context["starting_points"] = StartingPoint.objects.filter(active=True)
    return render(request, "decisions/briefs.html", context)


def narrowed_by(asked: QueryDict) -> Q:
    """The filters of the list as a condition; what is not a known choice narrows nothing."""
    narrowed = Q()
    for name, _label, choices in FILTERS:
        value = asked.get(name, "")
        if value in {str(known) for known, _words in choices}:
            narrowed &= Q(firm=value == "yes") if name == "firm" else Q(**{name: value})
    return narrowed


def outcomes_due(user: Any, most: int = 5) -> list[Decision]:
    """Her own briefs, filled or accepted, that are 90 days old and have no outcome yet."""
    before = timezone.now() - OUTCOME_AFTER
    return list(
        Decision.objects.filter(
            owner=user, created_at__lt=before, outcome=None, status__in=[Decision.ACCEPTED, Decision.FILLED]
        )
        .only("public_id", "project", "client", "role", "decided_on", "created_at")
        .order_by("-id")[:most]
    )


def _files(rows: list[Decision]) -> dict[int, Brief]:
    """The newest full brief that is ready, by decision."""
    ready = Brief.objects.filter(decision__in=[row.pk for row in rows], state=Brief.READY, variant=Brief.FULL)
    return {brief.decision_id: brief for brief in ready.order_by("id")}


def _with(asked: QueryDict, **changed: str) -> str:
    query = asked.copy()
    for name, value in changed.items():
        query[name] = value
        if not value:
            del query[name]
    return "?" + query.urlencode()
