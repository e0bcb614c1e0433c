"""What is kept of a changed thing, and a forgotten password that tells nobody who has an account."""

from __future__ import annotations

import time

import pytest
from django.core import mail
from django.urls import reverse

from rolematcher.accounts.audit import audit_change, values_of
from rolematcher.accounts.models import AuditEvent
from rolematcher.accounts.password_reset import MAILS
from rolematcher.outbox.models import Job
from rolematcher.outbox.tasks import password_reset

pytestmark = pytest.mark.django_db


def test_a_change_keeps_old_value_new_value_reason_and_person_and_no_change_is_no_event(team, administrator):
    old = values_of(team)
    assert audit_change(team, old, old, why="", actor=None) is None
    team.name = "South"
    for before, after in ((old, values_of(team)), ({}, old), (old, {})):
        audit_change(team, before, after, why="They moved.", actor=administrator)
    changed, added, removed = AuditEvent.objects.order_by("id")
    assert (changed.verb, changed.actor) == ("team.changed", administrator)
    assert changed.detail == {"changed": {"name": ["North", "South"]}, "why": "They moved."}
    assert (added.verb, removed.verb) == ("team.added", "team.removed")
    assert removed.detail["changed"]["name"] == ["North", None]


@pytest.fixture
def mia(person_of):
    """Somebody with an address."""
    return person_of("mia", email="mia@example.org")


def ask(client, email: str):
    return client.post(reverse("password_reset"), {"email": email})


def asked() -> list[Job]:
    return list(Job.objects.filter(kind="password_reset").order_by("id"))


def test_known_and_unknown_addresses_get_the_same_answer_and_the_worker_mails_her_alone(client, mia):
    answers = [ask(client, email) for email in ("mia@example.org", "nobody@example.org")]
    assert [(answer.status_code, answer.url) for answer in answers] == [
        (302, reverse("password_reset_done"))
    ] * 2
    assert len(asked()) == 2 and not mail.outbox
    for job in asked():
        assert set(job.payload) == {"users", "language", "host", "secure"} and "mia" not in str(job.payload)
        password_reset(job)
    assert [message.to for message in mail.outbox] == [["mia@example.org"]]
    assert "/accounts/reset/" in mail.outbox[0].body


def test_the_time_of_the_answer_does_not_tell_who_has_an_account(client, mia):
    ask(client, "warm@example.org")
    spent = []
    for email in ("mia@example.org", "nobody@example.org"):
        began = time.perf_counter()
        ask(client, email)
        spent.append(time.perf_counter() - began)
    assert abs(spent[0] - spent[1]) < 0.1


def test_one_person_is_not_mailed_again_and_again(client, mia):
    for _time in range(10):
        assert ask(client, "Mia@example.org").status_code == 302
    assert len(asked()) == MAILS["most"]
