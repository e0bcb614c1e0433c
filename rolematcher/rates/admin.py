"""Rates in the admin: observations, conversion facts, exchange rates, checked by the engine's own rules."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rolematcher.accounts.requests import person
from rolematcher.engine.money.dated import is_older
from rolematcher.web.admin_lists import HouseAdmin
from rolematcher.web.names import money_range, place_name

from .admin_forms import AgeFilter, ExchangeForm, FactForm, PlaceFilter, RateForm
from .admin_pages import coverage_page, import_page, upload_drop_page, upload_page, upload_save_page
from .export import rates_export
from .models import ConversionFact, ExchangeRate, RateObservation
from .services import weights_in_use


class FiguresAdmin(HouseAdmin):
    """Figures the operator owns: who changed a row last and when is kept, and the rest is in its history."""

    list_select_related = ("changed_by",)

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        """Keep who saved it."""
        obj.changed_by = person(request)  # type: ignore[attr-defined]
        super().save_model(request, obj, form, change)


@admin.register(RateObservation)
class RateObservationAdmin(FiguresAdmin):
    """Rate observations, with import, export and coverage."""

    form = RateForm
    list_display = ("publisher_shown", "role", "where", "figure", "dated", "changed")
    list_filter = ("role", PlaceFilter, "engagement", "seniority", "kind", "interest", AgeFilter, "proxy")
    search_fields = ("publisher", "title")
    search_help_text = gettext_lazy("Publisher or title.")
    long_columns = ("note",)
    change_list_template = "admin/rates/rateobservation/change_list.html"
    fieldsets = (
        (gettext_lazy("For what"), {"fields": ("role", "region", "engagement", "seniority")}),
        (
            gettext_lazy("How much"),
            {"fields": ("kind", "currency", "unit", "low", "typical", "high", "statistic")},
        ),
        (
            gettext_lazy("Who says so"),
            {"fields": ("publisher", "interest", "title", "url", "as_of", "sample", "proxy", "note")},
        ),
    )

    def get_urls(self) -> list[Any]:
        """Import, export and coverage before the stock pages."""
        view, named = self.admin_site.admin_view, "rates_rateobservation_"

        def own(page: Any) -> Any:
            return view(lambda request, **key: page(self, request, **key))

        return [
            path("coverage/", own(coverage_page), name=named + "coverage"),
            path("export/", view(self.export_view), name=named + "export"),
            path("import/", own(import_page), name=named + "import"),
            path("import/<uuid:key>/", own(upload_page), name=named + "upload"),
            path("import/<uuid:key>/save/", own(upload_save_page), name=named + "upload_save"),
            path("import/<uuid:key>/drop/", own(upload_drop_page), name=named + "upload_drop"),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list, with the address of its export."""
        return super().changelist_view(
            request, {**(extra_context or {}), "kept_query": request.GET.urlencode()}
        )

    def export_view(self, request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
        """Every row of the list as the address filters it, as CSV that imports back."""
        self.require_view(request)
        rows = self.get_changelist_instance(request).get_queryset(request)
        response = StreamingHttpResponse(
            (line.encode() for line in rates_export(rows.order_by("pk"))),
            content_type="text/csv; charset=utf-8",
        )
        response["Content-Disposition"] = f'attachment; filename="rates-{timezone.localdate():%Y-%m-%d}.csv"'
        response["Cache-Control"] = "private, no-store"
        return response

    def require_view(self, request: HttpRequest) -> None:
        """Raise PermissionDenied for whoever may not look at rates."""
        if not self.has_view_permission(request):
            raise PermissionDenied

    @admin.display(description=gettext_lazy("publisher"))
    def publisher_shown(self, row: RateObservation) -> SafeString:
        """The publisher and its interest in the figure."""
        return format_html("{}<br>{}", row.publisher, row.get_interest_display())

    @admin.display(description=gettext_lazy("where"))
    def where(self, row: RateObservation) -> SafeString:
        """Place, engagement and level."""
        place = place_name(row.region)
        return format_html("{}<br>{}, {}", place, row.get_engagement_display(), row.get_seniority_display())

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
        if not is_older(row.as_of, weights_in_use().stale_months, timezone.localdate()):
            return row.as_of
        return format_html('{} <span class="mark">{}</span>', row.as_of, _("over 12 months"))


@admin.register(ConversionFact)
class ConversionFactAdmin(FiguresAdmin):
    """Figures that turn a rate into money and time."""

    form = FactForm
    list_display = ("key", "value", "unit", "region", "publisher", "as_of", "changed_by", "changed_at")
    search_fields = ("key", "publisher")
    search_help_text = gettext_lazy("Key, such as time_to_hire, or publisher.")


@admin.register(ExchangeRate)
class ExchangeRateAdmin(FiguresAdmin):
    """Dated exchange rates; a budget is converted with the newest, and marked."""

    form = ExchangeForm
    list_display = ("base", "quote", "rate", "on", "publisher", "changed_by", "changed_at")
    search_fields = ("base", "quote")
