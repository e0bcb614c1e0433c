"""The mail that says a manager answered. In: the request's id. Out: a mail to whoever asked."""

from __future__ import annotations

from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from rolematcher.outbox.kinds import job_kind
from rolematcher.outbox.models import Job

from . import approval_mails, webhook_tasks  # noqa: F401 -- they register their kinds
from .models import ManagerRequest


@job_kind("manager_answered", outside=True)
def manager_answered(job: Job) -> None:
    """Tell whoever asked. The answers stay in the house: the mail says only that they are there."""
    asked = ManagerRequest.objects.select_related("created_by", "draft", "decision")
    request = asked.filter(pk=job.payload["request"]).first()
    if request is None or not request.created_by.email or not request.created_by.is_active:
        return
    with override(request.created_by.language or settings.LANGUAGE_CODE):
        EmailMessage(
            subject=_("The hiring manager replied"), body=_words(request), to=[request.created_by.email]
        ).send()


def _words(request: ManagerRequest) -> str:
    opening = (
        _("There is a reply to your questions about “%(project)s”.") % {"project": request.project}
        if request.project
        else _("There is a reply to your questions.")
    )
    told = [opening, _("Look at it in Role Matcher, and take over what you agree with.")]
    if settings.PUBLIC_ADDRESS:
        told.append(urljoin(settings.PUBLIC_ADDRESS.rstrip("/") + "/", _path(request).lstrip("/")))
    return "\n\n".join(told)


def _path(request: ManagerRequest) -> str:
    if request.draft is not None:
        return reverse("manager_ask", args=[request.draft.public_id])
    assert request.decision is not None  # noqa: S101 (a request is about one or the other)
    return reverse("manager_ask_decision", args=[request.decision.public_id])
