"""What the logs say, and what they never say."""

from __future__ import annotations

import json
import logging
from ipaddress import ip_network

import pytest

from rolematcher.web.logs import JsonFormatter, request_named

pytestmark = pytest.mark.django_db


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


def test_the_request_id_reaches_the_worker(recruiter, decision_of, jobs_done, quick_papers, caplog):
    with request_named("from-the-page"):
        decision_of(recruiter, work="connect")
    with caplog.at_level(logging.INFO, logger="rolematcher.outbox.tasks"):
        caplog.handler.setFormatter(JsonFormatter())
        jobs_done()
    assert json.loads(caplog.text.splitlines()[-1])["request_id"] == "from-the-page"


def test_a_request_id_is_taken_from_a_named_proxy_only(client, settings):
    given = {"X-Request-ID": "given-by-proxy"}
    assert client.get("/livez", headers=given)["X-Request-ID"] != "given-by-proxy"
    settings.TRUSTED_PROXIES = (ip_network("127.0.0.1"),)
    assert client.get("/livez", headers=given)["X-Request-ID"] == "given-by-proxy"
    assert client.get("/livez", headers={"X-Request-ID": "x" * 99})["X-Request-ID"] != "x" * 99
