"""Addresses that leave the house, in links and mails. In: a path of ours. Out: the whole address."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.http import HttpRequest


def public_address(request: HttpRequest, path: str) -> str:
    """`path` at PUBLIC_ADDRESS where that is set, else at the address that was asked."""
    if settings.PUBLIC_ADDRESS:
        return urljoin(settings.PUBLIC_ADDRESS.rstrip("/") + "/", path.lstrip("/"))
    return request.build_absolute_uri(path)


def public_host(request: HttpRequest) -> tuple[str, bool]:
    """Its host (with the port) and whether it is reached by https."""
    parts = urlsplit(public_address(request, "/"))
    return parts.netloc, parts.scheme == "https"
