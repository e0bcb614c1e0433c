"""Approval, links and webhooks by program: the pages' rules, and every error as a problem with its field."""

from __future__ import annotations

import pytest
from django.test import Client

from rolematcher.decisions.approval import Approver
from rolematcher.decisions.models import Decision
from rolematcher.sharing.approvals import SENDINGS
from rolematcher.sharing.models import ShareLink, Webhook
from rolematcher.web.rate_limit import slow_down

from .conftest import post

pytestmark = pytest.mark.django_db
HOOK = {"address": "https://hooks.example/x", "events": ["decision.made"]}


@pytest.fixture
def decision(decision_of, recruiter):
    return decision_of(recruiter, work="connect", client="Canary Ltd")


def test_a_program_asks_for_approval_and_reads_how_far_it_is(program, recruiter, decision, colleague):
    people = [{"name": "Maria", "email": "m@client.example"}, {"colleague": "carl"}, {"name": "No Mail"}]
    answer = post(
        program(recruiter),
        f"decisions/{decision.public_id}/approvals",
        {"approvers": people, "order": "once"},
    )
    given = answer.json()
    assert answer.status_code == 201
    assert given["decision"]["approval"] == "waiting"
    assert [one["name"] for one in given["decision"]["approvers"]] == ["Maria", "carl", "No Mail"]
    [link] = [one for one in given["links"] if one["name"] == "No Mail"]
    Client().post(link["address"].removeprefix("http://testserver"), {"answer": "approve", "seen": "0"})
    read = program(recruiter).get(f"/api/v1/decisions/{decision.public_id}").json()
    assert [one["answer"] for one in read["approvers"]] == ["", "", "approve"]
    listed = program(recruiter).get("/api/v1/decisions?approval=waiting").json()["decisions"]
    assert [one["id"] for one in listed] == [str(decision.public_id)]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"approvers": []}, "approvers"),
        ({"approvers": [{"name": "M"}] * 6}, "approvers"),
        ({"approvers": [{"name": "M", "email": "nonsense"}]}, "email_1"),
        ({"approvers": [{"colleague": "nobody"}]}, "colleague_1"),
        ({"approvers": [{"name": "\u0000"}]}, ""),
        ({"approvers": [{"name": "M"}], "days": 8}, "days"),
        ({"approvers": [{"name": "M"}], "order": "backwards"}, "order"),
        ({"approvers": [{"name": "M", "unknown": 1}]}, "approvers.0.unknown"),
        ([], ""),
    ],
)
def test_a_faulty_asking_is_a_problem_with_its_field(program, recruiter, decision, body, field):
    answer = post(program(recruiter), f"decisions/{decision.public_id}/approvals", body)
    assert answer.status_code == 422, answer.content
    assert field in [one["field"] for one in answer.json()["errors"]]
    assert not Approver.objects.exists()


def test_asking_again_while_it_waits_is_a_conflict(program, recruiter, decision):
    address, body = f"decisions/{decision.public_id}/approvals", {"approvers": [{"name": "Maria"}]}
    assert post(program(recruiter), address, body).status_code == 201
    assert post(program(recruiter), address, body).status_code == 409
    assert Decision.objects.get(pk=decision.pk).approvals.count() == 1


def test_a_program_asks_no_more_people_in_an_hour_than_a_page_does(program, recruiter, decision):
    for _ in range(SENDINGS["most"]):
        slow_down("approval", str(recruiter.pk), **SENDINGS)
    body = {"approvers": [{"name": "Maria", "email": "m@client.example"}]}
    answer = post(program(recruiter), f"decisions/{decision.public_id}/approvals", body)
    assert (answer.status_code, answer["Retry-After"]) == (429, "3600")
    assert "60 minutes" in answer.json()["detail"]
    assert not Approver.objects.exists()


def test_a_link_to_read_works_and_names_who_it_is_for(program, recruiter, decision):
    answer = post(program(recruiter), f"decisions/{decision.public_id}/share-links", {"label": "Mr Client"})
    assert answer.status_code == 201
    page = Client().get(answer.json()["address"].removeprefix("http://testserver"))
    assert page.status_code == 200
    assert ShareLink.objects.get().label == "Mr Client"
    bad = post(program(recruiter), f"decisions/{decision.public_id}/share-links", {"label": "x", "days": 8})
    assert [one["field"] for one in bad.json()["errors"]] == ["days"]


def test_a_webhook_is_made_with_its_secret_told_once_listed_and_removed(program, recruiter):
    made = post(program(recruiter, "make"), "webhooks", HOOK)
    assert made.status_code == 201
    assert made.json()["secret"] == Webhook.objects.get().secret
    listed = program(recruiter, "read").get("/api/v1/webhooks").json()
    assert [one["address"] for one in listed] == [HOOK["address"]]
    assert "secret" not in listed[0]
    assert program(recruiter, "make").delete(f"/api/v1/webhooks/{listed[0]['id']}").status_code == 204
    assert not Webhook.objects.exists()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"address": "http://hooks.example/"}, "address"),
        ({"address": "x" * 501}, "address"),
        ({"events": []}, "events"),
        ({"events": ["everything"]}, "events"),
    ],
)
def test_a_faulty_webhook_is_a_problem_with_its_field(program, recruiter, changed, field):
    answer = post(program(recruiter), "webhooks", HOOK | changed)
    assert answer.status_code == 422
    assert field in [one["field"] for one in answer.json()["errors"]]
