"""The advert on the decision's page: copied with one press, taken away as JSON-LD."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse

from rolematcher.briefs.content import content_of

from .made import CHATBOT, COURSES

pytestmark = pytest.mark.django_db


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_advert_and_the_estimate_come_as_files(decision_of, recruiter):
    decision = decision_of(recruiter, **CHATBOT)
    for name, kind in (("job_posting", "JobPosting"), ("occupation", "Occupation")):
        answer = signed_in(recruiter).get(reverse(name, args=[decision.public_id]))
        assert answer.headers["Content-Type"] == "application/ld+json"
        assert answer.headers["Content-Disposition"].startswith(f'attachment; filename="{decision.number}-')
        assert "no-store" in answer.headers["Cache-Control"]
        assert json.loads(answer.content)["@type"] == kind


def test_there_is_no_advert_where_nobody_is_to_be_hired(decision_of, recruiter):
    decision = decision_of(recruiter, **COURSES["buy"])
    client = signed_in(recruiter)
    assert client.get(reverse("job_posting", args=[decision.public_id])).status_code == 404
    page = client.get(decision.get_absolute_url()).content.decode()
    assert reverse("job_posting", args=[decision.public_id]) not in page
    assert reverse("occupation", args=[decision.public_id]) in page


@pytest.mark.browser
def test_one_press_copies_the_advert(signed_page, live_server, decision_of, recruiter):
    decision = decision_of(recruiter, **CHATBOT)
    page = signed_page(recruiter)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(live_server.url + decision.get_absolute_url())
    page.get_by_role("button", name="Copy the advert").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == content_of(decision).search.ad.text
