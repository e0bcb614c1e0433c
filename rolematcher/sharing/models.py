"""Read-only links to a decision for people without an account, and who opened them when."""

from __future__ import annotations

from typing import TypedDict

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rolematcher.decisions.approval import Approver
from rolematcher.decisions.models import Decision
from rolematcher.intake.models import Draft

from .links import secret_derived


class FrozenQuestion(TypedDict):
    """A question as the manager was asked it, whatever the rulebook says later."""

    id: str
    ask: str
    help: str
    many: bool
    choices: list[list[str]]
    """The id and the words of each."""


class ShareLink(models.Model):
    """A random address that shows one decision. Only the hash of its secret is kept."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="shares")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    secret_hash = models.CharField(max_length=64, unique=True)
    label = models.CharField(_("for"), max_length=100, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("share link")
        verbose_name_plural = _("share links")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.label or str(self.pk)

    @property
    def open(self) -> bool:
        """Does the link still work?"""
        return self.revoked_at is None and timezone.now() < self.expires_at


class ShareOpening(models.Model):
    """The link was opened: when, what was fetched, and with which kind of browser. No address is kept."""

    link = models.ForeignKey(ShareLink, models.CASCADE, related_name="openings")
    at = models.DateTimeField(auto_now_add=True)
    what = models.CharField(max_length=10)
    browser = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name = _("opening")
        verbose_name_plural = _("openings")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.what}"


class ApproverLink(models.Model):
    """The address under which somebody without an account answers. It can be mailed again as a reminder:

    its secret is worked out from SECRET_KEY and a random `nonce`, so the database alone does not hold it.
    """

    approver = models.OneToOneField(Approver, models.CASCADE, related_name="link")
    nonce = models.CharField(max_length=64, editable=False)
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = _("link of an approver")
        verbose_name_plural = _("links of approvers")

    def __str__(self) -> str:
        return str(self.approver)

    @property
    def secret(self) -> str:
        """What stands in the address."""
        return secret_derived("approver", self.nonce)

    @property
    def open(self) -> bool:
        """Can it still be used, as far as time goes?"""
        return timezone.now() < self.expires_at


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
