"""What a recruiter does with a finished decision: override it, record what came of it, share it, send it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rolematcher.engine.amounts import AmountError, amount_read
from rolematcher.engine.currencies import CURRENCIES
from rolematcher.engine.plain_text import TextError, text_read
from rolematcher.rates.models import KINDS, ROLES, UNITS
from rolematcher.web.faults import fault as said_fault

from .models import COURSES, Decision, Outcome

REQUIRED = _("Fill this in.")
DAYS = [("7", _("7 days")), ("14", _("14 days")), ("30", _("30 days")), ("90", _("90 days"))]


class TextField(forms.CharField):
    """A text in its one stored form; refused with the engine's own cure."""

    def __init__(self, *, most: int, lines: int = 1, **kwargs: Any) -> None:
        """At most `most` characters in `lines` lines."""
        widget = (
            forms.Textarea(attrs={"rows": 3, "dir": "auto"})
            if lines > 1
            else forms.TextInput(attrs={"dir": "auto"})
        )
        super().__init__(**{"widget": widget, "error_messages": {"required": REQUIRED}, **kwargs})
        self.most, self.lines = most, lines

    def to_python(self, value: Any) -> str:
        """The clean text."""
        try:
            return text_read(super().to_python(value) or "", most=self.most, lines=self.lines)
        except TextError as fault:
            raise forms.ValidationError(
                _("The text %(fault)s"), params={"fault": said_fault(str(fault))}
            ) from None


class AmountField(forms.CharField):
    """An amount of money, read by the same rule as everywhere else."""

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """The amount, None where nothing was typed."""
        if value in (None, ""):
            return None
        try:
            return amount_read(value)
        except AmountError as fault:
            text = said_fault(str(fault))
            raise forms.ValidationError(text[:1].upper() + text[1:]) from None


class OverrideForm(forms.Form):
    """Deciding otherwise: what instead, why, who agreed, and which version the person had in front of her."""

    role = forms.ChoiceField(label=_("Role"), choices=ROLES)
    course = forms.ChoiceField(label=_("What to do"), choices=COURSES)
    reason = TextField(label=_("Reason, printed in the brief"), most=1_000, lines=20)
    agreed_with = TextField(label=_("Who agreed"), most=200)
    seen = forms.IntegerField(widget=forms.HiddenInput(), min_value=0)


class OutcomeForm(forms.Form):
    """What came of a decision."""

    right_role = forms.ChoiceField(
        label=_("Was it the right role?"),
        choices=Outcome.RIGHT,
        widget=forms.RadioSelect(),
        error_messages={"required": _("Pick one; “too early to say” is fine.")},
    )
    hired_role = forms.ChoiceField(
        label=_("Role hired"), choices=[("", _("Nobody, or another role")), *ROLES], required=False
    )
    agreed_amount = AmountField(
        label=_("Amount"), required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    agreed_currency = forms.ChoiceField(
        label=_("Currency"), choices=[("", "–"), *((c, c) for c in CURRENCIES)], required=False
    )
    agreed_unit = forms.ChoiceField(label=_("Per"), choices=[("", "–"), *UNITS], required=False)
    agreed_kind = forms.ChoiceField(label=_("Kind of pay"), choices=[("", "–"), *KINDS], required=False)
    days_to_fill = forms.IntegerField(
        label=_("Days it took to fill"), required=False, min_value=0, max_value=2_000
    )
    note = TextField(label=_("Note"), most=1_000, lines=20, required=False)

    def clean(self) -> dict[str, Any]:
        """An amount says nothing without its currency and what it is for."""
        given = super().clean() or {}
        if given.get("agreed_amount"):
            for name in ("agreed_currency", "agreed_unit"):
                if not given.get(name):
                    self.add_error(name, _("An amount needs this as well."))
        return given


class StatusForm(forms.Form):
    """Where the brief stands."""

    status = forms.ChoiceField(choices=Decision.STATUSES)


class ShareForm(forms.Form):
    """A read-only link: for whom, for how long, with or without the annex."""

    label = TextField(label=_("For whom"), most=100, help_text=_("Only you see this; it says who opened it."))
    days = forms.ChoiceField(label=_("Works for"), choices=DAYS, initial="14")
    with_annex = forms.BooleanField(label=_("With all answers, rules and sources"), required=False)


class MailForm(forms.Form):
    """The brief as an e-mail."""

    to = TextField(label=_("To"), most=500, help_text=_("Up to five addresses."))
    note = TextField(label=_("Message"), most=2_000, lines=50, required=False)
    copy = forms.ChoiceField(
        label=_("Copy"), choices=[("client", _("client copy, without the annex")), ("full", _("full brief"))]
    )
