"""What only the next page may show, such as a new link's secret. In: values. Out: the same, for a minute.

Kept in a signed cookie of the browser that asked: a session lies in the database and its backups.
"""

from __future__ import annotations

import json
from typing import TypedDict

from django.http import HttpRequest
from django.http.response import HttpResponseBase

SECONDS = 60
NAMES = ("new_link", "new_ask", "new_approval", "new_webhook")
"""What pages hand on: a client's link, a hiring manager's, approvers', a webhook's secret."""


class HandedOn(TypedDict, total=False):
    """What pages hand on: the row it is about, and the address that is shown this once."""

    row: int
    address: str
    ids: list[str]


def show_once(request: HttpRequest, response: HttpResponseBase, name: str, values: HandedOn) -> None:
    """Let the page that this answer leads to show these."""
    response.set_signed_cookie(
        name,
        json.dumps(values),
        max_age=SECONDS,
        httponly=True,
        samesite="Strict",
        secure=request.is_secure(),
    )


def shown_once(request: HttpRequest, name: str) -> HandedOn:
    """What was handed on under this name; nothing where it is too old or not ours."""
    text = request.get_signed_cookie(name, default="", max_age=SECONDS)
    found: HandedOn = json.loads(text) if text else {}
    return found


def forget_shown(request: HttpRequest, response: HttpResponseBase) -> None:
    """After a page has shown what was handed on: shown again it must not be."""
    for name in NAMES:
        if name in request.COOKIES:
            response.delete_cookie(name, samesite="Strict")
