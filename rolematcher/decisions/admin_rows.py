"""What belongs to a decision, in lists of its own: overrides and outcomes."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from rolematcher.accounts.requests import person
from rolematcher.decisions.models import LONG_COLUMNS, Decision
from rolematcher.web.admin_lists import ReadOnlyAdmin

from .models import Outcome, Override


class OfDecisionAdmin(ReadOnlyAdmin):
    """Rows that belong to a decision: seen by whoever may see the decision, and by nobody else."""

    decision_path = "decision"
    long_columns = tuple(f"decision__{name}" for name in LONG_COLUMNS)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Rows of decisions this person may see."""
        rows = super().get_queryset(request)
        visible = Decision.objects.visible_to(person(request))
        if not visible.query.where:
            return rows
        return rows.filter(**{f"{self.decision_path}__in": visible.values("pk")})


@admin.register(Override)
class OverrideAdmin(OfDecisionAdmin):
    """Where people decided otherwise, with their reasons."""

    list_display = ("decision", "role", "course", "reason", "agreed_with", "by", "at")
    list_filter = ("role", "course")
    list_select_related = ("decision", "by")
    fields = ("decision", "role", "course", "reason", "agreed_with", "by", "at")


@admin.register(Outcome)
class OutcomeAdmin(OfDecisionAdmin):
    """What came of decisions."""

    list_display = ("decision", "right_role", "hired_role", "agreed", "days_to_fill", "by", "at")
    list_filter = ("right_role", "hired_role")
    list_select_related = ("decision", "by")

    @admin.display(description=gettext_lazy("agreed rate"))
    def agreed(self, outcome: Outcome) -> str:
        """Amount, currency and unit."""
        if outcome.agreed_amount is None:
            return "–"
        return f"{outcome.agreed_amount:,.0f} {outcome.agreed_currency} / {outcome.agreed_unit}"
