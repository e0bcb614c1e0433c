"""What the operator owns: rate observations, conversion facts, exchange rates, and files being imported."""

from __future__ import annotations

import uuid
from decimal import Decimal

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rolematcher.pay import observation as pay
from rolematcher.pay.observation import Observation, observation_read, publisher_identity
from rolematcher.values.amounts import amount_text
from rolematcher.values.currencies import CURRENCIES
from rolematcher.web.names import ENGAGEMENT_TYPE, KIND, ROLE, SENIORITY, UNIT

Words = list[tuple[str, str | Promise]]

ROLES: Words = [(role, ROLE[role]) for role in pay.ROLES]
ENGAGEMENT_TYPES: Words = [(kind, ENGAGEMENT_TYPE[kind]) for kind in pay.FILED_TYPES]
SENIORITIES: Words = [(seniority, SENIORITY[seniority]) for seniority in pay.SENIORITIES]
UNITS: Words = [(unit, UNIT[unit]) for unit in pay.UNITS]
KINDS: Words = [(kind, KIND[kind]) for kind in pay.KINDS]
INTERESTS: Words = [
    ("official", _("official statistics")),
    ("raw_recomputed", _("raw data, recomputed")),
    ("recruiter", _("recruiter")),
    ("vendor", _("sells the engagement")),
    ("editorial", _("training or editorial")),
    ("employer_posting", _("one employer's posting")),
    ("house", _("our own placements")),
]
STATISTICS: Words = [
    ("median", _("median")),
    ("mean", _("average")),
    ("typical", _("stated range")),
    ("midpoint", _("middle of a posted range")),
    ("example", _("an example, no statistic")),
]
AMOUNTS = ("low", "typical", "high")
COLUMNS = (*pay.COLUMNS, "insisted")
"""The columns of a row and of a file."""
KEY = (
    *("role", "place", "engagement_type", "seniority", "currency", "unit", "kind"),
    *("publisher_key", "title", "as_of"),
)
"""What makes two rows the same observation: the publisher counts by its identity, however it is typed."""


KNOWN = {f"{column}__in": allowed for column, allowed in pay.CHOICES.items() if column != "proxy"}
"""Each column of choices holds one of them."""
DATED = Q(as_of__gte="1900", as_of__lt="3000")
"""Begins like a year; whether it is a year, a month or a day is for the reader to check."""


class Changed(models.Model):
    """Who changed the row last and when."""

    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("changed by"),
    )
    changed_at = models.DateTimeField(_("changed"), auto_now=True, db_index=True)

    class Meta:
        abstract = True


