"""A receiver of webhooks on this machine, webhooks that lead to it, and a worker that sends what is due."""

from __future__ import annotations

import ipaddress
from datetime import timedelta

import pytest
from django.utils import timezone

import rolematcher.outbox.tasks
import rolematcher.sharing.tasks  # noqa: F401 -- they register their kinds
from rolematcher.outbox.models import Job
from rolematcher.sharing import webhook_send
from rolematcher.sharing.models import Webhook
from rolematcher.sharing.webhooks import webhook_make

from .listener import NAME, certificate, listen, names_lead_to

EVENTS = [event for event, _words in Webhook.EVENTS]


@pytest.fixture
def outside(settings, monkeypatch):
    """The name of the receiver leads to this machine; the deadline is short."""
    settings.WEBHOOK_NETWORKS = [ipaddress.ip_network("127.0.0.1/32")]
    monkeypatch.setattr(webhook_send, "DEADLINE", 1.0)
    names_lead_to(monkeypatch, "127.0.0.1")


@pytest.fixture
def pem(tmp_path, monkeypatch):
    """The receiver's certificate, trusted as an operator makes one trusted."""
    file = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    return file


@pytest.fixture
def receiver(pem):
    listener = listen(pem)
    yield listener
    listener.stopping.set()


@pytest.fixture
def hook(receiver, recruiter):
    def make(path: str = "/ok", events=EVENTS, owner=None) -> Webhook:
        address = f"https://{NAME}:{receiver.port}{path}"
        return webhook_make(user=owner or recruiter, address=address, events=events, site="https://ours/")

    return make


@pytest.fixture
def sent(jobs_done):
    """Do what is due as the worker does, without making documents."""

    def send():
        Job.objects.filter(kind="brief").delete()
        Webhook.objects.update(held_until=None)
        waiting = Job.objects.filter(kind="webhook", state=Job.QUEUED)
        waiting.update(due_at=timezone.now() - timedelta(hours=1))
        jobs_done()

    return send
