"""Every address, every method, every kind of person; and the headers on every answer."""

from __future__ import annotations

import re

import pytest
from django.db import transaction
from django.test import Client

from tests.doors import (
    GONE,
    IN,
    LOGIN,
    METHOD,
    NO,
    PEOPLE,
    World,
    addresses_of,
    browsers,
    keys_of,
    page_names,
    patterns,
)

pytestmark = pytest.mark.django_db

# What (nobody, disabled, stranger, colleague, owner, reviewer, administrator) get of the owner's things.
EVERYBODY = (IN,) * 7
NONE = (GONE,) * 7
WRONG = (METHOD,) * 7
SIGNED_IN = (LOGIN, LOGIN, IN, IN, IN, IN, IN)
WRONG_SIGNED_IN = (LOGIN, LOGIN, METHOD, METHOD, METHOD, METHOD, METHOD)
WHO_MAY_SEE = (LOGIN, LOGIN, GONE, IN, IN, IN, IN)
OWNER_OR_ADMINISTRATOR = (LOGIN, LOGIN, GONE, NO, IN, NO, IN)
OWNER_ALONE = (LOGIN, LOGIN, GONE, GONE, IN, GONE, GONE)
ASKED_ALONE = (LOGIN, LOGIN, GONE, GONE, GONE, IN, GONE)
NOT_HERS = (LOGIN, LOGIN, GONE, GONE, GONE, GONE, GONE)
SIGNED_OUT = (LOGIN,) * 7

# What GET gives, what POST gives, and where. Whoever holds a link opens what it leads to; /metrics is open to
# this machine, for others see test_health.py; the PDF of the shared brief is not made yet.
GATES = (
    (
        EVERYBODY,
        WRONG,
        "livez readyz metrics openapi api_docs words password_reset_done password_reset_complete shared",
    ),
    (
        SIGNED_IN,
        WRONG_SIGNED_IN,
        "form_token batch_template password_change_done decisions decisions_export",
    ),
    (SIGNED_IN, SIGNED_IN, "tokens batches webhooks second_factor password_change brief_new"),
    (OWNER_ALONE, WRONG_SIGNED_IN, "batch batch_results batch_workbook batch_briefs draft"),
    (
        WRONG_SIGNED_IN,
        OWNER_ALONE,
        "batch_cancel webhook_on webhook_remove token_revoke draft_bring_back draft_drop ask_close "
        "ask_settle",
    ),
    (WRONG, EVERYBODY, "theme language"),
    (EVERYBODY, EVERYBODY, "login password_reset password_reset_confirm approval_reply manager_reply"),
    (WRONG, SIGNED_OUT, "logout"),
    (WRONG_SIGNED_IN, OWNER_OR_ADMINISTRATOR, "decision_delete decision_undelete"),
    (WRONG_SIGNED_IN, SIGNED_IN, "bulk draft_keep"),
    (NOT_HERS, WRONG_SIGNED_IN, "bulk_state bulk_download"),
    (
        WHO_MAY_SEE,
        WRONG_SIGNED_IN,
        "decision brief_status brief_download advert rating_sheet places quote job_posting occupation "
        "version_changes",
    ),
    (
        WRONG_SIGNED_IN,
        WHO_MAY_SEE,
        "brief_request status_set approval_withdraw share share_close mail version_begin",
    ),
    (WHO_MAY_SEE, WHO_MAY_SEE, "override outcome approval what_if manager_ask_decision"),
    (ASKED_ALONE, ASKED_ALONE, "approval_colleague"),
    (
        OWNER_ALONE,
        OWNER_ALONE,
        "manager_ask draft_text draft_check draft_questions draft_question draft_terms draft_make "
        "draft_all draft_sharper",
    ),
    (NONE, WRONG, "shared_pdf"),
)
DOORS = {name: (get, post) for get, post, names in GATES for name in names.split()}
DJANGOS = {"login", "password_change", "password_reset", "password_reset_confirm"}
"""Django's own views take PUT for POST and answer other methods with the page; neither changes anything."""


@pytest.fixture
def world(
    monkeypatch, person_of, recruiter, colleague, stranger, reviewer, administrator, team, decision_of
) -> World:
    # A test holds the database for itself, so /readyz would wait its full time each time it is asked.
    monkeypatch.setattr("rolematcher.outbox.health.DEADLINE", 0.02)
    people = {
        "disabled": person_of("gone", group="recruiter", team=team),
        "stranger": stranger,
        "colleague": colleague,
        "owner": recruiter,
        "reviewer": reviewer,
        "administrator": administrator,
    }
    keys = keys_of(recruiter, decision_of(recruiter, work="connect", client="Canary <b>Ltd</b>"))
    return World(browsers(people), keys)


