"""What no database can keep does not reach one, whatever part of a request it comes in."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from rolematcher.web.clean_text import CleanText

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    ["/?q=a%00b", "/?%00=1", "/s/a%00b/", "/admin/decisions/decision/?q=%00", "/?next=" + "x" * 2_001],
)
def test_an_address_with_what_nobody_types_is_refused(client, address):
    assert client.get(address).status_code == 400


def test_an_ordinary_long_address_is_not(client):
    assert client.get("/accounts/login/?next=/new/%3Ffrom=" + "x" * 1_900).status_code == 200


def test_a_form_loses_the_nul_and_nothing_else(rf: RequestFactory):
    seen = []
    request = rf.post("/", {"text": "pasted\0 words", "many": ["a", "\0"], "na\0me": "b"})
    CleanText(lambda passed: seen.append(passed.POST))(request)
    assert dict(seen[0].lists()) == {"text": ["pasted words"], "many": ["a", ""], "name": ["b"]}


def test_a_session_cookie_that_says_a_nul_is_no_session(client):
    client.cookies.load('sessionid="a\\000b"')
    assert client.get("/").status_code == 302
