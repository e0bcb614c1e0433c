"""Asking people to approve a decision: the rows, and how far it is. Links and mails stand in `sharing`.

In: a decision. Out: who was asked last, what they answered, and the one word that lists show.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from rolematcher.accounts.models import User

    from .models import Decision

NOT_ASKED, WAITING, SENT_BACK, APPROVED, CHANGED = "", "waiting", "sent_back", "approved", "changed"
STATES = [
    (WAITING, _("waiting for approval")),
    (APPROVED, _("approved")),
    (SENT_BACK, _("sent back")),
    (CHANGED, _("changed since it was approved")),
]


class Approval(models.Model):
    """One asking about one version of a decision. The newest that was not withdrawn counts."""

    decision = models.ForeignKey("decisions.Decision", models.CASCADE, related_name="approvals")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    in_order = models.BooleanField(_("one after the other"))
    language = models.CharField(_("language"), max_length=10)
    site = models.CharField(max_length=200, editable=False)
    """Where the product was reached when it was asked: mails sent later lead there."""
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        app_label = "decisions"
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d}"


class Approver(models.Model):
    """One person who is asked: a colleague with an account, or somebody outside by name."""

    YES, BACK, OTHER = "approve", "send_back", "other"
    ANSWERS = [
        (YES, _("approved")),
        (BACK, _("sent back")),
        (OTHER, _("approved with another recommendation")),
    ]

    approval = models.ForeignKey(Approval, models.CASCADE, related_name="approvers")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True)
    """When it was their turn; None while others come first."""
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=10, choices=ANSWERS, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    overrides = models.PositiveIntegerField(default=0)
    """How many overrides were in force once they had answered: what they said yes to."""

    class Meta:
        app_label = "decisions"
        verbose_name = _("approver")
        verbose_name_plural = _("approvers")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(name="approver_once", fields=["approval", "number"])]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The name as it is printed."""
        return self.name or str(_("an approver"))

    @property
    def may_answer(self) -> bool:
        """Was this person asked, has not answered, and nobody withdrew it or sent it back?"""
        waits = self.asked_at is not None and self.answered_at is None
        sent_back = self.approval.approvers.filter(answer=Approver.BACK).exists()
        return waits and self.approval.withdrawn_at is None and not sent_back


def approval_of(decision: Decision) -> Approval | None:
    """The asking that counts, with its approvers; None where nobody is asked."""
    asked = decision.approvals.filter(withdrawn_at=None).select_related("asked_by")
    return asked.prefetch_related("approvers__user").first()


def approvals_waiting_for(user: User, most: int = 5) -> list[Approver]:
    """Where this person is asked by her account and it is her turn, the longest first."""
    mine = Approver.objects.filter(user=user, answered_at=None, approval__withdrawn_at=None)
    waiting = mine.filter(approval__decision__approval=WAITING, approval__decision__deleted_at=None)
    rows = waiting.exclude(asked_at=None).select_related("approval__decision")
    return list(rows.order_by("asked_at")[:most])


def approval_state(approval: Approval | None, *, overrides: int) -> str:
    """One of `STATES`, "" where nobody is asked. `overrides`: how many are in force."""
    if approval is None:
        return NOT_ASKED
    approvers = list(approval.approvers.all())
    if any(one.answer == Approver.BACK for one in approvers):
        return SENT_BACK
    if any(one.answered_at is None for one in approvers):
        return WAITING
    return APPROVED if max(one.overrides for one in approvers) == overrides else CHANGED


def approval_restate(decision: Decision) -> None:
    """Write down how far it is, after an answer or an override; documents made from now on say so."""
    if not decision.approvals.exists():
        return
    decision.approval = approval_state(approval_of(decision), overrides=decision.overrides.count())
    type(decision).objects.filter(pk=decision.pk).update(
        approval=decision.approval, approval_steps=F("approval_steps") + 1
    )
    decision.refresh_from_db(fields=["approval_steps"])
    decision.__dict__.pop("approvers", None)


def approval_end(decision: Decision) -> None:
    """Nobody is asked any more: it was withdrawn, or a new version takes its place."""
    if decision.approvals.filter(withdrawn_at=None).update(withdrawn_at=timezone.now()):
        approval_restate(decision)
