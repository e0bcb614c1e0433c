"""How rates are typed in: forms checked by the pay room's own rules, and the filters beside the list."""

from __future__ import annotations

from dataclasses import replace

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rolematcher.accounts.audited_admin import AuditedForm
from rolematcher.pay.facts import FACT_COLUMNS, Fact
from rolematcher.pay.figures import Figures
from rolematcher.pay.observation import CAUTIONS, date_earliest, months_between, publisher_identity
from rolematcher.pay.plausible import observation_errors
from rolematcher.pay.weights import Weights
from rolematcher.values.currencies import CURRENCIES
from rolematcher.web.names import place_name

from .models import COLUMNS, KEY, ConversionFact, ExchangeRate, RateObservation, as_text, observation_of
from .pricing import figures_on_file
from .words import CAUTION, error_words


class PlaceFilter(admin.SimpleListFilter):
    """One country or named group."""

    title = gettext_lazy("place")
    parameter_name = "place"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        """The places that have a figure, by name."""
        codes = RateObservation.objects.order_by().values_list("place", flat=True).distinct()
        return sorted(((code, place_name(code)) for code in codes), key=lambda pair: pair[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Figures of that place."""
        return queryset.filter(place=self.value()) if self.value() else queryset


class AgeFilter(admin.SimpleListFilter):
    """Older or newer than the figures may be before they are marked."""

    title = gettext_lazy("age")
    parameter_name = "age"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        """Two kinds."""
        months = {"months": best_age()}
        return [
            ("stale", _("over %(months)s months") % months),
            ("fresh", _("within %(months)s months") % months),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Figures of that age."""
        if not self.value():
            return queryset
        dates = queryset.order_by().values_list("as_of", flat=True).distinct()
        stale = Q(as_of__in=[day for day in dates if is_stale(day)])
        return queryset.filter(stale if self.value() == "stale" else ~stale)


def best_age() -> int:
    """How many months old a figure may be before it is marked."""
    return Weights.model_validate(settings.RATE_WEIGHTS).stale_months


def is_stale(as_of: str) -> bool:
    """Is a figure of this printed date to be marked?"""
    return months_between(as_of, timezone.localdate()) > best_age()


class RateForm(AuditedForm):
    """One rate observation, checked as the import checks a row."""

    cautions = forms.MultipleChoiceField(
        label=gettext_lazy("Cautions"),
        choices=[(caution, CAUTION[caution]) for caution in CAUTIONS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = RateObservation
        fields = COLUMNS
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "place": gettext_lazy("A country code such as US, or GLOBAL, OFFSHORE, LATAM, DACH."),
            "currency": gettext_lazy("A code such as USD. As published; nothing is converted."),
            "as_of": gettext_lazy("2026, 2026-06 or 2026-06-05: as exact as the source prints it."),
            "sample": gettext_lazy("Begin with the number where there is one: 530 ads."),
            "proxy": gettext_lazy("Of a neighbouring occupation: shown as a warning, not counted."),
            "publisher": gettext_lazy("Who says so. One publisher counts once, with its newest figure."),
            "insisted": gettext_lazy("Only where the check refuses a figure that is right."),
        }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.initial["cautions"] = str(self.initial.get("cautions") or "").split()

    def clean_cautions(self) -> str:
        """The cautions as they are kept."""
        return " ".join(self.cleaned_data["cautions"])

    def clean(self) -> dict[str, object]:
        """The cleaned values, with what is wrong at its field."""
        values = super().clean() or {}
        if not self.errors:
            text = {name: as_text(values.get(name)) for name in COLUMNS}
            found = observation_errors(text, self._others(), on=timezone.localdate(), insist=text["insisted"])
            for error in found:
                self.add_error(error.column, error_words(error))
        if not self.errors and self._twice(values):
            self.add_error("publisher", _("This figure is on file already. Change that row instead."))
        return values

    def _others(self) -> Figures:
        """What is on file beside this row, which is about to be another."""
        figures = figures_on_file()
        if not self.instance.pk:
            return figures
        own = observation_of(RateObservation.objects.values(*COLUMNS).get(pk=self.instance.pk))
        return replace(figures, all=[row for row in figures.all if row != own])

    def _twice(self, values: dict[str, object]) -> bool:
        identity = publisher_identity(str(values["publisher"]))
        same = Q(**{name: identity if name == "publisher_key" else values[name] for name in KEY})
        return RateObservation.objects.filter(same).exclude(pk=self.instance.pk).exists()


class FactForm(AuditedForm):
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

    def clean_as_of(self) -> str:
        """A date that can be read."""
        text: str = self.cleaned_data["as_of"]
        try:
            date_earliest(text)
        except ValueError:
            raise ValidationError(_("Write 2026, 2026-06 or 2026-06-05.")) from None
        return text

    def clean(self) -> dict[str, object]:
        """A range runs upwards."""
        values = super().clean() or {}
        if not self.errors:
            found = Fact(**{name: values[name] for name in FACT_COLUMNS}).range
            if found and found[0] > found[1]:
                self.add_error("value", _("Write the smaller number first."))
        return values


class ExchangeForm(AuditedForm):
    """One dated exchange rate."""

    class Meta:
        model = ExchangeRate
        fields = ("base", "quote", "rate", "on", "publisher")
        help_texts = {
            "rate": gettext_lazy("How much of the second currency one of the first buys on that day.")
        }

    def clean(self) -> dict[str, object]:
        """Two different currencies in use."""
        values = super().clean() or {}
        for name in ("base", "quote"):
            if values.get(name) and values[name] not in CURRENCIES:
                self.add_error(name, _("Not a currency code in use, such as USD."))
        if values.get("base") and values.get("base") == values.get("quote"):
            self.add_error("quote", _("Choose two different currencies."))
        return values
