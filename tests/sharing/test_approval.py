"""Approval: asked by link or account, answered once, in order; said on page, list, brief, mails and trail."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from rolematcher.accounts.clients import client_erase
from rolematcher.accounts.models import AuditEvent
from rolematcher.briefs.content import content_of
from rolematcher.briefs.house import House
from rolematcher.decisions.approval import Approver
from rolematcher.decisions.models import Decision
from rolematcher.decisions.override import decision_override
from rolematcher.outbox.models import Job
from rolematcher.sharing.approvals import approver_address, approvers_remind
from rolematcher.sharing.models import ApproverLink
from tests.fixtures_rows import OTHERWISE, at_once

from .approving import OUTSIDE, TWO, address, answered, asked, state, words


@pytest.fixture
def mails_sent(jobs_done):
    """Do the jobs that mail; no document is made for it."""

    def send():
        Job.objects.filter(kind="brief").delete()
        jobs_done()

    return send


@pytest.fixture
def decision(decision_of, recruiter):
    return decision_of(recruiter, work="connect", project="Invoices", client="Acme")


@pytest.fixture
def approver(ana, decision) -> Approver:
    """Somebody outside, asked by mail."""
    return asked(ana, decision)[0]


def overridden(decision):
    """Its owner overrides it meanwhile."""
    decision.refresh_from_db()
    decision_override(decision, user=decision.owner, seen=decision.overrides.count(), **OTHERWISE)


def page_one(decision) -> str:
    """The lines of the box on page 1 of the house's brief."""
    fresh = Decision.objects.get(pk=decision.pk)
    return " ".join(f"{line.label}: {line.words}" for line in content_of(fresh).box)


def test_a_decision_waits_once_it_is_sent_and_says_for_whom_until_it_is_withdrawn(ana, decision):
    asked(ana, decision)
    assert state(decision) == "waiting"
    assert "Approval: Waiting for Maria Lopez." in page_one(decision)
    assert "Waiting for approval" in words(ana.get(decision.get_absolute_url()))
    assert "waiting for approval" in words(ana.get("/"))
    ana.post(f"/briefs/{decision.public_id}/approval/withdraw/")
    assert state(decision) == ""


def test_the_mail_leads_to_the_client_copy_and_opening_it_approves_nothing(ana, decision, mails_sent):
    asked(ana, decision)
    mails_sent()
    [sent] = [one for one in mail.outbox if one.to == ["maria@client.example"]]
    link = re.search(r"http://testserver(/a/[\w-]+/)", sent.body)
    assert link is not None
    page = words(Client().get(link[1]))
    assert "I approve it" in page
    assert "Rulebook edition" not in page
    Client().head(link[1])
    assert state(decision) == "waiting"


def test_yes_is_said_once_on_the_page_in_the_list_in_the_brief_and_in_the_trail(approver, ana, decision):
    for _again in range(2):
        assert "Thank you" in words(answered(approver))
    assert answered(approver, "send_back", reason="No, after all").status_code == 404
    assert answered(approver, "").status_code == 404
    day = timezone.localdate()
    assert f"Approved by Maria Lopez on {day.day} {day:%B %Y}." in page_one(decision)
    assert state(decision) == "approved"
    assert "Invoices" in words(ana.get("/?approval=approved"))
    assert "Invoices" not in words(ana.get("/?approval=waiting"))
    events = AuditEvent.objects.filter(object_type="decision", verb__startswith="approval.").order_by("id")
    assert [event.verb for event in events] == ["approval.asked", "approval.answered"]
    assert "Maria" not in str(list(AuditEvent.objects.values_list("detail", flat=True)))


def test_another_recommendation_is_an_override_agreed_with_the_approver(approver, decision, recruiter):
    assert answered(approver, "other", **OTHERWISE).status_code == 200
    override = decision.overrides.get()
    assert (override.role, override.agreed_with, override.by) == ("ml_engineer", "Maria Lopez", recruiter)
    assert state(decision) == "approved"
    assert "Approved with another recommendation by Maria Lopez" in page_one(decision)


def test_another_recommendation_is_not_offered_where_the_asker_may_not_override(
    approver, decision, recruiter
):
    recruiter.groups.clear()
    assert "another recommendation" not in words(Client().get(address(approver)))
    other = {"role": "ml_engineer", "recommendation": "hire", "reason": "Known"}
    assert answered(approver, "other", **other).status_code == 422
    assert not decision.overrides.exists()


