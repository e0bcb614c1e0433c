"""A job's row goes from queued to done or failed, whoever dies on the way."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from rolematcher.accounts.models import AuditEvent
from rolematcher.outbox import kinds, services
from rolematcher.outbox.models import Job, JobAttempt, WorkerBeat
from rolematcher.outbox.tasks import job_next, job_run, jobs_forget, periodic_enqueue
from tests.fixtures_rows import at_once

pytestmark = pytest.mark.django_db


WAYS = {
    "os": OSError("a secret"),
    "never": kinds.Permanent("It cannot be."),
    "bug": KeyError("a secret"),
}


@pytest.fixture(autouse=True)
def only_test_kinds(monkeypatch) -> Iterator[list[int]]:
    """One kind, `note`, that notes the number it is given; and `bad`, which never succeeds."""
    done: list[int] = []
    monkeypatch.setattr(kinds, "_kinds", {})
    kinds.job_kind("note")(lambda job: done.append(job.payload.get("n", 0)))

    @kinds.job_kind("bad")
    def bad(job: Job) -> None:
        raise WAYS[job.payload["how"]]

    yield done


def enqueue(kind: str = "note", **fields) -> Job:
    return services.job_enqueue(kind, **fields)


def claim() -> Job | None:
    return services.job_claim(worker="elsewhere:1")


def make_due(job: Job) -> None:
    """As if the time until its next look had passed."""
    Job.objects.filter(pk=job.pk).update(due_at=Now() - timedelta(seconds=1))


def outcomes(job: Job) -> list[str]:
    return list(job.history.values_list("outcome", flat=True))


def test_a_job_is_claimed_once_and_done(only_test_kinds):
    job = enqueue(payload={"n": 7})
    assert job_next()
    assert not job_next()
    job.refresh_from_db()
    assert (only_test_kinds, job.state, job.attempts, job.token) == ([7], "done", 1, None)
    assert job.ended_at is not None
    assert outcomes(job) == ["done"]


def test_what_is_not_committed_or_not_due_yet_is_not_done():
    with pytest.raises(RuntimeError), transaction.atomic():
        enqueue()
        raise RuntimeError
    enqueue(due=timezone.now() + timedelta(seconds=60))
    assert claim() is None


def test_the_same_key_is_the_same_job():
    assert enqueue(key="brief:1") == enqueue(key="brief:1")
    assert enqueue() != enqueue()


def test_what_somebody_waits_for_goes_before_batches(only_test_kinds):
    for number, priority in enumerate((Job.BATCH, Job.BATCH, Job.ON_REQUEST, Job.ON_REQUEST)):
        enqueue(payload={"n": number}, priority=priority)
    while job_next():
        pass
    assert only_test_kinds == [2, 3, 0, 1]


def test_a_job_of_a_lost_worker_goes_to_the_next_and_the_lost_one_cannot_finish(someone):
    job = enqueue()
    lost = claim()
    assert claim() is None, "the lease still runs"
    make_due(job)
    second = claim()
    assert second.attempts == 2
    assert not services.job_fail(lost, "late")
    assert not services.job_set_back(lost, "late")
    with pytest.raises(services.LeaseLost), services.job_concluded(lost):
        someone.delete()
    assert type(someone).objects.filter(pk=someone.pk).exists(), "what it made is not kept"
    job_run(second)
    job_run(lost)
    assert outcomes(job) == ["dropped", "done"]


def test_each_pause_is_longer_and_the_fifth_attempt_is_the_last():
    job, pauses = enqueue("bad", payload={"how": "os"}), []
    for _attempt in range(5):
        job_next()
        row = Job.objects.annotate(now=Now()).get(pk=job.pk)
        pauses.append(round((row.due_at - row.now).total_seconds()))
        make_due(job)
    assert pauses[:4] == [2, 10, 60, 300]
    assert not job_next()
    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", "OSError")
    assert outcomes(job) == ["retry"] * 4 + ["failed"]


@pytest.mark.parametrize("how, words", [("never", "It cannot be."), ("bug", "KeyError")])
def test_what_can_never_be_done_fails_at_once_and_quotes_nobody(how, words):
    job = enqueue("bad", payload={"how": how})
    job_next()
    job.refresh_from_db()
    assert (job.state, job.attempts, job.error) == ("failed", 1, words)


def test_a_job_that_kills_its_worker_every_time_is_given_up():
    job = enqueue()
    for _attempt in range(5):
        assert claim()
        make_due(job)
    assert claim() is None
    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", services.OUT_OF_ATTEMPTS)
    assert outcomes(job) == ["lost"] * 5


def test_a_failed_job_is_tried_again_by_whoever_may_and_keeps_its_history(someone, administrator):
    job = enqueue("bad", payload={"how": "never"})
    job_next()
    with pytest.raises(PermissionDenied):
        services.job_retry(job, user=someone)
    assert services.job_retry(job, user=administrator)
    assert not services.job_retry(job, user=administrator), "it is queued already"
    job.refresh_from_db()
    assert (job.state, job.attempts, job.error) == ("queued", 0, "")
    Job.objects.filter(pk=job.pk).update(kind="note")
    assert job_next()
    assert list(job.history.values_list("number", "outcome")) == [(1, "failed"), (2, "done")]
    assert AuditEvent.objects.filter(verb="job.retried", actor=administrator).count() == 1


def test_a_cancelled_job_cannot_be_finished():
    job = enqueue()
    held = claim()
    assert services.job_cancel(Job.objects.filter(pk=job.pk)) == 1
    job_run(held)
    make_due(job)
    assert claim() is None
    assert outcomes(job) == ["dropped"]


def test_a_job_whose_process_here_is_gone_is_due_at_once():
    gone, here, elsewhere = (enqueue() for _number in range(3))
    for name in (f"{socket.gethostname()}:999999999", f"{socket.gethostname()}:{os.getpid()}", "other:1"):
        services.job_claim(worker=name)
    assert services.leases_reclaim() == 1
    assert claim() == gone
    assert {job.state for job in Job.objects.filter(pk__in=[here.pk, elsewhere.pk])} == {"running"}


def test_the_place_in_the_queue_and_whether_anybody_works():
    ahead, mine = enqueue(priority=Job.ON_REQUEST), enqueue()
    assert services.job_place(mine).ahead == 1
    assert not services.job_place(mine).worker_running
    services.worker_beat("one")
    place = services.job_place(ahead)
    assert (place.ahead, place.worker_running) == (0, True)
    WorkerBeat.objects.update(at=Now() - timedelta(days=2))
    assert not services.job_place(ahead).worker_running
    services.worker_beat("two")
    services.worker_beat("two")
    assert WorkerBeat.objects.get().worker == "two", "the other is forgotten after a day"


def test_what_is_done_by_itself_is_done_once_a_period_by_however_many_workers(only_test_kinds):
    kinds.job_kind("hourly", every=3600)(lambda job: None)
    periodic_enqueue()
    periodic_enqueue()
    assert Job.objects.filter(kind="hourly").count() == 1


def test_jobs_that_ended_long_ago_are_removed_and_failed_ones_stay():
    done, failed = enqueue(), enqueue("bad", payload={"how": "never"})
    while job_next():
        pass
    Job.objects.update(ended_at=Now() - timedelta(days=31))
    jobs_forget(done)
    assert list(Job.objects.all()) == [failed]


def test_limits_out_of_order_are_refused():
    with pytest.raises(ValueError, match="longer than the one before"):
        kinds.job_kind("wrong", soft=30, hard=20)(print)


@pytest.mark.django_db(transaction=True)
def test_of_sixteen_workers_one_gets_each_job():
    jobs = [enqueue().pk for _number in range(5)]

    taken = at_once(lambda _worker: [job.pk for _try in range(5) if (job := claim())])
    assert sorted(pk for some in taken for pk in some) == jobs
    assert JobAttempt.objects.count() == len(jobs)


@pytest.mark.django_db(transaction=True)
def test_of_sixteen_finishers_with_one_token_one_counts():
    enqueue()
    held = claim()

    def finish(_number: int) -> bool:
        with services.job_concluded(held):
            return True

    assert [one is True for one in at_once(finish)].count(True) == 1
