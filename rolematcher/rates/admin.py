"""Rates in the admin: observations, conversion facts and exchange rates; every change with its reason."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rolematcher.accounts.audited_admin import AuditedAdmin
from rolematcher.accounts.requests import person
from rolematcher.web.admin_lists import HouseAdmin
from rolematcher.web.names import money_range, place_name

from .admin_forms import AgeFilter, ExchangeForm, FactForm, PlaceFilter, RateForm, is_stale
from .admin_pages import coverage_page, import_page, upload_page
from .consequences import consequences_of
from .models import ConversionFact, ExchangeRate, RateObservation
from .pricing import figures_on_file
from .services import rates_export, rates_workbook

Page = Callable[..., HttpResponse]
Answer = TypeVar("Answer", bound=HttpResponse | None)
SAVED = 302
"""How the admin answers where a change was made; any other answer says what is wrong with it."""
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def only_asked(request: HttpRequest) -> bool:
    """Is only the preview asked for?"""
    return "_preview" in request.POST


class FiguresAdmin(AuditedAdmin, HouseAdmin):
    """Figures the operator owns: who changed what, when, from what to what and why is in the audit trail."""

    list_select_related = ("changed_by",)
    change_form_template = "admin/rates/change_form.html"

    def changeform_view(self, request: HttpRequest, *of: str | None, **more: str | None) -> HttpResponse:  # type: ignore[override]
        """Save it, or say first what it would change in past decisions."""
        return self.would_change(request, partial(super().changeform_view, request, *of, **more))  # type: ignore[arg-type]

    def message_user(self, request: HttpRequest, *said: object, **how: object) -> None:
        """Say what was done, and nothing of a preview."""
        if not only_asked(request):
            super().message_user(request, *said, **how)  # type: ignore[arg-type]

    def save_model(self, request: HttpRequest, obj: Model, form: ModelForm, change: bool) -> None:
        """Keep who saved it beside the row as well."""
        obj.changed_by = person(request)  # type: ignore[attr-defined]
        super().save_model(request, obj, form, change)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """Ask, and do nothing without a reason."""
        view = partial(super().delete_view, request, object_id, extra_context)
        return self.reasoned(request, view) if request.method == "POST" else view()

    def response_action(
        self, request: HttpRequest, queryset: QuerySet[Model], *_where: object
    ) -> HttpResponse | None:
        """The same for several rows at once."""
        act = partial(super().response_action, request, queryset)
        return self.reasoned(request, act) if request.POST.get("post") else act()

    def reasoned(self, request: HttpRequest, remove: Callable[[], Answer]) -> Answer | HttpResponse:
        """Remove what was confirmed, where it is said why; or say what that would change."""
        if not only_asked(request) and not request.POST.get("why", "").strip():
            messages.error(request, _("Say why it is removed."))
            return HttpResponseRedirect(request.get_full_path())
        return self.would_change(request, remove)

    def would_change(self, request: HttpRequest, change: Callable[[], Answer]) -> Answer | HttpResponse:
        """Make the change; where only its preview is asked for, make it, look, and take it back."""
        if not only_asked(request):
            return change()
        before = figures_on_file()
        with transaction.atomic():
            answer = change()
            if answer is None or answer.status_code != SAVED:
                return answer
            told = consequences_of(before, figures_on_file(), on=timezone.localdate())
            transaction.set_rollback(True)
        context = {"opts": self.opts, "title": _("What it would change"), "told": told}
        context |= self.admin_site.each_context(request)
        return TemplateResponse(request, "admin/rates/would_change.html", context)


@admin.register(RateObservation)
class RateObservationAdmin(FiguresAdmin):
    """Rate observations, with import, export and coverage."""

    form = RateForm
    list_display = ("publisher_shown", "role", "where", "figure", "dated", "changed")
    list_filter = (
        "role",
        PlaceFilter,
        "engagement_type",
        "seniority",
        "kind",
        "interest",
        AgeFilter,
        "proxy",
    )
    search_fields = ("publisher", "title")
    search_help_text = gettext_lazy("Publisher or title.")
    long_columns = ("note",)
    change_list_template = "admin/rates/rateobservation/change_list.html"
    fieldsets = (
        (gettext_lazy("For what"), {"fields": ("role", "place", "engagement_type", "seniority")}),
        (
            gettext_lazy("How much"),
            {"fields": ("kind", "currency", "unit", "low", "typical", "high", "statistic")},
        ),
        (
            gettext_lazy("Who says so"),
            {
                "fields": (
                    *("publisher", "interest", "title", "url", "as_of", "sample", "proxy", "cautions"),
                    "note",
                )
            },
        ),
        (gettext_lazy("This change"), {"fields": ("insisted", "why")}),
    )

    def get_urls(self) -> list[URLPattern]:
        """Import, export and coverage before the stock pages."""
        view, named = self.admin_site.admin_view, "rates_rateobservation_"

        def own(page: Page) -> Page:
            return view(partial(page, owner=self))

        return [
            path("coverage/", own(coverage_page), name=named + "coverage"),
            path("export/", view(self.export_view), name=named + "export"),
            path("import/", own(import_page), name=named + "import"),
            path("import/<uuid:key>/", own(upload_page), name=named + "upload"),
            *super().get_urls(),
        ]

    def export_view(self, request: HttpRequest) -> HttpResponseBase:
        """Every row of the list as the address filters it, as CSV or a workbook that imports back."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        asked = request.GET.copy()
        ending = "xlsx" if asked.pop("as", [""])[-1] == "xlsx" else "csv"
        request.GET = asked  # type: ignore[assignment]
        rows = self.get_changelist_instance(request).get_queryset(request).order_by("pk")
        headers = {"Content-Disposition": f'attachment; filename="rates-{timezone.localdate()}.{ending}"'}
        if ending == "xlsx":
            return FileResponse(rates_workbook(rows), content_type=WORKBOOK, headers=headers)
        lines = rates_export(rows)
        return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)

    @admin.display(description=gettext_lazy("publisher"))
    def publisher_shown(self, row: RateObservation) -> SafeString:
        """The publisher and its interest in the figure."""
        return format_html("{}<br>{}", row.publisher, row.get_interest_display())

    @admin.display(description=gettext_lazy("where"))
    def where(self, row: RateObservation) -> SafeString:
        """Place, engagement type and seniority."""
        kind, seniority = row.get_engagement_type_display(), row.get_seniority_display()
        return format_html("{}<br>{}, {}", place_name(row.place), kind, seniority)

    @admin.display(description=gettext_lazy("figure"))
    def figure(self, row: RateObservation) -> SafeString:
        """Low to high with currency and unit, and the kind of pay."""
        given = [amount for amount in (row.low, row.typical, row.high) if amount is not None]
        words = money_range(given[0], given[-1], row.currency, row.unit)
        return format_html('<span class="nowrap">{}</span><br>{}', words, row.get_kind_display())

    @admin.display(description=gettext_lazy("changed"))
    def changed(self, row: RateObservation) -> SafeString:
        """When the row was last changed and by whom."""
        who = row.changed_by.shown_name if row.changed_by else _("the product")
        when = formats.date_format(timezone.localtime(row.changed_at), _("j M Y"))
        return format_html('<span class="nowrap">{}</span><br>{}', when, who)

    @admin.display(description=gettext_lazy("date"), ordering="as_of")
    def dated(self, row: RateObservation) -> str | SafeString:
        """The printed date, marked where it is over twelve months old."""
        if not is_stale(row.as_of):
            return row.as_of
        return format_html('{} <span class="mark">{}</span>', row.as_of, _("over 12 months"))


@admin.register(ConversionFact)
class ConversionFactAdmin(FiguresAdmin):
    """Figures that turn a rate into money and time."""

    form = FactForm
    list_display = ("key", "value", "unit", "place", "publisher", "as_of", "changed_by", "changed_at")
    search_fields = ("key", "publisher")
    search_help_text = gettext_lazy("Key, such as time_to_hire, or publisher.")


@admin.register(ExchangeRate)
class ExchangeRateAdmin(FiguresAdmin):
    """Dated exchange rates; a budget is converted with the newest, and marked."""

    form = ExchangeForm
    list_display = ("base", "quote", "rate", "on", "publisher", "changed_by", "changed_at")
    search_fields = ("base", "quote")
