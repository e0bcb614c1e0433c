"""Where a decision stands: made, sent, accepted, filled, dropped; and taking it away and back."""

from __future__ import annotations

import uuid

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST

from rolematcher.accounts.audit import audit
from rolematcher.accounts.models import User
from rolematcher.accounts.requests import SignedRequest

from .models import Decision
from .services import decision_delete, decision_undelete
from .views import visible_decision

REACHED = {Decision.ACCEPTED: "accepted_at", Decision.FILLED: "filled_at"}


class StatusForm(forms.Form):
    """Where the decision stands."""

    status = forms.ChoiceField(label=lazy("Status"), choices=Decision.STATUSES)


def decision_status_set(decision: Decision, *, user: User, status: str) -> None:
    """Mark a decision, noting when it was first accepted and filled. The status is one of `StatusForm`."""
    with transaction.atomic():
        decision.status = status
        reached = REACHED.get(status)
        if reached and getattr(decision, reached) is None:
            setattr(decision, reached, timezone.now())
        decision.save(update_fields=["status", *([reached] if reached else [])])
        audit("decision.status", decision, actor=user, status=status)


@login_required
@require_POST
def status_set(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """Mark it made, sent, accepted, filled or dropped."""
    shown = visible_decision(request.user, public_id)
    form = StatusForm(request.POST)
    if form.is_valid():
        decision_status_set(shown, user=request.user, **form.cleaned_data)
        messages.success(request, _("Marked as %(status)s.") % {"status": shown.get_status_display()})
    else:
        messages.error(request, _("Choose one of the statuses in the list."))
    return HttpResponseRedirect(shown.get_absolute_url(), status=303)


@login_required
@require_POST
def delete(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """Take it out of the lists; the list offers to bring it back."""
    shown = visible_decision(request.user, public_id)
    decision_delete(shown, user=request.user)
    messages.success(request, _("%(number)s is deleted.") % {"number": shown.number_words})
    return redirect("decisions")


@login_required
@require_POST
def undelete(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """Bring it back."""
    gone = get_object_or_404(Decision.objects.of(request.user), public_id=public_id)
    decision_undelete(gone, user=request.user)
    messages.success(request, _("%(number)s is back.") % {"number": gone.number_words})
    return HttpResponseRedirect(gone.get_absolute_url(), status=303)
