"""Whatever a program sends to any call, the answer is one that the document declares and no error of ours."""

from __future__ import annotations

import itertools
import json
import uuid

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from rolematcher.api import tokens
from tests.hostile.corpus import repeated, texts, values

from .conftest import ALL, post

pytestmark = pytest.mark.django_db


AS_DECLARED = [
    getattr(schemathesis.checks, f"{name}_conformance")
    for name in ("status_code", "content_type", "response_headers", "response_schema")
]


@pytest.mark.parametrize("cases", [150, pytest.param(10_000, marks=pytest.mark.slow)])
def test_requests_made_from_the_document_are_answered_as_declared(recruiter, decision_of, monkeypatch, cases):
    """Right ones and wrong ones."""
    monkeypatch.setattr(tokens, "MOST", 1_000_000)
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)  # it is this test's own
    known, met = str(decision_of(recruiter, work="connect").public_id), set[int]()
    _token, secret = tokens.token_make(user=recruiter, name="any", scopes=list(ALL), days=30)
    document = schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application())
    calls = [one.ok() for one in document.get_all_operations()]
    # Health looks at other connections and has its own test.
    made = st.one_of(*(one.as_strategy() for one in calls if not one.path.endswith("/health")))

    @settings(
        max_examples=cases,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=made, own=st.booleans())
    def tried(case, own):
        if own and "public_id" in (case.path_parameters or {}):
            case.path_parameters["public_id"] = known
        with transaction.atomic():
            answer = case.call(headers={"Authorization": f"Bearer {secret}", "Accept-Encoding": "identity"})
            transaction.set_rollback(True)
        met.add(answer.status_code)
        assert answer.status_code < 500, f"{case.method} {case.path}: {answer.status_code}"
        case.validate_response(answer, checks=AS_DECLARED)
        if answer.headers["content-type"] == ["application/problem+json"]:
            assert json.loads(answer.content)["detail"]

    tried()
    assert {200, 422} <= met


@pytest.mark.slow
def test_hostile_text_in_any_answer_is_taken_or_refused_with_its_cure(program, recruiter, loaded):
    client = program(recruiter)
    nasty = [*values(), *(repeated(piece, 2_000) for piece in texts().values()), "\0", "\ud800", "1e999999"]

    for value in nasty:
        bodies = [
            {"description": value, "client": value},
            {"must_haves": [value], "project": value},
            {"place": value, "team": value, "work": value, value: value, "timeline": {"needed_by": value}},
            {"budget": {"amount": value, "currency": value, "unit": "year"}},
        ]
        for body in bodies:
            answer = post(client, "decisions", body, key=uuid.uuid4().hex)
            assert answer.status_code in (201, 422), f"{value[:30]!r} in {next(iter(body))[:20]!r}"
            assert answer.status_code == 201 or all(one["cure"] for one in answer.json()["errors"])
        assert post(client, "readings", {"text": value}).status_code in (200, 422)


WRONG = (
    "",
    "nul",
    "[" * 100_000,
    '{"a":' * 50_000,
    "NaN",
    f'{{"team_hours": 1{"0" * 5_000}}}',
    "[]",
    '"x"',
    "3",
)


def test_a_body_that_is_no_answer_sheet_is_refused(program, recruiter, loaded):
    client = program(recruiter)
    for body, address in itertools.product(WRONG, ("decisions", "readings")):
        answer = post(client, address, body)
        assert answer.status_code in (400, 422) and answer.json()["detail"], body[:20]


@pytest.mark.parametrize(("address", "status"), [("decisions?q=%00", 400), ("nothing", 404)])
def test_what_no_call_answers_is_a_problem_too(program, recruiter, loaded, address, status):
    answer = program(recruiter).get(f"/api/v1/{address}")
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert answer.json()["detail"]


def test_a_form_or_a_flood_is_no_json(program, recruiter, loaded):
    client, key = program(recruiter), {"Idempotency-Key": "k"}
    assert client.post("/api/v1/decisions", {"work": "connect"}, headers=key).status_code == 415
    assert post(client, "decisions", {"description": "x" * 3_000_000}).status_code == 413
