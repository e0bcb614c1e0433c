"""What belongs to decisions, in lists of their own: overrides, outcomes, briefs."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rolematcher.models import Brief, Outcome, Override
from rolematcher.services.briefs import brief_retry

from .lists import OfDecisionAdmin, person


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


@admin.register(Brief)
class BriefAdmin(OfDecisionAdmin):
    """Briefs: what is being made, what is ready, what failed; a failed one can be tried again."""

    list_display = (
        "decision",
        "variant",
        "paper",
        "language",
        "state",
        "attempts",
        "pages",
        "created_at",
        "error",
    )
    list_filter = ("state", "variant")
    list_select_related = ("decision",)
    fields = (
        "decision", "variant", "paper", "language", "content_version", "state", "attempts", "due_at",
        "pages", "size", "sha256", "missing_glyphs", "error", "requested_by", "created_at", "ready_at",
    )  # fmt: skip
    actions = ("retry",)

    @admin.action(description=gettext_lazy("Try the selected failed briefs again"), permissions=["retry"])
    def retry(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Queue failed ones again; others are left as they are."""
        tried = sum(
            brief_retry(brief, user=person(request)) for brief in queryset.filter(state=Brief.FAILED)[:1000]
        )
        messages.info(request, _("%(count)s briefs queued again.") % {"count": tried})

    def has_retry_permission(self, request: HttpRequest) -> bool:
        """Who may."""
        return request.user.has_perm("rolematcher.retry_brief")
