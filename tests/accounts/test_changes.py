"""What is kept of a changed thing, and a forgotten password that tells nobody who has an account."""

from __future__ import annotations

import time

import pytest
from django.core import mail
from django.urls import reverse

from rolematcher.accounts.audit import audit_change, values_of
from rolematcher.accounts.models import AuditEvent, Team
from rolematcher.accounts.password_reset import MAILS
from rolematcher.outbox.models import Job
from rolematcher.outbox.tasks import password_reset

pytestmark = pytest.mark.django_db


def test_a_change_keeps_old_value_new_value_reason_and_person(team, administrator):
    old = values_of(team)
    team.name = "South"
    audit_change(team, old, values_of(team), why="They moved.", actor=administrator)
    event = AuditEvent.objects.get()
    assert (event.verb, event.actor) == ("team.changed", administrator)
    assert event.detail == {"changed": {"name": ["North", "South"]}, "why": "They moved."}


def test_something_new_and_something_removed_are_kept_whole(team, administrator):
    audit_change(team, {}, values_of(team), why="New.", actor=administrator)
    audit_change(team, values_of(team), {}, why="Gone.", actor=administrator)
    added, removed = AuditEvent.objects.order_by("id")
    assert (added.verb, removed.verb) == ("team.added", "team.removed")
    assert removed.detail["changed"]["name"] == ["North", None]


def test_no_change_is_no_event(team):
    assert audit_change(team, values_of(team), values_of(team), why="", actor=None) is None
    assert not AuditEvent.objects.exists() and Team.objects.count() == 1


@pytest.fixture
def mia(person_of):
    """Somebody with an address."""
    return person_of("mia", email="mia@example.org")


def ask(client, email: str):
    return client.post(reverse("password_reset"), {"email": email})


def asked() -> list[Job]:
    return list(Job.objects.filter(kind="password_reset").order_by("id"))


def test_known_and_unknown_addresses_get_the_same_answer_and_no_mail_from_the_page(client, mia):
    answers = [ask(client, email) for email in ("mia@example.org", "nobody@example.org")]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert {answer.url for answer in answers} == {reverse("password_reset_done")}
    assert len(asked()) == 2 and not mail.outbox


def test_the_time_of_the_answer_does_not_tell_who_has_an_account(client, mia):
    ask(client, "warm@example.org")
    spent = []
    for email in ("mia@example.org", "nobody@example.org"):
        began = time.perf_counter()
        ask(client, email)
        spent.append(time.perf_counter() - began)
    assert abs(spent[0] - spent[1]) < 0.1


def test_the_worker_mails_the_link_to_her_alone(client, mia):
    for email in ("mia@example.org", "nobody@example.org"):
        ask(client, email)
    for job in asked():
        password_reset(job)
    assert [message.to for message in mail.outbox] == [["mia@example.org"]]
    assert "/accounts/reset/" in mail.outbox[0].body


def test_one_person_is_not_mailed_again_and_again(client, mia):
    for _time in range(10):
        assert ask(client, "Mia@example.org").status_code == 302
    assert len(asked()) == MAILS["most"]


def test_nothing_secret_waits_in_the_queue(client, mia):
    ask(client, "mia@example.org")
    (job,) = asked()
    assert set(job.payload) == {"users", "language", "host", "secure"} and "mia" not in str(job.payload)
