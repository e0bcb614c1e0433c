"""How rates are typed in: forms checked by the engine's own rules, and the filters beside the list."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rolematcher.engine.errors import FigureError
from rolematcher.engine.money.conversion import FACT_COLUMNS, conversion_read
from rolematcher.engine.money.dated import months_later
from rolematcher.engine.money.observation import COLUMNS, observation_read
from rolematcher.values.currencies import CURRENCIES
from rolematcher.web.names import place_name

from .models import ConversionFact, ExchangeRate, RateObservation
from .services import weights_in_use


class PlaceFilter(admin.SimpleListFilter):
    """One country or named group."""

    title = gettext_lazy("place")
    parameter_name = "place"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The places that have a figure, by name."""
        codes = RateObservation.objects.order_by().values_list("region", flat=True).distinct()
        return sorted(((code, place_name(code)) for code in codes), key=lambda pair: pair[1])

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
