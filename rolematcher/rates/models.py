"""Sourced figures: rate observations, conversion facts and the operator's exchange rates."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rolematcher.values.currencies import CURRENCIES

ROLES = [
    ("ai_engineer", _("AI engineer")),
    ("ml_engineer", _("ML engineer")),
    ("automation_specialist", _("automation specialist")),
]
ENGAGEMENTS = [
    ("permanent", _("permanent")),
    ("contract", _("contract")),
    ("freelance_marketplace", _("freelance marketplace")),
    ("embedded_offshore", _("embedded offshore")),
    ("agency", _("agency")),
]
SENIORITIES = [
    ("all", _("all levels")),
    ("junior", _("junior")),
    ("mid", _("mid-level")),
    ("senior", _("senior")),
]
UNITS = [("hour", _("an hour")), ("day", _("a day")), ("month", _("a month")), ("year", _("a year"))]
KINDS = [
    ("base_pay", _("base pay")),
    ("total_pay", _("total pay")),
    ("pay_unstated", _("pay, base or total not said")),
    ("pay_rate", _("pay rate")),
    ("bill_rate", _("bill rate")),
    ("posted_budget", _("posted budget")),
    ("retainer", _("retainer")),
]
INTERESTS = [
    ("official", _("official statistics")),
    ("raw_recomputed", _("raw data, recomputed")),
    ("recruiter", _("recruiter")),
    ("vendor", _("sells the engagement")),
    ("editorial", _("training or editorial")),
    ("employer_posting", _("one employer's posting")),
    ("house", _("our own placements")),
]
STATISTICS = [
    ("median", _("median")),
    ("mean", _("average")),
    ("typical", _("stated range")),
    ("midpoint", _("middle of a posted range")),
]


def _known(field: str, choices: list[tuple[str, Any]]) -> Q:
    return Q(**{f"{field}__in": [value for value, _words in choices]})


DATED = Q(as_of__gte="1900", as_of__lt="3000")
"""Begins like a year; whether it is a year, a month or a day is for the reader to check."""


class Changed(models.Model):
    """Who changed the row last and when."""

    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    changed_at = models.DateTimeField(_("changed"), auto_now=True, db_index=True)

    class Meta:
        abstract = True


class RateObservation(Changed):
    """What one publisher said one role earns or costs in one market. Amounts as published, never converted.

    `as_of` keeps the precision of its source: "2026", "2026-06" or "2026-06-05".
    """

    role = models.CharField(_("role"), max_length=30, choices=ROLES)
    region = models.CharField(_("region"), max_length=20)
    engagement = models.CharField(_("engagement"), max_length=30, choices=ENGAGEMENTS)
    seniority = models.CharField(_("seniority"), max_length=10, choices=SENIORITIES, default="all")
    currency = models.CharField(_("currency"), max_length=3)
    unit = models.CharField(_("unit"), max_length=10, choices=UNITS)
    low = models.DecimalField(_("low"), max_digits=14, decimal_places=2, null=True, blank=True)
    typical = models.DecimalField(_("typical"), max_digits=14, decimal_places=2, null=True, blank=True)
    high = models.DecimalField(_("high"), max_digits=14, decimal_places=2, null=True, blank=True)
    statistic = models.CharField(_("statistic"), max_length=20, choices=STATISTICS)
    kind = models.CharField(_("kind"), max_length=20, choices=KINDS)
    interest = models.CharField(_("interest"), max_length=20, choices=INTERESTS)
    proxy = models.BooleanField(_("proxy"), default=False)
    publisher = models.CharField(_("publisher"), max_length=200)
    title = models.CharField(_("title"), max_length=300)
    url = models.CharField(_("address"), max_length=500, blank=True)
    as_of = models.CharField(_("date"), max_length=10)
    sample = models.CharField(_("sample"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("rate observation")
        verbose_name_plural = _("rate observations")
        ordering = ["role", "region", "engagement", "seniority", "publisher"]
        permissions = [("import_rateobservation", _("Can import rate observations"))]
        indexes = [models.Index(fields=["region", "engagement", "role"], name="rate_cell")]
        constraints = [
            models.UniqueConstraint(
                name="rate_once",
                fields=[
                    "role",
                    "region",
                    "engagement",
                    "seniority",
                    "currency",
                    "unit",
                    "kind",
                    "publisher",
                    "title",
                    "as_of",
                ],
            ),
            models.CheckConstraint(
                name="rate_has_a_figure",
                condition=Q(low__isnull=False) | Q(typical__isnull=False) | Q(high__isnull=False),
            ),
            models.CheckConstraint(
                name="rate_in_order",
                condition=(
                    (Q(low=None) | Q(typical=None) | Q(low__lte=F("typical")))
                    & (Q(typical=None) | Q(high=None) | Q(typical__lte=F("high")))
                    & (Q(low=None) | Q(high=None) | Q(low__lte=F("high")))
                ),
            ),
            models.CheckConstraint(
                name="rate_known_cell",
                condition=_known("role", ROLES)
                & _known("engagement", ENGAGEMENTS)
                & _known("seniority", SENIORITIES),
            ),
            models.CheckConstraint(
                name="rate_known_measure",
                condition=_known("unit", UNITS)
                & _known("kind", KINDS)
                & _known("statistic", STATISTICS)
                & Q(currency__in=sorted(CURRENCIES)),
            ),
            models.CheckConstraint(name="rate_known_interest", condition=_known("interest", INTERESTS)),
            models.CheckConstraint(name="rate_dated", condition=DATED),
            models.CheckConstraint(
                name="rate_positive",
                condition=(
                    (Q(low=None) | Q(low__gt=0))
                    & (Q(typical=None) | Q(typical__gt=0))
                    & (Q(high=None) | Q(high__gt=0))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.get_role_display()}, {self.region}"


class ConversionFact(Changed):
    """A sourced figure used to convert or explain: hours a year, on-cost, fees, ratios, time to hire."""

    key = models.CharField(_("key"), max_length=100)
    value = models.CharField(_("value"), max_length=200)
    unit = models.CharField(_("unit"), max_length=200, blank=True)
    region = models.CharField(_("region"), max_length=30)
    publisher = models.CharField(_("publisher"), max_length=200)
    url = models.CharField(_("address"), max_length=500, blank=True)
    as_of = models.CharField(_("date"), max_length=10)

    class Meta:
        verbose_name = _("conversion fact")
        verbose_name_plural = _("conversion facts")
        ordering = ["key", "region", "publisher"]
        constraints = [
            models.UniqueConstraint(
                name="fact_once", fields=["key", "region", "publisher", "as_of", "value", "unit"]
            ),
            models.CheckConstraint(name="fact_dated", condition=DATED),
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.region})"


class ExchangeRate(Changed):
    """One unit of `base` in `quote` on a day, entered by an operator. Used for display only, and marked."""

    base = models.CharField(_("from currency"), max_length=3)
    quote = models.CharField(_("to currency"), max_length=3)
    rate = models.DecimalField(_("rate"), max_digits=18, decimal_places=8)
    on = models.DateField(_("date"))
    publisher = models.CharField(_("publisher"), max_length=200)

    class Meta:
        verbose_name = _("exchange rate")
        verbose_name_plural = _("exchange rates")
        ordering = ["base", "quote", "-on"]
        constraints = [
            models.UniqueConstraint(name="exchange_once", fields=["base", "quote", "on"]),
            models.CheckConstraint(name="exchange_positive", condition=Q(rate__gt=0)),
            models.CheckConstraint(name="exchange_of_two", condition=~Q(base=F("quote"))),
        ]

    def __str__(self) -> str:
        return f"{self.base} → {self.quote} ({self.on})"
