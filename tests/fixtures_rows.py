"""The shipped rulebook; rows for tests of the machinery, which does not care what was decided."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from rolematcher.rules import Rulebook, shipped_rulebook, shipped_text

OTHERWISE = {"role": "ml_engineer", "recommendation": "hire", "reason": "Known", "agreed_with": "Ms B"}
"""What somebody says who overrides a decision."""


def at_once(work: Callable[[int], object], times: int = 16) -> list[object]:
    """Do it in as many threads, each with connections of its own; errors are given back as results."""

    def alone(number: int) -> object:
        try:
            return work(number)
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(alone, range(times)))


@pytest.fixture(scope="session")
def rulebook_text() -> str:
    """The text of the rulebook the product starts with."""
    return shipped_text()


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    """The rulebook the product starts with."""
    return shipped_rulebook()


@pytest.fixture
def someone(db):
    """Somebody to own things."""
    from rolematcher.accounts.models import User

    return User.objects.create_user("someone", password="correct horse battery")


@pytest.fixture
def jobs_done() -> Callable[[], int]:
    """Do every job that is due, as the worker does; returns how many."""

    def do() -> int:
        import rolematcher.briefs.tasks  # -- the worker loads every room's kinds
        import rolematcher.rates.tasks
        import rolematcher.sharing.tasks  # noqa: F401
        from rolematcher.outbox.tasks import job_next

        done = 0
        while job_next():
            done += 1
        return done

    return do


@pytest.fixture
def quick_papers(monkeypatch) -> None:
    """Small files in place of documents, which take seconds: for tests of what happens to documents."""
    from rolematcher.briefs import tasks
    from rolematcher.briefs.made import BriefFile

    files = {"pdf": b"%PDF-1.7\nwords of one brief\n%%EOF\n", "docx": b"PK words"}
    for form, data in files.items():
        monkeypatch.setitem(
            tasks.MAKERS, form, lambda _content, data=data, **_options: BriefFile(data, pages=1)
        )
