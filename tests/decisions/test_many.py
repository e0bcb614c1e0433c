"""Many decisions at once: each is what it would be alone, and the database is asked no more for it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rolematcher.accounts.audit import audit_verify
from rolematcher.accounts.models import AuditEvent
from rolematcher.briefs.models import Brief
from rolematcher.decisions.models import Decision
from rolematcher.decisions.rows import Sheet, search_text
from rolematcher.decisions.services import DecisionConflict, decision_make, decisions_make
from rolematcher.outbox.models import Job
from rolematcher.rules.answers import Answers

pytestmark = pytest.mark.django_db
ANSWERS = [
    Answers(work="connect", place="DE", client="Müller & Søn", project="Leads"),
    Answers(work="language", place="FR"),
    Answers(work="agent"),
]
OWN = {"id", "public_id", "number", "search_text", "idempotency_key", "created_at", "_state"}


@pytest.fixture
def make(loaded, recruiter):
    def made(*answers: Answers, key: str = "many") -> list[Decision | DecisionConflict]:
        sheets = [Sheet(f"{key}-{number}", one) for number, one in enumerate(answers)]
        return decisions_make(sheets, user=recruiter, on=timezone.localdate())

    return made


def test_each_is_what_it_would_be_alone(make, recruiter):
    made = make(*ANSWERS)
    for number, answers in enumerate(ANSWERS):
        alone = decision_make(answers, user=recruiter, key=f"one-{number}", on=timezone.localdate())
        kept = Decision.objects.get(pk=made[number].pk)
        for field in Decision._meta.concrete_fields:
            if field.name not in OWN:
                assert getattr(kept, field.attname) == getattr(alone, field.attname), field.name
        assert kept.number == f"RM-{kept.decided_on.year}-{kept.pk:05d}"
        assert kept.search_text == search_text(kept)
    assert Decision.objects.found_by("muller leads").count() == 2


def test_each_has_its_brief_its_job_and_its_events(make):
    made = make(*ANSWERS)
    briefs = Brief.objects.select_related("job").filter(decision__in=made)
    assert len({brief.job_id for brief in briefs}) == len(briefs) == len(made)
    assert {(brief.state, brief.job.kind, brief.job.priority) for brief in briefs} == {
        ("queued", "brief", Job.BATCH)
    }
    for verb in ("decision.made", "brief.requested"):
        assert AuditEvent.objects.filter(verb=verb).count() == len(made)
    assert not audit_verify().faults


def test_the_same_sheets_again_are_the_same_decisions_and_other_answers_a_conflict(make):
    first = make(*ANSWERS)
    assert [one.pk for one in make(*ANSWERS)] == [one.pk for one in first]
    mixed = make(ANSWERS[0], ANSWERS[0])
    assert mixed[0] == first[0] and isinstance(mixed[1], DecisionConflict)
    assert Decision.objects.count() == len(ANSWERS)


def test_ten_times_as_many_ask_the_database_hardly_more(make):
    make(*ANSWERS)  # what is read once stands from here on
    with CaptureQueriesContext(
        connection,
    ) as few:
        make(*ANSWERS, key="few")
    with CaptureQueriesContext(connection) as many:
        make(*ANSWERS * 10, key="ten")
    assert len(many) < 2 * len(few)
