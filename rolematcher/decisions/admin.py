"""Decisions in the admin: found, read with their whole trace, overridden, followed up and exported."""

from __future__ import annotations

from html import escape
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rolematcher.accounts.requests import person
from rolematcher.rates.models import ROLES
from rolematcher.web.admin_filters import MadeFilter
from rolematcher.web.admin_lists import ReadOnlyAdmin

from . import admin_exporting as exporting
from . import admin_forms as decision_forms
from . import admin_rows  # noqa: F401 -- registers lists of its own
from .admin_filters import ClientFilter, EditionFilter, OutcomeFilter, RecruiterFilter, RuleFilter
from .admin_page import decision_page
from .models import BUDGET_VERDICTS, COURSES, LONG_COLUMNS, Decision, Outcome

MOST_FOUND = 10_000
"""A reviewer's search looks at the newest so many matches; with a word that is everywhere it says so."""


WORDS = dict([*ROLES, *COURSES, *BUDGET_VERDICTS, *Decision.STATUSES])
"""The words of the short columns: a plain look-up; the model's own takes long, many times a page."""

OUTCOME_WORDS = {
    Outcome.YES: gettext_lazy("right role"),
    Outcome.NO: gettext_lazy("wrong role"),
    Outcome.TOO_EARLY: gettext_lazy("too early to say"),
}


