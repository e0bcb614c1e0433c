"""Around every request: its id, a log line, headers, compression, the second factor, one's own language."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from urllib.parse import urlencode
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation

from rolematcher.web.logs import request_named
from rolematcher.web.proxies import is_trusted

log = logging.getLogger(__name__)

GIVEN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
Answer = Callable[[HttpRequest], HttpResponse]

MACHINES = ("/livez", "/readyz", "/metrics")
"""Asked by machines; these must not touch a session, which lies in a database that may not answer."""

HEADERS = {
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
    "X-Frame-Options": "DENY",
    # Pages show somebody's work; what may be kept (static files, a download) says so itself.
    "Cache-Control": "private, no-store",
}
"""On every answer that does not say otherwise, beside what Django's own middleware sets."""


class RequestTrail:
    """Names the request, logs it when it is answered, and adds the headers.

    The log line holds the name of the page, never its address: an address may hold a secret.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer under the request's id; a proxy the operator trusts may have given one."""
        started = time.perf_counter()
        with request_named(_id_of(request)) as name:
            response = self.get_response(request)
            response["X-Request-ID"] = name
            for header, value in HEADERS.items():
                response.setdefault(header, value)
            _log(request, response, milliseconds=round((time.perf_counter() - started) * 1000))
        return response


def _id_of(request: HttpRequest) -> str:
    given = request.META.get("HTTP_X_REQUEST_ID", "")
    if is_trusted(request.META.get("REMOTE_ADDR", "")) and GIVEN_ID.fullmatch(given):
        return str(given)
    return uuid4().hex


def _log(request: HttpRequest, response: HttpResponse, *, milliseconds: int) -> None:
    match = request.resolver_match
    user = getattr(request, "user", None)
    said = {
        "page": match.view_name if match else "",
        "method": request.method,
        "status": response.status_code,
        "ms": milliseconds,
        # Only where the page looked at the user anyway: the line must not cost a query.
        "user": user.pk if user is not None and hasattr(request, "_cached_user") else None,
    }
    log.log(logging.WARNING if response.status_code >= 500 else logging.INFO, "request", extra=said)


class TextGZip(GZipMiddleware):
    """Django's own compression (with its guard against guessing secrets from lengths), for text alone.

    PDFs, ZIPs and fonts are compressed already, and so are files compressed when the image was built.
    """

    TEXTS = ("text/", "application/json", "application/javascript", "image/svg+xml")

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress what is text."""
        if not response.get("Content-Type", "").startswith(self.TEXTS):
            return response
        return super().process_response(request, response)


SIGNED_ON = "signed_on"
"""Set in the session of whoever came by her organisation's account, which asks for its own second factor."""


class SecondFactor:
    """Where REQUIRE_STAFF_TOTP is on, staff reach nothing but the second factor until they have given it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Send staff without a second factor to its page."""
        if settings.REQUIRE_STAFF_TOTP and not self._may_pass(request):
            if request.method not in ("GET", "HEAD"):
                return redirect("second_factor")
            return redirect(f"{reverse('second_factor')}?{urlencode({'next': request.get_full_path()})}")
        return self.get_response(request)

    def _may_pass(self, request: HttpRequest) -> bool:
        free = (reverse("second_factor"), reverse("logout"), settings.STATIC_URL, *MACHINES)
        if request.path.startswith(free):
            return True
        user = request.user
        if not (user.is_authenticated and user.is_staff) or request.session.get(SIGNED_ON):
            return True
        return bool(user.is_verified())  # type: ignore[attr-defined]


class OwnLanguage:
    """Whoever is signed in reads in the language kept with her account, else the cookie's or browser's.

    Costs nothing where nobody is signed in, and no more than the page itself where somebody is.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the person's own language."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.path not in MACHINES:
            chosen = getattr(request.user, "language", "")
            if chosen in dict(settings.LANGUAGES):
                translation.activate(chosen)
                request.LANGUAGE_CODE = chosen
        return self.get_response(request)
