"""Rulebook editions: frozen, numbered texts, each read once a process. The highest published one decides."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rolematcher.rules import Rulebook, rulebook_read

MOST_KEPT = 8
"""Rulebooks kept in memory: the deciding one, a few that past decisions are pinned to, a draft or two."""


class EditionQuerySet(models.QuerySet["Edition"]):
    """Which editions there are."""

    def published(self) -> EditionQuerySet:
        """Editions that may decide, newest first."""
        return self.filter(state=Edition.PUBLISHED).order_by("-number")

    def current(self) -> Edition:
        """The edition that decides now, its text left in the database until asked for.

        Raises Edition.DoesNotExist before the first is published.
        """
        return self.published().defer("text")[:1].get()


class Edition(models.Model):
    """One rulebook text. A draft can be edited; once published it has a number and never changes."""

    DRAFT, PUBLISHED = "draft", "published"
    STATES = [(DRAFT, _("draft")), (PUBLISHED, _("published"))]

    state = models.CharField(_("state"), max_length=10, choices=STATES, default=DRAFT)
    number = models.PositiveIntegerField(_("number"), null=True, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=200, blank=True)
    text = models.TextField(_("rulebook text"))
    sha256 = models.CharField(max_length=64, editable=False)
    reason = models.TextField(_("reason for publishing"), blank=True)
    based_on = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, verbose_name=_("based on")
    )
    saved_version = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    replay_seen = models.PositiveIntegerField(null=True, editable=False)
    """The saved version of which somebody has looked at what it changes in past decisions."""
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("published by"),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    published_at = models.DateTimeField(_("published"), null=True, editable=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("rulebook edition")
        verbose_name_plural = _("rulebook editions")
        ordering = ["-number", "-id"]
        permissions = [("publish_edition", _("Can publish a rulebook edition"))]
        constraints = [
            models.CheckConstraint(
                name="edition_published_is_numbered",
                condition=Q(state="draft", number=None) | Q(state="published", number__isnull=False),
            )
        ]

    def __str__(self) -> str:
        if self.number:
            return _("edition %(number)s") % {"number": self.number}
        return _("draft %(id)s") % {"id": self.pk}

    def decided_before(self) -> bool:
        """Is there any past decision that another text could decide otherwise?"""
        return Edition.objects.filter(decisions__isnull=False).exists()


def text_hash(text: str) -> str:
    """The checksum an edition's text is known by, the same as its `Rulebook.sha256`."""
    return hashlib.sha256(text.encode()).hexdigest()


_kept: dict[str, Rulebook] = {}


def rulebook_of(edition: Edition) -> Rulebook:
    """The rulebook of an edition, the same object for the same text. The text column is read only when new.

    Raises RulebookError where a draft's text is wrong, ValueError where a text is not the one that was saved.
    """
    if found := _kept.get(edition.sha256):
        return found
    rulebook = rulebook_read(edition.text)
    if rulebook.sha256 != edition.sha256:
        raise ValueError(
            _("The text of %(edition)s is not the one that was saved; restore it from a backup.")
            % {"edition": edition}
        )
    if len(_kept) >= MOST_KEPT:
        _kept.clear()
    return _kept.setdefault(edition.sha256, rulebook)
