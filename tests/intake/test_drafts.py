"""Drafts: begun from a text, a case or a decision, kept while she types, brought back after deleting."""

from __future__ import annotations

import datetime as dt
import re
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from rolematcher.decisions.models import Decision
from rolematcher.intake.drafts import DraftConflict, draft_save, drafts_purge
from rolematcher.intake.models import Draft, StartingPoint
from tests.fixtures_pages import FIRM

from .texts import TEXT, words

pytestmark = pytest.mark.django_db


def test_a_text_begins_one_draft_and_leads_to_what_was_found(ana):
    sent = {"key": str(uuid.uuid4()), "description": TEXT, "project": "Leads"}
    answer = ana.post("/new/", sent)
    draft = Draft.objects.get()
    assert answer["Location"] == f"/drafts/{draft.public_id}/check/"
    assert (draft.project, draft.fields["description"]) == ("Leads", TEXT)
    ana.post("/new/", sent)
    assert Draft.objects.count() == 1
    page = words(ana.get(answer["Location"]))
    assert "These are right" in page
    assert "Not found:" in page


def test_a_starting_point_keeps_the_pasted_text(ana):
    ana.post("/new/", {"key": str(uuid.uuid4()), "description": TEXT, "from": "lead-routing"})
    draft = Draft.objects.get()
    assert draft.fields["description"] == TEXT
    assert draft.fields["work"] == "connect"


def test_what_is_ticked_fills_the_answers_and_what_is_unticked_again_leaves_them(begun):
    draft = begun(description=TEXT)
    fact = re.search(r'name="take" value="(\w+)"', words(draft.get("check/")))[1]
    draft.post("check/", take=[fact])
    assert draft.fields[fact]
    draft.post("check/")
    assert not draft.fields[fact]


def test_a_new_version_and_a_copy_begin_with_the_answers(ana, recruiter, decision_of):
    decision = decision_of(recruiter, **FIRM | {"team": ["nobody"]}, client="Acme")
    version = ana.post(f"/briefs/{decision.public_id}/new-version/")
    draft = Draft.objects.get()
    assert (draft.new_version_of, draft.client) == (decision, "Acme")
    assert ana.post(version["Location"], {"client": "Acme"}).status_code == 303
    assert Decision.objects.latest("pk").number == decision.number
    sent = {"key": str(uuid.uuid4()), "copy": str(decision.public_id)}
    assert ana.get(f"/new/?copy={decision.public_id}").status_code == 200
    assert ana.post("/new/", sent)["Location"].endswith("/make/")
    assert Draft.objects.latest("pk").fields["team"] == ["nobody"]
    assert Decision.objects.latest("pk").answers["team"] == []


def test_autosave_keeps_what_is_typed_and_another_window_is_told(ana):
    def saved(**typed: str) -> str:
        sent = {"ids": "description client", "description": "One", "tab": "a", "seen": "0"}
        return words(ana.post(f"/drafts/{key}/keep/", sent | typed))

    key = uuid.uuid4()
    assert "saved" in saved()
    assert "changed in another window" in saved(description="Two", tab="b")
    assert "too much text" in saved(description="x" * 60_001)
    assert Draft.objects.get().fields["description"] == "One"
    saved(description="Two", tab="b", overwrite="yes")
    assert Draft.objects.get().fields["description"] == "Two"


def test_the_autosave_of_the_same_window_is_not_another_window(begun):
    one = begun(work="language").draft
    late = Draft.objects.get()
    draft_save(one, {"evidence": "untested"}, seen=1, tab="a")
    draft_save(late, {"wish": "no"}, seen=1, tab="a")
    one.refresh_from_db()
    assert (one.fields["evidence"], one.fields["wish"], one.saved_version) == ("untested", "no", 3)
    other = Draft.objects.get()
    draft_save(one, {"app": "yes"}, seen=3, tab="a")
    with pytest.raises(DraftConflict):
        draft_save(other, {"app": "no"}, seen=3, tab="b")


def test_a_deleted_draft_can_be_brought_back(begun):
    draft = begun(work="connect")
    assert "Undo" in words(draft.post("throw-away/"))
    assert draft.get().status_code == 404
    draft.post("bring-back/")
    assert draft.get().status_code == 302


def test_what_was_deleted_a_week_ago_is_removed_for_good(begun):
    begun(work="connect").post("throw-away/")
    for days, left in ((6, 1), (8, 0)):
        drafts_purge(now=timezone.now() + dt.timedelta(days=days))
        assert Draft.objects.count() == left


def test_a_step_sent_from_another_window_asks_which_of_the_two_is_kept(begun):
    draft = begun(work="language")
    draft.post("terms/", budget="60k EUR a year", tab="a", seen="1")
    sent = {"budget": "50k EUR a year", "tab": "b", "seen": "1"}
    asked = draft.post("terms/", **sent)
    assert asked.status_code == 409 and 'name="budget" value="50k EUR a year"' in words(asked)
    draft.post("terms/", **sent, overwrite="yes")
    assert draft.fields["budget"]["amount"] == "50k EUR a year"


def test_a_starting_point_with_answers_the_questions_do_not_know_is_refused(loaded, rules_editor, signed):
    sent = {"title": "T", "slug": "t", "summary": "S", "order": "1", "answers": '{"work": "juggle"}'}
    refused = signed(rules_editor).post(reverse("admin:intake_startingpoint_add"), sent)
    assert "juggle" in str(refused.context["errors"]) and not StartingPoint.objects.filter(slug="t").exists()
