"""What a request holds once the middleware and `login_required` are through: for the type checker."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from rolematcher.models import User


class PageRequest(HttpRequest):
    """Any request; `htmx` is true for one the page's own script made."""

    htmx: HtmxDetails


class SignedRequest(PageRequest):
    """A request by somebody who is signed in."""

    user: User
