"""A draft in its owner's browser: `begun(work="language").post("terms/", budget="60k")`."""

from __future__ import annotations

import pytest
from django.test import Client

from rolematcher.intake.models import Draft


class Begun:
    """What the steps of a draft answer, and the answers that are stored by now."""

    def __init__(self, browser: Client, draft: Draft) -> None:
        self.browser, self.draft, self.root = browser, draft, f"/drafts/{draft.public_id}/"

    def get(self, step: str = ""):
        return self.browser.get(self.root + step)

    def post(self, step: str, **sent):
        return self.browser.post(self.root + step, sent)

    @property
    def fields(self) -> dict[str, object]:
        self.draft.refresh_from_db()
        return self.draft.fields


@pytest.fixture
def begun(ana, recruiter):
    """A draft of the recruiter with these answers."""
    return lambda **fields: Begun(ana, Draft.objects.create(owner=recruiter, fields=fields))
