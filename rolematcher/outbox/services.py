"""The states of a job. In: jobs and tokens. Out: the same rows, one state further, and their history.

The row is the record: whatever happens to a queue or a worker, it still says what is to be done.

    queued --claim--> running --concluded--> done
      ^                  |--set back--> queued, due later        fail, or out of attempts --> failed
      +--lease ran out---+                                       cancel --> cancelled

Every change is one conditional UPDATE by the database's clock, so two workers, a slow worker or a wrong
clock on a machine cannot both win; the token of an attempt says who may still speak for the row.
"""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import uuid4

from celery import current_app
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from rolematcher.accounts.audit import audit
from rolematcher.web.logs import request_id

from .kinds import kinds
from .models import Job, JobAttempt, WorkerBeat

if TYPE_CHECKING:
    from datetime import datetime

    from rolematcher.accounts.models import User

log = logging.getLogger(__name__)

WORK = "outbox.work"
"""The name of the task that a wake-up calls."""

Value = str | int | list[int]
"""What a payload may hold."""

BACKOFF = (2, 10, 60, 300)
"""Seconds until the second, third, ... attempt after one that may be repeated."""

OUT_OF_ATTEMPTS = "Given up: the worker was lost while doing it, on every attempt."
SILENT_SECONDS = 60
"""A worker silent for longer counts as gone."""

KEPT = timedelta(days=30)
"""How long ended jobs stay to be looked at."""


class LeaseLost(Exception):
    """Somebody else has the job by now, or it was cancelled: what this attempt made must be dropped."""


def worker_name() -> str:
    """This process, as jobs and the history name it."""
    return f"{socket.gethostname()}:{os.getpid()}"


def wake(asked_by: str = "") -> None:
    """Tell the workers that something is due. A hint only: they look at the rows by themselves, too.

    Never raises and never tries twice: the row is already safe, and the page must not wait for a broker.
    """
    if settings.BROKER_URL == "memory://":  # reaches nobody outside this process; the worker looks often
        return
    try:
        current_app.send_task(WORK, (asked_by,), retry=False)
    except Exception:
        # Each transport has its own errors, so all of them count.
        log.warning("job not announced", exc_info=True)


def job_enqueue(
    kind: str,
    payload: Mapping[str, Value] | None = None,
    *,
    key: str = "",
    priority: int = Job.BATCH,
    due: datetime | None = None,
    user: User | None = None,
) -> Job:
    """Write a job in the caller's transaction. With a key that a job has already, that job.

    The row is the promise; the wake-up after the commit only saves waiting for the next look at the table.
    """
    given = {"kind": kind, "payload": dict(payload or {}), "priority": priority, "requested_by": user}
    given |= {"asked_by": request_id.get()[:64]} | ({"due_at": due} if due else {})
    job, new = (
        Job.objects.get_or_create(key=key, defaults=given) if key else (Job.objects.create(**given), True)
    )
    if new:
        transaction.on_commit(partial(wake, job.asked_by), robust=True)
    return job


def jobs_enqueue(kind: str, many: int, *, priority: int = Job.BATCH, user: User | None = None) -> list[Job]:
    """Write so many jobs of one kind, told apart by the rows that name them, with one wake-up for all."""
    asked_by = request_id.get()[:64]
    jobs = Job.objects.bulk_create(
        Job(kind=kind, priority=priority, requested_by=user, asked_by=asked_by) for _one in range(many)
    )
    transaction.on_commit(partial(wake, asked_by), robust=True)
    return jobs


def job_claim(*, worker: str = "") -> Job | None:
    """Take the job that is due, the most urgent first. None where there is none."""
    due = Job.objects.filter(kind__in=list(kinds()), state__in=Job.ACTIVE, due_at__lte=Now())
    while due.exists():  # without a lock: most looks find nothing
        with transaction.atomic():
            job = due.order_by("-priority", "due_at", "id").select_for_update(skip_locked=True).first()
            if job is None:
                return None
            job.history.filter(outcome=JobAttempt.STARTED).update(outcome=JobAttempt.LOST, ended_at=Now())
            kind = kinds()[job.kind]
            if job.attempts < kind.attempts:
                job.token, job.attempts, job.state = uuid4(), job.attempts + 1, Job.RUNNING
                job.worker, job.due_at = worker or worker_name(), Now() + timedelta(seconds=kind.lease)
                job.save(update_fields=["token", "attempts", "state", "worker", "due_at"])
                job.history.create(number=job.history.count() + 1, token=job.token, worker=job.worker)
                return job
            Job.objects.filter(pk=job.pk).update(
                state=Job.FAILED, token=None, error=OUT_OF_ATTEMPTS, ended_at=Now()
            )
    return None


@contextmanager
def job_concluded(job: Job) -> Iterator[None]:
    """End the job and keep what it made, in one transaction: `with job_concluded(job): row.save()`.

    Raises LeaseLost, before anything is kept, where this attempt may no longer speak for the job.
    """
    with transaction.atomic():
        if not _conclude(job, Job.DONE, JobAttempt.DONE):
            raise LeaseLost
        yield
    job.state = Job.DONE


