"""Rows for tests of the machinery, which does not care what was decided."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest


@pytest.fixture
def someone(db):
    """Somebody to own things."""
    from rolematcher.accounts.models import User

    return User.objects.create_user("someone", password="correct horse battery")


@pytest.fixture
def decision_row(someone):
    """A decision with nothing in it, for states and files only."""
    from rolematcher.decisions.models import Decision, RoleProfiles
    from rolematcher.editions.models import Edition

    edition = Edition.objects.create(state="published", number=9001, text="", sha256="0" * 64)
    return Decision.objects.create(
        number="RM-2026-00001",
        owner=someone,
        edition=edition,
        profiles=RoleProfiles.objects.create(sha256="0" * 64, content={}),
        decided_on="2026-11-21",
        need="connect",
        role="automation_specialist",
        recommendation="hire",
        seniority="mid",
        engagement_type="contract",
        headcount="one",
        firm=True,
        figure_status="none",
        budget_cover="not_set",
        idempotency_key="k",
        body_hash="b",
        answers={},
        verdict={},
        pay={},
    )


@pytest.fixture
def queued(decision_row) -> Callable:
    """Make a queued brief: `queued()`; each call makes another."""
    from rolematcher.briefs.models import Brief

    def make(**fields):
        version = Brief.objects.count() + 1
        return Brief.objects.create(decision=decision_row, content_version=version, **fields)

    return make


class Messages:
    """The messages waiting at the broker of this test run."""

    def __init__(self, channel) -> None:
        self.channel = channel

    def size(self) -> int:
        """How many."""
        return self.channel._size("briefs")

    def purge(self) -> None:
        """Lose them all."""
        self.channel._purge("briefs")


@pytest.fixture
def queue_of_briefs() -> Iterator[Messages]:
    """The broker's queue, empty at the start and at the end."""
    from hiring.celery import app

    with app.connection_for_read() as broker:
        messages = Messages(broker.default_channel)
        messages.purge()
        yield messages
        messages.purge()


@pytest.fixture
def broker_gone(monkeypatch) -> Callable:
    """`with broker_gone():` every message goes to an address where nobody listens."""
    from rolematcher.briefs.tasks import brief_make

    send = brief_make.apply_async

    @contextmanager
    def gone():
        from hiring.celery import app

        with app.connection_for_write("redis://127.0.0.1:1/0") as nowhere, monkeypatch.context() as patch:
            patch.setattr(brief_make, "apply_async", lambda *a, **k: send(*a, connection=nowhere, **k))
            yield

    return gone
