"""The only changes the admin makes to a decision: override, outcome, status, another try at a brief."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rolematcher.accounts.requests import person
from rolematcher.briefs.models import Brief
from rolematcher.briefs.services import brief_retry
from rolematcher.engine.currencies import CURRENCIES
from rolematcher.rates.models import KINDS, ROLES, UNITS
from rolematcher.web.once import sent_once

from .admin_page import page_address
from .models import COURSES, Decision, Outcome
from .services import DecisionConflict, decision_override, decision_status_set, outcome_record

if TYPE_CHECKING:
    from .admin import DecisionAdmin


class OverrideForm(forms.Form):
    """What is decided instead, and why. `seen` is how many overrides the page showed."""

    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=ROLES)
    course = forms.ChoiceField(label=gettext_lazy("Course"), choices=COURSES)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "What the rules could not know. It is printed in the brief and counted in the report."
        ),
    )
    agreed_with = forms.CharField(label=gettext_lazy("Agreed with"), max_length=200, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class OutcomeForm(forms.Form):
    """Was it the right role, and what was agreed?"""

    right_role = forms.ChoiceField(
        label=gettext_lazy("Was it the right role?"), choices=Outcome.RIGHT, widget=forms.RadioSelect
    )
    hired_role = forms.ChoiceField(
        label=gettext_lazy("Role hired"), choices=[("", gettext_lazy("nobody hired")), *ROLES], required=False
    )
    agreed_amount = forms.DecimalField(
        label=gettext_lazy("Agreed rate"), min_value=0, max_digits=14, decimal_places=2, required=False
    )
    agreed_currency = forms.ChoiceField(label=gettext_lazy("Currency"), required=False)
    agreed_unit = forms.ChoiceField(label=gettext_lazy("Per"), choices=[("", "–"), *UNITS], required=False)
    agreed_kind = forms.ChoiceField(
        label=gettext_lazy("Kind of pay"), choices=[("", "–"), *KINDS], required=False
    )
    days_to_fill = forms.IntegerField(
        label=gettext_lazy("Days to fill"), min_value=0, max_value=3000, required=False
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["agreed_currency"].choices = [("", "–")] + [(code, code) for code in sorted(CURRENCIES)]  # type: ignore[attr-defined]

    def clean(self) -> None:
        """An amount needs its currency and unit."""
        super().clean()
        given = self.cleaned_data
        if given.get("agreed_amount") is not None:
            for name in ("agreed_currency", "agreed_unit"):
                if not given.get(name):
                    self.add_error(name, _("An agreed rate needs its currency and period."))


@sent_once
def override(admin: DecisionAdmin, request: HttpRequest, decision: Decision) -> HttpResponse:
    """Show the form, or record the override. Refused without the right and on top of somebody else's."""
    if not request.user.has_perm("decisions.override_decision"):
        raise PermissionDenied
    seen = decision.overrides.count()
    form = OverrideForm(
        request.POST or None, initial={"role": decision.role, "course": decision.course, "seen": seen}
    )
    if request.method == "POST" and form.is_valid():
        try:
            decision_override(decision, user=person(request), **form.cleaned_data)
        except (DecisionConflict, ValueError) as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, _("Overridden. A new brief is being made; the original stays in this page.")
            )
            return HttpResponseRedirect(page_address(decision))
    context = {"form": form, "overrides": decision.overrides.select_related("by"), "heading": _("Override"),
               "button": _("Override the decision")}  # fmt: skip
    return admin.page(request, "admin/decisions/decision/form.html", decision, context)


@sent_once
def outcome(admin: DecisionAdmin, request: HttpRequest, decision: Decision) -> HttpResponse:
    """Show the form, or record the outcome; saying it again corrects it."""
    before = Outcome.objects.filter(decision=decision).values().first()
    form = OutcomeForm(request.POST or None, initial=before)
    if request.method == "POST" and form.is_valid():
        outcome_record(decision, user=person(request), **form.cleaned_data)
        messages.success(request, _("The outcome is recorded."))
        return HttpResponseRedirect(page_address(decision))
    context = {"form": form, "heading": _("Outcome"), "button": _("Record the outcome")}
    return admin.page(request, "admin/decisions/decision/form.html", decision, context)


@sent_once
def status(request: HttpRequest, decision: Decision) -> HttpResponse:
    """Mark the decision."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        decision_status_set(decision, user=person(request), status=request.POST.get("status", ""))
    except ValueError as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(page_address(decision))


def retry(request: HttpRequest, decision: Decision, key: int) -> HttpResponse:
    """Queue a failed brief of this decision again."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    brief = Brief.objects.filter(decision=decision, pk=key).first()
    if brief is None:
        raise Http404
    if brief_retry(brief, user=person(request)):
        messages.success(request, _("The brief is queued again."))
    return HttpResponseRedirect(page_address(decision))
