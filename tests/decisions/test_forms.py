"""Override, follow-up and status: one form each, the same rules wherever it is filled in."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import translation

from rolematcher.accounts.models import AuditEvent
from rolematcher.briefs.models import Brief
from rolematcher.decisions.follow_up import OutcomeForm
from rolematcher.decisions.models import Decision, Outcome, Override
from rolematcher.decisions.override import decision_override
from rolematcher.decisions.services import DecisionConflict
from tests.fixtures_admin import CHATBOT
from tests.fixtures_rows import OTHERWISE

LONG = "ÄÖ" * 1000


@pytest.fixture
def decision(decision_of, recruiter):
    return decision_of(recruiter, **CHATBOT)


def overridden(decision, user, **changed):
    return decision_override(decision, user=user, **{**OTHERWISE, "seen": 0, **changed})


def test_an_override_stands_beside_the_decision_and_asks_for_a_new_brief(decision, recruiter, ana):
    overridden(decision, recruiter)
    fresh = Decision.objects.get(pk=decision.pk)
    assert (fresh.role, fresh.override.role, fresh.overridden) == ("ai_engineer", "ml_engineer", True)
    page = ana.get(reverse("override", args=[decision.public_id]))
    assert page.context["form"].initial == {"role": "ml_engineer", "recommendation": "hire", "seen": 1}
    assert Brief.objects.filter(decision=decision).count() == 2
    assert AuditEvent.objects.filter(verb="decision.overridden").count() == 1


def test_two_people_cannot_override_the_same_state_nor_anybody_without_the_right(
    decision, recruiter, reviewer, rules_editor, ana
):
    overridden(decision, recruiter)
    late = ana.post(reverse("override", args=[decision.public_id]), {**OTHERWISE, "seen": 0})
    assert late.status_code == 409 and "Read theirs first" in late.content.decode()
    for person, seen, refused in ((reviewer, 0, DecisionConflict), (rules_editor, 1, PermissionDenied)):
        with pytest.raises(refused):
            overridden(decision, person, seen=seen)
    overridden(decision, reviewer, seen=1)
    assert [one.number for one in decision.overrides.order_by("number")] == [1, 2]


@pytest.mark.parametrize("reason", ["😀 sure", "כי הלקוח ביקש", LONG, "line one\nline two"])
def test_any_script_emoji_and_two_thousand_characters_are_accepted(decision, ana, reason):
    sent = {**OTHERWISE, "reason": reason, "seen": 0}
    assert ana.post(reverse("override", args=[decision.public_id]), sent).status_code == 303
    assert Override.objects.get().reason == reason


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"reason": ""}, "reason", "This field is required."),
        ({"agreed_with": ""}, "agreed_with", "This field is required."),
        ({"reason": LONG + "x"}, "reason", "Too long by one character"),
        ({"role": "emperor"}, "role", "emperor"),
        ({"role": "none"}, "role", "Choose the role to hire"),
    ],
)
def test_a_wrong_override_is_refused_at_its_field_with_everything_typed(decision, ana, changed, field, words):
    answer = ana.post(reverse("override", args=[decision.public_id]), {**OTHERWISE, "seen": 0, **changed})
    assert answer.status_code == 422 and not Override.objects.exists()
    assert words in str(answer.context["form"].errors[field])
    assert "Ms B" in answer.content.decode() or field == "agreed_with"


@pytest.mark.parametrize(
    ("language", "typed", "amount"),
    [("en", "45,000", 45000), ("en", "45k", 45000), ("en", "27.50", "27.5"), ("de", "1.234,50", "1234.5"),
     ("de", "85.000", 85000)],
)  # fmt: skip
def test_an_agreed_amount_is_read_as_people_write_it(language, typed, amount):
    with translation.override(language):
        form = OutcomeForm(
            {"right_role": "yes", "agreed_amount": typed, "agreed_currency": "EUR", "agreed_unit": "year"}
        )
        assert form.is_valid(), form.errors
    assert form.cleaned_data["agreed_amount"] == Decimal(amount)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"agreed_amount": "45k"}, "agreed_currency"),
        ({"agreed_amount": "-3", "agreed_currency": "EUR", "agreed_unit": "year"}, "agreed_amount"),
        ({"agreed_amount": "50-60k", "agreed_currency": "EUR", "agreed_unit": "year"}, "agreed_amount"),
        ({"days_to_fill": "²"}, "days_to_fill"),
        ({"right_role": ""}, "right_role"),
    ],
)
def test_a_wrong_follow_up_says_what_to_do(given, field):
    form = OutcomeForm({"right_role": "yes", **given})
    assert not form.is_valid() and form.errors[field]


def test_a_follow_up_can_be_corrected(decision, ana):
    address = reverse("outcome", args=[decision.public_id])
    ana.post(address, {"right_role": "too_early"})
    assert ana.get(address).context["form"].initial["right_role"] == "too_early"
    ana.post(address, {"right_role": "yes", "note": "🎉"})
    assert Outcome.objects.get().note == "🎉"


def test_a_status_notes_when_it_was_first_reached(decision, ana):
    address = reverse("status_set", args=[decision.public_id])
    ana.post(address, {"status": "accepted"})
    first = Decision.objects.get().accepted_at
    ana.post(address, {"status": "filled"})
    ana.post(address, {"status": "accepted"})
    after = Decision.objects.get()
    assert first is not None and (after.status, after.accepted_at) == ("accepted", first)
    assert after.filled_at is not None
    ana.post(address, {"status": "sold"})
    assert Decision.objects.get().status == "accepted"
