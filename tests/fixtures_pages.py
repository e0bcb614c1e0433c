"""People who are signed in, forms filled in, briefs that are ready."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

FIRM = {
    "work": "language", "evidence": "untested", "team": ["developers"], "data": "none", "wish": "no",
    "app": "yes", "platform": "code", "stage": "prototype",
}  # fmt: skip
"""Answers that firmly give an AI engineer."""
CHATBOT = {"project": "Support chatbot", "client": "Acme", **FIRM}


def signed(user: Any) -> Client:
    """A browser in which somebody is signed in."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture(name="signed")
def signed_fixture() -> Callable[[Any], Client]:
    """A browser in which somebody is signed in: `signed(recruiter).get("/")`."""
    return signed


@pytest.fixture
def signed_in() -> Callable[[Any], Client]:
    """The same, as tests of the admin call it."""
    return signed


@pytest.fixture
def ana(loaded, recruiter, signed) -> Client:
    """The recruiter's browser."""
    return signed(recruiter)


@pytest.fixture
def fields() -> Callable[..., dict[str, Any]]:
    """A filled form: `fields(work="predict")`; None leaves a field out. The form's key is new each time."""

    def filled(**changed: Any) -> dict[str, Any]:
        given = {"key": str(uuid.uuid4()), "tab": "one", "seen": "0", **CHATBOT, **changed}
        return {name: value for name, value in given.items() if value is not None}

    return filled


@pytest.fixture
def ready(decision_of, jobs_done) -> Callable:
    """Make the PDF of a decision's brief as the worker does: `ready(decision)`, with `audience="client"`.

    Other documents that wait, which take seconds, are put off.
    """
    from django.db.models.functions import Now

    from rolematcher.briefs.models import Brief
    from rolematcher.briefs.services import brief_request
    from rolematcher.outbox.models import Job

    def make(decision: Any, **asked: str) -> Brief:
        brief = brief_request(decision, user=decision.owner, **asked)
        waiting = Job.objects.filter(kind="brief", state=Job.QUEUED)
        waiting.exclude(pk=brief.job_id).update(due_at=Now() + timedelta(days=1))
        waiting.filter(pk=brief.job_id).update(due_at=Now())
        jobs_done()
        brief = Brief.objects.select_related("job").get(pk=brief.pk)
        assert brief.state == Brief.READY, brief.error
        return brief

    return make