class RateObservation(Changed):
    """What one publisher said one role earns or costs at one place. Amounts as published, never converted.

    `as_of` keeps the precision of its source: "2026", "2026-06" or "2026-06-05". `cautions` holds ids, parted
    by spaces. `insisted` says why a person kept a figure that looks wrong.
    """

    role = models.CharField(_("role"), max_length=30, choices=ROLES)
    place = models.CharField(_("place"), max_length=20)
    engagement_type = models.CharField(_("engagement type"), max_length=30, choices=ENGAGEMENT_TYPES)
    seniority = models.CharField(_("seniority"), max_length=10, choices=SENIORITIES, default="all")
    currency = models.CharField(_("currency"), max_length=3)
    unit = models.CharField(_("unit"), max_length=10, choices=UNITS)
    kind = models.CharField(_("kind"), max_length=20, choices=KINDS)
    low = models.DecimalField(_("low"), max_digits=14, decimal_places=2, null=True, blank=True)
    typical = models.DecimalField(_("typical"), max_digits=14, decimal_places=2, null=True, blank=True)
    high = models.DecimalField(_("high"), max_digits=14, decimal_places=2, null=True, blank=True)
    statistic = models.CharField(_("statistic"), max_length=20, choices=STATISTICS, default="typical")
    publisher = models.CharField(_("publisher"), max_length=200)
    publisher_key = models.CharField(max_length=200, editable=False)
    interest = models.CharField(_("interest"), max_length=20, choices=INTERESTS)
    title = models.CharField(_("title"), max_length=300, blank=True)
    url = models.CharField(_("address"), max_length=500, blank=True)
    as_of = models.CharField(_("date"), max_length=10)
    sample = models.CharField(_("sample"), max_length=200, blank=True)
    proxy = models.BooleanField(_("neighbouring occupation"), default=False)
    cautions = models.CharField(_("cautions"), max_length=60, blank=True)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    insisted = models.CharField(_("why it stands although it looks wrong"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("rate observation")
        verbose_name_plural = _("rate observations")
        ordering = ["role", "place", "engagement_type", "seniority", "publisher"]
        permissions = [("import_rateobservation", _("Can import rate observations"))]
        indexes = [models.Index(fields=["place", "engagement_type", "role"], name="rate_cell")]
        constraints = [
            models.UniqueConstraint(name="rate_once", fields=KEY),
            models.CheckConstraint(
                name="rate_has_a_figure",
                condition=Q(low__isnull=False) | Q(typical__isnull=False) | Q(high__isnull=False),
            ),
            models.CheckConstraint(name="rate_known", condition=Q(**KNOWN, currency__in=sorted(CURRENCIES))),
            # Where an amount is left out, a comparison with it refuses nothing.
            models.CheckConstraint(
                name="rate_in_order",
                condition=Q(low__lte=F("high"), typical__gte=F("low"), typical__lte=F("high")),
            ),
            models.CheckConstraint(name="rate_positive", condition=Q(low__gt=0, typical__gt=0, high__gt=0)),
            models.CheckConstraint(name="rate_dated", condition=DATED),
        ]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.get_role_display()}, {self.place}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the publisher's identity beside its name."""
        self.publisher_key = publisher_identity(self.publisher)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


def row_of(text: dict[str, str]) -> RateObservation:
    """The row of the cells of our own files, which `observation_errors` found nothing wrong with."""
    amounts = {name: Decimal(text[name]) if text[name] else None for name in AMOUNTS}
    return RateObservation(
        **{
            **text,
            **amounts,
            "proxy": text["proxy"] == "yes",
            "publisher_key": publisher_identity(text["publisher"]),
        }
    )


def as_text(value: object) -> str:
    """A column as it stands in the file."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return amount_text(value) if isinstance(value, Decimal) else str(value)


def observation_of(values: dict[str, object]) -> Observation:
    """The pay room's record of a row's columns, amounts as they were before the database gave them zeros."""
    return observation_read({name: as_text(value) for name, value in values.items()})


class ConversionFact(Changed):
    """A sourced figure used to convert or explain: hours a year, on-cost, fees, ratios, time to hire."""

    key = models.CharField(
        _("key"),
        max_length=100,
        validators=[
            RegexValidator(r"^[a-z0-9_]+(\.[a-z0-9_-]+)*$", _("Write small letters, digits and dots."))
        ],
    )
    value = models.CharField(_("value"), max_length=200)
    unit = models.CharField(_("unit"), max_length=200, blank=True)
    place = models.CharField(_("place"), max_length=30)
    publisher = models.CharField(_("publisher"), max_length=200)
    url = models.CharField(_("address"), max_length=500, blank=True)
    as_of = models.CharField(_("date"), max_length=10)

    class Meta:
        verbose_name = _("conversion fact")
        verbose_name_plural = _("conversion facts")
        ordering = ["key", "place", "publisher"]
        constraints = [
            models.UniqueConstraint(
                name="fact_once", fields=["key", "place", "publisher", "as_of", "value", "unit"]
            ),
            models.CheckConstraint(name="fact_dated", condition=DATED),
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.place})"


class ExchangeRate(Changed):
    """One unit of `base` in `quote` on a day, entered by an operator. It comes before published rates."""

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


class RateImport(models.Model):
    """A file somebody wants to import: read by a job, shown, and saved by another on the person's word."""

    READING, READ, SAVING, SAVED, FAILED = "reading", "read", "saving", "saved", "failed"
    BUSY = (READING, SAVING)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="rate_imports")
    name = models.CharField(max_length=100)
    file_name = models.CharField(max_length=120, blank=True)
    """Where the file lies in the storage; "" once it is saved."""
    language = models.CharField(max_length=10)
    month_first = models.BooleanField(null=True)
    """How 01/06/2026 is meant; None until somebody has said so."""
    despite_refused = models.BooleanField(default=False)
    state = models.CharField(max_length=10, default=READING)
    preview = models.JSONField(default=dict)
    error = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name

    @property
    def busy(self) -> bool:
        """Is a job at work on it?"""
        return self.state in self.BUSY
