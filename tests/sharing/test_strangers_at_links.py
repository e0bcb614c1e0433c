"""Strangers who try links are slowed; whoever holds a right one is never shut out by them."""

from __future__ import annotations

import pytest
from django.test import Client

from rolematcher.editions.services import rulebook_of
from rolematcher.intake.models import Draft
from rolematcher.sharing.managers import manager_request_make
from rolematcher.sharing.services import share_make

pytestmark = pytest.mark.django_db


@pytest.fixture
def links(recruiter, decision_of) -> dict[str, str]:
    """Right addresses, by where wrong ones of their kind begin."""
    decision = decision_of(recruiter, work="connect")
    draft = Draft.objects.create(owner=recruiter, fields={"work": "language"})
    questions = rulebook_of(decision.edition).questions[:2]
    _link, secret = share_make(decision, user=recruiter, label="Acme", days=7, language="en")
    _asked, other = manager_request_make(draft, user=recruiter, questions=questions, days=7)
    return {"/s/": f"/s/{secret}/", "/m/": f"/m/{other}/"}


@pytest.mark.parametrize("kind", ["/s/", "/m/"])
def test_sixty_two_wrong_tries_behind_one_proxy_shut_no_right_link(links, kind):
    stranger, holder = Client(), Client()
    answers = [stranger.get(f"{kind}{'x' * 42}{number % 10}/").status_code for number in range(62)]
    assert answers[0] == 404 and answers[-1] == 429, "the stranger is slowed"
    assert holder.get(links[kind]).status_code == 200, "from the very same address"
