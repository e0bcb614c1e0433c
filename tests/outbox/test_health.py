"""What machines ask: alive, ready, figures."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.db.models.functions import Now

from rolematcher.outbox import health, services
from rolematcher.outbox.models import Job, WorkerBeat

# Each part is tried over a connection of its own, which sees what is committed.
pytestmark = pytest.mark.django_db(transaction=True)


def details(answer) -> dict[str, dict]:
    return {one["name"]: one["detail"] for one in answer.json()["parts"]}


def test_alive_asks_nobody_even_with_a_session(client, django_assert_num_queries):
    client.cookies["sessionid"] = "somebody"
    with django_assert_num_queries(0):
        assert client.get("/livez").status_code == 200


def test_ready_when_all_is_well(client):
    services.worker_beat("worker")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["state"]) == (200, "up")
    assert not WorkerBeat.objects.filter(worker__startswith="health").exists(), "the trial row is taken back"


def test_without_a_worker_it_is_degraded_and_still_takes_decisions(client):
    services.worker_beat("worker")
    WorkerBeat.objects.update(at=Now() - timedelta(seconds=90))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["state"]) == (200, "degraded")
    assert details(answer)["sweeper"]["seconds_ago"] >= 90


def test_without_storage_it_is_down(client, settings, tmp_path):
    (tmp_path / "in-the-way").write_text("")
    files = {"BACKEND": "hiring.storage.WholeFiles", "OPTIONS": {"location": str(tmp_path / "in-the-way")}}
    settings.STORAGES = settings.STORAGES | {"default": files}
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["state"]) == (503, "down")


def test_a_part_that_does_not_answer_is_down_by_the_deadline(client, monkeypatch):
    monkeypatch.setattr(health, "_database", lambda: time.sleep(5) or {})
    monkeypatch.setattr(health, "DEADLINE", 0.3)
    begun = time.monotonic()
    answer = client.get("/readyz")
    assert time.monotonic() - begun < 2
    assert answer.status_code == 503
    error = {"error": "no answer"}
    assert answer.json()["parts"][0] == {"name": "database", "state": "down", "detail": error}


def test_a_queue_that_waits_is_told(client):
    services.job_enqueue("jobs_forget")
    Job.objects.update(due_at=Now() - timedelta(seconds=75))
    failed = services.job_enqueue("jobs_forget")
    Job.objects.filter(pk=failed.pk).update(state=Job.FAILED)
    failed.history.create(number=1, token="0" * 32, worker="w", outcome="failed")
    detail = details(client.get("/readyz"))["queue"]
    assert (detail["queued"], detail["failed"]) == (1, 1)
    assert 75 <= detail["oldest_seconds"] < 90
    figures = client.get("/metrics").content.decode()
    assert 'hiring_jobs{state="failed"} 1.0' in figures
    assert 'hiring_job_attempts_total{kind="jobs_forget",outcome="failed"} 1.0' in figures
    assert "hiring_queue_age_seconds 7" in figures


def test_strangers_get_the_state_in_a_word_and_no_figures_without_the_token_that_is_set(client, settings):
    elsewhere = {"REMOTE_ADDR": "203.0.113.9"}
    assert set(client.get("/readyz", **elsewhere).json()) == {"state"}
    assert client.get("/metrics", **elsewhere).status_code == 404
    settings.METRICS_TOKEN = "let the scraper in"
    for sent in ({}, {"Authorization": "Bearer wrong"}):
        assert client.get("/metrics", headers=sent).status_code == 404
    right = {"Authorization": f"Bearer {settings.METRICS_TOKEN}"}
    assert client.get("/metrics", headers=right, **elsewhere).status_code == 200
