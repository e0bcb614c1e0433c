"""How long a document has still to wait, and why. In: its row. Out: its place in the queue and what to do."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models.functions import Now

from rolematcher.outbox.models import WorkerBeat

from .models import Brief

SILENT_AFTER = 60
"""Seconds after which a worker that says nothing counts as gone."""
LONG_AFTER = 15


@dataclass(frozen=True, slots=True)
class Waiting:
    """`before`: documents due sooner. `worker`: whether one is running. `long`: for more than 15 seconds."""

    before: int
    worker: bool
    long: bool


def waiting_of(brief: Brief) -> Waiting:
    """Where a queued document stands."""
    row = Brief.objects.annotate(now=Now()).values("now", "created_at", "due_at").get(pk=brief.pk)
    before = Brief.objects.filter(state=Brief.QUEUED, due_at__lt=row["due_at"]).exclude(pk=brief.pk).count()
    beat = WorkerBeat.objects.order_by("-at").values_list("at", flat=True).first()
    alive = beat is not None and (row["now"] - beat).total_seconds() <= SILENT_AFTER
    return Waiting(before, alive, (row["now"] - row["created_at"]).total_seconds() > LONG_AFTER)
