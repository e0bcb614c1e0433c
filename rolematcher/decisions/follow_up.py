"""What came of a decision: was it the right role, and what was agreed. The form, the verb, the page."""

from __future__ import annotations

import uuid
from decimal import Decimal

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.forms.models import model_to_dict
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from rolematcher.accounts.audit import audit
from rolematcher.accounts.models import User
from rolematcher.accounts.requests import SignedRequest
from rolematcher.editions.fields import AmountField, TextField, WholeField
from rolematcher.values.currencies import CURRENCIES
from rolematcher.web.names import KIND, ROLE, UNIT
from rolematcher.web.once import sent_once

from .models import Decision, Outcome
from .views import visible_decision


class OutcomeForm(forms.Form):
    """What came of a decision."""

    right_role = forms.ChoiceField(
        label=lazy("Was it the right role?"),
        choices=Outcome.RIGHT,
        widget=forms.RadioSelect(),
        error_messages={"required": lazy("Choose one; “too early to say” is fine.")},
    )
    hired_role = forms.ChoiceField(
        label=lazy("Role hired"), choices=[("", lazy("nobody hired yet")), *ROLE.items()], required=False
    )
    agreed_amount = AmountField(label=lazy("Agreed pay or rate"))
    agreed_currency = forms.ChoiceField(
        label=lazy("Currency"), choices=[("", "–"), *((c, c) for c in CURRENCIES)], required=False
    )
    agreed_unit = forms.ChoiceField(label=lazy("For"), choices=[("", "–"), *UNIT.items()], required=False)
    agreed_kind = forms.ChoiceField(
        label=lazy("Kind of pay"), choices=[("", "–"), *KIND.items()], required=False
    )
    days_to_fill = WholeField(label=lazy("Days it took to fill"), least=0, most=2_000)
    note = TextField(label=lazy("Note"), most=2_000, lines=40, required=False)

    def clean(self) -> dict[str, object]:
        """An amount says nothing without its currency and what it is for."""
        given = super().clean() or {}
        if given.get("agreed_amount"):
            for name in ("agreed_currency", "agreed_unit"):
                if not given.get(name):
                    self.add_error(name, _("An amount needs this as well."))
        return given


def outcome_form(decision: Decision) -> OutcomeForm:
    """The form with what was recorded before."""
    outcome = Outcome.objects.filter(decision=decision).first()
    return OutcomeForm(initial=model_to_dict(outcome) if outcome else {})


def outcome_record(
    decision: Decision,
    *,
    user: User,
    right_role: str,
    hired_role: str = "",
    agreed_amount: Decimal | None = None,
    agreed_currency: str = "",
    agreed_unit: str = "",
    agreed_kind: str = "",
    days_to_fill: int | None = None,
    note: str = "",
) -> Outcome:
    """Keep what came of a decision; saying it again corrects it. The fields are those of `OutcomeForm`."""
    with transaction.atomic():
        outcome, _made = Outcome.objects.update_or_create(
            decision=decision,
            defaults={
                "right_role": right_role,
                "hired_role": hired_role,
                "agreed_amount": agreed_amount,
                "agreed_currency": agreed_currency,
                "agreed_unit": agreed_unit,
                "agreed_kind": agreed_kind,
                "days_to_fill": days_to_fill,
                "note": note,
                "by": user,
            },
        )
        audit("outcome.recorded", decision, actor=user, right_role=right_role)
    return outcome


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def outcome(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """Keep whether it was the right role, and the rate that was agreed."""
    shown = visible_decision(request.user, public_id)
    form, status = outcome_form(shown), 200
    if request.method == "POST":
        form, status = OutcomeForm(request.POST), 422
        if form.is_valid():
            outcome_record(shown, user=request.user, **form.cleaned_data)
            messages.success(request, _("Thank you. It counts in the report on outcomes."))
            return HttpResponseRedirect(shown.get_absolute_url(), status=303)
    context = {"here": "decision", "decision": shown, "form": form}
    return render(request, "decisions/follow_up.html", context, status=status)