def two_lines(first: Any, second: Any) -> str:
    """A cell of two lines; each is cut by the style where it is too long, with all of it on hovering."""
    above, below = escape(str(first)), escape(str(second))
    return SafeString(
        f'<span class="clip" title="{above}">{above}</span>'
        f'<span class="clip quiet" title="{below}">{below}</span>'
    )


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    """Every decision this person may see. Only review, override and outcome change anything."""

    list_display = (
        "number_shown",
        "for_whom",
        "advice",
        "firmness",
        "figure",
        "recruiter",
        "edition_shown",
        "status_shown",
    )
    list_display_links = ("number_shown",)
    list_filter = (
        MadeFilter,
        "role",
        "course",
        "firm",
        "grade",
        "budget_verdict",
        "overridden",
        "status",
        OutcomeFilter,
        RecruiterFilter,
        ClientFilter,
        EditionFilter,
        RuleFilter,
    )
    list_select_related = ("owner", "edition", "outcome")
    long_columns = (*LONG_COLUMNS, "edition__text", "edition__reason", "outcome__note")
    sortable_by = ("number_shown",)
    search_fields = ("client",)
    search_help_text = gettext_lazy(
        "Finds pieces of client, project and description (three letters or more),"
        " or a number such as RM-2026-00042."
    )
    actions = ("export_csv", "export_xlsx")
    change_form_template = "admin/decisions/decision/page.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """The one way in: what this person may see."""
        return Decision.objects.visible_to(person(request))

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        """Newest first: by key, or by time where days are asked for, which is the index of the days."""
        return ("-created_at", "-id") if MadeFilter.asked(request) else ("-id",)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Search through the trigram index."""
        if not search_term.strip():
            return queryset, False
        scoped = bool(Decision.objects.visible_to(person(request)).query.where)
        return queryset.found_by(search_term, most=None if scoped else MOST_FOUND), False  # type: ignore[attr-defined]

    def get_urls(self) -> list[Any]:
        """Own forms and the export of the whole filtered list, before the stock addresses."""
        view, named = self.admin_site.admin_view, "decisions_decision_"
        own = [
            path("export.csv", view(self.export_list_csv), name=named + "export_csv"),
            path("export.xlsx", view(self.export_list_xlsx), name=named + "export_xlsx"),
            path("<int:key>/override/", view(self.override_view), name=named + "override"),
            path("<int:key>/outcome/", view(self.outcome_view), name=named + "outcome"),
            path("<int:key>/status/", view(self.status_view), name=named + "status"),
            path("<int:key>/retry/<int:brief>/", view(self.retry_view), name=named + "retry"),
        ]
        return own + super().get_urls()

    def one(self, request: HttpRequest, key: int) -> Decision:
        """A decision this person may see. Raises Http404 for any other."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        decision = (
            self.get_queryset(request).select_related("owner", "edition", "team").filter(pk=key).first()
        )
        if decision is None:
            raise Http404
        return decision

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The page of one decision, read-only."""
        if not (object_id.isascii() and object_id.isdigit() and len(object_id) < 19):
            raise Http404
        decision = self.one(request, int(object_id))
        return self.page(
            request,
            "admin/decisions/decision/page.html",
            decision,
            decision_page(decision, person(request)),
        )

    def page(
        self, request: HttpRequest, template: str, decision: Decision, context: dict[str, Any]
    ) -> HttpResponse:
        """A page of our own in the admin's frame."""
        frame = self.admin_site.each_context(request)
        own = {"opts": self.opts, "decision": decision, "title": str(decision.number)}
        return TemplateResponse(request, template, {**frame, **own, **context})

    def override_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Decide otherwise, with a reason."""
        return decision_forms.override(self, request, self.one(request, key))

    def outcome_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Record what came of it."""
        return decision_forms.outcome(self, request, self.one(request, key))

    def status_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Mark it sent, accepted, filled or dropped."""
        return decision_forms.status(request, self.one(request, key))

    def retry_view(self, request: HttpRequest, key: int, brief: int) -> HttpResponse:
        """Queue a failed brief again."""
        return decision_forms.retry(request, self.one(request, key), brief)

    def export_list_csv(self, request: HttpRequest) -> HttpResponseBase:
        """The whole list as filtered in the address, as CSV."""
        return exporting.filtered(self, request, "csv")

    def export_list_xlsx(self, request: HttpRequest) -> HttpResponseBase:
        """The whole list as filtered in the address, as XLSX."""
        return exporting.filtered(self, request, "xlsx")

    @admin.action(description=gettext_lazy("Export the selected decisions as CSV"), permissions=["export"])
    def export_csv(self, request: HttpRequest, queryset: QuerySet) -> HttpResponseBase:
        """The ticked rows as CSV."""
        return exporting.selected(self, request, queryset, "csv")

    @admin.action(description=gettext_lazy("Export the selected decisions as Excel"), permissions=["export"])
    def export_xlsx(self, request: HttpRequest, queryset: QuerySet) -> HttpResponseBase:
        """The ticked rows as XLSX."""
        return exporting.selected(self, request, queryset, "xlsx")

    def has_export_permission(self, request: HttpRequest) -> bool:
        """Who may take rows out."""
        return request.user.has_perm("decisions.export_decision")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The list, with its address for keeping and its exports."""
        words = request.GET.get("q", "").strip()
        if words and not any(len(word) >= 3 for word in words.split()) and not words.isdigit():
            messages.info(request, _("Type at least three letters of a word to search."))
        kept = request.GET.copy()
        for name in ("p", "e", "o"):
            kept.pop(name, None)
        context = {
            "kept_query": kept.urlencode(),
            "may_export": self.has_export_permission(request),
            "title": _("Decisions"),
        }
        return super().changelist_view(request, {**context, **(extra_context or {})})

    @admin.display(description=gettext_lazy("number"), ordering="id")
    def number_shown(self, decision: Decision) -> str:
        """RM-2026-00042 with its version where there are several, and the day under it."""
        number = decision.number if decision.version == 1 else f"{decision.number} v{decision.version}"
        return two_lines(number, date_format(decision.created_at, _("j M Y")))

    @admin.display(description=gettext_lazy("client and project"))
    def for_whom(self, decision: Decision) -> str:
        """Both in one cell; a long name is cut by the style, never breaks the table."""
        if decision.erased_at:
            return _("(erased)")
        return two_lines(decision.client or "–", decision.project)

    @admin.display(description=gettext_lazy("role and course"))
    def advice(self, decision: Decision) -> str:
        """What the rules advised."""
        return two_lines(WORDS.get(decision.role), WORDS.get(decision.course))

    @admin.display(description=gettext_lazy("firm"))
    def firmness(self, decision: Decision) -> str:
        """Whether the unknowns can still change the role, and whether a person decided otherwise."""
        kind, words = ("on", _("firm")) if decision.firm else ("", _("open"))
        marked = format_html('<span class="mark {}">{}</span>', kind, words)
        if not decision.overridden:
            return marked
        return format_html('{}<br><span class="mark amber">{}</span>', marked, _("overridden"))

    @admin.display(description=gettext_lazy("figure, budget"))
    def figure(self, decision: Decision) -> str:
        """Grade of the figure, and how the budget compares."""
        grade = _("grade %(grade)s") % {"grade": decision.grade} if decision.grade else _("no figure")
        return two_lines(grade, WORDS.get(decision.budget_verdict))

    @admin.display(description=gettext_lazy("recruiter"))
    def recruiter(self, decision: Decision) -> str:
        """Who made it."""
        return decision.owner.shown_name

    @admin.display(description=gettext_lazy("edition"))
    def edition_shown(self, decision: Decision) -> Any:
        """Number of the edition it is pinned to."""
        return decision.edition.number

    @admin.display(description=gettext_lazy("status"))
    def status_shown(self, decision: Decision) -> str:
        """Where it stands; right or wrong role, where somebody said."""
        outcome = getattr(decision, "outcome", None)
        return two_lines(WORDS.get(decision.status), OUTCOME_WORDS[outcome.right_role] if outcome else "")
