"""What the admin's tests share: signed-in clients, a few decisions, a rulebook text to change."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from rolematcher.rules import shipped_text

LIST = "/admin/decisions/decision/"
CHATBOT = {
    "work": "language", "evidence": "untested", "team": ["developers"], "data": "none", "wish": "no",
    "app": "yes", "platform": "code", "stage": "production",
}  # fmt: skip
CHURN = {**CHATBOT, "work": "predict", "evidence": "failed", "data": "labelled"}


@pytest.fixture(autouse=True)
def nothing_kept():
    """Counts that were kept for a while belong to the test before."""
    cache.clear()


@pytest.fixture
def signed_in() -> Callable:
    """A client signed in as somebody."""

    def make(person) -> Client:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return make


@pytest.fixture
def hers(decision_of, recruiter):
    """A decision of the recruiter from the team North."""
    return decision_of(
        recruiter, **CHATBOT, client="Acme", project="Support chatbot", description="Answer tickets"
    )


@pytest.fixture
def elsewhere(decision_of, stranger):
    """A decision of somebody who shares no team with her."""
    return decision_of(
        stranger, **CHURN, client="Zeppelin Works", project="Churn", description="Secret airships"
    )


@pytest.fixture
def text() -> str:
    """The shipped rulebook."""
    return shipped_text()
