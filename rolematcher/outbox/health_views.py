"""For machines: is the process alive, is the product ready, and its figures for Prometheus."""

from __future__ import annotations

from collections.abc import Iterator
from hmac import compare_digest

from django.apps import apps
from django.conf import settings
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from rolematcher.web.proxies import client_address

from . import health
from .models import JobAttempt

LOOPBACK = ("127.0.0.1", "::1")


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
    found = health.parts()
    status = 503 if health.overall(found) == health.DOWN else 200
    if not _may_measure(request):
        return JsonResponse({"state": health.overall(found)}, status=status)
    return JsonResponse(health.as_dict(found), status=status)


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
        queue = health.queue()
        jobs = GaugeMetricFamily("hiring_jobs", "Jobs that are not done, by state", labels=["state"])
        for state in ("queued", "running", "failed"):
            jobs.add_metric([state], getattr(queue, state))
        yield jobs
        yield GaugeMetricFamily(
            "hiring_queue_age_seconds", "How long the oldest due job has waited", queue.oldest_seconds
        )
        age = health.sweeper_age()
        yield GaugeMetricFamily(
            "hiring_sweeper_age_seconds", "Since any worker last swept", float("inf") if age is None else age
        )
        attempts = CounterMetricFamily("hiring_job_attempts", "Attempts at jobs", labels=["kind", "outcome"])
        ended = JobAttempt.objects.order_by().values("job__kind", "outcome").annotate(number=Count("pk"))
        for row in ended:
            attempts.add_metric([row["job__kind"], row["outcome"]], row["number"])
        yield attempts
        decisions = apps.get_model("decisions", "Decision")._default_manager
        yield CounterMetricFamily("hiring_decisions", "Decisions made", decisions.count())
