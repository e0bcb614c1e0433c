"""Mails about approvals. In: the id of an approver. Out: a mail to them, or to whoever asked."""

from __future__ import annotations

from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _
from django.utils.translation import override

from rolematcher.briefs.house import house_of
from rolematcher.decisions.approval import Approver
from rolematcher.outbox.kinds import job_kind
from rolematcher.outbox.models import Job

from .approvals import approver_address, approvers_remind


@job_kind("approval_mail", outside=True)
def approval_mail(job: Job) -> None:
    """Ask somebody for their approval, or remind them. Nothing where it is not their turn any more."""
    approver = _approver(job)
    if approver is None or not approver.may_answer or approver.approval.decision.deleted_at:
        return
    to = approver.user.email if approver.user else approver.email
    if not to or (approver.user and not approver.user.is_active):
        return
    language = approver.user.language if approver.user else ""
    asked_by = approver.approval.asked_by
    with override(language or approver.approval.language):
        EmailMessage(
            subject=_subject(approver, reminder=bool(job.payload["reminder"])),
            body=_asking(approver),
            to=[to],
            reply_to=[asked_by.email] if asked_by.email else None,
        ).send()


@job_kind("approval_answered", outside=True)
def approval_answered(job: Job) -> None:
    """Tell whoever asked. The answer stays in the house: the mail says only that it is there."""
    approver = _approver(job)
    if approver is None:
        return
    decision, asked_by = approver.approval.decision, approver.approval.asked_by
    if not asked_by.email or not asked_by.is_active:
        return
    with override(asked_by.language or settings.LANGUAGE_CODE):
        said = _("%(who)s answered about %(number)s.") % {
            "who": approver.shown_name,
            "number": decision.number_words,
        }
        page = urljoin(approver.approval.site, f"{decision.get_absolute_url()}#approval")
        EmailMessage(subject=_("An approver answered"), body=f"{said}\n\n{page}", to=[asked_by.email]).send()


@job_kind("approvals_remind", every=3600)
def approvals_reminded(job: Job) -> None:
    """Remind who has not answered for as many days as the house says."""
    approvers_remind(days=house_of().approval_days)


def _approver(job: Job) -> Approver | None:
    known = Approver.objects.select_related("approval__asked_by", "approval__decision", "user", "link")
    return known.filter(pk=job.payload["approver"]).first()


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
