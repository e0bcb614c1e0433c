"""One decision in the admin: everything it rests on, and the forms that may change something."""

from __future__ import annotations

import pytest
from django.urls import reverse

from rolematcher.accounts.models import AuditEvent
from rolematcher.briefs.models import Brief
from rolematcher.decisions.models import Outcome, Override
from rolematcher.decisions.services import decision_override


@pytest.fixture
def path(hers):
    return reverse("admin:decisions_decision_change", args=[hers.pk])


def override_of(hers, **changes):
    return {
        "role": "ml_engineer",
        "course": "hire",
        "reason": "They measured it.",
        "agreed_with": "Mia",
        "seen": "0",
    } | changes


def test_the_page_shows_answers_trace_estimate_brief_and_audit(hers, path, reviewer, signed_in):
    page = signed_in(reviewer).get(path).content.decode()
    for words in (
        "Acme",
        "Support chatbot",
        "Answer tickets",
        "held",
        "failed",
        hers.role_rule,
        "decision.made",
        "full brief",
        "Read, write, answer, summarise or sort text or speech",
    ):
        assert words in page


def test_hostile_text_is_shown_as_text(decision_of, recruiter, reviewer, signed_in):
    nasty = "<script>alert(1)</script>"
    decision = decision_of(recruiter, work="language", client=nasty, project=nasty, description=nasty)
    page = (
        signed_in(reviewer)
        .get(reverse("admin:decisions_decision_change", args=[decision.pk]))
        .content.decode()
    )
    assert nasty not in page and "&lt;script&gt;" in page


def test_nothing_can_be_posted_to_the_page_itself(hers, path, administrator, signed_in):
    signed_in(administrator).post(path, {"role": "ml_engineer", "client": "changed"})
    hers.refresh_from_db()
    assert (hers.role, hers.client) == ("ai_engineer", "Acme")


def test_an_override_keeps_the_original_and_says_who_why_and_when(hers, path, reviewer, signed_in):
    client = signed_in(reviewer)
    answer = client.post(
        reverse("admin:decisions_decision_override", args=[hers.pk]), override_of(hers), follow=True
    )
    hers.refresh_from_db()
    assert hers.overridden and hers.role == "ai_engineer"
    page = answer.content.decode()
    for words in ("They measured it.", "Mia", "ML engineer", "AI engineer", "rachel"):
        assert words in page
    assert Brief.objects.filter(decision=hers).count() == 2


@pytest.mark.parametrize("changes", [{"reason": "  "}, {"reason": ""}, {"role": "bakend"}, {"course": ""}])
def test_an_override_without_reason_or_with_a_wrong_word_is_refused(changes, hers, reviewer, signed_in):
    answer = signed_in(reviewer).post(
        reverse("admin:decisions_decision_override", args=[hers.pk]), override_of(hers, **changes)
    )
    assert answer.status_code == 200 and "Please put this right" in answer.content.decode()
    assert not Override.objects.exists()


def test_an_override_on_top_of_another_is_told_not_obeyed(hers, reviewer, administrator, signed_in):
    decision_override(
        hers, user=administrator, role="ml_engineer", course="hire", reason="First", agreed_with="", seen=0
    )
    answer = signed_in(reviewer).post(
        reverse("admin:decisions_decision_override", args=[hers.pk]), override_of(hers)
    )
    assert "Somebody overrode this decision meanwhile" in answer.content.decode()
    assert Override.objects.get().reason == "First"


def test_an_outcome_is_recorded_and_corrected(hers, path, reviewer, signed_in):
    form = reverse("admin:decisions_decision_outcome", args=[hers.pk])
    given = {
        "right_role": "yes",
        "hired_role": "ai_engineer",
        "agreed_amount": "120000",
        "agreed_currency": "USD",
        "agreed_unit": "year",
        "agreed_kind": "base_pay",
        "days_to_fill": "40",
        "note": "Went well",
    }
    client = signed_in(reviewer)
    client.post(form, given)
    client.post(form, given | {"right_role": "no"})
    outcome = Outcome.objects.get()
    assert (outcome.right_role, outcome.agreed_currency, outcome.by) == ("no", "USD", reviewer)
    assert "Went well" in client.get(path).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"right_role": ""},
        {"agreed_amount": "12", "agreed_currency": ""},
        {"agreed_amount": "NaN"},
        {"agreed_amount": "1e400"},
        {"days_to_fill": "-1"},
        {"agreed_currency": "XXX"},
    ],
)
def test_a_wrong_outcome_is_refused_at_the_field(wrong, hers, reviewer, signed_in):
    given = {"right_role": "yes", "agreed_unit": "year", "agreed_currency": "USD"} | wrong
    answer = signed_in(reviewer).post(reverse("admin:decisions_decision_outcome", args=[hers.pk]), given)
    assert answer.status_code == 200 and answer.context["form"].errors
    assert not Outcome.objects.exists()


def test_a_failed_brief_is_queued_again_and_noted(hers, reviewer, signed_in):
    Brief.objects.filter(decision=hers).update(state=Brief.FAILED, attempts=5, error="disk full")
    brief = Brief.objects.get()
    signed_in(reviewer).post(reverse("admin:decisions_decision_retry", args=[hers.pk, brief.pk]))
    brief.refresh_from_db()
    assert brief.state == Brief.QUEUED
    assert AuditEvent.objects.filter(verb="brief.retried", actor=reviewer).exists()


def test_a_wrong_status_is_refused(hers, reviewer, signed_in):
    signed_in(reviewer).post(reverse("admin:decisions_decision_status", args=[hers.pk]), {"status": "gone"})
    hers.refresh_from_db()
    assert hers.status == "made"


def test_versions_stand_side_by_side(decision_of, recruiter, hers, path, reviewer, signed_in):
    from rolematcher.decisions.services import decision_make

    second = decision_make(
        dict(hers.answers) | {"stage": "prototype"},
        user=recruiter,
        key="second",
        on=hers.decided_on,
        version_of=hers,
    )
    page = signed_in(reviewer).get(path).content.decode()
    assert reverse("admin:decisions_decision_change", args=[second.pk]) in page
