"""The answer to a request that no view answers. In: a request. Out: 400, 404, 500, or 503 (database away).

Nothing on these pages needs the database, and none promises that what was typed is kept. Programs get the
same as application/problem+json (RFC 9457).
"""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views import defaults

NOT_AWAY = ("no such ", "has no column", "too many ", "pattern too complex", "parser stack overflow")
"""What SQLite says of a query of ours that is wrong; it has one class of errors for both."""


def server_error(request: HttpRequest) -> HttpResponse:
    """Django calls it while the error is being handled."""
    away = _database_away(sys.exc_info()[1])
    status = 503 if away else 500
    if _of_program(request):
        words = (
            _("The database does not answer. Try again in a moment.") if away else _("Something went wrong.")
        )
        response: HttpResponse = _problem(status, "Unavailable" if away else "Our fault", words)
    else:
        response = HttpResponse(render_to_string(f"{status}.html"), status=status)
    if away:
        response["Retry-After"] = "15"
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django calls it for a request that cannot be read."""
    if _of_program(request):
        return _problem(400, "Bad request", _("Something went wrong. Check the address and its encoding."))
    return defaults.bad_request(request, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django calls it for an address that is none."""
    if _of_program(request):
        return _problem(404, "Not found", _("There is no such call. See /api/docs/."))
    return defaults.page_not_found(request, exception)


def _of_program(request: HttpRequest) -> bool:
    return request.path.startswith("/api/v")


def _problem(status: int, title: str, detail: str) -> JsonResponse:
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, "errors": []}
    return JsonResponse(body, status=status, content_type="application/problem+json")


def _database_away(fault: BaseException | None) -> bool:
    """Is this a database that is stopped, frozen, full or busy? Raised as such or as the cause of another."""
    while fault is not None:
        if isinstance(fault, OperationalError | InterfaceError):
            return not any(words in str(fault) for words in NOT_AWAY)
        fault = fault.__cause__
    return False
