"""Before the decision: drafts, starting points, and the hiring manager's link."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rolematcher.decisions.models import Decision


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
