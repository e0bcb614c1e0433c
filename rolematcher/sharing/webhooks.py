"""Telling other programs what happens: webhooks made and ended, messages queued, tried, given up. Verbs.

A message is one row and, while it is under way, one job of the outbox for its next try. Signed as the
convention of standardwebhooks.com says; it holds ids and a link, never what people typed.
"""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Mapping, Sequence
from secrets import token_hex
from urllib.parse import urljoin

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _
from standardwebhooks.webhooks import Webhook as Signer

from rolematcher.accounts.audit import audit
from rolematcher.accounts.models import User
from rolematcher.decisions.models import DUE_AFTER, Decision
from rolematcher.decisions.signals import happened
from rolematcher.outbox.models import Job
from rolematcher.outbox.services import job_cancel, job_enqueue, jobs_enqueue

from .models import Webhook, WebhookMessage
from .webhook_send import Failed, Refused, address_checked, posted

MOST_WEBHOOKS = 10
PAUSES = (10, 60, 300, 900, 2_700, 7_200, 14_400, 25_200, 36_000)
"""Seconds before the second, third ... tenth try: a day in all."""
GONE = 410
"""The receiver says that it wants no more."""

Data = Mapping[str, str | int]


def webhook_make(*, user: User, address: str, events: Sequence[str], site: str) -> Webhook:
    """A webhook that is told of these events from now on. Raises Refused, or ValueError with too many."""
    if user.webhooks.count() >= MOST_WEBHOOKS:
        raise ValueError(_("You have many webhooks already; remove one first."))
    with transaction.atomic():
        webhook = Webhook.objects.create(
            owner=user,
            address=address_checked(address),
            events=sorted(events),
            nonce=token_hex(32),
            site=settings.PUBLIC_ADDRESS or site,
        )
        audit("webhook.made", webhook, actor=user, events=webhook.events)
    return webhook


def webhook_switch(webhook: Webhook, *, user: User | None, on: bool) -> None:
    """Switch it on or off; off, what is under way is given up. Nothing where it is so already."""
    off = None if on else timezone.now()
    with transaction.atomic():
        other = Webhook.objects.filter(pk=webhook.pk, off_at__isnull=not on)
        if other.update(off_at=off, failures=0, held_until=None):
            _given_up(webhook)
            audit("webhook.on" if on else "webhook.off", webhook, actor=user)


def webhook_remove(webhook: Webhook, *, user: User) -> None:
    """Take it away with its messages."""
    with transaction.atomic():
        _given_up(webhook)
        audit("webhook.removed", webhook, actor=user)
        webhook.delete()


@receiver(happened)
def messages_queue(event: str, decisions: Sequence[Decision], data: Data, **_signal: object) -> None:
    """Tell every webhook that wants this event and whose owner may see the decision, in one transaction."""
    ids = [decision.pk for decision in decisions]
    for webhook in _wanting(event):
        seen = list(
            Decision.objects.visible_to(webhook.owner).filter(pk__in=ids).values_list("pk", flat=True)
        )
        jobs = jobs_enqueue("webhook", len(seen))
        WebhookMessage.objects.bulk_create(
            WebhookMessage(webhook=webhook, event=event, decision_id=pk, data=dict(data), job=job)
            for pk, job in zip(seen, jobs, strict=True)
        )


def _wanting(event: str) -> list[Webhook]:
    on = Webhook.objects.filter(off_at=None).select_related("owner")
    return [webhook for webhook in on if event in webhook.events]


def follow_ups_tell() -> int:
    """Tell webhooks of decisions whose follow-up has come due since the webhook was made, each once."""
    queued = 0
    for webhook in _wanting("follow_up.due"):
        told = webhook.messages.filter(event="follow_up.due").values("decision")
        due = Decision.objects.visible_to(webhook.owner).filter(
            created_at__lt=timezone.now() - DUE_AFTER,
            created_at__gt=webhook.created_at - DUE_AFTER,
            outcome=None,
            status__in=[Decision.ACCEPTED, Decision.FILLED],
        )
        for decision in due.exclude(pk__in=told).only("pk")[:1000]:
            with transaction.atomic():
                _queued(WebhookMessage(webhook=webhook, event="follow_up.due", decision=decision))
            queued += 1
    return queued