def knocked(world: World, method: str, name: str, people: tuple[str, ...] = PEOPLE) -> tuple[str, ...]:
    """What each kind of person gets; whatever it changed is taken back."""
    got = []
    for who in people:
        before, cookies = transaction.savepoint(), world.clients[who].cookies.copy()
        got.append(world.knock(who, method, name))
        transaction.savepoint_rollback(before)
        world.clients[who].cookies = cookies
    return tuple(got)


def test_every_address_has_a_row_and_every_row_an_address():
    assert page_names() == set(DOORS)


def test_every_page_opens_for_exactly_those_who_may(world):
    owner = PEOPLE.index("owner")
    for name, (get, post) in DOORS.items():
        assert {name: knocked(world, "GET", name)} == {name: get}
        assert {name: knocked(world, "POST", name)} == {name: post}
        assert {name: knocked(world, "HEAD", name, ("owner",))} == {name: (get[owner],)}


def test_no_page_takes_put_patch_or_delete(world):
    for name in DOORS.keys() - DJANGOS:
        for method in ("PUT", "PATCH", "DELETE"):
            got = set(knocked(world, method, name, ("nobody", "owner")))
            assert got <= {METHOD, LOGIN}, f"{method} {name}: {got}"


def test_what_somebody_typed_is_text_on_every_page_of_hers_and_on_no_strangers(world):
    shown = 0
    for name, (get, _post) in DOORS.items():
        if get in (WHO_MAY_SEE, OWNER_ALONE, SIGNED_IN):
            answer = world.clients["owner"].get(world.address(name))
            assert re.search("no-store|no-cache", answer["Cache-Control"]), name
            if answer.get("Content-Type", "").startswith("text/html"):
                assert b"<b>Ltd" not in answer.content, name
                shown += b"&lt;b&gt;Ltd" in answer.content
        if get in (WHO_MAY_SEE, OWNER_ALONE):
            for who in ("nobody", "disabled", "stranger"):
                assert b"Canary" not in world.clients[who].get(world.address(name)).content, name
    assert shown > 3


def test_every_change_needs_its_form_token(world, recruiter):
    """Without the token of the form a POST is refused, for whoever is signed in."""
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(recruiter, backend="django.contrib.auth.backends.ModelBackend")
    for name, (_get, post) in DOORS.items():
        if post not in (WRONG, WRONG_SIGNED_IN):
            assert strict.post(world.address(name)).status_code == 403, name


def test_every_address_of_the_admin_asks_for_a_sign_in():
    open_to_all = {"admin:login", "admin:logout", "admin:jsi18n", "admin:None"}
    asked = 0
    for name in {name for name, _pattern in patterns() if name.startswith("admin:")} - open_to_all:
        address = next(addresses_of(name), None)
        assert address, f"no address found for {name}"
        answer = Client().get(address)
        assert (answer.status_code, "/login/" in answer.headers.get("Location", "")) == (302, True), name
        asked += 1
    assert asked > 50


HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
    "X-Frame-Options": "DENY",
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def policy_of(answer) -> set[str]:
    return {part.strip() for part in answer["Content-Security-Policy"].split(";")}


def strict(answer, name: str) -> None:
    for header, value in HEADERS.items():
        assert answer.headers.get(header) == value, f"{name}: {header}"
    assert "camera=()" in answer["Permissions-Policy"]
    assert answer["X-Request-ID"]
    assert {"default-src 'none'", "frame-ancestors 'none'"} <= policy_of(answer), name
    assert "unsafe" not in answer["Content-Security-Policy"], name


def test_every_answer_carries_the_headers(world):
    for who in ("nobody", "owner", "stranger"):
        for name in DOORS:
            strict(world.clients[who].get(world.address(name)), name)
        strict(world.clients[who].get("/no/such/page"), "404")
    for address in ("/admin/", "/admin/decisions/decision/", "/static/web/app.css"):
        strict(world.clients["administrator"].get(address), address)
    assert policy_of(world.clients["owner"].get(world.address("decision"))) == set(POLICY.split("; "))


def test_a_file_comes_as_a_download_under_a_name_of_ours(world):
    answer = world.clients["owner"].get(world.address("brief_download"))
    assert answer["Content-Type"] == "application/pdf"
    assert "private" in answer["Cache-Control"] and "no-store" in answer["Cache-Control"]
    assert "default-src 'none'" in policy_of(answer)
