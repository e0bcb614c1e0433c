"""What happens to a finished decision: its status, an override, what came of it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rolematcher.accounts.requests import SignedRequest
from rolematcher.web.once import sent_once

from .forms import OutcomeForm, OverrideForm, StatusForm
from .models import Decision
from .services import DecisionConflict, decision_override, decision_status_set, outcome_record
from .views import decision_context, visible_decision


@login_required
@require_POST
@sent_once
def status_set(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """Mark it made, sent, accepted, filled or dropped."""
    shown = visible_decision(request, public_id)
    form = StatusForm(request.POST)
    if not form.is_valid():
        return refused(request, shown, status_form=form)
    decision_status_set(shown, user=request.user, status=form.cleaned_data["status"])
    messages.success(request, _("Marked as %(status)s.") % {"status": shown.get_status_display()})
    return done(shown, "aftermath")


@login_required
@require_POST
@sent_once
def override(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """Decide otherwise than the rules, with a reason."""
    shown = visible_decision(request, public_id)
    if not request.user.has_perm("decisions.override_decision"):
        raise PermissionDenied
    form = OverrideForm(request.POST)
    if not form.is_valid():
        return refused(request, shown, override_form=form)
    given = form.cleaned_data
    try:
        decision_override(
            shown,
            user=request.user,
            role=given["role"],
            course=given["course"],
            reason=given["reason"],
            agreed_with=given["agreed_with"],
            seen=given["seen"],
        )
    except DecisionConflict as conflict:
        form.add_error(None, str(conflict))
        return refused(request, shown, status=409, override_form=form)
    messages.success(
        request, _("The override is in force. A new PDF is being made; the first stays as history.")
    )
    return done(shown, "override")


@login_required
@require_POST
@sent_once
def outcome(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """Keep whether it was the right role, and the rate that was agreed."""
    shown = visible_decision(request, public_id)
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        return refused(request, shown, outcome_form=form)
    outcome_record(shown, user=request.user, **_without_none(form.cleaned_data))
    messages.success(request, _("Thank you. It counts in the report on how often the advice was right."))
    return done(shown, "outcome")


def done(shown: Decision, place: str) -> HttpResponse:
    """Back to the decision's page, at the part that was changed."""
    return HttpResponseRedirect(f"{shown.get_absolute_url()}#{place}", status=303)


def refused(request: SignedRequest, shown: Decision, *, status: int = 422, **forms: Any) -> HttpResponse:
    """The decision's page again with the form that was refused, everything typed still in it."""
    context = decision_context(request, shown, **forms, refused_form=next(iter(forms.values())))
    return render(request, "decisions/decision.html", context, status=status)


def _without_none(given: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if value is not None}
