"""Is all well? Nothing in, the state of database, storage, broker, sweeper and queue out."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now

from rolematcher.briefs.models import Brief
from rolematcher.outbox.models import WorkerBeat

UP, DEGRADED, DOWN = "up", "degraded", "down"
BROKER_SECONDS = 1.0
SWEEPER_SECONDS = 60
"""A sweeper silent for longer counts as gone."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the product: is it up, and a figure or the kind of error."""

    name: str
    state: str
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Queue:
    """Briefs by state, and for how many seconds the oldest that is due has waited."""

    queued: int
    rendering: int
    failed: int
    oldest_seconds: float


def parts() -> tuple[Part, ...]:
    """Try everything out. Without database or storage nothing can be accepted: that is `down`.

    Without broker or worker decisions are still accepted and their briefs wait: that is `degraded`.
    """
    database = _tried("database", DOWN, _database)
    found = [database, _tried("storage", DOWN, _storage), _tried("broker", DEGRADED, _broker)]
    if database.state == UP:
        found += [_sweeper(), _queue()]
    return tuple(found)


def overall(found: tuple[Part, ...]) -> str:
    """The worst state of all parts."""
    states = {part.state for part in found}
    return DOWN if DOWN in states else DEGRADED if DEGRADED in states else UP


def as_dict(found: tuple[Part, ...]) -> dict[str, Any]:
    """For a health page: the overall state and each part's."""
    return {"state": overall(found), "parts": [asdict(part) for part in found]}


def _tried(name: str, worst: str, attempt: Callable[[], None]) -> Part:
    started = time.perf_counter()
    try:
        attempt()
    except Exception as fault:
        return Part(name, worst, {"error": type(fault).__name__})
    return Part(name, UP, {"ms": round((time.perf_counter() - started) * 1000, 1)})


def _database() -> None:
    """Write a row and take it back: a database that only reads accepts no decision."""
    with transaction.atomic():
        WorkerBeat.objects.create(worker=f"health-{uuid4().hex}")
        transaction.set_rollback(True)


def _storage() -> None:
    settings.BRIEFS_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    probe = settings.BRIEFS_DIR / f".health-{uuid4().hex}"
    try:
        probe.write_bytes(b"health")
    finally:
        probe.unlink(missing_ok=True)


def _broker() -> None:
    from hiring.celery import app

    with app.connection_for_write(connect_timeout=BROKER_SECONDS) as broker:
        broker.ensure_connection(max_retries=1, timeout=BROKER_SECONDS)


def _seconds_since(moment: Any, now: Any) -> float:
    return round((now - moment).total_seconds(), 1)


def sweeper_age() -> float | None:
    """Seconds since any worker last swept; None where none ever did."""
    beat = WorkerBeat.objects.annotate(now=Now()).order_by("-at").first()
    return _seconds_since(beat.at, beat.now) if beat else None


def _sweeper() -> Part:
    age = sweeper_age()
    state = UP if age is not None and age <= SWEEPER_SECONDS else DEGRADED
    return Part("sweeper", state, {"seconds_ago": age})


def queue() -> Queue:
    """Figures of the outbox."""
    counts = {state: Brief.objects.filter(state=state).count() for state in ("queued", "rendering", "failed")}
    oldest = (
        Brief.objects.filter(state=Brief.QUEUED, due_at__lte=Now())
        .order_by("due_at")
        .annotate(now=Now())
        .first()
    )
    age = _seconds_since(oldest.due_at, oldest.now) if oldest else 0.0
    return Queue(counts["queued"], counts["rendering"], counts["failed"], age)


def _queue() -> Part:
    return Part("queue", UP, asdict(queue()))
