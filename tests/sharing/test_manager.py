"""Questions to the hiring manager: only what can change the role, answered once, without an account."""

from __future__ import annotations

import html
import re

import pytest
from django.core import mail

from rolematcher.accounts.models import AuditEvent, User
from rolematcher.intake.models import Draft
from rolematcher.outbox.models import Job
from rolematcher.sharing.models import ManagerRequest
from rolematcher.sharing.tasks import manager_answered
from tests.fixtures_pages import FIRM


@pytest.fixture
def draft(ana, recruiter):
    """A draft with open questions that can still change the role."""
    return Draft.objects.create(owner=recruiter, fields={"work": "language", "project": "Sorting"})


def words(answer) -> str:
    return html.unescape(answer.content.decode())


def asked(client, about, questions=("evidence", "app")) -> str:
    """Make a link; its address as the page shows it, once."""
    place = "drafts" if isinstance(about, Draft) else "briefs"
    form = {"question": list(questions), "days": "14"}
    page = client.post(f"/{place}/{about.public_id}/ask/", form, follow=True)
    return re.search(r"http://testserver(/m/[\w-]+/)", words(page))[1]


def settled(client, *accepted):
    return client.post(f"/asked/{ManagerRequest.objects.get().pk}/settle/", {"accept": accepted})


def test_page_offers_a_message_with_the_questions_that_can_change_the_role_and_any_other(ana, draft, client):
    page = words(ana.get(f"/drafts/{draft.public_id}/ask/"))
    assert "Has anyone tried a ready-made AI service" in page
    assert "for “Sorting”" in page
    offered = re.findall(r'name="question" value="(\w+)" id="q-\w+">', page)
    assert f'name="{offered[0]}"' in words(client.get(asked(ana, draft, offered[:1])))


def test_nothing_is_asked_once_the_role_is_firm(ana, recruiter):
    draft = Draft.objects.create(owner=recruiter, fields=FIRM)
    assert "Nothing left to ask" in words(ana.get(f"/drafts/{draft.public_id}/ask/"))


def test_the_manager_sees_the_open_questions_of_that_project_and_nothing_else(ana, draft, client):
    page = words(client.get(asked(ana, draft)))
    for shown in ("“Sorting”", 'name="evidence"', 'name="app"'):
        assert shown in page
    for hidden in ('name="work"', 'name="data"', "/drafts/", "/briefs/"):
        assert hidden not in page


def test_answers_to_what_was_asked_come_back_and_go_into_the_form_when_accepted(ana, draft, client):
    reply = {"evidence": "failed", "app": "yes", "note": "We measured 62 %.", "work": "predict"}
    assert "Thank you" in words(client.post(asked(ana, draft), reply))
    assert ManagerRequest.objects.get().answers == {"evidence": "failed", "app": "yes"}
    draft.refresh_from_db()
    assert draft.fields == {"work": "language"}, "never taken over by itself"
    assert "the manager replied" in words(ana.get("/"))
    page = words(ana.get(f"/drafts/{draft.public_id}/ask/"))
    assert "Tried properly and measured: not good enough" in page
    assert "We measured 62 %." in page
    settled(ana, "evidence")
    draft.refresh_from_db()
    assert draft.fields["evidence"] == "failed"
    assert "app" not in draft.fields
    assert draft.fields["work"] == "language"


def test_an_open_tab_does_not_overwrite_what_was_accepted(ana, draft, client):
    client.post(asked(ana, draft), {"evidence": "failed"})
    settled(ana, "evidence")
    stale = {"ids": "work evidence", "work": "language", "evidence": "", "tab": "one", "seen": "1"}
    assert "changed in another window" in words(ana.post(f"/drafts/{draft.public_id}/keep/", stale))
    draft.refresh_from_db()
    assert draft.fields["evidence"] == "failed"


@pytest.mark.parametrize(
    ("reply", "cure"),
    [
        ({"evidence": "buy", "app": "nonsense"}, "not one of the choices"),
        ({"evidence": "buy", "note": "x" * 2_001}, "Too long by"),
        ({"evidence": "buy", "team": ["nobody", "ml"]}, "“Nobody” can't be combined"),
        ({"evidence": "", "budget": ""}, "Answer at least one question"),
    ],
)
def test_a_reply_with_a_fault_comes_back_whole_and_spends_no_link(ana, draft, client, reply, cure):
    address = asked(ana, draft, ["evidence", "app", "team", "budget"])
    answer = client.post(address, reply)
    page = words(answer)
    assert answer.status_code == 422
    assert cure in page
    assert reply.get("note", "") in page
    assert ('value="buy" id="evidence-buy" checked' in page) is (reply["evidence"] == "buy")
    assert ManagerRequest.objects.get().answered_at is None
    assert client.post(address, {"evidence": "buy"}).status_code == 200