def test_a_faulty_answer_comes_back_with_the_cure_and_spends_no_link(approver, decision):
    other = {"answer": "other", "seen": "0", "recommendation": "hire", "reason": "Known"}
    for posted, cure in (
        ({"answer": "", "seen": "0"}, "Choose one."),
        ({"answer": "approve"}, ""),
        ({"answer": "send_back", "seen": "0"}, "Say what should change"),
        ({"answer": "send_back", "seen": "0", "reason": "x" * 2_001}, "Too long by"),
        ({**other, "role": "none"}, "Choose the role to hire"),
        ({**other, "role": "ml_engineer", "reason": ""}, ""),
    ):
        refused = Client().post(address(approver), posted)
        assert refused.status_code == 422, posted
        assert cure in words(refused)
    assert state(decision) == "waiting"
    assert not decision.overrides.exists()
    assert answered(approver).status_code == 200
    assert state(decision) == "approved"


def test_in_order_the_second_is_asked_after_the_first_said_yes(ana, decision, mails_sent):
    first, second = asked(ana, decision, **TWO)
    mails_sent()
    assert [one.to for one in mail.outbox] == [["maria@client.example"]]
    assert "Maria Lopez is asked first" in words(Client().get(address(second)))
    assert answered(second).status_code == 404
    answered(first)
    mails_sent()
    assert mail.outbox[-1].to == ["jon@client.example"]
    assert "Approved by Maria Lopez" in page_one(decision)
    assert "Waiting for Jon Berg." in page_one(decision)
    assert answered(Approver.objects.get(pk=second.pk)).status_code == 200
    assert state(decision) == "approved"


def test_sent_back_its_reason_stands_on_the_page_the_asker_is_told_and_nobody_else_asked(
    ana, decision, recruiter, mails_sent
):
    recruiter.email = "rita@house.example"
    recruiter.save()
    first, second = asked(ana, decision, **TWO)
    answered(first, "send_back", reason="<b>Too dear</b>")
    assert state(decision) == "sent_back"
    shown = ana.get(decision.get_absolute_url()).content.decode()
    assert "&lt;b&gt;Too dear&lt;/b&gt;" in shown
    assert "<b>Too dear</b>" not in shown
    mails_sent()
    [told] = mail.outbox
    assert told.to == ["rita@house.example"]
    assert "Maria Lopez answered" in told.body
    assert "Too dear" not in told.body, "the answer stays in the house"
    assert "No answer is needed any more" in words(Client().get(address(second)))


def test_all_at_once_everybody_is_asked_and_all_must_say_yes(ana, decision, mails_sent):
    people = asked(ana, decision, **TWO, order="once")
    mails_sent()
    assert sorted(one.to[0] for one in mail.outbox) == ["jon@client.example", "maria@client.example"]
    for one, becomes in zip(reversed(people), ("waiting", "approved"), strict=True):
        answered(one)
        assert state(decision) == becomes


def test_a_colleague_finds_on_her_list_what_waits_for_her_and_answers_by_her_account_alone(
    ana, decision, colleague, stranger, signed, recruiter
):
    first, second = asked(ana, decision, name_1="Maria Lopez", colleague_2="carl")
    browser, link = signed(colleague), address(second)
    assert link not in words(browser.get("/"))
    answered(first)
    assert link in words(browser.get("/"))
    assert Client().get(link).status_code == 302
    for other in (stranger, recruiter):
        assert signed(other).get(link).status_code == 404
        assert answered(second, client=signed(other)).status_code == 404
    assert answered(Approver.objects.get(pk=second.pk), client=browser).status_code == 200
    assert link not in words(browser.get("/"))
    assert state(decision) == "approved"
    assert AuditEvent.objects.latest("id").actor_id == colleague.pk


def test_nobody_approves_what_changed_after_they_read_it(approver, decision):
    overridden(decision)
    refused = answered(approver, seen=0)
    assert refused.status_code == 409
    assert 'name="seen" value="1"' in words(refused)
    assert answered(approver, seen=1).status_code == 200


def test_an_override_after_the_approval_says_that_it_is_to_be_approved_again(ana, decision):
    answered(*asked(ana, decision))
    overridden(decision)
    assert state(decision) == "changed"
    assert "Changed since: to be approved again." in page_one(decision)
    assert "Ask again" in words(ana.get(decision.get_absolute_url()))


def test_a_new_version_asks_anew_and_ends_the_links_of_the_old_one(
    approver, ana, decision, decision_of, recruiter
):
    newer = decision_of(recruiter, work="agent", version_of=decision)
    assert state(newer) == ""
    assert Client().get(address(approver)).status_code == 404
    assert answered(approver).status_code == 404
    begun = words(ana.get(f"/briefs/{newer.public_id}/approval/"))
    assert 'value="Maria Lopez"' in begun
    old = ana.post(f"/briefs/{decision.public_id}/approval/", OUTSIDE)
    assert old.status_code == 422
    assert "There is a newer version" in words(old)


