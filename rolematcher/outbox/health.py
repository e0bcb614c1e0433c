"""Is all well? Nothing in, the state of database, storage, broker, sweeper and queue out, by a deadline.

Each part is tried in a thread of its own: one that hangs (a frozen database) must not hold up the answer.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from uuid import uuid4

from celery import current_app
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connections, transaction
from django.db.models import Count
from django.db.models.functions import Now

from .models import Job, WorkerBeat
from .services import SILENT_SECONDS

UP, DEGRADED, DOWN = "up", "degraded", "down"
DEADLINE = 1.5
"""Seconds after which a part that has not answered counts as not answering."""
BROKER_SECONDS = 1.0

Detail = Mapping[str, str | float | None]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the product: is it up, and a figure or the kind of error."""

    name: str
    state: str
    detail: Detail = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Queue:
    """Jobs by state, and for how many seconds the oldest that is due has waited."""

    queued: int
    running: int
    failed: int
    oldest_seconds: float


def parts() -> tuple[Part, ...]:
    """Try everything out. Without database or storage nothing can be accepted: that is `down`.

    Without broker or worker decisions are still accepted and their jobs wait: that is `degraded`.
    """
    tried = [
        _Try("database", DOWN, _database),
        _Try("storage", DOWN, _storage),
        _Try("broker", DEGRADED, _broker),
        _Try("sweeper", DEGRADED, _sweeper),
        _Try("queue", DEGRADED, _queue),
    ]
    until = time.monotonic() + DEADLINE
    for one in tried:
        one.start()
    for one in tried:
        one.join(max(0.0, until - time.monotonic()))
    return tuple(one.part for one in tried)


class _Try(threading.Thread):
    """One part, tried in the background."""

    def __init__(self, name: str, worst: str, attempt: Callable[[], Detail]) -> None:
        super().__init__(name=f"health {name}", daemon=True)
        self.worst, self.attempt = worst, attempt
        self.part = Part(name, worst, {"error": "no answer"})

    def run(self) -> None:
        """Set `part`."""
        started, said = time.perf_counter(), self.part.name
        try:
            detail = self.attempt()
            state = self.worst if "error" in detail else UP
            self.part = Part(said, state, detail or {"ms": round((time.perf_counter() - started) * 1000, 1)})
        except Exception as fault:
            self.part = Part(said, self.worst, {"error": type(fault).__name__})
        finally:
            connections.close_all()


def overall(found: tuple[Part, ...]) -> str:
    """The worst state of all parts."""
    states = {part.state for part in found}
    return DOWN if DOWN in states else DEGRADED if DEGRADED in states else UP


def as_dict(found: tuple[Part, ...]) -> dict[str, object]:
    """For a health page: the overall state and each part's."""
    return {"state": overall(found), "parts": [asdict(part) for part in found]}


def _database() -> Detail:
    """Write a row and take it back: a database that only reads accepts no decision."""
    with transaction.atomic():
        WorkerBeat.objects.create(worker=f"health-{uuid4().hex}")
        transaction.set_rollback(True)
    return {}


def _storage() -> Detail:
    name = default_storage.save(f"health/{uuid4().hex}", ContentFile(b"health"))
    default_storage.delete(name)
    return {}


def _broker() -> Detail:
    if settings.BROKER_URL != "memory://":  # without one, the worker looks at the table by itself
        with current_app.connection_for_write(connect_timeout=BROKER_SECONDS) as broker:
            broker.ensure_connection(max_retries=1, timeout=BROKER_SECONDS)
    return {}


def sweeper_age() -> float | None:
    """Seconds since any worker last swept; None where none ever did."""
    beat = WorkerBeat.objects.annotate(now=Now()).order_by("-at").first()
    return round((beat.now - beat.at).total_seconds(), 1) if beat else None


def _sweeper() -> Detail:
    age = sweeper_age()
    silent = age is None or age > SILENT_SECONDS
    return {"seconds_ago": age} | ({"error": "no worker is running"} if silent else {})


def queue() -> Queue:
    """Figures of the jobs."""
    rows = Job.objects.filter(state__in=(*Job.ACTIVE, Job.FAILED)).order_by().values_list("state")
    counts = dict(rows.annotate(number=Count("pk")))
    due = Job.objects.filter(state=Job.QUEUED, due_at__lte=Now())
    oldest = due.order_by("due_at").annotate(now=Now()).first()
    age = round((oldest.now - oldest.due_at).total_seconds(), 1) if oldest else 0.0
    queued, running, failed = (counts.get(state, 0) for state in (Job.QUEUED, Job.RUNNING, Job.FAILED))
    return Queue(queued, running, failed, age)


def _queue() -> Detail:
    return asdict(queue())
