"""How long a document has still to wait, and why. In: its row. Out: its place in the queue and what to do."""

from __future__ import annotations

from dataclasses import dataclass

from rolematcher.outbox.services import job_place

from .models import Brief

LONG_AFTER = 15


@dataclass(frozen=True, slots=True)
class Waiting:
    """`before`: jobs due sooner. `worker`: whether one is running. `long`: waits more than 15 seconds."""

    before: int
    worker: bool
    long: bool


def waiting_of(brief: Brief) -> Waiting:
    """Where a queued document stands. Raises ValueError for one that nothing makes."""
    if brief.job is None:
        raise ValueError(f"Nothing makes document {brief.pk}.")
    place = job_place(brief.job)
    return Waiting(place.ahead, place.worker_running, place.waiting_seconds > LONG_AFTER)
