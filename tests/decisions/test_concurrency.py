"""Many at once: nobody is refused, nothing is doubled, the trail stays whole. The same on both databases."""

from __future__ import annotations

import uuid

import pytest

from rolematcher.accounts.audit import audit_verify
from rolematcher.accounts.models import AuditEvent
from rolematcher.briefs.models import Brief
from rolematcher.decisions.models import Decision, Override
from rolematcher.decisions.override import decision_override
from rolematcher.decisions.services import DecisionConflict, decision_make
from rolematcher.rules import Answers
from tests.conftest import TODAY
from tests.fixtures_rows import OTHERWISE, at_once

pytestmark = pytest.mark.django_db(transaction=True)

CLIENTS = 16


def test_a_double_click_from_sixteen_windows_is_one_decision(loaded, recruiter):
    for _round in range(4):
        key = uuid.uuid4().hex
        made = at_once(
            lambda _n, key=key: decision_make(Answers(work="connect"), user=recruiter, key=key, on=TODAY).pk
        )
        assert len(set(made)) == 1, made
    assert (Decision.objects.count(), Brief.objects.count()) == (4, 4)


def test_the_same_key_with_other_answers_is_refused_for_all_but_one(loaded, recruiter):
    works = ["connect", "language", "agent", "predict"]

    def send(number: int) -> int:
        return decision_make(Answers(work=works[number % 4]), user=recruiter, key="same", on=TODAY).pk

    sent = at_once(send)
    kept = Decision.objects.get()
    assert {type(one) for one in sent} == {int, DecisionConflict}
    assert {one for one in sent if isinstance(one, int)} == {kept.pk}


def test_sixteen_writers_are_all_served_and_the_audit_trail_stays_whole(loaded, recruiter):
    def write(number: int) -> list[int]:
        return [
            decision_make(Answers(work="connect"), user=recruiter, key=f"{number}-{one}", on=TODAY).pk
            for one in range(5)
        ]

    made = at_once(write)
    assert not [one for one in made if isinstance(one, Exception)]
    assert len({pk for some in made for pk in some}) == CLIENTS * 5
    assert audit_verify().faults == ()
    assert AuditEvent.objects.filter(verb="decision.made").count() == CLIENTS * 5


def test_a_reader_of_everything_does_not_stop_the_writers(loaded, recruiter):
    for number in range(30):
        decision_make(Answers(work="agent"), user=recruiter, key=f"before-{number}", on=TODAY)

    def work(number: int) -> int:
        if number % 4 == 0:
            return sum(1 for _row in Decision.objects.values_list("pay", "answers").iterator(chunk_size=5))
        return decision_make(Answers(work="connect"), user=recruiter, key=f"during-{number}", on=TODAY).pk

    assert not [one for one in at_once(work) if isinstance(one, Exception)]
    assert Decision.objects.count() == 30 + 12


def test_of_sixteen_overrides_at_once_one_stands(loaded, recruiter):
    made = decision_make(Answers(work="language"), user=recruiter, key="one", on=TODAY)

    def otherwise(number: int) -> int:
        decision = Decision.objects.get(pk=made.pk)
        return decision_override(decision, user=recruiter, seen=0, **OTHERWISE).pk

    told = at_once(otherwise)
    assert {type(one) for one in told} == {int, DecisionConflict}
    assert Override.objects.count() == 1


def test_versions_made_at_once_never_share_a_number(loaded, recruiter):
    first = decision_make(Answers(work="language"), user=recruiter, key="first", on=TODAY)
    at_once(
        lambda number: (
            decision_make(
                Answers(work="agent"), user=recruiter, key=f"v{number}", on=TODAY, version_of=first
            ).pk
        )
    )
    versions = list(Decision.objects.filter(number=first.number).values_list("version", flat=True))
    assert len(versions) == len(set(versions)) > 1