def test_nobody_answers_about_what_was_deleted(approver, decision):
    Decision.objects.filter(pk=decision.pk).update(deleted_at=timezone.now())
    assert Client().get(address(approver)).status_code == 404
    assert answered(approver).status_code == 404


def test_the_link_of_whom_a_mail_reaches_is_not_shown(ana, decision):
    given = OUTSIDE | {"order": "once", "name_2": "No Mail"}
    page = words(ana.post(f"/briefs/{decision.public_id}/approval/", given, follow=True))
    first, second = Decision.objects.get(pk=decision.pk).approvers
    assert approver_address(second) in page
    assert approver_address(first) not in page


def test_a_reminder_goes_once_after_the_days_the_house_set(approver, mails_sent):
    mails_sent()
    House.objects.create(approval_days=3)
    assert approvers_remind(days=3) == 0
    Approver.objects.update(asked_at=timezone.now() - timedelta(days=3, minutes=1))
    assert approvers_remind(days=0) == 0
    assert approvers_remind(days=3) == 1
    assert approvers_remind(days=3) == 0
    mails_sent()
    subjects = ["Please approve “Invoices”", "Reminder: please approve “Invoices”"]
    assert [one.subject for one in mail.outbox] == subjects
    answered(approver)
    Approver.objects.update(reminded_at=None)
    assert approvers_remind(days=3) == 0, "who answered is not reminded"


def test_a_faulty_asking_asks_nobody(ana, decision, stranger):
    for people, cure in (
        ({}, "Name at least one person"),
        ({"name_1": "M", "email_1": "nonsense"}, "not an e-mail address"),
        ({"email_1": "m@client.example"}, "Give the name too"),
        ({"name_1": "M", "name_2": "M"}, "stands there twice"),
        ({"colleague_1": "stella"}, "not one of the"),
        ({"colleague_1": "rita"}, "not one of the"),  # it is her own decision
    ):
        refused = ana.post(f"/briefs/{decision.public_id}/approval/", {"order": "order", **people})
        assert refused.status_code == 422, people
        assert cure in words(refused)
    assert state(decision) == ""


@pytest.mark.django_db(transaction=True)  # a document takes longer than PostgreSQL lets a transaction idle
def test_nothing_hostile_in_a_name_breaks_page_mail_or_brief(ana, decision, mails_sent, ready):
    name = "<script>alert(1)</script> ‮אבג 👩‍🚀"
    [approver] = asked(ana, decision, name_1=name, email_1="m@client.example")
    mails_sent()
    answered(approver, "send_back", reason="\x00{{ 7*7 }} %s " + "𝔘" * 500)
    page = ana.get(decision.get_absolute_url()).content.decode()
    assert "<script>alert(1)" not in page
    assert ready(Decision.objects.get(pk=decision.pk)).pages


def test_erasing_the_client_takes_names_addresses_reasons_and_links(approver, administrator):
    answered(approver, "send_back", reason="Too dear")
    client_erase("Acme", user=administrator)
    left = Approver.objects.get()
    assert (left.name, left.email, left.reason, left.answer) == ("", "", "", "send_back")
    assert not ApproverLink.objects.exists()


# At the same moment: two people, or one person in two windows.


def answered_at_once(*posts: tuple[Approver, dict[str, str]]) -> list[int]:
    """Send these answers at the same moment; the statuses."""
    given = [(address(approver), {"seen": "0", **answer}) for approver, answer in posts]
    return sorted(at_once(lambda number: Client().post(*given[number]).status_code, len(given)))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("answer", "statuses", "becomes", "overrides"),
    [
        ({"answer": "approve"}, [200, 200], "approved", 0),
        ({"answer": "other", **OTHERWISE}, [200, 409], "waiting", 1),
    ],
)
def test_of_two_people_at_once_both_are_counted_and_one_overrides(
    ana, decision, answer, statuses, becomes, overrides
):
    people = asked(ana, decision, **TWO, order="once")
    assert answered_at_once(*((one, answer) for one in people)) == statuses
    assert (state(decision), decision.overrides.count()) == (becomes, overrides)


@pytest.mark.django_db(transaction=True)
def test_two_windows_with_two_answers_keep_one(approver):
    back = {"answer": "send_back", "reason": "No"}
    assert answered_at_once((approver, {"answer": "approve"}), (approver, back)) == [200, 404]
    assert AuditEvent.objects.filter(verb="approval.answered").count() == 1
