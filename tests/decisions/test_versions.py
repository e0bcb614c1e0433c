"""Two versions side by side: what follows and the answers that differ, in words."""

from __future__ import annotations

from rolematcher.decisions.services import decision_work_out
from rolematcher.decisions.versions import decisions_compared, version_before
from tests.conftest import TODAY
from tests.fixtures_admin import CHATBOT, CHURN


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


def test_an_unsaved_decision_with_the_same_answers_differs_in_nothing(decision_of, recruiter):
    kept = decision_of(recruiter, **CHATBOT, budget={"amount": "60k", "currency": "EUR", "unit": "year"})
    work = decision_work_out(kept.answers_typed, edition=kept.edition, on=TODAY)
    assert decisions_compared(kept, work).same
