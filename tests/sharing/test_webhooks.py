"""Webhooks: what is told, signed; tried over a day, given up and switched off; on screen."""

from __future__ import annotations

import html
import json
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from standardwebhooks.webhooks import Webhook as Checker

import rolematcher.briefs.tasks  # noqa: F401 -- it registers its kinds
from rolematcher.accounts.models import AuditEvent
from rolematcher.briefs.models import Brief
from rolematcher.decisions.models import Decision
from rolematcher.decisions.override import decision_override
from rolematcher.outbox.kinds import kinds
from rolematcher.outbox.models import Job
from rolematcher.sharing.models import Webhook, WebhookMessage
from rolematcher.sharing.webhooks import PAUSES, follow_ups_tell
from tests.fixtures_rows import OTHERWISE

PEOPLES_TEXT = {"client": "Canary Ltd", "project": "Canary project", "description": "Canary description"}
pytestmark = pytest.mark.usefixtures("outside")


def told(receiver) -> list[dict]:
    return [json.loads(body) for _path, _headers, body in receiver.got]


@pytest.fixture
def tried(hook, decision_of, recruiter, sent):
    """A webhook that leads to this path, told once of a decision."""

    def tell(path: str) -> Webhook:
        webhook = hook(path)
        decision_of(recruiter, work="connect")
        sent()
        return webhook

    return tell


# What is told.


def test_a_decision_that_is_made_is_told_signed_with_the_secret_and_without_a_typed_word(
    hook, receiver, decision_of, recruiter, sent
):
    webhook = hook()
    decision = decision_of(recruiter, work="connect", **PEOPLES_TEXT)
    sent()
    [(path, headers, body)] = receiver.got
    assert path == "/ok"
    named = {name.lower(): value for name, value in headers.items()}
    said = Checker(webhook.secret).verify(body, named)
    assert said["type"] == "decision.made"
    assert said["data"]["decision"] == str(decision.public_id)
    assert said["data"]["link"] == f"https://ours{decision.get_absolute_url()}"
    assert named["webhook-id"].startswith("msg_")
    message = WebhookMessage.objects.get()
    assert (message.state, message.tries.get().status) == ("arrived", 204)
    assert not {"Canary", "Rita"} & set(re.findall(r"\w+", str(receiver.got)))


def test_an_override_an_approval_and_a_document_are_told(
    hook, receiver, decision_of, recruiter, sent, ready, ana, quick_papers
):
    decision = decision_of(recruiter, work="connect")
    hook(events=["decision.overridden", "approval.answered", "brief.ready"])
    ana.post(f"/briefs/{decision.public_id}/approval/", {"name_1": "Maria", "order": "once"})
    approver = Decision.objects.get(pk=decision.pk).approvers[0]
    Client().post(f"/a/{approver.link.secret}/", {"answer": "approve", "seen": "0"})
    decision.refresh_from_db()
    decision_override(decision, user=recruiter, seen=0, **OTHERWISE)
    sent()
    brief = ready(decision, audience="client")
    sent()
    said = {one["type"]: one["data"] for one in told(receiver)}
    assert set(said) == {"decision.overridden", "approval.answered", "brief.ready"}
    assert said["approval.answered"]["answer"] == "approve"
    assert said["brief.ready"]["brief"] == str(brief.public_id)
    assert not {"Maria", "Known", "Ms B"} & set(re.findall(r"\w+", str(receiver.got)))
    assert Brief.objects.filter(pk=brief.pk, file__gt="").exists()


def test_a_follow_up_that_comes_due_is_told_once(hook, receiver, decision_of, recruiter, sent):
    decision, older = decision_of(recruiter, work="connect"), decision_of(recruiter, work="agent")
    webhook = hook(events=["follow_up.due"])
    due = timezone.now() - timedelta(days=90, minutes=1)
    Webhook.objects.filter(pk=webhook.pk).update(created_at=timezone.now() - timedelta(days=10))
    Decision.objects.filter(pk=decision.pk).update(status="filled", created_at=due)
    Decision.objects.filter(pk=older.pk).update(status="filled", created_at=due - timedelta(days=30))
    assert (follow_ups_tell(), follow_ups_tell()) == (1, 0)
    sent()
    assert [one["data"]["decision"] for one in told(receiver)] == [str(decision.public_id)]


def test_a_webhook_is_told_only_of_what_its_owner_may_see_at_that_moment(
    hook, receiver, decision_of, recruiter, stranger, colleague, sent
):
    hook(owner=stranger)
    hook(owner=colleague)
    decision_of(recruiter, work="connect")
    message = WebhookMessage.objects.get()
    assert message.webhook.owner == colleague
    colleague.team = None
    colleague.save()
    sent()
    message.refresh_from_db()
    assert (receiver.got, message.state) == ([], "given_up")


# Tried again, given up.


def test_ten_tries_with_growing_pauses_over_a_day_then_off_with_a_mail(
    hook, receiver, decision_of, recruiter, sent
):
    recruiter.email = "rita@house.example"
    recruiter.save()
    webhook = hook("/500")
    decision_of(recruiter, work="connect")
    dues = []
    for _try in range(10):
        began = timezone.now()
        sent()
        waiting = Job.objects.filter(kind="webhook", state=Job.QUEUED).first()
        dues.append(round((waiting.due_at - began).total_seconds()) if waiting else None)
    sent()
    assert len(receiver.got) == 10
    assert len({body for _path, _headers, body in receiver.got}) == 1
    assert all(abs(due - pause) < 5 for due, pause in zip(dues[:9], PAUSES, strict=True))
    assert list(PAUSES) == sorted(PAUSES)
    assert 23 < sum(PAUSES) / 3600 < 25
    webhook.refresh_from_db()
    message = WebhookMessage.objects.get()
    assert webhook.off_at is not None
    assert (message.state, message.tries.count()) == ("given_up", 10)
    [said] = [one for one in mail.outbox if one.to == ["rita@house.example"]]
    assert webhook.address in said.body
    decision_of(recruiter, work="agent")
    sent()
    assert len(receiver.got) == 10


