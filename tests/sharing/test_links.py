"""Links that open without an account: secret, shown once, ended, slowed; in no session, no search engine."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from rolematcher.intake.models import Draft
from rolematcher.sharing.models import ApproverLink, ManagerRequest, ShareLink

pytestmark = pytest.mark.django_db
MODELS = {"/s/": ShareLink, "/m/": ManagerRequest, "/a/": ApproverLink}
every_kind = pytest.mark.parametrize("kind", MODELS)


@pytest.fixture
def decision(recruiter, decision_of):
    return decision_of(recruiter, work="connect", client="Canary Ltd")


@pytest.fixture
def made(ana, recruiter, decision):
    """Make a link of a kind: its address, and that of the page which shows it once."""
    draft = Draft.objects.create(owner=recruiter, fields={"work": "language"})
    forms = {
        "/s/": (f"/briefs/{decision.public_id}/share/", {"label": "Client", "days": "14"}),
        "/m/": (f"/drafts/{draft.public_id}/ask/", {"question": ["evidence"], "days": "14"}),
        "/a/": (f"/briefs/{decision.public_id}/approval/", {"name_1": "Maria", "order": "once"}),
    }

    def make(kind: str) -> tuple[str, str]:
        path, given = forms[kind]
        answer = ana.post(path, given)
        assert answer.status_code in (302, 303)
        shown = html.unescape(ana.get(answer["Location"]).content.decode())
        [address] = set(re.findall(rf"http://testserver({kind}[\w-]{{43,}}/)", shown))
        return address, answer["Location"]

    return make


@every_kind
def test_a_new_link_is_shown_once_to_whoever_made_it_and_kept_as_a_hash_alone(
    kind, made, ana, signed, colleague
):
    address, page = made(kind)
    secret = address.split("/")[2]
    assert Client().get(address).status_code == 200
    link = MODELS[kind].objects.get()
    assert secret not in str([getattr(link, field.attname) for field in link._meta.concrete_fields])
    assert all(secret not in str(one.get_decoded()) for one in Session.objects.all())
    assert secret not in signed(colleague).get(page).content.decode()
    for name in [name for name in ana.cookies if name.startswith("new_")]:
        ana.cookies.pop(name)
    assert secret not in ana.get(page).content.decode()


@every_kind
def test_a_withdrawn_an_expired_and_an_invented_link_look_the_same(kind, made, ana, decision):
    address, _page = made(kind)
    addresses = [address, f"{address}pdf/"] if kind == "/s/" else [address]
    rows, end = MODELS[kind].objects, timezone.now()
    pk, brief = rows.get().pk, f"/briefs/{decision.public_id}"
    ends = {
        "/s/": f"{brief}/share/{pk}/close/",
        "/m/": f"/asked/{pk}/close/",
        "/a/": f"{brief}/approval/withdraw/",
    }
    rows.update(expires_at=end - timedelta(minutes=1))
    answers = [Client().get(one) for one in (f"{kind}{'x' * 43}/", *addresses)]
    rows.update(expires_at=end + timedelta(minutes=1))
    assert Client().get(address).status_code == 200
    ana.post(ends[kind])
    answers += [Client().get(one) for one in addresses]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert "This link does not work" in answers[0].content.decode()


@every_kind
def test_the_public_page_keeps_its_address_to_itself_open_or_closed(kind, made):
    for address in (made(kind)[0], f"{kind}{'x' * 43}/"):
        answer = Client().get(address)
        assert answer["Referrer-Policy"] == "same-origin"
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert answer["Cache-Control"] == "private, no-store"


@every_kind
def test_sixty_two_wrong_tries_behind_one_proxy_shut_no_right_link(kind, made):
    address, _page = made(kind)
    stranger = Client()
    answers = [stranger.get(f"{kind}{'x' * 41}{number:02}/").status_code for number in range(62)]
    assert answers[0] == 404 and answers[-1] == 429, "the stranger is slowed"
    assert Client().get(address).status_code == 200, "from the very same address"
