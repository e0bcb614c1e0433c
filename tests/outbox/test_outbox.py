"""A brief's row goes from queued to ready or failed, whoever dies on the way."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from django.db.models.functions import Now

from rolematcher.briefs import states as outbox
from rolematcher.briefs.models import Brief, BriefAttempt
from rolematcher.briefs.pdf_files import StoredFile
from rolematcher.outbox.models import WorkerBeat

pytestmark = pytest.mark.django_db

FILE = StoredFile("ab/ab.pdf", "ab" * 32, 1234)


def claim(brief: Brief) -> outbox.Claim | None:
    return outbox.brief_claim(brief.pk, worker="test")


def finish(held: outbox.Claim) -> bool:
    return outbox.brief_finish(held, FILE, pages=3, missing_glyphs=False)


def make_due(brief: Brief) -> None:
    """As if the time until its next look had passed."""
    Brief.objects.filter(pk=brief.pk).update(due_at=Now() - timedelta(seconds=1))


def outcomes(brief: Brief) -> list[str]:
    return list(brief.history.values_list("outcome", flat=True))


def test_a_queued_brief_is_claimed_once_and_finished(queued):
    brief = queued()
    held = claim(brief)
    assert claim(brief) is None
    assert finish(held)
    brief.refresh_from_db()
    assert (brief.state, brief.file, brief.pages, brief.token) == ("ready", FILE.name, 3, None)
    assert brief.ready_at is not None
    assert outcomes(brief) == ["ready"]


def test_a_ready_brief_is_not_claimed_again(queued):
    brief = queued()
    finish(claim(brief))
    make_due(brief)
    assert claim(brief) is None


def test_a_brief_waits_until_it_is_due(queued):
    assert claim(queued(due_at=Now() + timedelta(seconds=60))) is None


def test_a_brief_of_a_lost_worker_goes_to_the_next_and_the_lost_one_cannot_finish(queued):
    brief = queued()
    lost = claim(brief)
    assert claim(brief) is None, "the lease still runs"
    make_due(brief)
    second = claim(brief)
    assert second.attempt == 2
    assert not finish(lost)
    assert finish(second)
    assert outcomes(brief) == ["dropped", "ready"]


def test_a_lost_worker_cannot_fail_or_set_back_what_another_makes(queued):
    brief = queued()
    lost = claim(brief)
    make_due(brief)
    claim(brief)
    assert not outbox.brief_fail(lost, "late")
    assert not outbox.brief_set_back(lost, "late")
    brief.refresh_from_db()
    assert (brief.state, brief.error) == ("rendering", "")


def test_finishing_twice_counts_once(queued):
    held = claim(queued())
    assert finish(held)
    assert not finish(held)


def test_each_pause_is_longer_and_the_fifth_attempt_is_the_last(queued):
    brief = queued()
    pauses = []
    for attempt in range(1, 6):
        held = claim(brief)
        assert held.attempt == attempt
        assert outbox.brief_set_back(held, "OSError")
        row = Brief.objects.annotate(now=Now()).get(pk=brief.pk)
        pauses.append(round((row.due_at - row.now).total_seconds()))
        make_due(brief)
    assert pauses[:4] == [2, 10, 60, 300]
    brief.refresh_from_db()
    assert (brief.state, brief.error) == ("failed", "OSError")
    assert outcomes(brief) == ["retry"] * 4 + ["failed"]
    assert claim(brief) is None


def test_a_failed_brief_gets_all_its_attempts_back_and_keeps_its_history(queued):
    brief = queued()
    outbox.brief_fail(claim(brief), "BriefRefused: too many pages")
    assert outbox.brief_requeue(brief.pk)
    assert not outbox.brief_requeue(brief.pk), "it is not failed any more"
    held = claim(brief)
    assert held.attempt == 1
    assert finish(held)
    assert list(brief.history.values_list("number", "outcome")) == [(1, "failed"), (2, "ready")]


def test_a_sweep_finds_what_is_due_longest_waiting_first(queued):
    queued(due_at=Now() + timedelta(seconds=60))
    late, later = queued(due_at=Now() - timedelta(seconds=5)), queued(due_at=Now() - timedelta(seconds=9))
    lost = queued()
    claim(lost)
    Brief.objects.filter(pk=lost.pk).update(due_at=Now() - timedelta(seconds=7))
    finish(claim(queued()))
    assert outbox.briefs_sweep() == outbox.Swept(due=(later.pk, lost.pk, late.pk), given_up=0)


def test_a_sweep_sends_no_flood(queued):
    for _number in range(outbox.MOST_WOKEN + 3):
        queued()
    assert len(outbox.briefs_sweep().due) == outbox.MOST_WOKEN


def test_a_brief_that_kills_its_worker_every_time_is_given_up(queued):
    brief = queued()
    for _attempt in range(5):
        assert outbox.briefs_sweep().due == (brief.pk,)
        assert claim(brief)
        make_due(brief)
    assert outbox.briefs_sweep() == outbox.Swept(due=(), given_up=1)
    brief.refresh_from_db()
    assert (brief.state, brief.error) == ("failed", outbox.OUT_OF_ATTEMPTS)
    assert outcomes(brief) == ["lost"] * 5


def test_a_worker_beats_and_is_forgotten_after_a_day():
    outbox.sweep_recorded("old", woken=0)
    WorkerBeat.objects.update(at=Now() - timedelta(days=2))
    outbox.sweep_recorded("new", woken=3)
    outbox.sweep_recorded("new", woken=4)
    assert list(WorkerBeat.objects.values_list("worker", "woken")) == [("new", 4)]


@pytest.mark.django_db(transaction=True)
def test_of_sixteen_workers_one_gets_the_brief(queued):
    briefs = [queued().pk for _number in range(5)]

    def try_all(worker: int) -> list[int]:
        try:
            return [pk for pk in briefs if outbox.brief_claim(pk, worker=f"w{worker}")]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(16) as pool:
        won = [pk for taken in pool.map(try_all, range(16)) for pk in taken]
    assert sorted(won) == briefs
    assert BriefAttempt.objects.count() == len(briefs)


@pytest.mark.django_db(transaction=True)
def test_of_sixteen_finishers_with_one_token_one_counts(queued):
    held = claim(queued())

    def try_it(_number: int) -> bool:
        try:
            return finish(held)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(try_it, range(16))) == 1
