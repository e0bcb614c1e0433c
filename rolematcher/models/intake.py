"""Before the decision: drafts, starting points, and the hiring manager's link."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .decisions import Decision


class Draft(models.Model):
    """A form being filled in. `fields` holds the raw form fields, so that even wrong input is kept.

    `saved_version` counts saves and `saved_by` names the browser tab of the last one: another tab
    that saves on top of a version it has not seen is told, not obeyed.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    fields = models.JSONField(default=dict)
    evidence = models.JSONField(default=dict, blank=True)
    saved_version = models.PositiveIntegerField(default=1)
    saved_by = models.CharField(max_length=36, blank=True)
    new_version_of = models.ForeignKey(Decision, models.CASCADE, null=True, blank=True, related_name="+")
    became = models.ForeignKey(Decision, models.SET_NULL, null=True, blank=True, related_name="drafts")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering = ["-changed_at"]
        indexes = [models.Index(fields=["owner", "-changed_at"], name="draft_owner")]

    def __str__(self) -> str:
        return str(self.fields.get("project") or self.fields.get("client") or self.public_id)


class StartingPoint(models.Model):
    """A saved set of answers to start a brief from: support chatbot, lead routing, ..."""

    slug = models.SlugField(unique=True)
    title = models.CharField(_("title"), max_length=100)
    summary = models.CharField(_("summary"), max_length=200)
    answers = models.JSONField(_("answers"))
    order = models.PositiveIntegerField(_("order"), default=100)
    active = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("starting point")
        verbose_name_plural = _("starting points")
        ordering = ["order", "title"]

    def __str__(self) -> str:
        return self.title


class ManagerRequest(models.Model):
    """Open questions sent to a hiring manager by link. The link's secret is stored hashed."""

    draft = models.ForeignKey(Draft, models.CASCADE, null=True, blank=True, related_name="manager_requests")
    decision = models.ForeignKey(
        Decision, models.CASCADE, null=True, blank=True, related_name="manager_requests"
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    secret_hash = models.CharField(max_length=64, unique=True)
    project = models.CharField(max_length=200, blank=True)
    questions = models.JSONField()
    answers = models.JSONField(default=dict, blank=True)
    note = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    """When the recruiter accepted or declined what came back."""

    class Meta:
        verbose_name = _("question to the hiring manager")
        verbose_name_plural = _("questions to the hiring manager")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.project or str(self.pk)

    @property
    def open(self) -> bool:
        """Can the manager still answer?"""
        return self.revoked_at is None and self.answered_at is None and timezone.now() < self.expires_at
