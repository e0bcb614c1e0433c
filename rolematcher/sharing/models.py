"""Read-only links to a decision for people without an account, and who opened them when."""

from __future__ import annotations

import base64
import uuid
from typing import TypedDict

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rolematcher.decisions.approval import Approver
from rolematcher.decisions.models import Decision
from rolematcher.intake.models import Draft
from rolematcher.outbox.models import Job

from .links import key_derived, secret_derived


class FrozenQuestion(TypedDict):
    """A question as the manager was asked it, whatever the rulebook says later."""

    id: str
    ask: str
    help: str
    many: bool
    choices: list[list[str]]
    """The id and the words of each."""


class Link(models.Model):
    """A random address that somebody made. Only the hash of its secret is kept."""

    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("made by"))
    secret_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    expires_at = models.DateTimeField(_("works until"))
    revoked_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def open(self) -> bool:
        """Does the link still work?"""
        return self.revoked_at is None and timezone.now() < self.expires_at


class ShareLink(Link):
    """An address that shows one decision."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="shares", verbose_name=_("decision"))
    label = models.CharField(_("for"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("share link")
        verbose_name_plural = _("share links")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.label or str(self.pk)


class ShareOpening(models.Model):
    """The link was opened: when, and what was fetched. No address is kept."""

    link = models.ForeignKey(ShareLink, models.CASCADE, related_name="openings")
    at = models.DateTimeField(auto_now_add=True)
    what = models.CharField(max_length=10)

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


class ManagerRequest(Link):
    """Open questions sent to a hiring manager by link."""

    draft = models.ForeignKey(Draft, models.CASCADE, null=True, blank=True, related_name="manager_requests")
    decision = models.ForeignKey(
        Decision, models.CASCADE, null=True, blank=True, related_name="manager_requests"
    )
    project = models.CharField(_("project"), max_length=200, blank=True)
    questions = models.JSONField()
    answers = models.JSONField(default=dict, blank=True)
    note = models.TextField(blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
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
        return super().open and self.answered_at is None

    @property
    def page(self) -> str:
        """Where the recruiter asks and reads replies."""
        if self.draft is not None:
            return reverse("manager_ask", args=[self.draft.public_id])
        assert self.decision is not None  # noqa: S101 (a request is about one or the other)
        return reverse("manager_ask_decision", args=[self.decision.public_id])


class Webhook(models.Model):
    """An address of another program that is told of what happens. Its secret is worked out, not kept."""

    EVENTS = [
        ("decision.made", _("a decision was made")),
        ("brief.ready", _("a document is ready")),
        ("decision.overridden", _("a decision was overridden")),
        ("approval.answered", _("an approver answered")),
        ("follow_up.due", _("a follow-up is due")),
    ]

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="webhooks", verbose_name=_("belongs to")
    )
    address = models.CharField(_("address"), max_length=500)
    events = models.JSONField(_("events"), default=list)
    nonce = models.CharField(max_length=64, editable=False)
    site = models.CharField(max_length=200, editable=False)
    """Where the product was reached when it was made: links in messages begin with it."""
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    off_at = models.DateTimeField(_("switched off"), null=True, blank=True)
    failures = models.PositiveSmallIntegerField(_("failed tries since the last that arrived"), default=0)
    held_until = models.DateTimeField(_("held until"), null=True, blank=True)
    """After a failure nothing is tried before: one slow receiver must not keep the worker from the others."""

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.address

    @property
    def event_words(self) -> list[str]:
        """What it is told of."""
        return [str(words) for event, words in self.EVENTS if event in self.events]

    @property
    def secret(self) -> str:
        """What the receiver checks signatures with, in the form the convention gives it."""
        return "whsec_" + base64.b64encode(key_derived("webhook", self.nonce)).decode()


class WebhookMessage(models.Model):
    """One thing a webhook is told: ids and a link, the same at every try."""

    WAITING, ARRIVED, GIVEN_UP = "waiting", "arrived", "given_up"
    STATES = [(WAITING, _("under way")), (ARRIVED, _("arrived")), (GIVEN_UP, _("given up"))]

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="messages")
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.CharField(_("event"), max_length=30, choices=Webhook.EVENTS)
    decision = models.ForeignKey(Decision, models.CASCADE, related_name="+", verbose_name=_("decision"))
    data = models.JSONField(_("data"), default=dict)
    state = models.CharField(_("state"), max_length=10, choices=STATES, default=WAITING)
    job = models.OneToOneField(Job, models.SET_NULL, null=True, related_name="+", editable=False)
    """The next try."""
    tried = models.PositiveSmallIntegerField(_("tries"), default=0)
    """Since it was made or sent again."""
    created_at = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        verbose_name = _("message of a webhook")
        verbose_name_plural = _("messages of webhooks")
        ordering = ["-id"]
        permissions = [("resend_webhookmessage", _("Can send a message of a webhook again"))]
        indexes = [models.Index(fields=["created_at"], name="webhook_message_made")]

    def __str__(self) -> str:
        return f"{self.event} {self.pk}"


class WebhookTry(models.Model):
    """One try at sending a message: the status it was answered with, or what went wrong."""

    message = models.ForeignKey(WebhookMessage, models.CASCADE, related_name="tries")
    number = models.PositiveSmallIntegerField(_("try"))
    at = models.DateTimeField(_("when"), auto_now_add=True)
    status = models.PositiveSmallIntegerField(_("status"), null=True)
    error = models.CharField(_("what went wrong"), max_length=200, blank=True)
    milliseconds = models.PositiveIntegerField(_("milliseconds"), default=0)

    class Meta:
        verbose_name = _("try")
        verbose_name_plural = _("tries")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.number}: {self.status or self.error}"
