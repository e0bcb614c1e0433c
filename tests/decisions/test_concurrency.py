"""Many at once: nobody is refused, nothing is doubled, the trail stays whole. The same on both databases."""

from __future__ import annotations

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


def made(user, key: str, work: str = "connect", **more) -> int:
    return decision_make(Answers(work=work), user=user, key=key, on=TODAY, **more).pk


def test_sixteen_clicks_on_one_form_make_one_decision_and_those_with_other_answers_are_refused(
    loaded, recruiter
):
    works = ["connect", "language"]
    sent = at_once(lambda number: made(recruiter, "same", works[number % 2]))
    assert [type(one) for one in sent].count(DecisionConflict) == 8
    assert {one for one in sent if not isinstance(one, DecisionConflict)} == {Decision.objects.get().pk}
    assert Brief.objects.count() == 1


def test_sixteen_writers_and_a_reader_of_everything_are_all_served_and_the_audit_trail_stays_whole(
    loaded, recruiter
):
    for number in range(10):
        made(recruiter, f"before-{number}", "agent")

    def work(number: int) -> list[int]:
        if number == 0:
            rows = Decision.objects.values_list("pay", "answers").iterator(chunk_size=5)
            return [sum(1 for _row in rows)]
        return [made(recruiter, f"{number}-{one}") for one in range(3)]

    done = at_once(work, 17)
    assert not [one for one in done if isinstance(one, Exception)]
    assert len({pk for some in done[1:] for pk in some}) == 16 * 3
    assert AuditEvent.objects.filter(verb="decision.made").count() == Decision.objects.count() == 58
    assert audit_verify().faults == ()


def test_of_sixteen_overrides_at_once_one_stands(loaded, recruiter):
    pk = made(recruiter, "one", "language")

    def otherwise(_number: int) -> int:
        return decision_override(Decision.objects.get(pk=pk), user=recruiter, seen=0, **OTHERWISE).pk

    assert {type(one) for one in at_once(otherwise)} == {int, DecisionConflict}
    assert Override.objects.count() == 1


def test_versions_made_at_once_never_share_a_number(loaded, recruiter):
    first = Decision.objects.get(pk=made(recruiter, "first", "language"))
    at_once(lambda number: made(recruiter, f"v{number}", "agent", version_of=first))
    versions = list(Decision.objects.filter(number=first.number).values_list("version", flat=True))
    assert len(versions) == len(set(versions)) > 1
