"""People, their teams, and the audit trail: its rows are appended, chained by hash, never changed."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

RECRUITERS, REVIEWERS, RULES_EDITORS = "recruiter", "reviewer", "rules editor"
"""Names of the three groups, made by `people.groups_ensure`."""


class Team(models.Model):
    """People who see each other's decisions. Somebody without a team sees only her own."""

    name = models.CharField(_("name"), max_length=100, unique=True)

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


def languages() -> list[tuple[str, object]]:
    """The languages somebody can choose, and none."""
    return [("", _("as the browser asks")), *settings.LANGUAGES]


class User(AbstractUser):
    """Somebody who signs in."""

    team = models.ForeignKey(Team, models.SET_NULL, null=True, blank=True, verbose_name=_("team"))
    language = models.CharField(_("language"), max_length=10, choices=languages, blank=True)

    @property
    def shown_name(self) -> str:
        """Her name as printed on a brief: full name, or the sign-in name."""
        return self.get_full_name() or self.username


FIRST_HASH = "0" * 64
"""What the first event names as the one before it."""


class AuditEvent(models.Model):
    """One thing that happened. `detail` holds ids and choices only, never text that people typed.

    The actor has no database constraint: removing an account must not touch a written row.
    """

    at = models.DateTimeField(_("when"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        related_name="+",
        verbose_name=_("who"),
    )
    verb = models.CharField(_("what"), max_length=50, db_index=True)
    object_type = models.CharField(_("kind"), max_length=50)
    object_id = models.CharField(_("object"), max_length=50)
    detail = models.JSONField(_("detail"), default=dict)
    previous_hash = models.CharField(_("hash before it"), max_length=64)
    hash = models.CharField(_("hash"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["object_type", "object_id"], name="audit_object"),
            models.Index(fields=["at"], name="audit_at"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_type} {self.object_id}"


def event_hash(event: AuditEvent) -> str:
    """The seal of one event: SHA-256 over the hash before it and everything it says."""
    said = {
        "previous": event.previous_hash,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": event.actor_id,
        "verb": event.verb,
        "type": event.object_type,
        "id": event.object_id,
        "detail": event.detail,
    }
    text = json.dumps(said, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
