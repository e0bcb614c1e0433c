"""What happens to a finished decision: status, override, outcome, what-if, versions, many PDFs at once."""

from __future__ import annotations

import html
import io
import re
import uuid
import zipfile

import pytest

from rolematcher.accounts.models import AuditEvent
from rolematcher.decisions.models import Decision, Outcome
from rolematcher.intake.models import Draft


@pytest.fixture
def decision(decision_of, recruiter):
    known = {"team": [], "wish": "no", "app": "yes", "platform": "code", "stage": "prototype", "data": "none"}
    return decision_of(recruiter, work="language", evidence="untested", project="Chatbot", **known)


OTHERWISE = {
    "role": "ml_engineer",
    "course": "hire",
    "reason": "They own a model.",
    "agreed_with": "Dr Who",
    "seen": "0",
}


def test_a_brief_is_marked_sent_accepted_filled_or_dropped(ana, decision):
    for status in ("sent", "accepted", "filled", "dropped"):
        assert ana.post(f"/briefs/{decision.public_id}/status/", {"status": status}).status_code == 303
        decision.refresh_from_db()
        assert decision.status == status
    assert ana.post(f"/briefs/{decision.public_id}/status/", {"status": "eaten"}).status_code == 422


def test_an_override_is_printed_beside_what_the_rules_advised(ana, decision):
    answer = ana.post(f"/briefs/{decision.public_id}/override/", OTHERWISE, follow=True)
    page = html.unescape(answer.content.decode())
    assert "They own a model." in page
    assert "Agreed with Dr Who." in page
    assert "The rules had advised" in page
    decision.refresh_from_db()
    assert decision.overridden
    assert decision.role == "ai_engineer"
    assert decision.briefs.count() == 2


@pytest.mark.parametrize("missing", ["reason", "agreed_with"])
def test_an_override_needs_a_reason_and_somebody_who_agreed(ana, decision, missing):
    answer = ana.post(f"/briefs/{decision.public_id}/override/", {**OTHERWISE, missing: "  "})
    assert answer.status_code == 422
    assert f'href="#id_{missing}"' in answer.content.decode()
    assert not decision.overrides.exists()


def test_an_override_on_top_of_one_she_has_not_seen_is_refused(ana, decision, signed, colleague):
    signed(colleague).post(f"/briefs/{decision.public_id}/override/", OTHERWISE)
    answer = ana.post(f"/briefs/{decision.public_id}/override/", {**OTHERWISE, "reason": "Mine"})
    assert answer.status_code == 409
    assert "Somebody overrode this decision meanwhile" in answer.content.decode()
    assert decision.overrides.count() == 1


def test_an_override_needs_the_right_to(decision, signed, person_of, team):
    without = signed(person_of("olaf", team=team))
    assert "override-form" not in without.get(decision.get_absolute_url()).content.decode()
    assert without.post(f"/briefs/{decision.public_id}/override/", OTHERWISE).status_code == 403
    assert not decision.overrides.exists()


def test_the_outcome_is_kept_and_can_be_corrected(ana, decision):
    given = {
        "right_role": "yes",
        "hired_role": "ai_engineer",
        "agreed_amount": "95,000",
        "agreed_currency": "USD",
    }
    given |= {"agreed_unit": "year", "agreed_kind": "base_pay", "days_to_fill": "41"}
    ana.post(f"/briefs/{decision.public_id}/outcome/", given)
    outcome = Outcome.objects.get()
    assert (outcome.right_role, outcome.agreed_amount, outcome.days_to_fill) == ("yes", 95_000, 41)
    ana.post(f"/briefs/{decision.public_id}/outcome/", {"right_role": "no"})
    assert Outcome.objects.get().right_role == "no"


@pytest.mark.parametrize(
    ("given", "cure"),
    [
        ({}, "Pick one"),
        ({"right_role": "yes", "agreed_amount": "95.000"}, "can be read in two ways"),
        ({"right_role": "yes", "agreed_amount": "95000"}, "An amount needs this as well."),
        ({"right_role": "yes", "note": "x" * 1_001}, "1,000 are allowed"),
    ],
)
def test_an_outcome_that_cannot_be_read_is_refused_with_a_cure(ana, decision, given, cure):
    answer = ana.post(f"/briefs/{decision.public_id}/outcome/", given)
    assert answer.status_code == 422
    assert cure in html.unescape(answer.content.decode())
    assert not Outcome.objects.exists()


def test_nobody_else_marks_overrides_or_records(decision, signed, stranger):
    other = signed(stranger)
    for place, form in (
        ("status", {"status": "sent"}),
        ("override", OTHERWISE),
        ("outcome", {"right_role": "yes"}),
    ):
        assert other.post(f"/briefs/{decision.public_id}/{place}/", form).status_code == 404


def what_if(decision, **changed):
    same = {
        "key": str(uuid.uuid4()),
        "work": "language",
        "evidence": "untested",
        "team": ["nobody"],
        "wish": "no",
    }
    same |= {"app": "yes", "platform": "code", "stage": "prototype", "data": "none", "project": "Chatbot"}
    return f"/briefs/{decision.public_id}/what-if/", {**same, **changed}


