"""Which workers there are: the last sweep of each."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class WorkerBeat(models.Model):
    """The last sweep of one worker: how health knows that somebody looks after lost briefs."""

    worker = models.CharField(max_length=100, unique=True)
    at = models.DateTimeField(db_default=Now())
    woken = models.PositiveIntegerField(default=0)
    """Wake-ups sent by that sweep."""

    class Meta:
        verbose_name = _("worker beat")
        verbose_name_plural = _("worker beats")
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.worker
