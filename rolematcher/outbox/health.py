"""Is all well? Nothing in; out: the state of each part by a deadline, as pages for machines and as figures.

Each part is tried in a thread of its own: one that hangs (a frozen database) must not hold up the answer.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from hmac import compare_digest
from uuid import uuid4

from celery import current_app
from django.apps import apps
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connections, transaction
from django.db.models import Count
from django.db.models.functions import Now
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from rolematcher.web.proxies import client_address

from .models import Job, JobAttempt, WorkerBeat
from .services import SILENT_SECONDS

UP, DEGRADED, DOWN = "up", "degraded", "down"
DEADLINE = 1.5
"""Seconds after which a part that has not answered counts as not answering."""
BROKER_SECONDS = 1.0
LOOPBACK = ("127.0.0.1", "::1")

Detail = Mapping[str, str | float | None]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the product: is it up, and a figure or the kind of error."""

    name: str
    state: str
    detail: Detail = field(default_factory=dict)


def parts() -> tuple[Part, ...]:
    """Try everything out. Without database or storage nothing can be accepted: that is `down`.

    Without broker or worker decisions are still accepted and their jobs wait: that is `degraded`.
    """
    attempts: list[tuple[str, str, Callable[[], Detail]]] = [
        ("database", DOWN, _database),
        ("storage", DOWN, _storage),
        ("broker", DEGRADED, _broker),
        ("sweeper", DEGRADED, _sweeper),
        ("queue", DEGRADED, queue),
    ]
    found = {name: Part(name, worst, {"error": "no answer"}) for name, worst, _attempt in attempts}
    threads = [threading.Thread(target=_try, args=(found, *one), daemon=True) for one in attempts]
    until = time.monotonic() + DEADLINE
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, until - time.monotonic()))
    return tuple(found.values())


def _try(found: dict[str, Part], name: str, worst: str, attempt: Callable[[], Detail]) -> None:
    """Put into `found` how this part is, whenever that is known."""
    started = time.perf_counter()
    try:
        detail = attempt()
        state = worst if "error" in detail else UP
        found[name] = Part(name, state, detail or {"ms": round((time.perf_counter() - started) * 1000, 1)})
    except Exception as fault:
        found[name] = Part(name, worst, {"error": type(fault).__name__})
    finally:
        connections.close_all()


def overall(found: tuple[Part, ...]) -> str:
    """The worst state of all parts."""
    return max((part.state for part in found), key=(UP, DEGRADED, DOWN).index)


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
    default_storage.delete(default_storage.save(f"health/{uuid4().hex}", ContentFile(b"health")))
    return {}


def _broker() -> Detail:
    if settings.BROKER_URL != "memory://":  # without one, the worker looks at the table by itself
        with current_app.connection_for_write(connect_timeout=BROKER_SECONDS) as broker:
            broker.ensure_connection(max_retries=1, timeout=BROKER_SECONDS)
    return {}


def _sweeper() -> Detail:
    age = _sweeper_age()
    silent = age is None or age > SILENT_SECONDS
    return {"seconds_ago": age} | ({"error": "no worker is running"} if silent else {})


def _sweeper_age() -> float | None:
    """Seconds since any worker last swept; None where none ever did."""
    beat = WorkerBeat.objects.annotate(now=Now()).order_by("-at").first()
    return round((beat.now - beat.at).total_seconds(), 1) if beat else None


def queue() -> dict[str, float]:
    """How many jobs are queued, running and failed; for how many seconds the oldest due one has waited."""
    states = (*Job.ACTIVE, Job.FAILED)
    rows = Job.objects.filter(state__in=states).order_by().values_list("state")
    counts = dict(rows.annotate(number=Count("pk")))
    due = Job.objects.filter(state=Job.QUEUED, due_at__lte=Now())
    oldest = due.order_by("due_at").annotate(now=Now()).first()
    age = round((oldest.now - oldest.due_at).total_seconds(), 1) if oldest else 0.0
    return {state: counts.get(state, 0) for state in states} | {"oldest_seconds": age}


@require_safe
@never_cache
def livez(request: HttpRequest) -> HttpResponse:
    """The process answers. Nothing else is looked at: restarting it would not mend a database."""
    return HttpResponse("alive\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """503 where a decision could not be accepted; a missing broker or worker is `degraded` with 200.

    Strangers see the state in one word; the figures are for whoever may read the metrics.
    """
    found = parts()
    state = overall(found)
    told = as_dict(found) if _may_measure(request) else {"state": state}
    return JsonResponse(told, status=503 if state == DOWN else 200)


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus figures, read from the database at each scrape, so every web process tells the same.

    With METRICS_TOKEN set the scraper sends it as a bearer token; without, only this machine may ask.
    """
    if not _may_measure(request):
        raise Http404
    registry = CollectorRegistry()
    registry.register(Figures())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _may_measure(request: HttpRequest) -> bool:
    if settings.METRICS_TOKEN:
        given = request.headers.get("Authorization", "")
        return compare_digest(given.encode(), f"Bearer {settings.METRICS_TOKEN}".encode())
    return not settings.PRODUCTION and client_address(request) in LOOPBACK


class Figures(Collector):
    """What an operator watches; the alerts are described in docs/operations.md."""

    def collect(self) -> Iterator[GaugeMetricFamily | CounterMetricFamily]:
        """Read every figure once."""
        counts = queue()
        waited = counts.pop("oldest_seconds")
        jobs = GaugeMetricFamily("hiring_jobs", "Jobs that are not done, by state", labels=["state"])
        for state, number in counts.items():
            jobs.add_metric([state], number)
        yield jobs
        yield GaugeMetricFamily("hiring_queue_age_seconds", "How long the oldest due job has waited", waited)
        age = _sweeper_age()
        swept = float("inf") if age is None else age
        yield GaugeMetricFamily("hiring_sweeper_age_seconds", "Since any worker last swept", swept)
        attempts = CounterMetricFamily("hiring_job_attempts", "Attempts at jobs", labels=["kind", "outcome"])
        ended = JobAttempt.objects.order_by().values_list("job__kind", "outcome").annotate(number=Count("pk"))
        for kind, outcome, number in ended:
            attempts.add_metric([kind, outcome], number)
        yield attempts
        decisions = apps.get_model("decisions", "Decision")._default_manager
        yield CounterMetricFamily("hiring_decisions", "Decisions made", decisions.count())
