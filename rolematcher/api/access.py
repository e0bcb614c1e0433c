"""Who calls, and how often. In: the Authorization header. Out: a token with the scope the call needs."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from rolematcher.web.rate_limit import slow_down

from .models import Token
from .problems import Problem
from .tokens import token_find

MOST, SECONDS = 600, 60
"""Calls of one token in so many seconds."""


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
        request.calls_left = 0  # type: ignore[attr-defined]
        request.calls_left = slow_down("api", str(found.pk), most=MOST, seconds=SECONDS)  # type: ignore[attr-defined]
        if self.scope not in found.scopes:
            raise Problem(
                403, _("This call needs a token with the scope “%(scope)s”.") % {"scope": self.scope}
            )
        return found


READ, MAKE, REVIEW = Bearer(Token.READ), Bearer(Token.MAKE), Bearer(Token.REVIEW)
