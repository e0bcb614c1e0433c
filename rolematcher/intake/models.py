"""Before the decision: drafts and starting points."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rolematcher.decisions.models import Decision

NAMES = ("client", "project")
UNKNOWN: tuple[object, ...] = (None, "", "unsure", [], ["unsure"])
"""What a question holds that was answered "I don't know"."""


class Draft(models.Model):
    """A brief being prepared. `fields` are its raw answers as `rules.answers_read` takes them, even wrong.

    Client and project are columns. `asked` are the deciding questions put to her so far, in order; those
    among them left unsure are not asked again. `saved_version` counts saves and `saved_by` names the
    browser tab of the last one: another tab that saves on a version it has not seen is told, not obeyed.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    client = models.CharField(max_length=200, blank=True)
    project = models.CharField(max_length=200, blank=True)
    fields = models.JSONField(default=dict)
    asked = models.JSONField(default=list, blank=True)
    saved_version = models.PositiveIntegerField(default=1)
    saved_by = models.CharField(max_length=36, blank=True)
    new_version_of = models.ForeignKey(Decision, models.CASCADE, null=True, blank=True, related_name="+")
    became = models.ForeignKey(Decision, models.SET_NULL, null=True, blank=True, related_name="drafts")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering = ["-changed_at"]
        indexes = [models.Index(fields=["owner", "-changed_at"], name="draft_owner")]

    def __str__(self) -> str:
        return self.project or self.client or str(self.public_id)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Client and project go to their columns, wherever the answers came from."""
        for name in NAMES:
            if name in self.fields:
                setattr(self, name, str(self.fields[name] or "")[:200])
        self.fields = {name: value for name, value in self.fields.items() if name not in NAMES}
        if kwargs.get("update_fields"):
            kwargs["update_fields"] = {*kwargs["update_fields"], *NAMES}
        super().save(*args, **kwargs)

    @property
    def raw(self) -> dict[str, Any]:
        """All answers, client and project among them, as `rules.answers_read` takes them."""
        names = {name: getattr(self, name) for name in NAMES if getattr(self, name)}
        return {**self.fields, **names}

    @property
    def declined(self) -> tuple[str, ...]:
        """Questions she answered "I don't know"."""
        return tuple(id for id in self.asked if self.fields.get(id) in UNKNOWN)


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
