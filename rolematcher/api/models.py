"""Tokens, by which another program acts for a person; only a hash of each is kept."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Token(models.Model):
    """A program's way in, with the rights of its person but no more than its scopes."""

    READ, MAKE, REVIEW = "read", "make", "review"
    SCOPES = [
        (READ, _("read decisions, figures and rules")),
        (MAKE, _("make decisions and note what came of them")),
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
