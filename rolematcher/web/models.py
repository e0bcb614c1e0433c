"""What requests leave behind for a short while: forms that were sent, tries that are counted."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class SentForm(models.Model):
    """A form that was sent, by a hash of its sender and key: sent again, it is not done again.

    `leads_to` is where it led; empty while it is being done.
    """

    KEPT = timedelta(days=2)

    key = models.CharField(max_length=64, unique=True)
    body_hash = models.CharField(max_length=64)
    leads_to = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(db_default=Now(), db_index=True)

    class Meta:
        verbose_name = _("sent form")
        verbose_name_plural = _("sent forms")

    def __str__(self) -> str:
        return self.key[:12]


class Tries(models.Model):
    """How often somebody did something since this window began, by a keyed hash that names nobody."""

    key = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=1)
    until = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("tries")
        verbose_name_plural = _("tries")

    def __str__(self) -> str:
        return f"{self.key[:12]}: {self.count}"


def requests_forget() -> None:
    """Remove what no longer matters."""
    Tries.objects.filter(until__lte=Now()).delete()
    SentForm.objects.filter(at__lte=Now() - SentForm.KEPT).delete()
