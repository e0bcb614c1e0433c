"""Forwarding headers count from the proxies the operator named, and from nobody else."""

from __future__ import annotations

from ipaddress import ip_network

import pytest
from django.test import RequestFactory

from rolematcher.web.proxies import TrustedProxies, client_address

PROXY, STRANGER = "10.0.0.7", "203.0.113.9"


@pytest.fixture(autouse=True)
def one_proxy(settings):
    settings.TRUSTED_PROXIES = (ip_network("10.0.0.0/24"),)


def asked(remote: str, **headers: str):
    request = RequestFactory().get("/", REMOTE_ADDR=remote, **headers)
    seen = {}
    TrustedProxies(lambda request: seen.update(request.META))(request)
    return request, seen


@pytest.mark.parametrize(
    "remote, chain, real",
    [
        (STRANGER, "", STRANGER),
        (STRANGER, "198.51.100.1", STRANGER),
        (PROXY, "198.51.100.1", "198.51.100.1"),
        (PROXY, "1.1.1.1, 198.51.100.1", "198.51.100.1"),
        (PROXY, "198.51.100.1, 10.0.0.8", "198.51.100.1"),
        (PROXY, "", PROXY),
        (PROXY, "not an address", "not an address"),
    ],
)
def test_the_last_address_that_is_no_proxy_is_the_client(remote, chain, real):
    request, _seen = asked(remote, HTTP_X_FORWARDED_FOR=chain)
    assert client_address(request) == real


def test_a_stranger_cannot_say_that_the_request_came_by_tls_or_for_another_host():
    _request, seen = asked(STRANGER, HTTP_X_FORWARDED_PROTO="https", HTTP_X_FORWARDED_HOST="evil.example")
    assert "HTTP_X_FORWARDED_PROTO" not in seen
    assert "HTTP_X_FORWARDED_HOST" not in seen


def test_a_named_proxy_can_say_that_the_request_came_by_tls():
    _request, seen = asked(PROXY, HTTP_X_FORWARDED_PROTO="https")
    assert seen["HTTP_X_FORWARDED_PROTO"] == "https"