def test_a_receiver_that_recovers_gets_the_message_and_stays_on(tried, sent):
    webhook = tried("/500")
    Webhook.objects.update(address=webhook.address.replace("/500", "/ok"))
    sent()
    assert Webhook.objects.get().off_at is None
    assert [one.status for one in WebhookMessage.objects.get().tries.all()] == [500, 204]


def test_a_receiver_that_fails_is_held_and_does_not_keep_the_worker_from_others(
    hook, receiver, decision_of, recruiter, jobs_done
):
    hook("/500")
    hook("/ok")
    for _number in range(5):
        decision_of(recruiter, work="connect")
    Job.objects.filter(kind="brief").delete()
    jobs_done()
    paths = [path for path, _headers, _body in receiver.got]
    assert (paths.count("/ok"), paths.count("/500")) == (5, 1)
    held = WebhookMessage.objects.filter(webhook__address__endswith="/500")
    assert {one.state for one in held} == {"waiting"}
    assert all(one.job.due_at > timezone.now() for one in held)


def test_ten_failures_in_a_row_end_it_however_many_messages_wait(
    hook, receiver, decision_of, recruiter, sent
):
    hook("/500")
    Webhook.objects.update(failures=9)
    for _number in range(3):
        decision_of(recruiter, work="connect")
    sent()
    assert Webhook.objects.get().off_at is not None
    assert {one.state for one in WebhookMessage.objects.all()} == {"given_up"}
    assert len(receiver.got) == 1


def test_a_receiver_that_wants_no_more_is_switched_off_at_once(tried):
    tried("/gone")
    assert Webhook.objects.get().off_at is not None


def test_a_private_address_is_refused_at_each_try_and_listed(tried, receiver, settings):
    settings.WEBHOOK_NETWORKS = []
    tried("/ok")
    assert receiver.connections == 0
    assert WebhookMessage.objects.get().tries.get().error == "a private address"


def test_a_worker_that_dies_after_a_try_does_not_lose_the_next(tried, sent):
    tried("/500")
    Job.objects.filter(kind="webhook", state=Job.DONE).update(state=Job.QUEUED)  # it never said so
    sent()
    assert WebhookMessage.objects.get().tries.count() == 2


# On screen.


def test_the_secret_is_shown_once_and_not_in_the_database(ana, recruiter):
    given = {"address": "https://hooks.example/x", "events": ["decision.made"]}
    page = ana.post(reverse("webhooks"), given, follow=True).content.decode()
    webhook = Webhook.objects.get()
    assert webhook.secret in html.unescape(page)
    assert webhook.secret not in html.unescape(ana.get(reverse("webhooks")).content.decode())
    assert webhook.secret[6:] not in str([getattr(webhook, one.attname) for one in webhook._meta.fields])
    assert AuditEvent.objects.filter(verb="webhook.made", actor_id=recruiter.pk).exists()


def test_a_faulty_webhook_is_refused_with_the_cure(ana):
    page = ana.post(reverse("webhooks"), {"address": "http://hooks.example/", "events": ["decision.made"]})
    assert page.status_code == 422
    assert "must begin with https://" in page.content.decode()
    assert ana.post(reverse("webhooks"), {"address": "https://hooks.example/"}).status_code == 422
    assert not Webhook.objects.exists()


def test_hers_are_switched_and_removed(ana, hook):
    webhook = hook()
    for on in ("no", "yes"):
        ana.post(reverse("webhook_on", args=[webhook.public_id]), {"on": on})
        assert (Webhook.objects.get().off_at is None) is (on == "yes")
        assert ("gets no messages" in ana.get(reverse("webhooks")).content.decode()) is (on == "no")
    ana.post(reverse("webhook_remove", args=[webhook.public_id]))
    assert not Webhook.objects.exists()


def test_a_reviewer_sees_every_try_and_sends_again(tried, receiver, reviewer, signed, sent):
    tried("/500")
    message = WebhookMessage.objects.get()
    WebhookMessage.objects.update(state="given_up", tried=10)
    Job.objects.filter(kind="webhook").delete()
    browser = signed(reviewer)
    shown = browser.get(reverse("admin:sharing_webhookmessage_change", args=[message.pk])).content.decode()
    assert "500" in shown
    action = {"action": "send_again", "_selected_action": [message.pk]}
    browser.post(reverse("admin:sharing_webhookmessage_changelist"), action)
    sent()
    assert len(receiver.got) == 2
    assert AuditEvent.objects.filter(verb="webhook.resent", actor_id=reviewer.pk).exists()


# Which worker.


def test_one_worker_can_send_and_another_make_documents(settings):
    sends, makes = {"webhook", "approval_mail", "password_reset"}, {"brief", "webhooks_daily"}
    for jobs, does, leaves in (
        ("outside", sends, makes),
        ("inside", makes, sends),
        ("all", sends | makes, set()),
    ):
        settings.WORKER_JOBS = jobs
        assert does <= set(kinds())
        assert not leaves & set(kinds())
