"""The API: every call for who may, who may not, who says nothing, and whose token has the wrong scope."""

from __future__ import annotations

import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from rolematcher.api import tokens
from rolematcher.api.calls import openapi
from rolematcher.api.models import Token
from rolematcher.briefs.models import Brief
from rolematcher.decisions.models import Decision
from rolematcher.outbox import health
from rolematcher.sharing.webhooks import webhook_make
from rolematcher.web.files import file_keep
from tests.fixtures_rows import OTHERWISE

from .conftest import post

pytestmark = pytest.mark.django_db
ONE = "/api/v1/decisions/{id}"
HOOK = {"address": "https://hooks.example/canary", "events": ["decision.made"]}
CELL = "role=ml_engineer&place=DE&engagement_type=permanent"

# Call: scope, method, address, body, status for its owner, status for a stranger.
CALLS = {
    "list": ("read", "get", "/api/v1/decisions", None, 200, 200),
    "one": ("read", "get", ONE, None, 200, 404),
    "brief as data": ("read", "get", f"{ONE}/brief.json", None, 200, 404),
    "brief as PDF": ("read", "get", f"{ONE}/brief.pdf", None, 202, 404),
    "brief for Word": ("read", "get", f"{ONE}/brief.docx", None, 202, 404),
    "make": ("make", "post", "/api/v1/decisions", {"work": "connect"}, 201, 201),
    "version": ("make", "post", f"{ONE}/versions", {"work": "agent"}, 201, 404),
    "status": ("make", "post", f"{ONE}/status", {"status": "sent"}, 200, 404),
    "follow-up": ("make", "post", f"{ONE}/follow-up", {"right_role": "yes"}, 200, 404),
    "override": ("review", "post", f"{ONE}/override", OTHERWISE | {"seen": 0}, 200, 404),
    "approval": ("make", "post", f"{ONE}/approvals", {"approvers": [{"name": "Ms B"}]}, 201, 404),
    "share link": ("make", "post", f"{ONE}/share-links", {"label": "Client"}, 201, 404),
    "quote": ("read", "post", f"{ONE}/quote", {"rate": "£450 a day"}, 200, 404),
    "reading": ("read", "post", "/api/v1/readings", {"text": "We want a chatbot"}, 200, 200),
    "estimate": ("read", "get", f"/api/v1/estimates?{CELL}", None, 200, 200),
    "coverage": ("read", "get", "/api/v1/rates/coverage", None, 200, 200),
    "rulebook": ("read", "get", "/api/v1/rulebook", None, 200, 200),
    "webhooks": ("read", "get", "/api/v1/webhooks", None, 200, 200),
    "webhook": ("make", "post", "/api/v1/webhooks", HOOK, 201, 201),
    "no webhook": ("make", "delete", "/api/v1/webhooks/{hook}", None, 204, 404),
}


@pytest.fixture
def decision(decision_of, recruiter):
    webhook_make(user=recruiter, site="http://testserver/", **HOOK)
    return decision_of(recruiter, work="connect", client="Canary Ltd")


def called(client: Client, name: str, decision):
    """Make one of the calls about the owner's decision."""
    _scope, method, address, body, *_statuses = CALLS[name]
    more = {"content_type": "application/json", "headers": {"Idempotency-Key": uuid.uuid4().hex}}
    address = address.format(id=decision.public_id, hook=decision.owner.webhooks.last().public_id)
    return getattr(client, method)(address, body, **(more if body else {}))


def test_every_call_of_the_document_is_tried_here():
    written = {
        (method, re.sub(r"\{\w+\}", "{id}", path))
        for path, calls in openapi()["paths"].items()
        for method in calls
    }
    tried = {(call[1], call[2].partition("?")[0].replace("{hook}", "{id}")) for call in CALLS.values()}
    assert openapi()["openapi"].startswith("3.1")
    assert {one for one in written if "batches" not in one[1]} == tried | {("get", "/api/v1/health")}


@pytest.mark.parametrize("name", CALLS)
def test_a_call_is_for_who_may_with_the_scope_it_needs(name, program, decision, recruiter, stranger):
    scope, *_call, owner, other = CALLS[name]
    answer = called(program(stranger, scope), name, decision)
    assert answer.status_code == other
    assert b"canary" not in answer.content.lower() or name == "webhook", "that one is the stranger's own"
    others = [one for one in ("read", "make", "review") if one != scope]
    assert called(program(recruiter, *others), name, decision).status_code == 403
    for client in (Client(), Client(headers={"Authorization": "Bearer " + "x" * 43})):
        refused = called(client, name, decision)
        assert (refused.status_code, refused["WWW-Authenticate"]) == (401, "Bearer")
        assert refused["Content-Type"] == "application/problem+json"
    assert called(program(recruiter, scope), name, decision).status_code == owner


def test_a_signed_in_browser_without_a_token_gets_nothing(ana, decision):
    assert called(ana, "one", decision).status_code == 401


def test_a_decision_by_program_is_the_one_a_page_would_make(program, loaded, recruiter, decision_of):
    answers = {"work": "language", "place": "DE", "budget": "60-70k EUR a year", "client": "Acme"}
    client = program(recruiter)
    made = post(client, "decisions", answers)
    given = made.json()
    kept = Decision.objects.get(public_id=given["id"])
    assert (kept.owner, kept.client, kept.role) == (recruiter, "Acme", given["role"])
    assert given["verdict"]["role"] == kept.verdict["role"]
    assert given["pay"]["main"]["status"] == kept.pay["main"]["status"]
    assert client.get(made["Location"]).json() == given
    assert kept.briefs.count() == 1