def _signed(message: WebhookMessage) -> tuple[bytes, dict[str, str]]:
    """The JSON that is sent, the same bytes at every try; and headers by which the receiver knows it.

    Their id, time and signature say that it comes from here, now and once.
    """
    decision, site = message.decision, message.webhook.site
    told = {
        "type": message.event,
        "timestamp": message.created_at.isoformat(),
        "data": {
            "decision": str(decision.public_id),
            "version": decision.version,
            "link": urljoin(site, decision.get_absolute_url()),
            **message.data,
        },
    }
    body, id, at = json.dumps(told, separators=(",", ":")), f"msg_{message.public_id.hex}", timezone.now()
    return body.encode(), {
        "Content-Type": "application/json",
        "User-Agent": "Role-Matcher-Webhooks",
        "webhook-id": id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Signer(message.webhook.secret).sign(id, at, body),
    }


def message_try(message: WebhookMessage) -> None:
    """Try once. After a failure the next try is queued and the webhook held; after ten it is switched off."""
    webhook = message.webhook
    # Rights end: whoever was moved or disabled learns nothing more.
    known = Decision.objects.visible_to(webhook.owner).filter(pk=message.decision_id).exists()
    if webhook.off_at or message.state != WebhookMessage.WAITING or not known:
        waiting = WebhookMessage.objects.filter(pk=message.pk, state=WebhookMessage.WAITING)
        waiting.update(state=WebhookMessage.GIVEN_UP)
        return
    if webhook.held_until and webhook.held_until > timezone.now():
        _queued(message, due=webhook.held_until)
        return
    began, status, error = time.monotonic(), None, ""
    try:
        status = posted(webhook.address, *_signed(message))
    except (Refused, Failed) as fault:
        error = str(fault)
    taken = round((time.monotonic() - began) * 1000)
    with transaction.atomic():
        message.tried += 1
        number = message.tries.count() + 1
        message.tries.create(number=number, status=status, error=error[:200], milliseconds=taken)
        _concluded(message, status)


def message_resend(message: WebhookMessage, *, user: User) -> bool:
    """Begin anew with a message that was given up or has arrived. False where it is under way or off.

    Raises PermissionDenied without the right to.
    """
    if not user.has_perm("sharing.resend_webhookmessage"):
        raise PermissionDenied
    with transaction.atomic():
        ended = WebhookMessage.objects.filter(pk=message.pk, webhook__off_at=None)
        if not ended.exclude(state=WebhookMessage.WAITING).update(state=WebhookMessage.WAITING, tried=0):
            return False
        Webhook.objects.filter(pk=message.webhook_id).update(held_until=None)
        message.refresh_from_db()
        _queued(message)
        audit("webhook.resent", message, actor=user, event=message.event)
    return True


def _concluded(message: WebhookMessage, status: int | None) -> None:
    this = Webhook.objects.filter(pk=message.webhook_id)
    if status in range(200, 300):
        message.state = WebhookMessage.ARRIVED
        this.exclude(failures=0).update(failures=0, held_until=None)
        message.save(update_fields=["state", "tried"])
        return
    this.update(failures=F("failures") + 1)
    failures = this.values_list("failures", flat=True).get()
    if status != GONE and max(message.tried, failures) <= len(PAUSES):
        now = timezone.now()
        this.update(held_until=now + dt.timedelta(seconds=PAUSES[failures - 1]))
        _queued(message, due=now + dt.timedelta(seconds=PAUSES[message.tried - 1]))
    else:
        message.state = WebhookMessage.GIVEN_UP
        webhook_switch(message.webhook, user=None, on=False)
        key = f"webhook_off:{message.pk}:{message.tries.count()}"
        job_enqueue("webhook_off", {"webhook": message.webhook_id}, key=key)
        message.save(update_fields=["state", "tried"])


def _queued(message: WebhookMessage, *, due: dt.datetime | None = None) -> None:
    message.job = job_enqueue("webhook", due=due)
    message.save()


def _given_up(webhook: Webhook) -> None:
    waiting = webhook.messages.filter(state=WebhookMessage.WAITING)
    job_cancel(Job.objects.filter(pk__in=waiting.exclude(job=None).values("job")))
    waiting.update(state=WebhookMessage.GIVEN_UP)
