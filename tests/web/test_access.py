"""Who gets what at every address of the recruiter's pages. An address without a row here fails."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from rolematcher.models import Brief, Draft, ManagerRequest, ShareLink
from rolematcher.services.links import secret_new
from rolematcher.urls import urlpatterns

SIGN_IN, GONE, OK, WENT, BAD, CONFUSED, FORBIDDEN = 302, 404, 200, 303, 422, 405, 403

# name: (method, data, recruiter who owns it, anonymous, colleague, stranger, reviewer)
ROWS = {
    "briefs": ("get", {}, OK, SIGN_IN, OK, OK, OK),
    "brief_new": ("get", {}, OK, SIGN_IN, OK, OK, OK),
    "draft": ("get", {}, OK, SIGN_IN, GONE, GONE, GONE),
    "draft_keep": ("post", {"seen": "1"}, OK, SIGN_IN, OK, OK, OK),
    "draft_drop": ("post", {}, 302, SIGN_IN, GONE, GONE, GONE),
    "manager_ask": ("get", {}, OK, SIGN_IN, GONE, GONE, GONE),
    "decision": ("get", {}, OK, SIGN_IN, OK, GONE, OK),
    "job_posting": ("get", {}, OK, SIGN_IN, OK, GONE, OK),
    "occupation": ("get", {}, OK, SIGN_IN, OK, GONE, OK),
    "brief_request": ("post", {}, WENT, SIGN_IN, WENT, GONE, WENT),
    "status_set": ("post", {"status": "sent"}, WENT, SIGN_IN, WENT, GONE, WENT),
    "override": ("post", {}, BAD, SIGN_IN, BAD, GONE, BAD),
    "outcome": ("post", {"right_role": "yes"}, WENT, SIGN_IN, WENT, GONE, WENT),
    "share": ("post", {"label": "x", "days": "7"}, WENT, SIGN_IN, WENT, GONE, WENT),
    "share_close": ("post", {}, WENT, SIGN_IN, WENT, GONE, WENT),
    "mail": ("post", {}, BAD, SIGN_IN, BAD, GONE, BAD),
    "what_if": ("get", {}, OK, SIGN_IN, OK, GONE, OK),
    "what_if_live": ("post", {}, OK, SIGN_IN, OK, GONE, OK),
    "version_begin": ("post", {}, WENT, SIGN_IN, WENT, GONE, WENT),
    "version_changes": ("get", {}, GONE, SIGN_IN, GONE, GONE, GONE),
    "manager_ask_decision": ("get", {}, OK, SIGN_IN, OK, GONE, OK),
    "ask_close": ("post", {}, 302, SIGN_IN, GONE, GONE, GONE),
    "ask_settle": ("post", {}, 302, SIGN_IN, GONE, GONE, GONE),
    "manager_reply": ("get", {}, OK, OK, OK, OK, OK),
    "shared": ("get", {}, OK, OK, OK, OK, OK),
    "shared_pdf": ("get", {}, GONE, GONE, GONE, GONE, GONE),
    "brief_status": ("get", {}, OK, SIGN_IN, OK, GONE, OK),
    "brief_download": ("get", {}, GONE, SIGN_IN, GONE, GONE, GONE),
    "bulk": ("post", {}, 302, SIGN_IN, 302, 302, 302),
    "bulk_state": ("get", {}, GONE, SIGN_IN, GONE, GONE, GONE),
    "bulk_download": ("get", {}, GONE, SIGN_IN, GONE, GONE, GONE),
    "form_token": ("get", {}, OK, SIGN_IN, OK, OK, OK),
    "theme": ("post", {"theme": "dark"}, 302, 302, 302, 302, 302),
    "language": ("post", {"language": "de"}, 302, 302, 302, 302, 302),
}
"""The first version has no changes, the PDFs here are not ready, no ZIP was asked for: a 404 for all."""

WHO = ("recruiter", "anonymous", "colleague", "stranger", "reviewer")


@pytest.fixture
def things(decision_of, recruiter):
    """One of everything, all the recruiter's: ids by what an address calls them."""
    cache.clear()
    decision = decision_of(recruiter, work="language")
    draft = Draft.objects.create(owner=recruiter, fields={"work": "language"})
    later = timezone.now() + timedelta(days=7)
    secrets = {name: secret_new() for name in ("manager", "share")}
    asked = ManagerRequest.objects.create(
        draft=draft,
        created_by=recruiter,
        secret_hash=secrets["manager"][1],
        questions=[],
        answers={},
        expires_at=later,
    )
    link = ShareLink.objects.create(
        decision=decision, created_by=recruiter, secret_hash=secrets["share"][1], expires_at=later
    )
    return {
        "draft": draft.public_id,
        "decision": decision.public_id,
        "file": Brief.objects.get(decision=decision).public_id,
        "asked": asked.pk,
        "link": link.pk,
        "manager": secrets["manager"][0],
        "share": secrets["share"][0],
    }


def address_of(pattern, things) -> str:
    route = "/" + str(pattern.pattern)
    kind = {"drafts": "draft", "briefs": "decision", "files": "file"}.get(route.split("/")[1], "")
    route = route.replace("<uuid:public_id>", str(things.get(kind, uuid.uuid4())))
    route = route.replace("<int:pk>", str(things["link" if "share" in route else "asked"]))
    route = route.replace("<slug:key>", "0123456789ab")
    return route.replace("<str:secret>", things["manager" if route.startswith("/m/") else "share"])


@pytest.mark.parametrize("pattern", urlpatterns, ids=lambda pattern: pattern.name)
def test_everybody_gets_what_is_hers(pattern, things, request, client, signed):
    assert pattern.name in ROWS, "a new address needs a row: who may do what there?"
    method, data, *expected = ROWS[pattern.name]
    got = {}
    for who in reversed(WHO):  # the owner last: what she does may leave nothing for the others
        browser = client if who == "anonymous" else signed(request.getfixturevalue(who))
        answer = getattr(browser, method)(address_of(pattern, things), data)
        got[who] = answer.status_code
        if who == "anonymous" and answer.status_code == SIGN_IN and pattern.name not in ("theme", "language"):
            assert answer["Location"].startswith("/accounts/login/")
    assert got == dict(zip(WHO, expected, strict=True))


@pytest.mark.parametrize("pattern", urlpatterns, ids=lambda pattern: pattern.name)
def test_reading_an_address_never_changes_anything(pattern, things, signed, recruiter):
    if ROWS[pattern.name][0] == "post":
        assert signed(recruiter).get(address_of(pattern, things)).status_code == CONFUSED


def test_an_account_that_was_closed_gets_nowhere(things, signed, recruiter):
    browser = signed(recruiter)
    recruiter.is_active = False
    recruiter.save()
    for pattern in urlpatterns:
        method, data, _hers, anonymous, *_others = ROWS[pattern.name]
        assert getattr(browser, method)(address_of(pattern, things), data).status_code == anonymous


def test_a_form_without_its_token_is_refused_in_words(loaded, recruiter):
    from django.test import Client

    browser = Client(enforce_csrf_checks=True)
    browser.force_login(recruiter, backend="django.contrib.auth.backends.ModelBackend")
    answer = browser.post("/new/", {"work": "connect"})
    assert answer.status_code == FORBIDDEN
    assert "The page was open too long" in answer.content.decode()
