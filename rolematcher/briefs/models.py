"""Briefs: the state of each document lives in its row, which is also the outbox; every attempt is history."""

from __future__ import annotations

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from rolematcher.decisions.models import Decision

from .house import House

__all__ = ["Brief", "BriefAttempt", "House"]


class Brief(models.Model):
    """One document of one decision: for the house or the client, PDF or Word.

    `token` fences: only the attempt holding it may finish the row.

    `due_at` is when somebody should look at the row next: a queued one may be claimed from then on,
    one being made has lost its worker. All times a state rests on come from the database's clock.
    """

    QUEUED, RENDERING, READY, FAILED = "queued", "rendering", "ready", "failed"
    STATES = [
        (QUEUED, _("queued")),
        (RENDERING, _("being made")),
        (READY, _("ready")),
        (FAILED, _("failed")),
    ]
    HOUSE, CLIENT = "house", "client"
    AUDIENCES = [(HOUSE, _("full brief")), (CLIENT, _("client copy"))]
    PDF, DOCX = "pdf", "docx"
    FORMATS = [(PDF, "PDF"), (DOCX, "Word")]
    A4, LETTER = "a4", "letter"
    PAPERS = [(A4, "A4"), (LETTER, "Letter")]

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    decision = models.ForeignKey(Decision, models.CASCADE, related_name="briefs")
    audience = models.CharField(_("for"), max_length=10, choices=AUDIENCES, default=HOUSE)
    format = models.CharField(_("format"), max_length=10, choices=FORMATS, default=PDF)
    paper = models.CharField(_("paper"), max_length=10, choices=PAPERS, default=A4)
    language = models.CharField(_("language"), max_length=10, default="en")
    content_version = models.PositiveIntegerField(default=1)
    """Counts overrides: an overridden decision gets a new brief row, the old file stays as history."""

    state = models.CharField(_("state"), max_length=10, choices=STATES, default=QUEUED)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("due"), db_default=Now())
    token = models.UUIDField(null=True, blank=True, editable=False)

    file = models.CharField(_("file"), max_length=200, blank=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    size = models.PositiveIntegerField(_("bytes"), null=True, editable=False)
    pages = models.PositiveIntegerField(_("pages"), null=True, editable=False)
    missing_glyphs = models.BooleanField(_("characters missing from the fonts"), default=False)
    error = models.CharField(_("what went wrong"), max_length=500, blank=True)

    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(_("requested"), auto_now_add=True)
    ready_at = models.DateTimeField(_("ready"), null=True, blank=True)

    class Meta:
        verbose_name = _("brief")
        verbose_name_plural = _("briefs")
        ordering = ["-id"]
        permissions = [("retry_brief", _("Can retry a failed brief"))]
        constraints = [
            models.UniqueConstraint(
                name="brief_once",
                fields=["decision", "audience", "format", "paper", "language", "content_version"],
            ),
            models.CheckConstraint(
                name="brief_ready_has_file",
                condition=~Q(state="ready") | (~Q(file="") & ~Q(sha256="")),
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="brief_due", condition=Q(state__in=["queued", "rendering"])),
            models.Index(fields=["state", "-id"], name="brief_state"),
        ]

    def __str__(self) -> str:
        return f"{self.decision.number_words} ({self.get_audience_display()})"

    @property
    def path(self) -> Path | None:
        """Where the finished file lies, or None before it is ready."""
        return settings.BRIEFS_DIR / self.file if self.file else None


class BriefAttempt(models.Model):
    """One try at making a brief: who tried, when, and how it ended."""

    STARTED, READY, RETRY, FAILED, LOST, DROPPED = "started", "ready", "retry", "failed", "lost", "dropped"
    OUTCOMES = [
        (STARTED, _("started")),
        (READY, _("ready")),
        (RETRY, _("will be tried again")),
        (FAILED, _("failed")),
        (LOST, _("worker lost")),
        (DROPPED, _("came too late, dropped")),
    ]

    brief = models.ForeignKey(Brief, models.CASCADE, related_name="history")
    number = models.PositiveIntegerField()
    token = models.UUIDField(unique=True)
    worker = models.CharField(max_length=100)
    outcome = models.CharField(max_length=10, choices=OUTCOMES, default=STARTED)
    detail = models.CharField(max_length=500, blank=True)
    started_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(name="attempt_once", fields=["brief", "number"])]

    def __str__(self) -> str:
        return f"{self.number}: {self.get_outcome_display()}"
