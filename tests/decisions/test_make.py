"""Making decisions, one or many: kept as the classes' own JSON, once for one form, versions in order."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from rolematcher.accounts.audit import audit_verify
from rolematcher.accounts.models import AuditEvent
from rolematcher.briefs.models import Brief
from rolematcher.decisions.models import Decision, RoleProfiles
from rolematcher.decisions.rows import Sheet
from rolematcher.decisions.services import (
    DecisionConflict,
    decision_delete,
    decision_undelete,
    decision_work_out,
    decisions_make,
    decisions_purge,
    standing,
)
from rolematcher.decisions.tasks import purge
from rolematcher.decisions.versions import decisions_compared, version_before
from rolematcher.editions.models import Edition
from rolematcher.editions.services import edition_packaged
from rolematcher.outbox.kinds import kinds
from rolematcher.outbox.models import Job
from rolematcher.pay.figures import figures_packaged
from rolematcher.pay.report import PayReport
from rolematcher.rules import Verdict, answers_json, answers_read, shipped_rulebook
from rolematcher.rules.answers import Answers
from tests.conftest import TODAY
from tests.fixtures_admin import CHATBOT, CHURN
from tests.shipped_data import shipped_data_load

MANY = [
    Answers(work="connect", place="DE", client="Müller & Søn", project="Leads"),
    Answers(work="language", place="FR"),
    Answers(work="agent"),
]
CHOICES = {
    question.id: [choice.id for choice in question.choices]
    for question in shipped_rulebook().questions
    if question.choices and not question.many and not question.worked_out
}


@given(st.fixed_dictionaries({id: st.sampled_from(choices) for id, choices in CHOICES.items()}))
def test_any_result_reads_back_from_its_json_as_it_was(raw: dict[str, str]) -> None:
    answers = answers_read(
        shipped_rulebook(), {**raw, "place": "DE", "budget": {"amount": "60k", "unit": "year"}}
    )
    work = decision_work_out(answers, edition=edition_packaged(), on=TODAY, figures=figures_packaged())
    assert Answers.model_validate(answers_json(answers)) == answers
    assert Verdict.model_validate(work.verdict_typed.model_dump(mode="json")) == work.verdict_typed
    assert PayReport.model_validate(work.pay_typed.model_dump(mode="json")) == work.pay_typed
    assert work.pay_typed.role == work.verdict_typed.role


def test_a_kept_decision_and_an_unsaved_one_say_the_same(decision_of, recruiter):
    budget = {"amount": "60k", "currency": "USD", "unit": "year"}
    made = decision_of(recruiter, **CHATBOT, client="Acme", place="US", budget=budget)
    kept = Decision.objects.get(pk=made.pk)
    work = decision_work_out(kept.answers_typed, edition=kept.edition, on=TODAY)
    for part in ("answers_typed", "verdict_typed", "pay_typed", "profiles_typed"):
        assert getattr(kept, part) == getattr(work, part)
    assert (kept.role, kept.firm, kept.figure_status) == (
        work.verdict_typed.role, work.verdict_typed.firm, work.pay_typed.main.status
    )  # fmt: skip
    assert decisions_compared(kept, work).same


def test_making_asks_for_the_brief_and_the_same_form_twice_is_one_decision(decision_of, recruiter, stranger):
    first = decision_of(recruiter, key="k", **CHATBOT)
    assert decision_of(recruiter, key="k", **CHATBOT) == first
    with pytest.raises(DecisionConflict):
        decision_of(recruiter, key="k", **CHURN)
    assert Decision.objects.get() == first
    assert Brief.objects.filter(decision=first).count() == 1
    assert AuditEvent.objects.filter(verb="decision.made", object_id=str(first.pk)).count() == 1
    assert decision_of(stranger, key="k", **CHURN) != first
    assert RoleProfiles.objects.count() == 1


def test_versions_keep_the_number(decision_of, recruiter):
    first = decision_of(recruiter, **CHATBOT)
    second = decision_of(recruiter, **CHURN, version_of=first)
    third = decision_of(recruiter, **CHATBOT, version_of=second)
    assert first.number == second.number == third.number == f"RM-2026-{first.pk:05d}"
    assert [one.number_words for one in (first, second, third)] == [
        f"RM-{first.pk}", f"RM-{first.pk} v2", f"RM-{first.pk} v3"
    ]  # fmt: skip
    assert list(first.versions()) == [first, second, third]


def test_the_answers_that_differ_and_what_follows_are_said(decision_of, recruiter):
    budget = {"amount": "60k", "currency": "EUR", "unit": "year"}
    first = decision_of(recruiter, **CHATBOT | {"team": ["nobody"]}, place="DE")
    second = decision_of(recruiter, **CHURN, place="PL", budget=budget, version_of=first)
    assert version_before(second) == first and version_before(first) is None
    found = decisions_compared(first, second)
    role = next(row for row in found.results if row.label == "Role")
    assert (role.before, role.after) == ("AI engineer", "ML engineer") and not found.same
    told = {row.label: (row.before, row.after.replace("\xa0", " ")) for row in found.answers}
    assert len(told) == 6 and all(row.differs for row in found.answers)
    assert (told["Place of work"], told["Budget"]) == (("Germany", "Poland"), ("–", "EUR 60,000 a year"))
    assert told["On the team"][0] == "Nobody"


def test_before_setup_the_packaged_data_decides_and_then_the_published_edition(groups):
    stand = standing()
    assert stand.packaged and stand.edition.pk is None
    answers = answers_read(shipped_rulebook(), CHATBOT)
    work = decision_work_out(answers, edition=stand.edition, on=TODAY, figures=stand.figures)
    assert work.verdict_typed.role == "ai_engineer"
    shipped_data_load()
    assert standing().edition == Edition.objects.current()


def test_her_own_decision_is_deleted_from_every_list_and_brought_back(
    decision_of, recruiter, colleague, reviewer, administrator
):
    decision = decision_of(recruiter, **CHATBOT)
    with pytest.raises(PermissionDenied):
        decision_delete(decision, user=colleague)
    decision_delete(decision, user=recruiter)
    for person in (recruiter, reviewer):
        assert not Decision.objects.visible_to(person).exists()
    decision_undelete(decision, user=recruiter)
    assert Decision.objects.visible_to(recruiter).get() == decision
    verbs = AuditEvent.objects.filter(object_id=str(decision.pk)).values_list("verb", flat=True)
    assert {"decision.deleted", "decision.undeleted"} <= set(verbs)
    decision_delete(decision, user=administrator)


def test_a_deleted_decision_is_purged_by_the_worker_after_a_week_and_its_versions_stay(
    decision_of, recruiter
):
    first = decision_of(recruiter, **CHATBOT)
    second = decision_of(recruiter, **CHURN, version_of=first)
    decision_delete(first, user=recruiter)
    assert decisions_purge(now=timezone.now() + dt.timedelta(days=6)) == 0
    Decision.objects.filter(pk=first.pk).update(deleted_at=timezone.now() - dt.timedelta(days=8))
    purge(Job(kind="decisions_purge"))
    assert kinds()["decisions_purge"].every == 86_400
    assert decisions_purge(now=timezone.now()) == 0
    assert [one.number_words for one in Decision.objects.all()] == [f"RM-{first.pk} v2"]
    assert decision_of(recruiter, **CHATBOT, version_of=second).version == 3


BUDGET = {"amount": "20000", "currency": "EUR", "unit": "year"}


@pytest.mark.parametrize(
    ("asked", "role", "money_speaks"),
    [(CHATBOT, "ai_engineer", True), ({"work": "other", "trade": "web_development"}, "none", False)],
)
def test_money_is_among_the_risks_unless_none_of_the_three_roles_fits(asked, role, money_speaks):
    answers = answers_read(shipped_rulebook(), {**asked, "place": "DE", "budget": BUDGET})
    work = decision_work_out(answers, edition=edition_packaged(), on=TODAY, figures=figures_packaged())
    assert work.verdict_typed.role == role
    risks = {risk.result for risk in work.verdict_typed.risks}
    assert ({"low_budget", "weak_figure"} & risks != set()) is money_speaks


@pytest.fixture
def make_many(loaded, recruiter):
    def made(*answers: Answers, key: str = "many") -> list[Decision | DecisionConflict]:
        sheets = [Sheet(f"{key}-{number}", one) for number, one in enumerate(answers)]
        return decisions_make(sheets, user=recruiter, on=TODAY)

    return made


def test_many_at_once_are_numbered_found_and_have_their_briefs_and_events(make_many):
    made = make_many(*MANY)
    for number, one in enumerate(made):
        kept = Decision.objects.get(pk=one.pk)
        assert kept.answers_typed == MANY[number]
        assert kept.number == f"RM-2026-{kept.pk:05d}"
    assert Decision.objects.found_by("muller leads").get() == made[0]
    briefs = Brief.objects.select_related("job").filter(decision__in=made)
    assert len({brief.job_id for brief in briefs}) == len(briefs) == len(made)
    assert {(brief.state, brief.job.priority) for brief in briefs} == {("queued", Job.BATCH)}
    for verb in ("decision.made", "brief.requested"):
        assert AuditEvent.objects.filter(verb=verb).count() == len(made)
    assert not audit_verify().faults


def test_the_same_sheets_again_are_the_same_decisions_and_other_answers_a_conflict(make_many):
    first = make_many(*MANY)
    assert make_many(*MANY) == first
    mixed = make_many(MANY[0], MANY[0])
    assert mixed[0] == first[0] and isinstance(mixed[1], DecisionConflict)
    assert Decision.objects.count() == len(MANY)


def test_ten_times_as_many_ask_the_database_hardly_more(make_many):
    make_many(*MANY)  # what is read once stands from here on
    with CaptureQueriesContext(connection) as few:
        make_many(*MANY, key="few")
    with CaptureQueriesContext(connection) as many:
        make_many(*MANY * 10, key="ten")
    assert len(many) < 2 * len(few)
