"""What a request holds once the middleware and `login_required` are through: for the type checker."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from .models import User


class PageRequest(HttpRequest):
    """Any request; `htmx` is true for one the page's own script made."""

    htmx: HtmxDetails


class SignedRequest(PageRequest):
    """A request by somebody who is signed in."""

    user: User


def person(request: HttpRequest) -> User:
    """Who asks. The admin lets nobody else in, so it is always one of our users."""
    return cast("User", request.user)
