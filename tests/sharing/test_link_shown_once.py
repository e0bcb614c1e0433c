"""A new link is shown to whoever made it, once, and lies in no session."""

from __future__ import annotations

import re

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_a_new_link_is_shown_on_the_next_page_and_kept_nowhere(
    decision_of, ana: Client, recruiter, signed, colleague
):
    decision = decision_of(recruiter, work="connect", client="Canary Ltd")
    page = decision.get_absolute_url()
    answer = ana.post(reverse("share", args=[decision.public_id]), {"label": "Client", "days": "14"})
    assert answer.status_code == 303
    (secret,) = re.findall(r"/s/([\w-]{43})/", ana.get(page).content.decode())
    assert Client().get(f"/s/{secret}/").status_code == 200
    assert all(secret not in str(one.get_decoded()) for one in Session.objects.all())
    assert secret not in signed(colleague).get(page).content.decode()
    ana.cookies.pop("new_link")
    assert secret not in ana.get(page).content.decode()
