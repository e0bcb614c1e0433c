"""What came of a decision: was it the right role, and what was agreed. The form, the verb, the page."""

from __future__ import annotations

import uuid

from django import forms
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.forms.models import model_to_dict
from django.http import HttpResponse
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
from .views import noted, visible_decision


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


def outcome_record(decision: Decision, *, user: User, right_role: str, **told: object) -> Outcome:
    """Keep what came of a decision; saying it again corrects it. The fields are those of `OutcomeForm`."""
    said = {"right_role": right_role, "by": user, **told}
    with transaction.atomic():
        outcome, _made = Outcome.objects.update_or_create(decision=decision, defaults=said)
        audit("outcome.recorded", decision, actor=user, right_role=right_role)
    return outcome


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def outcome(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """Keep whether it was the right role, and the rate that was agreed."""
    shown = visible_decision(request.user, public_id)
    before = Outcome.objects.filter(decision=shown).first()
    form = OutcomeForm(
        request.POST if request.method == "POST" else None, initial=model_to_dict(before) if before else {}
    )
    done = _("Thank you. It counts in the report on outcomes.")
    return noted(request, shown, form, outcome_record, "decisions/follow_up.html", done)
