"""Decisions in the admin: found, read with their whole trace, exported, deleted."""

from __future__ import annotations

from django.contrib import admin, messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from rolematcher.accounts.requests import person
from rolematcher.editions.pages import trace_shown
from rolematcher.editions.services import rulebook_of
from rolematcher.web.admin_lists import ReadOnlyAdmin
from rolematcher.web.names import day_words, place_name

from .exports import export_answer
from .models import LONG_COLUMNS, Decision, DecisionQuerySet
from .services import decision_delete

MOST_AT_ONCE = 500


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    """Every decision this person may see."""

    list_display = (
        "number_words", "project", "client", "role", "recommendation", "firm", "overridden", "grade",
        "status", "owner", "made",
    )  # fmt: skip
    list_filter = (
        "role", "recommendation", "status", "approval", "firm", "overridden", "figure_status", "grade",
        "budget_cover", "outcome__right_role", "team", "edition", "created_at",
    )  # fmt: skip
    list_select_related = ("owner",)
    search_fields = ("search_text",)
    search_help_text = lazy("Number, client, project or words of the description; one typo is forgiven.")
    sortable_by = ("number_words",)
    long_columns = (*LONG_COLUMNS, "edition__text")
    actions = ("export_as_csv", "export_as_xlsx", "delete_for_a_week")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "number_words", "on_site", "client", "project", "status", "approval", "owner", "team",
                )
            },
        ),
        (
            lazy("Decided"),
            {
                "fields": (
                    "role", "recommendation", "seniority", "engagement_type", "firm", "place_said",
                    "figure_status", "grade", "budget_cover", "decided_on", "edition",
                )
            },
        ),
        (lazy("How it came about"), {"fields": ("trace",)}),
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> DecisionQuerySet:
        """What this person may see."""
        visible = Decision.objects.visible_to(person(request)).defer(*self.long_columns)
        return visible.order_by(*self.get_ordering(request))

    def get_search_results(
        self,
        request: HttpRequest,
        queryset: DecisionQuerySet,  # type: ignore[override]
        search_term: str,
    ) -> tuple[DecisionQuerySet, bool]:
        """As the list on the site finds them."""
        return queryset.found_by(search_term), False

    @admin.display(description=lazy("made"))
    def made(self, decision: Decision) -> str:
        """The day it was made."""
        return day_words(decision.created_at)

    @admin.display(description=lazy("on the site"))
    def on_site(self, decision: Decision) -> SafeString:
        """Its page, and where it is overridden and followed up: the same forms for everybody."""
        pages = [
            (decision.get_absolute_url(), _("Decision")),
            (reverse("override", args=[decision.public_id]), _("Change the recommendation")),
            (reverse("outcome", args=[decision.public_id]), _("Record the outcome")),
        ]
        return format_html_join(" · ", '<a href="{}">{}</a>', pages)

    @admin.display(description=lazy("place"))
    def place_said(self, decision: Decision) -> str:
        """A country or group by its name."""
        return place_name(decision.place) if decision.place else "–"

    @admin.display(description=lazy("trace"))
    def trace(self, decision: Decision) -> str:
        """Every table and rule as it was tried."""
        tables = trace_shown(rulebook_of(decision.edition), decision.verdict_typed)
        return render_to_string("admin/decisions/trace.html", {"tables": tables})

    @admin.action(description=lazy("Export as CSV"))
    def export_as_csv(self, request: HttpRequest, queryset: DecisionQuerySet) -> HttpResponseBase:
        """The picked decisions as CSV."""
        return export_answer(queryset, form="csv", user=person(request), narrowed=True)

    @admin.action(description=lazy("Export as Excel file"))
    def export_as_xlsx(self, request: HttpRequest, queryset: DecisionQuerySet) -> HttpResponseBase:
        """The picked decisions as XLSX."""
        return export_answer(queryset, form="xlsx", user=person(request), narrowed=True)

    @admin.action(description=lazy("Delete (can be undone for a week)"), permissions=["take_away"])
    def delete_for_a_week(self, request: HttpRequest, queryset: DecisionQuerySet) -> None:
        """Take the picked decisions out of every list."""
        picked = list(queryset[:MOST_AT_ONCE])
        for decision in picked:
            decision_delete(decision, user=person(request))
        messages.success(request, _("%(count)s decisions are deleted.") % {"count": len(picked)})

    def has_take_away_permission(self, request: HttpRequest) -> bool:
        """Who may delete anybody's decisions."""
        return request.user.has_perm("decisions.delete_decision")
