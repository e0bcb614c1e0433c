"""Sending a decision for approval: links, mails, the answer behind a link, the reminder. Verbs, no pages.

What is asked and answered is kept by `decisions.approval_verbs`; this adds how people are reached.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from secrets import token_hex
from urllib.parse import urljoin

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from rolematcher.accounts.audit import audit
from rolematcher.accounts.models import User
from rolematcher.briefs.models import Brief
from rolematcher.briefs.services import brief_request
from rolematcher.decisions.approval import WAITING, Approval, Approver
from rolematcher.decisions.approval_verbs import Asked, approval_answer, approval_ask
from rolematcher.decisions.models import Decision
from rolematcher.outbox.models import Job
from rolematcher.outbox.services import job_enqueue
from rolematcher.web.rate_limit import slow_down

from .links import LinkClosed, secret_derived, secret_hash
from .models import ApproverLink
from .services import mail_is_printed

SENDINGS = {"most": 20, "seconds": 3600}
RIGHTS = "django.contrib.auth.backends.ModelBackend"


def colleagues_of(decision: Decision, user: User) -> QuerySet[User]:
    """Whom this person can ask by account: who may see the decision, but for its owner and herself."""
    may_see = Q(pk__in=User.objects.with_perm("decisions.review_decision", backend=RIGHTS).values("pk"))
    if decision.team_id:
        may_see |= Q(team_id=decision.team_id)
    found = User.objects.filter(may_see, is_active=True)
    return found.exclude(pk__in=[decision.owner_id, user.pk]).order_by("username")


def approval_send(
    decision: Decision,
    *,
    user: User,
    people: Sequence[Asked],
    in_order: bool,
    days: int,
    language: str,
    site: str,
) -> Approval:
    """Ask these people: by mail where there is an address, by a link to hand on where there is none.

    Raises ValueError as `approval_ask` does, TooMany where one person sends very often.
    """
    slow_down("approval", str(user.pk), **SENDINGS)
    with transaction.atomic():
        brief_request(decision, user=user, audience=Brief.CLIENT, language=language)
        approval = approval_ask(
            decision, user=user, people=people, in_order=in_order, language=language, site=site
        )
        ends = timezone.now() + timedelta(days=days)
        for approver in approval.approvers.filter(user=None):
            nonce = token_hex(32)
            hashed = secret_hash(secret_derived("approver", nonce))
            ApproverLink.objects.create(approver=approver, nonce=nonce, secret_hash=hashed, expires_at=ends)
        _mail_whose_turn(approval)
    return approval


def links_to_hand_on(approval: Approval) -> list[tuple[Approver, str]]:
    """Approvers whom no mail reaches (all of them where no mail server is set up), each with the address."""
    everybody = mail_is_printed()
    outside = approval.approvers.filter(user=None).select_related("link")
    return [(one, approver_address(one)) for one in outside if everybody or not one.email]


def approver_address(approver: Approver) -> str:
    """Where this person answers."""
    if approver.user_id:
        path = reverse("approval_colleague", args=[approver.pk])
    else:
        path = reverse("approval_reply", args=[approver.link.secret])
    return urljoin(approver.approval.site, path)


def approver_by(secret: str) -> Approver:
    """The person behind a link that works, their turn or not. Raises LinkClosed."""
    known = ApproverLink.objects.select_related(
        "approver__approval__asked_by",
        "approver__approval__decision__owner",
        "approver__approval__decision__edition",
        "approver__approval__decision__profiles",
        "approver__user",
    )
    link = known.filter(secret_hash=secret_hash(secret)).first()
    if link is None or not (link.open or link.approver.answered_at):
        raise LinkClosed
    approval = link.approver.approval
    if approval.withdrawn_at or approval.decision.deleted_at:
        raise LinkClosed
    return link.approver


def approval_reply(
    approver: Approver, *, answer: str, reason: str, role: str, recommendation: str, seen: int
) -> None:
    """Keep the answer; whoever asked is mailed, and whoever comes next. Raises as `approval_answer` does."""
    with transaction.atomic():
        new = approval_answer(
            approver, answer=answer, reason=reason, role=role, recommendation=recommendation, seen=seen
        )
        if new:
            key, payload = f"approval_answered:{approver.pk}", {"approver": approver.pk}
            job_enqueue("approval_answered", payload, key=key, priority=Job.ON_REQUEST)
            _mail_whose_turn(approver.approval)


def approvers_remind(*, days: int) -> int:
    """Mail once more who was asked so many days ago and has not answered; how many. 0 days: nobody."""
    if not days:
        return 0
    now = timezone.now()
    waiting = Approver.objects.filter(
        asked_at__lt=now - timedelta(days=days),
        answered_at=None,
        reminded_at=None,
        approval__withdrawn_at=None,
        approval__decision__approval=WAITING,
        approval__decision__deleted_at=None,
    ).exclude(link__expires_at__lt=now)
    reminded = list(waiting.select_related("approval__decision")[:1000])
    for approver in reminded:
        with transaction.atomic():
            if Approver.objects.filter(pk=approver.pk, reminded_at=None).update(reminded_at=now):
                _mail(approver, reminder=True)
                audit("approval.reminded", approver.approval.decision, actor=None, number=approver.number)
    return len(reminded)


def _mail_whose_turn(approval: Approval) -> None:
    if approval.approvers.filter(answer=Approver.BACK).exists():
        return
    for approver in approval.approvers.exclude(asked_at=None).filter(answered_at=None):
        _mail(approver)


def _mail(approver: Approver, *, reminder: bool = False) -> None:
    if approver.user_id or approver.email:
        key = f"approval_mail:{approver.pk}:{int(reminder)}"
        payload = {"approver": approver.pk, "reminder": int(reminder)}
        job_enqueue("approval_mail", payload, key=key, priority=Job.ON_REQUEST)
