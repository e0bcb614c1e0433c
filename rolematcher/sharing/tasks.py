"""Mails and webhooks that are due. In: a job of the outbox. Out: a mail, or one try at a message.

A mail to somebody here says that there is an answer; the answer itself stays in the house.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from rolematcher.accounts.models import User
from rolematcher.briefs.house import house_of
from rolematcher.decisions.approval import Approver
from rolematcher.outbox.kinds import job_kind
from rolematcher.outbox.models import Job

from .approvals import approver_address, approvers_remind
from .models import ManagerRequest, Webhook, WebhookMessage
from .webhooks import follow_ups_tell, message_try

KEPT = timedelta(days=30)
"""How long ended messages of webhooks stay to be looked at."""


@job_kind("manager_answered", outside=True)
def manager_answered(job: Job) -> None:
    """Tell whoever asked that the manager replied."""
    asked = ManagerRequest.objects.select_related("created_by", "draft", "decision")
    request = asked.filter(pk=job.payload["request"]).first()
    if request is not None:
        _told(request.created_by, lambda: (_("The hiring manager replied"), _replied(request)))


def _replied(request: ManagerRequest) -> str:
    opening = (
        _("There is a reply to your questions about “%(project)s”.") % {"project": request.project}
        if request.project
        else _("There is a reply to your questions.")
    )
    told = [opening, _("Look at it in Role Matcher, and take over what you agree with.")]
    if settings.PUBLIC_ADDRESS:
        told.append(urljoin(settings.PUBLIC_ADDRESS.rstrip("/") + "/", request.page.lstrip("/")))
    return "\n\n".join(told)


@job_kind("approval_answered", outside=True)
def approval_answered(job: Job) -> None:
    """Tell whoever asked that an approver answered."""
    approver = _approver(job)
    if approver is not None:
        _told(approver.approval.asked_by, lambda: (_("An approver answered"), _answered(approver)))


def _answered(approver: Approver) -> str:
    decision = approver.approval.decision
    who = {"who": approver.shown_name, "number": decision.number_words}
    page = urljoin(approver.approval.site, f"{decision.get_absolute_url()}#approval")
    return _("%(who)s answered about %(number)s.") % who + f"\n\n{page}"


@job_kind("webhook_off", outside=True)
def webhook_off(job: Job) -> None:
    """Tell its owner that a webhook is switched off."""
    off = Webhook.objects.select_related("owner").exclude(off_at=None)
    webhook = off.filter(pk=job.payload["webhook"]).first()
    if webhook is not None:
        _told(webhook.owner, lambda: (_("A webhook is switched off"), _switched_off(webhook)))


def _switched_off(webhook: Webhook) -> str:
    told = _(
        "%(address)s did not take our messages, so it gets no more. Look at what it answered and switch"
        " it on again here:"
    )
    return told % {"address": webhook.address} + f"\n{urljoin(webhook.site, reverse('webhooks'))}"


def _told(user: User, words: Callable[[], tuple[str, str]]) -> None:
    """Mail subject and body to somebody here, in her language; nothing without an address or when closed."""
    if user.email and user.is_active:
        with override(user.language or settings.LANGUAGE_CODE):
            subject, body = words()
            EmailMessage(subject=subject, body=body, to=[user.email]).send()


@job_kind("approval_mail", outside=True)
def approval_mail(job: Job) -> None:
    """Ask somebody for their approval, or remind them. Nothing where it is not their turn any more."""
    approver = _approver(job)
    if approver is None or not approver.may_answer or approver.approval.decision.deleted_at:
        return
    user, asked_by = approver.user, approver.approval.asked_by
    to = user.email if user else approver.email
    if not to or (user and not user.is_active):
        return
    with override((user.language if user else "") or approver.approval.language):
        EmailMessage(
            subject=_subject(approver, reminder=bool(job.payload["reminder"])),
            body=_asking(approver),
            to=[to],
            reply_to=[asked_by.email] if asked_by.email else None,
        ).send()


def _subject(approver: Approver, *, reminder: bool) -> str:
    decision = approver.approval.decision
    about = " ".join((decision.project or decision.client or decision.number_words).split())[:100]
    if reminder:
        return _("Reminder: please approve “%(about)s”") % {"about": about}
    return _("Please approve “%(about)s”") % {"about": about}


def _asking(approver: Approver) -> str:
    opening = _("%(who)s asks you to approve a hiring decision before it goes ahead.") % {
        "who": approver.approval.asked_by.shown_name
    }
    how = _("Read and answer here; opening the page approves nothing. To send it back is a fine answer too.")
    return "\n\n".join([_("Hello,"), opening, f"{how}\n{approver_address(approver)}", _("Thank you!")])


def _approver(job: Job) -> Approver | None:
    known = Approver.objects.select_related("approval__asked_by", "approval__decision", "user", "link")
    return known.filter(pk=job.payload["approver"]).first()


@job_kind("approvals_remind", every=3600)
def approvals_reminded(job: Job) -> None:
    """Remind who has not answered for as many days as the house says."""
    approvers_remind(days=house_of().approval_days)


@job_kind("webhook", soft=25, hard=35, outside=True)
def webhook_try(job: Job) -> None:
    """One try at the message that waits for this job. A try that is done twice carries the same id."""
    message = (
        WebhookMessage.objects.select_related("webhook__owner__team", "decision").filter(job=job).first()
    )
    if message is not None:
        message_try(message)


@job_kind("webhooks_daily", every=24 * 3600)
def webhooks_daily(job: Job) -> None:
    """Tell of follow-ups that came due, and forget messages that ended long ago."""
    follow_ups_tell()
    ended = WebhookMessage.objects.exclude(state=WebhookMessage.WAITING).exclude(event="follow_up.due")
    ended.filter(created_at__lt=timezone.now() - KEPT).delete()
