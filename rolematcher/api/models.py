"""Tokens, by which another program acts for a person; and many decisions from one file."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rolematcher.decisions.models import Decision


class Token(models.Model):
    """A program's way in, with the rights of its person but no more than its scopes."""

    READ, MAKE, REVIEW = "read", "make", "review"
    SCOPES = [
        (READ, _("read decisions, figures and rules")),
        (MAKE, _("make decisions and record their outcome")),
        (REVIEW, _("override decisions, where you may")),
    ]

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="tokens")
    name = models.CharField(_("name"), max_length=100)
    hash = models.CharField(max_length=64, unique=True, editable=False)
    scopes = models.JSONField(_("scopes"), default=list)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    expires_at = models.DateTimeField(_("works until"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    used_at = models.DateTimeField(_("last used"), null=True, blank=True)

    class Meta:
        verbose_name = _("token")
        verbose_name_plural = _("tokens")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name

    @property
    def open(self) -> bool:
        """Does it still work?"""
        return self.revoked_at is None and self.expires_at > timezone.now()

    @property
    def scope_words(self) -> list[str]:
        """What it may do, in words."""
        return [str(words) for scope, words in self.SCOPES if scope in self.scopes]


class Batch(models.Model):
    """Many decisions from one file. Jobs make its lines, so many at a time."""

    RUNNING, DONE, CANCELLED, STUCK = "running", "done", "cancelled", "stuck"
    STATES = [
        (RUNNING, _("being made")),
        (DONE, _("done")),
        (CANCELLED, _("cancelled")),
        (STUCK, _("stuck")),
    ]

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="batches")
    name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    idempotency_key = models.CharField(max_length=64, editable=False)
    body_hash = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)

    class Meta:
        verbose_name = _("batch")
        verbose_name_plural = _("batches")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(name="batch_once", fields=["owner", "idempotency_key"])]

    def __str__(self) -> str:
        return self.name or str(self.public_id)


class BatchLine(models.Model):
    """One line of a batch. Its answers and evidence are kept only until its decision holds them."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="lines", db_index=False)
    number = models.PositiveIntegerField(_("line"))
    answers = models.JSONField(default=dict)
    evidence = models.JSONField(default=dict)
    """Which words of a pasted description its answers rest on."""
    decision = models.ForeignKey(Decision, models.SET_NULL, null=True, related_name="+")
    error = models.CharField(_("what went wrong"), max_length=500, blank=True)
    ended = models.BooleanField(default=False)
    """Made, refused or cancelled: nothing is left to do."""

    class Meta:
        verbose_name = _("line of a batch")
        verbose_name_plural = _("lines of a batch")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(name="batch_line_once", fields=["batch", "number"])]

    def __str__(self) -> str:
        return f"{self.number}"
