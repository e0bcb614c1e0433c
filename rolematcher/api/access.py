"""Who calls, and how often. In: the Authorization header. Out: a token with the scope the call needs.

Calls are counted in the database, for all web processes together, but each process writes its count only
every tenth call: a call that only reads then waits for no writer. So a token may exceed its limit by ten
calls a process.
"""

from __future__ import annotations

from threading import Lock

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from rolematcher.web.rate_limit import TooMany, slow_down

from .models import Token
from .problems import Problem
from .tokens import token_find

MOST, SECONDS = 600, 60
"""Calls of one token in so many seconds."""

STEPS = 60
"""So many writes for the calls of one window."""

_lock = Lock()
_since: dict[int, tuple[int, int]] = {}
"""By token: calls that no write has counted yet, and how many were left at the last write."""


class CalledRequest(HttpRequest):
    """A request that came with a token."""

    auth: Token
    calls_left: int


class Bearer(HttpBearer):
    """A token with a scope. Raises Problem where there is none, it lacks the scope, or it calls too often."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Token:
        """The token behind the secret in the header."""
        found = token_find(token)
        if found is None:
            raise Problem(
                401, _("This token does not work (any more). Make a new one on your page of tokens.")
            )
        try:
            request.calls_left = _calls_left(found.pk)  # type: ignore[attr-defined]
        except TooMany:
            request.calls_left = 0  # type: ignore[attr-defined]
            raise
        if self.scope not in found.scopes:
            raise Problem(
                403, _("This call needs a token with the scope “%(scope)s”.") % {"scope": self.scope}
            )
        return found


def _calls_left(token: int) -> int:
    """Count one call. Raises TooMany."""
    with _lock:
        calls, left = _since.get(token, (0, 0))
        calls += 1
        if calls < min(MOST // STEPS, left):
            _since[token] = (calls, left)
            return left - calls
        _since.pop(token, None)
    left = slow_down("api", str(token), most=MOST, seconds=SECONDS, tries=calls)
    with _lock:
        _since[token] = (0, left)
    return left


READ, MAKE, REVIEW = Bearer(Token.READ), Bearer(Token.MAKE), Bearer(Token.REVIEW)
