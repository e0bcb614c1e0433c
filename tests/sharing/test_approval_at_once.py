"""Two people answer at the same moment, or one person in two windows: each answer counts once."""

from __future__ import annotations

import pytest
from django.test import Client

from rolematcher.accounts.models import AuditEvent
from rolematcher.decisions.approval import Approver
from rolematcher.decisions.approval_verbs import Asked
from rolematcher.decisions.models import Decision
from rolematcher.sharing.approvals import approval_send
from tests.fixtures_rows import OTHERWISE, at_once

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


def answered_at_once(*posts: tuple[str, dict[str, str]]) -> list[int]:
    """Send these at the same moment; the statuses."""
    return sorted(at_once(lambda number: Client().post(*posts[number]).status_code, len(posts)))


def test_two_approvers_at_once_are_both_counted(approvers):
    yes = {"answer": "approve", "seen": "0"}
    assert answered_at_once(*((f"/a/{one.link.secret}/", yes) for one in approvers)) == [200, 200]
    assert Decision.objects.get().approval == "approved"


def test_two_windows_with_two_answers_keep_one(approvers):
    address = f"/a/{approvers[0].link.secret}/"
    yes, back = {"answer": "approve", "seen": "0"}, {"answer": "send_back", "seen": "0", "reason": "No"}
    assert answered_at_once((address, yes), (address, back)) == [200, 404]
    assert AuditEvent.objects.filter(verb="approval.answered").count() == 1


def test_two_other_recommendations_at_once_give_one_override(approvers):
    other = {"answer": "other", "seen": "0", **OTHERWISE}
    assert answered_at_once(*((f"/a/{one.link.secret}/", other) for one in approvers)) == [200, 409]
    assert Decision.objects.get().overrides.count() == 1