def job_drop(job: Job) -> None:
    """Note that this attempt came too late."""
    JobAttempt.objects.filter(token=job.token or uuid4()).update(outcome=JobAttempt.DROPPED, ended_at=Now())


def job_set_back(job: Job, error: str) -> bool:
    """Something that may pass stood in the way: try again later, or give up after the last attempt."""
    if job.attempts >= kinds()[job.kind].attempts:
        return job_fail(job, error)
    later = Now() + timedelta(seconds=BACKOFF[min(job.attempts, len(BACKOFF)) - 1])
    return _conclude(job, Job.QUEUED, JobAttempt.RETRY, error, due_at=later, ended_at=None)


def job_fail(job: Job, error: str) -> bool:
    """It cannot be done, and trying again would not change that."""
    return _conclude(job, Job.FAILED, JobAttempt.FAILED, error)


def _conclude(job: Job, state: str, outcome: str, error: str = "", **changes: object) -> bool:
    """End the attempt that holds the token; False, and a dropped attempt, where that token is gone."""
    token = job.token or uuid4()  # a job that was never claimed: nobody's
    with transaction.atomic():
        mine = Job.objects.filter(pk=job.pk, state=Job.RUNNING, token=token)
        given = {"ended_at": Now(), **changes}
        held = bool(mine.update(state=state, token=None, error=error[:500], **given))
        JobAttempt.objects.filter(token=token).update(
            outcome=outcome if held else JobAttempt.DROPPED, detail=error[:500], ended_at=Now()
        )
    return held


def job_requeue(job: Job) -> bool:
    """Give a failed job all its attempts back. False where it is not failed (any more)."""
    failed = Job.objects.filter(pk=job.pk, state=Job.FAILED)
    changed = failed.update(state=Job.QUEUED, attempts=0, due_at=Now(), token=None, error="", ended_at=None)
    if changed:
        transaction.on_commit(partial(wake, request_id.get()), robust=True)
    return bool(changed)


def job_retry(job: Job, *, user: User) -> bool:
    """Try a failed job again, on somebody's word. Raises PermissionDenied without the right to."""
    if not user.has_perm("outbox.retry_job"):
        raise PermissionDenied
    with transaction.atomic():
        queued = job_requeue(job)
        if queued:
            audit("job.retried", job, actor=user, kind=job.kind)
    return queued


def job_cancel(jobs: QuerySet[Job]) -> int:
    """Cancel those that are not ended; a worker in the middle of one will find its lease gone. How many."""
    return jobs.filter(state__in=Job.ACTIVE).update(state=Job.CANCELLED, token=None, ended_at=Now())


def leases_reclaim() -> int:
    """Make jobs due whose process on this machine is gone: no need to wait for their leases. How many."""
    host = socket.gethostname()
    running = Job.objects.filter(state=Job.RUNNING, due_at__gt=Now(), worker__startswith=f"{host}:")
    gone = [job for job in running if not _alive(job.worker)]
    held = (Job.objects.filter(pk=job.pk, state=Job.RUNNING, worker=job.worker) for job in gone)
    return sum(still_theirs.update(due_at=Now()) for still_theirs in held)


def _alive(worker: str) -> bool:
    try:
        os.kill(int(worker.rpartition(":")[2]), 0)
    except ProcessLookupError:
        return False
    except (PermissionError, ValueError):
        return True
    return True


def jobs_due() -> int:
    """How many jobs wait for a worker."""
    return Job.objects.filter(kind__in=list(kinds()), state__in=Job.ACTIVE, due_at__lte=Now()).count()


def worker_beat(worker: str) -> None:
    """Note that this worker is well; those not heard of for a day are forgotten."""
    WorkerBeat.objects.update_or_create(worker=worker[:100], defaults={"at": Now()})
    WorkerBeat.objects.filter(at__lt=Now() - timedelta(days=1)).delete()


def worker_is_running() -> bool:
    """Did any worker give a sign of life lately?"""
    return WorkerBeat.objects.filter(at__gte=Now() - timedelta(seconds=SILENT_SECONDS)).exists()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a job stands: how many are before it, for how many seconds it waits, whether anybody works."""

    ahead: int
    waiting_seconds: float
    worker_running: bool


def job_place(job: Job) -> Place:
    """The place of a job in the queue, for the page of whoever waits for it."""
    asked = Job.objects.annotate(now=Now()).get(pk=job.pk)
    before = Q(priority__gt=job.priority) | Q(priority=job.priority, due_at__lt=asked.due_at)
    ahead = Job.objects.filter(before, state=Job.QUEUED).exclude(pk=job.pk)
    running = Job.objects.filter(state=Job.RUNNING).exclude(pk=job.pk).count()
    waiting = (asked.now - asked.created_at).total_seconds()
    queued = asked.state == Job.QUEUED
    return Place(ahead.count() + running if queued else 0, round(waiting, 1), worker_is_running())
