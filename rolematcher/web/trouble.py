"""The answer where something went wrong here. In: a request. Out: 503 where the database is away, else 500.

Nothing on these pages needs the database, and neither promises that what was typed is kept.
"""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

NOT_AWAY = ("no such ", "has no column", "too many ", "pattern too complex", "parser stack overflow")
"""What SQLite says of a query of ours that is wrong; it has one class of errors for both."""


def server_error(request: HttpRequest) -> HttpResponse:
    """Django calls it while the error is being handled."""
    away = _database_away(sys.exc_info()[1])
    status = 503 if away else 500
    if request.path.startswith("/api/"):
        words = (
            _("The database does not answer. Try again in a moment.") if away else _("Something went wrong.")
        )
        response: HttpResponse = JsonResponse({"error": words}, status=status)
    else:
        response = HttpResponse(render_to_string(f"{status}.html"), status=status)
    if away:
        response["Retry-After"] = "15"
    return response


def _database_away(fault: BaseException | None) -> bool:
    """Is this a database that is stopped, frozen, full or busy? Raised as such or as the cause of another."""
    while fault is not None:
        if isinstance(fault, OperationalError | InterfaceError):
            return not any(words in str(fault) for words in NOT_AWAY)
        fault = fault.__cause__
    return False
