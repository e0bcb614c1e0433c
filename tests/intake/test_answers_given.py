"""What each form of the recruiter's pages answers with; tests/web/test_doors.py says who may send it."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client

from tests.doors import World, browsers, keys_of

DONE, WENT, BAD, FORBIDDEN = 302, 303, 422, 403

# Address: what is sent there, and the status it is answered with.
SENT = {
    "draft_keep": ({"seen": "1"}, 200),
    "draft_drop": ({}, DONE),
    "brief_request": ({}, WENT),
    "status_set": ({"status": "sent"}, WENT),
    "override": ({}, BAD),
    "outcome": ({"right_role": "yes"}, WENT),
    "share": ({"label": "x", "days": "7"}, WENT),
    "share_close": ({}, WENT),
    "mail": ({}, BAD),
    "what_if_live": ({}, 200),
    "version_begin": ({}, WENT),
    "ask_close": ({}, DONE),
    "ask_settle": ({}, DONE),
    "bulk": ({}, DONE),
    "theme": ({"theme": "dark"}, DONE),
    "language": ({"language": "de"}, DONE),
}
HERS_ALONE = {"draft_keep", "draft_drop", "ask_close", "ask_settle"}


@pytest.fixture
def world(person_of, recruiter, colleague, stranger, reviewer, team, decision_of) -> World:
    people = {"disabled": person_of("gone", group="recruiter", team=team), "owner": recruiter}
    people |= {"colleague": colleague, "reviewer": reviewer, "stranger": stranger}
    return World(browsers(people), keys_of(recruiter, decision_of(recruiter, work="language")))


@pytest.mark.parametrize("who", ["owner", "colleague", "reviewer"])
def test_what_is_sent_is_answered_alike_for_all_who_may(world, who):
    got = {}
    for name, (data, _status) in SENT.items():
        if who == "owner" or name not in HERS_ALONE:
            before = transaction.savepoint()
            got[name] = world.clients[who].post(world.address(name), data).status_code
            transaction.savepoint_rollback(before)
    assert got == {name: SENT[name][1] for name in got}


def test_a_pdf_that_is_not_ready_and_a_first_versions_changes_are_not_there(world, recruiter, decision_of):
    decision = decision_of(recruiter, work="connect")
    missing = (
        f"/files/{decision.briefs.get().public_id}/",
        f"{decision.get_absolute_url()}changes/",
    )
    for who, browser in world.clients.items():
        for address in missing:
            expected = (302,) if who in ("nobody", "disabled") else (404,)
            assert (browser.get(address).status_code,) == expected, (who, address)


def test_sign_in_is_asked_for_by_its_own_address(world):
    for who in ("nobody", "disabled"):
        for name in ("briefs", "decision", "draft", "what_if", "brief_download"):
            answer = world.clients[who].get(world.address(name))
            assert answer["Location"].startswith("/accounts/login/"), (who, name)


def test_a_form_without_its_token_is_refused_in_words(loaded, recruiter):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(recruiter, backend="django.contrib.auth.backends.ModelBackend")
    answer = browser.post("/new/", {"work": "connect"})
    assert answer.status_code == FORBIDDEN
    assert "The page was open too long" in answer.content.decode()
