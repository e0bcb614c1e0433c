"""Deciding otherwise than the rules: the form, the verb, the page. The original stays in the decision."""

from __future__ import annotations

import uuid
from functools import partial

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from rolematcher.accounts.audit import audit
from rolematcher.accounts.models import User
from rolematcher.accounts.requests import SignedRequest
from rolematcher.editions.fields import TextField
from rolematcher.web.names import RECOMMENDATION, ROLE
from rolematcher.web.once import sent_once

from .approval import approval_restate
from .models import Decision, Override
from .services import DecisionConflict
from .signals import documents_due, happened
from .views import noted, visible_decision


class OverrideForm(forms.Form):
    """What instead, why, who agreed, and how many overrides the person had in front of her."""

    role = forms.ChoiceField(label=lazy("Role"), choices=list(ROLE.items()))
    recommendation = forms.ChoiceField(label=lazy("What to do"), choices=list(RECOMMENDATION.items()))
    reason = TextField(label=lazy("Reason, printed in the brief"), most=2_000, lines=40)
    agreed_with = TextField(label=lazy("Who agreed"), most=200)
    seen = forms.IntegerField(widget=forms.HiddenInput(), min_value=0, max_value=10_000)

    def clean(self) -> dict[str, object]:
        """Nobody is searched for a role there is none of."""
        given = super().clean() or {}
        if given.get("role") == "none" and str(given.get("recommendation", "")).startswith("hire"):
            self.add_error("role", _("Choose the role to hire, or look for another trade."))
        return given


def decision_override(
    decision: Decision, *, user: User, seen: int, language: str = "en", **instead: str
) -> Override:
    """Record that a person decided otherwise; a new brief is asked for, the earlier one stays.

    `instead` are the fields of `OverrideForm`, which every way in goes through. Raises PermissionDenied
    without the right, DecisionConflict where there are not `seen` overrides any more.
    """
    if not user.has_perm("decisions.override_decision"):
        raise PermissionDenied
    conflict = DecisionConflict(
        _("Somebody overrode this decision meanwhile. Read theirs first, then decide again.")
    )
    if decision.overrides.count() != seen:
        raise conflict
    try:
        with transaction.atomic():
            override = decision.overrides.create(number=seen + 1, by=user, **instead)
            decision.overridden = True
            decision.save(update_fields=["overridden"])
            approval_restate(decision)
            documents_due.send(Decision, decisions=[decision], user=user, language=language)
            happened.send(Decision, event="decision.overridden", decisions=[decision], data={})
            noted = {name: instead[name] for name in ("role", "recommendation")}
            audit("decision.overridden", decision, actor=user, **noted)
    except IntegrityError:
        raise conflict from None
    return override


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def override(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """Decide otherwise than the rules, with a reason."""
    shown = visible_decision(request.user, public_id)
    if not request.user.has_perm("decisions.override_decision"):
        raise PermissionDenied
    now = shown.override or shown
    initial = {"role": now.role, "recommendation": now.recommendation, "seen": shown.overrides.count()}
    form = OverrideForm(request.POST if request.method == "POST" else None, initial=initial)
    keep = partial(decision_override, language=get_language() or "en")
    done = _("The override is in force. A new brief is being made; the first stays.")
    return noted(request, shown, form, keep, "decisions/override.html", done)
