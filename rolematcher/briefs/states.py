"""The states of a brief. In: brief rows and tokens. Out: the same rows, one state further, and their history.

The row is the outbox: whatever happens to a queue or a worker, the row still says what is to be done.

    queued --claim--> rendering --finish--> ready
      ^                  |--set back--> queued, due later        fail, or out of attempts --> failed
      +--lease ran out---+

Every change is one conditional UPDATE by the database's clock, so two workers, a slow worker or a wrong
clock on a machine cannot both win; the token of an attempt says who may still speak for the row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from rolematcher.outbox.models import WorkerBeat

from .models import Brief, BriefAttempt
from .pdf_files import StoredFile

BACKOFF = (2, 10, 60, 300)
"""Seconds until the second, third, ... attempt after one that may be repeated."""

MOST_WOKEN = 50
"""Wake-ups one sweep sends. A longer queue is being worked on anyway; the next sweep sends the next ones."""

OUT_OF_ATTEMPTS = "Given up: the worker was lost while making it, on every attempt."

ACTIVE = (Brief.QUEUED, Brief.RENDERING)


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to make one brief until the lease ends: which brief, which attempt, the fencing token."""

    brief_id: int
    attempt: int
    token: UUID


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep found: briefs to wake a worker for, how many it gave up, how many wake-ups went out."""

    due: tuple[int, ...]
    given_up: int
    woken: int = 0


def brief_claim(brief_id: int, *, worker: str) -> Claim | None:
    """Take a brief that is due. None where it is not: somebody has it, it is ready, or it waits."""
    token = uuid4()
    lease_end = Now() + timedelta(seconds=settings.BRIEF_LEASE_SECONDS)
    with transaction.atomic():
        due = Brief.objects.filter(
            pk=brief_id, state__in=ACTIVE, due_at__lte=Now(), attempts__lt=settings.BRIEF_MOST_ATTEMPTS
        )
        if not due.update(state=Brief.RENDERING, token=token, attempts=F("attempts") + 1, due_at=lease_end):
            return None
        history = BriefAttempt.objects.filter(brief_id=brief_id)
        history.filter(outcome=BriefAttempt.STARTED).update(outcome=BriefAttempt.LOST, ended_at=Now())
        history.create(brief_id=brief_id, number=history.count() + 1, token=token, worker=worker[:100])
        attempt = Brief.objects.values_list("attempts", flat=True).get(pk=brief_id)
    return Claim(brief_id, attempt, token)


def brief_finish(claim: Claim, stored: StoredFile, *, pages: int, missing_glyphs: bool) -> bool:
    """The brief is made and its file lies in place. False where the claim was lost: the result is dropped."""
    return _conclude(
        claim,
        BriefAttempt.READY,
        state=Brief.READY,
        file=stored.name,
        sha256=stored.sha256,
        size=stored.size,
        pages=pages,
        missing_glyphs=missing_glyphs,
        ready_at=Now(),
        error="",
    )


def brief_set_back(claim: Claim, error: str) -> bool:
    """Something that may pass stood in the way: try again later, or give up after the last attempt."""
    if claim.attempt >= settings.BRIEF_MOST_ATTEMPTS:
        return brief_fail(claim, error)
    later = Now() + timedelta(seconds=BACKOFF[min(claim.attempt, len(BACKOFF)) - 1])
    return _conclude(claim, BriefAttempt.RETRY, error, state=Brief.QUEUED, due_at=later, error=error[:500])


def brief_fail(claim: Claim, error: str) -> bool:
    """It cannot be made, and trying again would not change that."""
    return _conclude(claim, BriefAttempt.FAILED, error, state=Brief.FAILED, error=error[:500])


def _conclude(claim: Claim, outcome: str, detail: str = "", **changes: object) -> bool:
    """End the attempt that holds `claim`; the row changes only while the claim's token is on it."""
    with transaction.atomic():
        mine = Brief.objects.filter(pk=claim.brief_id, state=Brief.RENDERING, token=claim.token)
        held = bool(mine.update(token=None, **changes))
        BriefAttempt.objects.filter(token=claim.token).update(
            outcome=outcome if held else BriefAttempt.DROPPED, detail=detail[:500], ended_at=Now()
        )
    return held


def brief_requeue(brief_id: int) -> bool:
    """Give a failed brief its attempts back. False where it is not failed (any more)."""
    failed = Brief.objects.filter(pk=brief_id, state=Brief.FAILED)
    return bool(failed.update(state=Brief.QUEUED, attempts=0, due_at=Now(), token=None, error=""))


def briefs_sweep() -> Swept:
    """Give up the briefs that lost their worker once too often; list those due, longest due first."""
    with transaction.atomic():
        spent = Brief.objects.filter(
            state__in=ACTIVE, due_at__lte=Now(), attempts__gte=settings.BRIEF_MOST_ATTEMPTS
        )
        ids = list(spent.values_list("pk", flat=True)[:MOST_WOKEN])
        given_up = spent.filter(pk__in=ids).update(state=Brief.FAILED, token=None, error=OUT_OF_ATTEMPTS)
        BriefAttempt.objects.filter(brief_id__in=ids, outcome=BriefAttempt.STARTED).update(
            outcome=BriefAttempt.LOST, ended_at=Now()
        )
    due = Brief.objects.filter(state__in=ACTIVE, due_at__lte=Now()).order_by("due_at")
    return Swept(tuple(due.values_list("pk", flat=True)[:MOST_WOKEN]), given_up)


def sweep_recorded(worker: str, *, woken: int) -> None:
    """Note that this worker swept just now; workers not heard of for a day are forgotten."""
    WorkerBeat.objects.update_or_create(worker=worker[:100], defaults={"at": Now()})
    WorkerBeat.objects.filter(at__lt=Now() - timedelta(days=1)).delete()
