"""Sessions lie in the database and its backups: nothing secret and nothing that somebody typed is in them."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.contrib import messages
from django.contrib.messages.storage import default_storage
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.urls import reverse

from rolematcher.intake.models import Draft
from tests.fixtures_pages import signed

pytestmark = pytest.mark.django_db

TYPED = "Kanarienvogel"


def test_no_session_holds_a_secret_or_what_somebody_typed(recruiter, decision_of):
    decision = decision_of(recruiter, work="connect", client=TYPED, project=TYPED, description=TYPED)
    draft = Draft.objects.create(owner=recruiter, fields={"work": "language", "project": TYPED})
    hers = signed(recruiter)
    shared = hers.post(reverse("share", args=[decision.public_id]), {"label": TYPED, "days": "7"})
    asked = hers.post(reverse("manager_ask", args=[draft.public_id]), {"question": ["app"], "days": "7"})
    hers.post(reverse("status_set", args=[decision.public_id]), {"status": "sent"})
    handed_on = [name for answer in (shared, asked) for name in answer.cookies if name.startswith("new_")]
    assert handed_on == ["new_link", "new_ask"], "both links were made, and shown by the next page"
    kept = [str(session.get_decoded()) for session in Session.objects.all()]
    assert kept
    assert not [one for one in kept if TYPED in one or "/s/" in one or "/m/" in one]


def test_what_pages_say_once_never_goes_through_a_session(recruiter, rf):
    """Such a sentence may name an address; one too long for a cookie is rather not said."""
    request = rf.get("/")
    request.session = signed(recruiter).session
    said = default_storage(request)
    for _often in range(200):
        said.add(messages.INFO, f"Sent to {TYPED}@{uuid4()}.example.org.")
    said.update(HttpResponse())
    assert TYPED not in str(dict(request.session.items()))
