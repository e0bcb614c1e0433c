"""Addresses that leave the house, in links and mails, and the ids that come in one."""

from __future__ import annotations

import uuid
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


def uuid_of(text: str | None) -> uuid.UUID:
    """The public id a text says; for anything else a new one, which nobody's row has."""
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return uuid.uuid4()
