"""What the admin's tests share: a few decisions, a rulebook text to change."""

from __future__ import annotations

import pytest

from .fixtures_pages import FIRM

LIST = "/admin/decisions/decision/"
CHATBOT = {**FIRM, "stage": "production"}
CHURN = {**CHATBOT, "work": "predict", "evidence": "failed", "data": "labelled"}


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
def text(rulebook_text) -> str:
    """The shipped rulebook."""
    return rulebook_text