def test_whoever_asked_is_mailed_once_and_the_draft_comes_first(ana, draft, recruiter, client):
    recruiter.email = "rita@example.org"
    recruiter.save()
    other = Draft.objects.create(owner=recruiter, fields={"work": "language"})
    address = asked(ana, draft)
    for _again in range(2):
        client.post(address, {"evidence": "failed", "note": "secret words"})
    client.post(address, {"evidence": "ok"})
    assert ManagerRequest.objects.get().answers == {"evidence": "failed"}, "a link answers once"
    for active in (False, True):  # nobody whose account is closed is mailed
        User.objects.filter(pk=recruiter.pk).update(is_active=active)
        manager_answered(Job.objects.get(kind="manager_answered"))
    (sent,) = mail.outbox
    assert sent.to == ["rita@example.org"]
    assert "“Sorting”" in sent.body
    assert list(Draft.objects.all()) == [draft, other]
    events = AuditEvent.objects.filter(verb__startswith="manager.").order_by("id")
    assert [event.verb for event in events] == ["manager.asked", "manager.answered"]
    assert "secret words" not in sent.body + str([event.detail for event in events])


def test_the_message_to_copy_asks_what_is_ticked_and_the_link_asks_the_same(ana, draft, client):
    page = ana.post(f"/drafts/{draft.public_id}/ask/", {"question": ["budget", "harm"], "write": "yes"})
    message = re.search(r'<textarea[^>]* id="message"[^>]*>(.*?)</textarea>', page.content.decode(), re.S)[1]
    asks = re.findall(r"^\d\. (.+)$", message, re.M)
    assert [ask.split()[1] for ask in asks] == ["happens", "is"]
    assert not ManagerRequest.objects.exists()
    linked = client.get(asked(ana, draft, ["budget", "harm"])).content.decode()
    assert all(ask in linked for ask in asks)


def test_what_a_manager_writes_to_a_question_without_choices_is_read_by_a_person(ana, draft, client):
    client.post(asked(ana, draft, ["budget"]), {"budget": "60k a year <b>", "note": "Call me."})
    request = ManagerRequest.objects.get()
    assert request.answers == {}
    assert request.note.endswith("60k a year <b>\n\nCall me.")
    assert request.note.startswith("What is the budget for this")


def test_a_decision_whose_manager_replied_comes_first_until_its_next_version_is_begun_with_the_reply(
    ana, decision_of, recruiter, client
):
    asked_about, newer = (decision_of(recruiter, work="language", project=name) for name in ("Old", "New"))
    client.post(asked(ana, asked_about, ["evidence"]), {"evidence": "buy"})
    listed = ana.get("/")
    assert listed.context["rows"] == [asked_about, newer]
    assert listed.content.decode().count("the manager replied") == 1
    assert "The hiring manager replied." in words(ana.get(asked_about.get_absolute_url()))
    settled(ana, "evidence")
    listed = ana.get("/")
    assert listed.context["rows"] == [newer, asked_about]
    assert "the manager replied" not in words(listed)
    draft = Draft.objects.get()
    assert draft.new_version_of == asked_about
    assert (draft.fields["evidence"], draft.fields["work"]) == ("buy", "language")


def test_an_answered_link_is_not_withdrawn_and_a_withdrawn_one_only_once(ana, draft, client):
    address = asked(ana, draft)
    settled(ana, "evidence")
    assert ManagerRequest.objects.get().settled_at is None, "there is no reply yet"
    client.post(address, {"evidence": "failed"})
    ana.post(f"/asked/{ManagerRequest.objects.get().pk}/close/")
    assert ManagerRequest.objects.get().revoked_at is None
    asked(ana, draft)
    waiting = ManagerRequest.objects.get(answered_at=None)
    for _again in range(2):
        ana.post(f"/asked/{waiting.pk}/close/")
    assert AuditEvent.objects.filter(verb="manager.revoked").count() == 1
