"""What machines ask: alive, ready, figures. And what the logs say, and what they never say."""

from __future__ import annotations

import json
import logging
from datetime import timedelta

import pytest
from django.db.models.functions import Now

from hiring.logs import JsonFormatter, request_named
from rolematcher.briefs import states as outbox
from rolematcher.briefs.models import Brief
from rolematcher.outbox.models import WorkerBeat

pytestmark = pytest.mark.django_db


def part(client, name: str) -> dict:
    parts = {one["name"]: one for one in client.get("/readyz").json()["parts"]}
    return parts[name]


def test_alive_asks_nobody(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/livez").status_code == 200


def test_ready_when_all_is_well(client):
    outbox.sweep_recorded("worker", woken=0)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["state"]) == (200, "up")
    assert not WorkerBeat.objects.filter(worker__startswith="health").exists(), "the trial row is taken back"


def test_without_a_worker_it_is_degraded_and_still_takes_decisions(client):
    outbox.sweep_recorded("worker", woken=0)
    WorkerBeat.objects.update(at=Now() - timedelta(seconds=90))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["state"]) == (200, "degraded")
    assert part(client, "sweeper")["detail"]["seconds_ago"] >= 90


def test_without_storage_it_is_down(client, settings, tmp_path):
    settings.BRIEFS_DIR = tmp_path / "in-the-way"
    settings.BRIEFS_DIR.write_text("")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["state"]) == (503, "down")


def test_a_queue_that_waits_is_told(client, queued):
    queued(due_at=Now() - timedelta(seconds=75))
    outbox.brief_fail(outbox.brief_claim(queued().pk, worker="w"), "BriefTooLong")
    detail = part(client, "queue")["detail"]
    assert (detail["queued"], detail["failed"]) == (1, 1)
    assert 75 <= detail["oldest_seconds"] < 90
    figures = client.get("/metrics").content.decode()
    assert 'hiring_briefs{state="failed"} 1.0' in figures
    assert 'hiring_brief_attempts_total{outcome="failed"} 1.0' in figures
    assert "hiring_queue_age_seconds 7" in figures


def test_strangers_get_the_state_in_a_word_and_no_figures(client):
    elsewhere = {"REMOTE_ADDR": "203.0.113.9"}
    assert set(client.get("/readyz", **elsewhere).json()) == {"state"}
    assert client.get("/metrics", **elsewhere).status_code == 404


def test_with_a_token_set_only_the_token_opens_the_figures(client, settings):
    settings.METRICS_TOKEN = "let the scraper in"
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 404
    right = {"Authorization": f"Bearer {settings.METRICS_TOKEN}"}
    assert client.get("/metrics", headers=right, REMOTE_ADDR="203.0.113.9").status_code == 200


def line_of(record: logging.LogRecord) -> dict:
    return json.loads(JsonFormatter().format(record))


def record(name="rolematcher.x", message="said", args=(), error=None, **extra):
    info = None
    if error:
        try:
            raise error
        except type(error) as caught:
            info = (type(caught), caught, caught.__traceback__)
    made = logging.LogRecord(name, logging.INFO, __file__, 1, message, args, info)
    made.__dict__.update(extra)
    return made


def test_a_log_line_names_the_request_and_keeps_short_facts():
    with request_named("abc123"):
        line = line_of(record(brief=7, long="x" * 500))
    assert (line["request_id"], line["brief"], line["message"]) == ("abc123", 7, "said")
    assert "long" not in line


def test_a_log_line_tells_the_kind_of_an_error_and_never_its_text():
    line = line_of(record(error=ValueError("Client Müller wrote: our secret plan")))
    assert line["exception"] == "ValueError"
    assert "secret plan" not in json.dumps(line)
    assert line["places"]


def test_a_log_line_of_django_leaves_the_address_out():
    line = line_of(record("django.request", "%s: %s", ("Not Found", "/s/the-secret-of-a-link/")))
    assert "the-secret-of-a-link" not in json.dumps(line)


def test_the_trail_of_a_request_names_the_page_not_the_address(client, caplog):
    with caplog.at_level(logging.INFO, logger="rolematcher.web.middleware"):
        answer = client.get("/s/the-secret-of-a-link/")
    (said,) = (one for one in caplog.records if one.name == "rolematcher.web.middleware")
    assert (said.page, said.status) == ("shared", answer.status_code)
    assert "the-secret-of-a-link" not in json.dumps([line_of(one) for one in caplog.records])


def test_the_request_id_reaches_the_worker(client, recruiter, decision_of, queue_of_briefs, caplog):
    from rolematcher.briefs.tasks import brief_make

    with request_named("from-the-page"):
        brief = decision_of(recruiter, work="connect").briefs.get()
        assert isinstance(brief, Brief)
    with caplog.at_level(logging.INFO, logger="rolematcher.briefs.tasks"):
        handler = caplog.handler
        handler.setFormatter(JsonFormatter())
        brief_make(brief.pk, "from-the-page")
    assert json.loads(caplog.text.splitlines()[-1])["request_id"] == "from-the-page"


def test_a_request_id_is_taken_from_a_named_proxy_only(client, settings):
    from ipaddress import ip_network

    given = {"X-Request-ID": "given-by-proxy"}
    assert client.get("/livez", headers=given)["X-Request-ID"] != "given-by-proxy"
    settings.TRUSTED_PROXIES = (ip_network("127.0.0.1"),)
    assert client.get("/livez", headers=given)["X-Request-ID"] == "given-by-proxy"
    assert client.get("/livez", headers={"X-Request-ID": "x" * 99})["X-Request-ID"] != "x" * 99
