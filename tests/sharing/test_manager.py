"""Questions to the hiring manager: only what can change the role, answered once, without an account."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.utils import timezone

from rolematcher.accounts.models import AuditEvent
from rolematcher.intake.models import Draft
from rolematcher.outbox.models import Job
from rolematcher.sharing.models import ManagerRequest
from rolematcher.sharing.tasks import manager_answered


@pytest.fixture(autouse=True)
def fresh_counters():
    cache.clear()


@pytest.fixture
def draft(ana, recruiter):
    """A draft with open questions that can still change the role."""
    return Draft.objects.create(owner=recruiter, fields={"work": "language", "project": "Sorting"})


def asked(client, about, questions=("evidence", "app")):
    """Make a link; its address as the page shows it, once."""
    page = client.post(
        f"/drafts/{about.public_id}/ask/", {"question": list(questions), "days": "14"}, follow=True
    )
    return re.search(r"http://testserver(/m/[\w-]+/)", html.unescape(page.content.decode()))[1]


def test_page_offers_a_message_with_the_questions_that_can_change_the_role(ana, draft):
    page = html.unescape(ana.get(f"/drafts/{draft.public_id}/ask/").content.decode())
    assert "Has anyone tried a ready-made AI service" in page
    assert "for “Sorting”" in page


def test_nothing_is_asked_once_the_role_is_firm(ana, fields, recruiter):
    firm = {name: value for name, value in fields().items() if name not in ("key", "tab", "seen")}
    draft = Draft.objects.create(owner=recruiter, fields=firm)
    page = ana.get(f"/drafts/{draft.public_id}/ask/").content.decode()
    assert "Nothing left to ask" in page


def test_the_manager_sees_the_open_questions_of_that_project_and_nothing_else(ana, draft, client):
    page = html.unescape(client.get(asked(ana, draft)).content.decode())
    assert "“Sorting”" in page
    assert 'name="evidence"' in page
    assert 'name="app"' in page
    assert 'name="work"' not in page
    assert 'name="data"' not in page
    assert "/drafts/" not in page
    assert "/briefs/" not in page


def test_answers_come_back_and_go_into_the_form_when_accepted(ana, draft, client):
    address = asked(ana, draft)
    thanks = client.post(address, {"evidence": "failed", "app": "yes", "note": "We measured 62 %."})
    assert "Thank you" in thanks.content.decode()
    assert "the manager replied" in ana.get("/").content.decode()
    page = html.unescape(ana.get(f"/drafts/{draft.public_id}/ask/").content.decode())
    assert "Tried properly and measured: not good enough" in page
    assert "We measured 62 %." in page
    ana.post(f"/asked/{ManagerRequest.objects.get().pk}/settle/", {"accept": ["evidence"]})
    draft.refresh_from_db()
    assert draft.fields["evidence"] == "failed"
    assert "app" not in draft.fields


def test_a_reply_is_never_taken_over_by_itself(ana, draft, client):
    client.post(asked(ana, draft), {"evidence": "failed"})
    draft.refresh_from_db()
    assert draft.fields == {"work": "language"}


def test_an_open_tab_does_not_overwrite_what_was_accepted(ana, draft, client):
    client.post(asked(ana, draft), {"evidence": "failed"})
    ana.post(f"/asked/{ManagerRequest.objects.get().pk}/settle/", {"accept": ["evidence"]})
    stale = {"ids": "work evidence", "work": "language", "evidence": "", "tab": "one", "seen": "1"}
    answer = ana.post(f"/drafts/{draft.public_id}/keep/", stale)
    assert "changed in another window" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.fields["evidence"] == "failed"


def test_the_manager_answers_only_what_was_asked(ana, draft, client):
    client.post(asked(ana, draft), {"evidence": "buy", "work": "predict", "data": "labelled"})
    assert ManagerRequest.objects.get().answers == {"evidence": "buy"}


@pytest.mark.parametrize(
    ("reply", "cure"),
    [
        ({"evidence": "buy", "app": "nonsense"}, "not one of the choices"),
        ({"evidence": "buy", "note": "x" * 2_001}, "Too long by"),
        ({"evidence": ""}, "Answer at least one question"),
    ],
)
def test_a_reply_with_a_fault_comes_back_whole_and_spends_no_link(ana, draft, client, reply, cure):
    address = asked(ana, draft)
    answer = client.post(address, reply)
    page = html.unescape(answer.content.decode())
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
    manager_answered(Job.objects.get(kind="manager_answered"))
    (sent,) = mail.outbox
    assert sent.to == ["rita@example.org"]
    assert "“Sorting”" in sent.body
    assert "secret words" not in sent.body
    assert list(Draft.objects.all()) == [draft, other]


def test_any_open_question_can_be_asked(ana, draft, client):
    page = ana.get(f"/drafts/{draft.public_id}/ask/").content.decode()
    offered = re.findall(r'name="question" value="(\w+)" id="q-\w+">', page)
    address = asked(ana, draft, offered[:1])
    assert f'name="{offered[0]}"' in client.get(address).content.decode()


def test_the_message_to_copy_asks_what_is_ticked_and_the_link_asks_the_same(ana, draft, client):
    page = ana.post(f"/drafts/{draft.public_id}/ask/", {"question": ["budget", "harm"], "write": "yes"})
    message = re.search(r'<textarea[^>]* id="message"[^>]*>(.*?)</textarea>', page.content.decode(), re.S)[1]
    asks = re.findall(r"^\d\. (.+)$", message, re.M)
    assert [ask.split()[1] for ask in asks] == ["happens", "is"]
    assert not ManagerRequest.objects.exists()
    linked = client.get(asked(ana, draft, ["budget", "harm"])).content.decode()
    assert all(ask in linked for ask in asks)


def test_what_a_manager_writes_to_a_question_without_choices_is_read_by_a_person(ana, draft, client):
    address = asked(ana, draft, ["budget"])
    assert client.post(address, {"budget": ""}).status_code == 422
    client.post(address, {"budget": "60k a year <b>", "note": "Call me."})
    request = ManagerRequest.objects.get()
    assert request.answers == {}
    assert request.note.endswith("60k a year <b>\n\nCall me.")
    assert request.note.startswith("What is the budget for this")


def test_a_decision_whose_manager_replied_comes_first_and_says_so_until_it_is_looked_at(
    ana, decision_of, recruiter, client
):
    asked_about, newer = (decision_of(recruiter, work="language", project=name) for name in ("Old", "New"))
    page = ana.post(f"/briefs/{asked_about.public_id}/ask/", {"question": ["evidence"]}, follow=True)
    client.post(re.search(r"http://testserver(/m/[\w-]+/)", page.content.decode())[1], {"evidence": "buy"})
    listed = ana.get("/")
    assert listed.context["rows"] == [asked_about, newer]
    assert listed.content.decode().count("the manager replied") == 1
    assert "The hiring manager replied." in ana.get(asked_about.get_absolute_url()).content.decode()
    ana.post(f"/asked/{ManagerRequest.objects.get().pk}/settle/", {"accept": ["evidence"]})
    listed = ana.get("/")
    assert listed.context["rows"] == [newer, asked_about]
    assert "the manager replied" not in listed.content.decode()


def test_nobody_and_somebody_together_is_no_answer(ana, draft, client):
    draft.fields = {"work": "predict", "data": "labelled", "evidence": "failed", "wish": "no"}
    draft.save()
    answer = client.post(asked(ana, draft, ["team"]), {"team": ["nobody", "ml"], "note": "?"})
    assert answer.status_code == 422
    assert ManagerRequest.objects.get().answered_at is None


def closed(client, address) -> bool:
    answer = client.get(address)
    return answer.status_code == 404 and "This link does not work" in answer.content.decode()


def test_a_link_answers_once(ana, draft, client):
    address = asked(ana, draft)
    client.post(address, {"evidence": "ok"})
    assert closed(client, address)
    client.post(address, {"evidence": "failed"})
    assert ManagerRequest.objects.get().answers == {"evidence": "ok"}


def test_a_withdrawn_an_expired_and_an_invented_link_look_the_same(ana, draft, client):
    withdrawn, expired = asked(ana, draft), asked(ana, draft)
    first, second = ManagerRequest.objects.order_by("id")
    ana.post(f"/asked/{first.pk}/close/")
    ManagerRequest.objects.filter(pk=second.pk).update(expires_at=timezone.now() - timedelta(minutes=1))
    pages = {client.get(address).content for address in (withdrawn, expired, "/m/" + "x" * 43 + "/")}
    assert len(pages) == 1
    assert closed(client, withdrawn)


def test_replies_about_a_finished_brief_begin_its_next_version(ana, decision_of, recruiter, client):
    decision = decision_of(recruiter, work="language", project="Sorting")
    page = ana.post(
        f"/briefs/{decision.public_id}/ask/", {"question": ["evidence"], "days": "7"}, follow=True
    )
    address = re.search(r"http://testserver(/m/[\w-]+/)", page.content.decode())[1]
    client.post(address, {"evidence": "buy"})
    ana.post(f"/asked/{ManagerRequest.objects.get().pk}/settle/", {"accept": ["evidence"]})
    draft = Draft.objects.get()
    assert draft.new_version_of == decision
    assert (draft.fields["evidence"], draft.fields["work"]) == ("buy", "language")


def test_asking_and_answering_is_in_the_audit_trail(ana, draft, client):
    client.post(asked(ana, draft), {"evidence": "failed", "note": "secret words"})
    events = AuditEvent.objects.filter(verb__startswith="manager.").order_by("id")
    assert [event.verb for event in events] == ["manager.asked", "manager.answered"]
    assert "secret words" not in str([event.detail for event in events])


def test_an_answered_link_is_not_withdrawn_and_a_withdrawn_one_only_once(ana, draft, client):
    address = asked(ana, draft)
    client.post(address, {"evidence": "failed"})
    ana.post(f"/asked/{ManagerRequest.objects.get().pk}/close/")
    assert ManagerRequest.objects.get().revoked_at is None
    asked(ana, draft)
    waiting = ManagerRequest.objects.get(answered_at=None)
    for _again in range(2):
        ana.post(f"/asked/{waiting.pk}/close/")
    assert AuditEvent.objects.filter(verb="manager.revoked").count() == 1