def test_the_same_key_is_the_same_decision_and_other_answers_are_a_conflict(program, loaded, recruiter):
    client = program(recruiter)
    assert (
        post(client, "decisions", {"work": "connect"}).json()["id"]
        == post(client, "decisions", {"work": "connect"}).json()["id"]
    )
    assert post(client, "decisions", {"work": "agent"}).status_code == 409
    assert Decision.objects.count() == 1


def test_errors_name_the_field_and_the_cure(program, loaded, recruiter):
    answers = {"work": "conect", "budget": {"amount": "60k"}, "kolour": "red"}
    answer = post(program(recruiter), "decisions", answers)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    cures = {one["field"]: one["cure"] for one in answer.json()["errors"]}
    assert "connect" in cures["work"]
    assert set(cures) == {"work", "budget.currency", "kolour"}


def test_a_quote_asks_for_what_is_missing_and_says_by_how_much_it_is_off(program, decision, recruiter):
    def quoted(**sent):
        return post(program(recruiter, "read"), f"decisions/{decision.public_id}/quote", sent)

    refused = quoted(rate="450 a day", fee="15", dues="800 XQZ a month")
    assert refused.status_code == 422
    assert {one["field"] for one in refused.json()["errors"]} == {"fee", "dues"}
    assert [one["field"] for one in quoted(rate="450 a day").json()["errors"]] == ["rate"]
    lines = quoted(rate="EUR 9,000 a day", fee="EUR 50 a day").json()
    assert lines[0]["words"] and [line["id"] for line in lines][-1] == "fee"


def test_errors_are_german_for_who_asks_in_german(program, loaded, recruiter):
    answer = program(recruiter).post(
        "/api/v1/decisions", "[", content_type="application/json", headers={"Accept-Language": "de"}
    )
    assert "Schlüssel" in answer.json()["detail"] or "Senden" in answer.json()["detail"]


def test_a_list_goes_on_from_its_cursor(program, decision_of, recruiter):
    for _number in range(26):
        decision_of(recruiter, work="connect")
    client = program(recruiter, "read")
    first = client.get("/api/v1/decisions").json()
    second = client.get("/api/v1/decisions", {"cursor": first["next"]}).json()
    assert (len(first["decisions"]), len(second["decisions"]), second["next"]) == (25, 1, None)


def test_a_finished_document_is_sent(program, decision, recruiter):
    stored = file_keep(b"%PDF-1.7\nwords\n%%EOF\n", folder="briefs", ending="pdf")
    Brief.objects.filter(decision=decision).update(file=stored.name, sha256=stored.sha256, size=stored.size)
    client = program(recruiter, "read")
    answer = client.get(f"/api/v1/decisions/{decision.public_id}/brief.pdf")
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert client.get(f"/api/v1/decisions/{decision.public_id}/brief.docx")["Retry-After"] == "2"


def test_who_may_not_override_may_not_by_program_either(program, person_of, decision, team):
    plain = person_of("paul", team=team)
    assert called(program(plain), "one", decision).status_code == 200
    assert called(program(plain), "override", decision).status_code == 403


def test_calls_are_counted_and_slowed_down(program, loaded, recruiter, monkeypatch):
    monkeypatch.setattr(tokens, "MOST", 2)
    client = program(recruiter, "read")
    answers = [client.get("/api/v1/decisions") for _call in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert [one["RateLimit-Remaining"] for one in answers] == ["1", "0", "0"]
    assert answers[2]["Retry-After"] == "60"


def test_health_is_told_to_everybody_in_one_word(loaded, monkeypatch):
    monkeypatch.setattr(health, "DEADLINE", 0.02)  # SQLite is held by this test alone
    assert Client().get("/api/v1/health").json().keys() == {"state"}


def test_a_token_is_shown_once_and_only_its_hash_is_kept(ana, recruiter):
    page = ana.post("/accounts/tokens/", {"name": "Sheet", "scopes": ["read"], "days": "30"})
    secret = re.search(r'value="([\w-]{43})"', page.content.decode())[1]
    assert "no-store" in page["Cache-Control"]
    token = Token.objects.get()
    assert secret not in str(vars(token))
    assert secret not in ana.get("/accounts/tokens/").content.decode()
    assert secret not in str(dict(ana.session))
    program = Client(headers={"Authorization": f"Bearer {secret}"})
    assert program.get("/api/v1/decisions").status_code == 200
    token.refresh_from_db()
    assert token.used_at
    ana.post(f"/accounts/tokens/{token.pk}/revoke/")
    assert program.get("/api/v1/decisions").status_code == 401


def test_each_of_very_many_tokens_can_be_revoked(ana, recruiter):
    first, _secret = tokens.token_make(user=recruiter, name="first", scopes=["read"], days=90)
    later = {"owner": recruiter, "name": "later", "scopes": ["read"], "expires_at": first.expires_at}
    Token.objects.bulk_create(Token(**later, hash=f"{number}") for number in range(100))
    assert reverse("token_revoke", args=[first.pk]) in ana.get("/accounts/tokens/").content.decode()


def test_a_token_ends_with_its_time_and_with_its_person(program, loaded, recruiter):
    client = program(recruiter)
    Token.objects.update(expires_at="2020-01-01T00:00Z")
    assert client.get("/api/v1/decisions").status_code == 401
    client = program(recruiter)
    recruiter.is_active = False
    recruiter.save()
    assert client.get("/api/v1/decisions").status_code == 401
