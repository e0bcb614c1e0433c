"""Finding the decision an address names, and the list of decisions, a page at a time."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from rolematcher.accounts.models import User
from rolematcher.accounts.requests import SignedRequest
from rolematcher.values.numbers import whole_read
from rolematcher.web.names import RECOMMENDATION, ROLE

from .approval import STATES, approvals_waiting_for
from .models import DUE_AFTER, UNDO, Decision, DecisionQuerySet
from .services import DecisionConflict

SIZE = 25

Choices = list[tuple[str, str | Promise]]
FILTERS: list[tuple[str, str | Promise, Choices]] = [
    ("role", _("Role"), list(ROLE.items())),
    ("recommendation", _("Recommendation"), list(RECOMMENDATION.items())),
    ("status", _("Status"), list(Decision.STATUSES)),
    ("approval", _("Approval"), list(STATES)),
    ("firm", _("Firm or open"), [("yes", _("Firm")), ("no", _("Open"))]),
    ("whose", _("Whose"), [("mine", _("Mine"))]),
    ("sort", _("Order"), [("oldest", _("Oldest first"))]),
]


def visible_decision(user: User, public_id: uuid.UUID) -> Decision:
    """The decision, where this person may see it; for anybody else it does not exist. Raises Http404."""
    decisions = Decision.objects.visible_to(user).select_related("owner", "edition", "profiles")
    return get_object_or_404(decisions.defer("edition__text"), public_id=public_id)


def noted(
    request: SignedRequest,
    shown: Decision,
    form: Form,
    keep: Callable[..., object],
    template: str,
    done: str,
) -> HttpResponse:
    """A form on a decision: shown, refused with what is wrong at its field, or kept and led back to it."""
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            keep(shown, user=request.user, **form.cleaned_data)
        except DecisionConflict as conflict:
            form.add_error(None, str(conflict))
            status = 409
        else:
            messages.success(request, done)
            return HttpResponseRedirect(shown.get_absolute_url(), status=303)
    context = {"here": "decision", "decision": shown, "form": form}
    return render(request, template, context, status=status)


class Page(NamedTuple):
    """The rows to show, and the key the next page starts after, None on the last."""

    rows: list[Decision]
    after: int | None


def page_of(
    decisions: DecisionQuerySet, *, after: str = "", oldest: bool = False, replied_first: bool = False
) -> Page:
    """The page that starts after a key: page thousand costs what the first does, and nothing is counted.

    `replied_first`: those whose manager replied stand on top of the first page, the last reply first.
    """
    replied: list[Decision] = []
    if replied_first:
        waiting = decisions.filter(replied_at__isnull=False)
        replied = list(waiting.listed().order_by("-replied_at", "-id")[:SIZE])
        decisions = decisions.exclude(pk__in=[row.pk for row in replied])
    key = whole_read(after, least=0, most=999_999_999)
    if isinstance(key, int):
        decisions = decisions.filter(pk__gt=key) if oldest else decisions.filter(pk__lt=key)
    rows = list(decisions.listed().order_by("id" if oldest else "-id")[: SIZE + 1])
    on_top = [] if after else replied
    return Page([*on_top, *rows[:SIZE]], rows[SIZE - 1].pk if len(rows) > SIZE else None)


@login_required
@require_safe
def decisions(request: SignedRequest) -> HttpResponse:
    """Her decisions, newest first, found by words and filters."""
    asked = request.GET
    words, chosen = words_of(asked), [name for name, *_rest in FILTERS if asked.get(name)]
    narrowed, oldest = bool(words) or chosen not in ([], ["sort"]), asked.get("sort") == "oldest"
    page = page_of(
        decisions_found(asked, request.user),
        after=asked.get("after", ""),
        oldest=oldest,
        replied_first=not (narrowed or oldest),
    )
    context = {
        "here": "decisions",
        "rows": page.rows,
        "next": _with(asked, after=str(page.after)) if page.after else "",
        "first": not asked.get("after"),
        "to_first": _with(asked, after=""),
        "narrowed": narrowed,
        "q": words,
        "selects": [(name, label, choices, asked.get(name, "")) for name, label, choices in FILTERS],
        "chosen_any": bool(chosen),
        "deleted": deleted_lately(request.user),
        "to_approve": approvals_waiting_for(request.user),
        "to_check": outcomes_due(request.user, now=timezone.now()),
    }
    return render(request, "decisions/decisions.html", context)


def words_of(asked: QueryDict) -> str:
    """The words that are looked for."""
    return asked.get("q", "").strip()[:200]


def decisions_found(asked: QueryDict, user: User) -> DecisionQuerySet:
    """What this person sees with these words and filters; what is not a known choice narrows nothing."""
    narrowed = Q()
    for name, _label, choices in FILTERS:
        value = asked.get(name, "")
        if name == "sort" or value not in {known for known, _words in choices}:
            continue
        if name == "whose":
            narrowed &= Q(owner=user)
        else:
            narrowed &= Q(firm=value == "yes") if name == "firm" else Q(**{name: value})
    return Decision.objects.visible_to(user).filter(narrowed).found_by(words_of(asked))


def outcomes_due(user: User, *, now: dt.datetime, most: int = 5) -> list[Decision]:
    """Her own decisions, filled or accepted, that are 90 days old and of which nothing is known yet."""
    mine = Decision.objects.visible_to(user).filter(owner=user, created_at__lt=now - DUE_AFTER, outcome=None)
    waiting = mine.filter(status__in=[Decision.ACCEPTED, Decision.FILLED])
    return list(waiting.listed().order_by("-id")[:most])


def deleted_lately(user: User, most: int = 20) -> list[Decision]:
    """Her own decisions that were deleted and can still be brought back, the last one first."""
    since = timezone.now() - UNDO
    mine = Decision.objects.of(user).filter(owner=user, deleted_at__gt=since)
    return list(mine.listed().order_by("-deleted_at")[:most])


def _with(asked: QueryDict, *, after: str) -> str:
    query = asked.copy()
    query["after"] = after
    if not after:
        del query["after"]
    return "?" + query.urlencode()
