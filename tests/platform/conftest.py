"""Rows for tests of the machinery, which does not care what was decided."""

from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.fixture
def someone(db):
    """Somebody to own things."""
    from rolematcher.models import User

    return User.objects.create_user("someone", password="correct horse battery")


@pytest.fixture
def decision_row(someone):
    """A decision with nothing in it, for states and files only."""
    from rolematcher.models import Decision, Edition

    edition = Edition.objects.create(state="published", number=9001, text="", sha256="0" * 64)
    empty = {"answers": {}, "facts": {}, "verdict": {}, "money": {}, "profiles": {}}
    short = {"need": "connect", "role": "automation_specialist", "course": "hire", "level": "mid"}
    return Decision.objects.create(
        owner=someone,
        edition=edition,
        decided_on="2026-11-21",
        basis="contract",
        firm=True,
        budget_verdict="not_set",
        idempotency_key="k",
        body_hash="b",
        **empty,
        **short,
    )


@pytest.fixture
def queued(decision_row) -> Callable:
    """Make a queued brief: `queued()`; each call makes another."""
    from rolematcher.models import Brief

    def make(**fields):
        version = Brief.objects.count() + 1
        return Brief.objects.create(decision=decision_row, content_version=version, **fields)

    return make
