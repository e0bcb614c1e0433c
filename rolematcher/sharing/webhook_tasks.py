"""The jobs of webhooks. In: a job of the outbox. Out: one try, a mail, the follow-ups of the day told."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from rolematcher.outbox.kinds import job_kind
from rolematcher.outbox.models import Job

from .models import Webhook, WebhookMessage
from .webhooks import follow_ups_tell, message_try

KEPT = timedelta(days=30)
"""How long ended messages stay to be looked at."""


@job_kind("webhook", soft=25, hard=35, outside=True)
def webhook_try(job: Job) -> None:
    """One try at the message that waits for this job. A try that is done twice carries the same id."""
    known = WebhookMessage.objects.select_related("webhook__owner__team", "decision")
    message = known.filter(job=job).first()
    if message is not None:
        message_try(message)


@job_kind("webhook_off", outside=True)
def webhook_off(job: Job) -> None:
    """Tell its owner that a webhook is switched off."""
    webhook = Webhook.objects.select_related("owner").filter(pk=job.payload["webhook"]).first()
    if webhook is None or webhook.off_at is None or not webhook.owner.email or not webhook.owner.is_active:
        return
    with override(webhook.owner.language or settings.LANGUAGE_CODE):
        told = _(
            "%(address)s did not take our messages, so it gets no more. Look at what it answered and switch"
            " it on again here:"
        ) % {"address": webhook.address}
        page = urljoin(webhook.site, reverse("webhooks"))
        EmailMessage(
            subject=_("A webhook is switched off"), body=f"{told}\n{page}", to=[webhook.owner.email]
        ).send()


@job_kind("webhooks_daily", every=24 * 3600)
def webhooks_daily(job: Job) -> None:
    """Tell of follow-ups that came due, and forget messages that ended long ago."""
    follow_ups_tell()
    ended = WebhookMessage.objects.exclude(state=WebhookMessage.WAITING).exclude(event="follow_up.due")
    ended.filter(created_at__lt=timezone.now() - KEPT).delete()
