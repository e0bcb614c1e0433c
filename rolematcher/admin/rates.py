"""Rates in the admin: observations, conversion facts, exchange rates, checked by the engine's own rules."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rolematcher.engine.conversion import FACT_COLUMNS, conversion_read
from rolematcher.engine.currencies import CURRENCIES
from rolematcher.engine.dated import is_older, months_later
from rolematcher.engine.errors import FigureError
from rolematcher.engine.money import range_words
from rolematcher.engine.observation import COLUMNS, observation_read
from rolematcher.models import ConversionFact, ExchangeRate, RateObservation
from rolematcher.services.rates import packaged_places, weights_in_use
from rolematcher.services.rates_export import rates_export

from .lists import HouseAdmin, person
from .rates_pages import coverage_page, import_page, upload_drop_page, upload_page, upload_save_page


class PlaceFilter(admin.SimpleListFilter):
    """One country or named group."""

    title = gettext_lazy("place")
    parameter_name = "place"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The places that have a figure, by name."""
        places = packaged_places()
        codes = RateObservation.objects.order_by().values_list("region", flat=True).distinct()
        return sorted(((code, places.name(code)) for code in codes), key=lambda pair: pair[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Figures of that place."""
        return queryset.filter(region=self.value()) if self.value() else queryset


class AgeFilter(admin.SimpleListFilter):
    """Older or newer than the figures may be before they are marked."""

    title = gettext_lazy("age")
    parameter_name = "age"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Two kinds."""
        months = {"months": weights_in_use().stale_months}
        return [
            ("stale", _("over %(months)s months") % months),
            ("fresh", _("within %(months)s months") % months),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Figures of that age."""
        edge = stale_before(timezone.localdate())
        if self.value() == "stale":
            return queryset.filter(as_of__lt=edge)
        return queryset.filter(as_of__gte=edge) if self.value() == "fresh" else queryset


def stale_before(on: dt.date) -> str:
    """The printed date below which a figure is stale, as text: "2025" < "2025-11" < "2025-11-21"."""
    day = months_later(on, -weights_in_use().stale_months)
    if day.day > 1:
        return day.isoformat()
    return f"{day:%Y-%m}" if day.month > 1 else f"{day:%Y}"


class CheckedForm(forms.ModelForm):
    """A form whose row must be one the engine can read; its errors stand at their fields."""

    def read(self, row: dict[str, str]) -> None:
        """Raise FigureError where the row is wrong."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        """The cleaned values, with the engine's error at its field."""
        values = super().clean() or {}
        if not self.errors:
            try:
                self.read({name: _text(value) for name, value in values.items()})
            except FigureError as error:
                self.add_error(error.field if error.field in self.fields else None, error.message)
        return values


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


class RateForm(CheckedForm):
    """One rate observation."""

    class Meta:
        model = RateObservation
        fields = COLUMNS
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "region": gettext_lazy("A country code such as US, or GLOBAL, OFFSHORE, LATAM, DACH."),
            "currency": gettext_lazy("A code such as USD. As published; nothing is converted."),
            "as_of": gettext_lazy("2026, 2026-06 or 2026-06-05: as exact as the source prints it."),
            "sample": gettext_lazy("Begin with the number where there is one: 530 ads."),
            "proxy": gettext_lazy("The figure is for a neighbouring occupation: it warns and has no vote."),
            "publisher": gettext_lazy("Who says so. One publisher has one vote, its newest."),
        }

    def read(self, row: dict[str, str]) -> None:
        """Check as the import does."""
        observation_read(row)


class FactForm(CheckedForm):
    """One conversion fact."""

    class Meta:
        model = ConversionFact
        fields = FACT_COLUMNS
        help_texts = {
            "key": gettext_lazy("From general to special: time_to_hire.ai_engineer.permanent."),
            "value": gettext_lazy("A number, a range such as 25-30, or a text."),
            "unit": gettext_lazy("The measure, then a comma and any remark: % of pay, up to a ceiling."),
            "as_of": gettext_lazy("2026, 2026-06 or 2026-06-05."),
        }

    def read(self, row: dict[str, str]) -> None:
        """Check as the packaged facts are."""
        conversion_read(row)


class ExchangeForm(forms.ModelForm):
    """One dated exchange rate."""

    class Meta:
        model = ExchangeRate
        fields = ("base", "quote", "rate", "on", "publisher")
        help_texts = {
            "rate": gettext_lazy("How much of the second currency one of the first buys on that day.")
        }

    def clean(self) -> dict[str, Any]:
        """Two different currencies in use."""
        values = super().clean() or {}
        for name in ("base", "quote"):
            if values.get(name) and values[name] not in CURRENCIES:
                self.add_error(name, _("Not a currency code in use, such as USD."))
        if values.get("base") and values.get("base") == values.get("quote"):
            self.add_error("quote", _("Choose two different currencies."))
        return values


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
    change_list_template = "admin/rolematcher/rates/change_list.html"
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
        view, named = self.admin_site.admin_view, "rolematcher_rateobservation_"

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
        place = packaged_places().name(row.region)
        return format_html("{}<br>{}, {}", place, row.get_engagement_display(), row.get_seniority_display())

    @admin.display(description=gettext_lazy("figure"))
    def figure(self, row: RateObservation) -> SafeString:
        """Low to high with currency and unit, and the kind of pay."""
        given = [amount for amount in (row.low, row.typical, row.high) if amount is not None]
        words = range_words(given[0], given[-1], row.currency, row.unit)
        return format_html('<span class="nowrap">{}</span><br>{}', words, row.get_kind_display())

    @admin.display(description=gettext_lazy("changed"))
    def changed(self, row: RateObservation) -> SafeString:
        """When the row was last changed and by whom."""
        who = row.changed_by.shown_name if row.changed_by else _("the product")
        when = formats.date_format(timezone.localtime(row.changed_at), "j M Y")
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
