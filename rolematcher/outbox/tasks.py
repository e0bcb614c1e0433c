"""What the worker does. In: a wake-up. Out: one job done, set back or failed. Twice is harmless.

A worker may die at any line here; its end is noticed, or its lease runs out, and the next one takes over.
"""

from __future__ import annotations

import faulthandler
import logging
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from smtplib import SMTPException

from billiard import current_process
from celery import shared_task
from django.core.files.storage import default_storage
from django.db import Error as DatabaseTrouble
from django.db.models.functions import Now
from django.dispatch import receiver

from rolematcher.accounts.models import User
from rolematcher.accounts.password_reset import reset_asked, reset_mail
from rolematcher.web.files import files_unused
from rolematcher.web.logs import request_named

from .kinds import Kind, Permanent, Retryable, job_kind, kinds
from .models import Job
from .services import (
    KEPT,
    WORK,
    LeaseLost,
    Value,
    job_claim,
    job_concluded,
    job_drop,
    job_enqueue,
    job_fail,
    job_set_back,
    wake,
)

log = logging.getLogger(__name__)


class OutOfTime(Exception):
    """The job took longer than its kind may."""


MAY_PASS = (Retryable, OSError, DatabaseTrouble, MemoryError, OutOfTime)
"""What stands in the way only for now: disk, database, memory, time. Everything else stays as it is."""


@shared_task(name=WORK)
def work(asked_by: str = "") -> None:
    """Do what is due, the most urgent first; after a second a wake-up of its own goes on."""
    until = time.monotonic() + 1.0
    while job_next(asked_by):
        if time.monotonic() > until:
            wake(asked_by)  # many jobs may have come with one wake-up
            return


def job_next(asked_by: str = "") -> bool:
    """Take the most urgent job that is due and do it. False where there was none."""
    job = job_claim()
    if job is None:
        return False
    with request_named(job.asked_by or asked_by):
        job_run(job)
    return True


def job_run(job: Job) -> None:
    """Do a claimed job and note how it ended."""
    kind, facts = kinds()[job.kind], {"job": job.pk, "kind": job.kind, "attempt": job.attempts}
    try:
        with limited(kind):
            kind.run(job)
        if job.state == Job.RUNNING:  # the function left ending it to us
            with job_concluded(job):
                pass
        log.info("job done", extra=facts)
    except LeaseLost:
        log.info("job dropped", extra=facts)
        job_drop(job)
    except MAY_PASS as trouble:
        log.warning("job set back", extra=facts, exc_info=True)
        job_set_back(job, _words(trouble))
    except Exception as fault:
        log.exception("job failed", extra=facts)
        job_fail(job, _words(fault))


def _words(fault: BaseException) -> str:
    """What the row says of an error: the sentence of our own ones, of others the kind alone.

    The text of a foreign exception may quote what somebody typed.
    """
    if isinstance(fault, Retryable | Permanent):
        return str(fault)
    own = type(fault).__module__.startswith("rolematcher.")
    return f"{type(fault).__name__}: {fault}" if own else type(fault).__name__


@contextmanager
def limited(kind: Kind) -> Iterator[None]:
    """Interrupt after the soft limit; after the hard one end this process, whatever it is stuck in.

    Only in the main thread of a worker's child: nobody else may be interrupted.
    """
    if not current_process()._identity:
        yield
        return

    def interrupt(_number: int, _frame: object) -> None:
        raise OutOfTime

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, kind.soft)
    with Path(os.devnull).open("w") as nowhere:
        faulthandler.dump_traceback_later(kind.hard, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)


def periodic_enqueue() -> None:
    """Write the jobs that are done by themselves, each once a period however many workers there are."""
    now = int(time.time())
    for kind in kinds().values():
        if kind.every:
            job_enqueue(kind.name, key=f"{kind.name}:{now // kind.every}")


@job_kind("jobs_forget", every=24 * 3600)
def jobs_forget(job: Job) -> None:
    """Remove jobs that ended long ago."""
    Job.objects.filter(state__in=(Job.DONE, Job.CANCELLED), ended_at__lt=Now() - KEPT).delete()


@job_kind("files_sweep", every=3600)
def files_sweep(job: Job) -> None:
    """Remove files that no row uses."""
    unused = list(files_unused())
    for name in unused:
        default_storage.delete(name)
    log.info("files swept", extra={"gone": len(unused)})


@receiver(reset_asked)
def reset_is_due(users: list[int], language: str, host: str, secure: bool, **_signal: object) -> None:
    """One job, for known and unknown addresses alike: the page must take as long for both."""
    payload: dict[str, Value] = {"users": users, "language": language, "host": host, "secure": secure}
    job_enqueue("password_reset", payload, priority=Job.ON_REQUEST)


@job_kind("password_reset", outside=True)
def password_reset(job: Job) -> None:
    """Mail the people behind an address, if there are any, a link to a new password."""
    asked = job.payload
    try:
        for user in User.objects.filter(pk__in=asked["users"]):
            reset_mail(user, language=asked["language"], host=asked["host"], secure=asked["secure"])
    except SMTPException as fault:
        raise Retryable(type(fault).__name__) from fault
