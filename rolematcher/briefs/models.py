"""Briefs: the documents of a decision. How far one is, its job says (`outbox.Job`)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from rolematcher.decisions.models import Decision
from rolematcher.outbox.models import Job
from rolematcher.outbox.services import Place, job_place

from .house import House

__all__ = ["Brief", "House"]


class Brief(models.Model):
    """One document of one decision: for the house or the client, PDF or Word; and the job that makes it."""

    QUEUED, RENDERING, READY, FAILED = "queued", "rendering", "ready", "failed"
    HOUSE, CLIENT = "house", "client"
    AUDIENCES = [(HOUSE, _("full brief")), (CLIENT, _("client copy"))]
    PDF, DOCX = "pdf", "docx"
    FORMATS = [(PDF, "PDF"), (DOCX, "Word")]
    A4, LETTER = "a4", "letter"
    PAPERS = [(A4, "A4"), (LETTER, "Letter")]

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    decision = models.ForeignKey(Decision, models.CASCADE, related_name="briefs", verbose_name=_("decision"))
    audience = models.CharField(_("for"), max_length=10, choices=AUDIENCES, default=HOUSE)
    format = models.CharField(_("format"), max_length=10, choices=FORMATS, default=PDF)
    paper = models.CharField(_("paper"), max_length=10, choices=PAPERS, default=A4)
    language = models.CharField(_("language"), max_length=10, default="en")
    content_version = models.PositiveIntegerField(_("content version"), default=1)
    """Counts overrides and steps of approval: each makes a new brief row, the old file stays as history."""

    job = models.OneToOneField(Job, models.SET_NULL, null=True, related_name="brief", verbose_name=_("job"))
    file = models.CharField(_("file"), max_length=200, blank=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    size = models.PositiveIntegerField(_("bytes"), null=True, editable=False)
    pages = models.PositiveIntegerField(_("pages"), null=True, editable=False)
    missing_glyphs = models.BooleanField(_("characters missing from the fonts"), default=False)

    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("asked for by")
    )
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
        ]

    def __str__(self) -> str:
        return f"{self.decision.number_words} ({self.get_audience_display()})"

    @property
    def state(self) -> str:
        """How far it is: one of the four."""
        if self.file:
            return self.READY
        if self.job is None or self.job.state in (Job.FAILED, Job.CANCELLED):
            return self.FAILED
        return self.RENDERING if self.job.state == Job.RUNNING else self.QUEUED

    @property
    def place(self) -> Place | None:
        """Its place in the queue, while it is waited for."""
        return job_place(self.job) if self.job and self.state in (self.QUEUED, self.RENDERING) else None

    @property
    @admin.display(description=_("what went wrong"))
    def error(self) -> str:
        """What went wrong at the last attempt."""
        return self.job.error if self.job else ""
