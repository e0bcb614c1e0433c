"""Two people answer at the same moment, or one person in two windows: each answer counts once."""

from __future__ import annotations

import threading

import pytest
from django.db import connections
from django.test import Client

from rolematcher.accounts.models import AuditEvent
from rolematcher.decisions.approval import Approver
from rolematcher.decisions.approval_verbs import Asked
from rolematcher.decisions.models import Decision
from rolematcher.sharing.approvals import approval_send
from tests.fixtures_rows import OTHERWISE

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def approvers(decision_of, recruiter) -> list[Approver]:
    decision = decision_of(recruiter, work="connect")
    people = [Asked("Maria"), Asked("Jon")]
    sent = approval_send(
        decision,
        user=recruiter,
        people=people,
        in_order=False,
        days=7,
        language="en",
        site="http://testserver/",
    )
    return list(sent.approvers.select_related("link"))


def at_once(*posts: tuple[str, dict[str, str]]) -> list[int]:
    """Send these at the same moment, each in a thread of its own; the statuses."""
    ready, statuses = threading.Barrier(len(posts)), []

    def post(address: str, fields: dict[str, str]) -> None:
        try:
            ready.wait(10)
            statuses.append(Client().post(address, fields).status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=post, args=one) for one in posts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(statuses)


def test_two_approvers_at_once_are_both_counted(approvers):
    yes = {"answer": "approve", "seen": "0"}
    assert at_once(*((f"/a/{one.link.secret}/", yes) for one in approvers)) == [200, 200]
    assert Decision.objects.get().approval == "approved"


def test_two_windows_with_two_answers_keep_one(approvers):
    address = f"/a/{approvers[0].link.secret}/"
    yes, back = {"answer": "approve", "seen": "0"}, {"answer": "send_back", "seen": "0", "reason": "No"}
    assert at_once((address, yes), (address, back)) == [200, 404]
    assert AuditEvent.objects.filter(verb="approval.answered").count() == 1


def test_two_other_recommendations_at_once_give_one_override(approvers):
    other = {"answer": "other", "seen": "0", **OTHERWISE}
    assert at_once(*((f"/a/{one.link.secret}/", other) for one in approvers)) == [200, 409]
    assert Decision.objects.get().overrides.count() == 1