def test_what_if_shows_both_results_beside_each_other(ana, decision):
    address, form = what_if(decision, work="predict", data="labelled")
    page = html.unescape(ana.post(f"{address}live/", form).content.decode())
    assert re.search(r"AI engineer</td><td><b>ML engineer", page)
    assert "Answers that differ" in page
    assert "Predict something from our past records" in page


def test_what_if_keeps_nothing_until_asked(ana, decision):
    address, form = what_if(decision, work="predict")
    ana.get(address)
    ana.post(f"{address}live/", form)
    assert Decision.objects.count() == 1
    assert not Draft.objects.exists()


def test_what_if_says_when_nothing_differs(ana, decision):
    address, form = what_if(decision)
    assert "No answer differs" in ana.post(f"{address}live/", form).content.decode()


def test_what_if_is_kept_as_a_new_version_once(ana, decision):
    address, form = what_if(decision, work="predict", data="labelled")
    first, second = ana.post(address, form), ana.post(address, form)
    assert first["Location"] == second["Location"]
    latest = Decision.objects.order_by("-id").first()
    assert (latest.version, latest.version_of, latest.role) == (2, decision, "ml_engineer")
    decision.refresh_from_db()
    assert decision.role == "ai_engineer"


def test_what_if_with_a_fault_shows_it_and_keeps_what_was_typed(ana, decision):
    address, form = what_if(decision, weeks="soon", project="Changed")
    answer = ana.post(address, form)
    assert answer.status_code == 422
    assert "is not a whole number" in html.unescape(answer.content.decode())
    assert 'value="Changed"' in answer.content.decode()


def test_versions_list_each_other_and_say_what_changed(ana, decision):
    address, form = what_if(decision, work="predict", data="labelled")
    ana.post(address, form)
    second = Decision.objects.order_by("-id").first()
    page = html.unescape(ana.get(decision.get_absolute_url()).content.decode())
    assert "What changed in version 2" in page
    changes = html.unescape(ana.get(f"/briefs/{second.public_id}/changes/").content.decode())
    assert "Predict something from our past records" in changes
    assert ana.get(f"/briefs/{decision.public_id}/changes/").status_code == 404


def test_a_new_version_begins_as_a_draft_and_is_made_from_it(ana, decision):
    address = ana.post(f"/briefs/{decision.public_id}/new-version/")["Location"]
    page = html.unescape(ana.get(address).content.decode())
    assert f"New version of {decision.number}" in page
    key = re.search(r'name="key" value="([\w-]+)"', page)[1]
    _address, form = what_if(decision, work="agent", key=key)
    ana.post("/new/", form)
    assert Decision.objects.order_by("-id").first().version == 2


def test_nobody_else_tries_or_versions(decision, signed, stranger):
    other = signed(stranger)
    address, form = what_if(decision)
    assert other.get(address).status_code == 404
    assert other.post(f"{address}live/", form).status_code == 404
    assert other.post(f"/briefs/{decision.public_id}/new-version/").status_code == 404
    assert other.get(f"/briefs/{decision.public_id}/changes/").status_code == 404


def test_picked_briefs_come_as_one_zip_once_they_are_ready(ana, decision_of, recruiter, ready):
    made = [decision_of(recruiter, work="connect", project=f"Project {n}") for n in range(2)]
    made.append(decision_of(recruiter, work="connect", project="Project 0"))
    page = ana.post("/zip/", {"pick": [str(d.public_id) for d in made]}, follow=True)
    assert "0 of 3 PDFs are ready" in page.content.decode()
    address = page.redirect_chain[0][0]
    assert ana.get(f"{address}download/").status_code == 404
    for decision in made:
        ready(decision)
    live = ana.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "3 of 3 PDFs are ready" in live
    assert "hx-get" not in live
    bundle = zipfile.ZipFile(io.BytesIO(ana.get(f"{address}download/").getvalue()))
    assert bundle.testzip() is None
    assert len(set(bundle.namelist())) == 3
    assert all(bundle.read(name).startswith(b"%PDF-") for name in bundle.namelist())


def test_nothing_of_others_gets_into_a_zip(ana, decision_of, stranger, recruiter):
    hers, other = decision_of(recruiter, work="connect"), decision_of(stranger, work="connect")
    page = ana.post("/zip/", {"pick": [str(hers.public_id), str(other.public_id)]}, follow=True)
    assert "0 of 1 PDFs" in page.content.decode()


def test_a_zip_is_only_for_the_session_that_asked(ana, decision, signed, colleague):
    address = ana.post("/zip/", {"pick": [str(decision.public_id)]})["Location"]
    assert signed(colleague).get(address).status_code == 404


def test_an_empty_pick_is_said(ana):
    assert "Pick between 1 and 200 briefs first." in ana.post("/zip/", {}, follow=True).content.decode()


def test_each_act_is_in_the_audit_trail(ana, decision):
    ana.post(f"/briefs/{decision.public_id}/status/", {"status": "sent"})
    ana.post(f"/briefs/{decision.public_id}/override/", OTHERWISE)
    ana.post(f"/briefs/{decision.public_id}/outcome/", {"right_role": "too_early"})
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert {"decision.made", "decision.status", "decision.overridden", "outcome.recorded"} <= verbs
