"""Links for people without an account. In: a secret. Out: what it opens, or one page for all closed links.

A secret is random and kept only as a hash; whoever tries many is slowed down.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Callable
from functools import wraps

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from rolematcher.accounts.requests import PageRequest
from rolematcher.web.proxies import client_address
from rolematcher.web.rate_limit import TooMany, slow_down

View = Callable[..., HttpResponseBase]
DAYS = [("7", lazy("7 days")), ("14", lazy("14 days")), ("30", lazy("30 days")), ("90", lazy("90 days"))]
"""How long a link may be made to work."""


class LinkClosed(Exception):
    """The link never existed, has expired, was answered or withdrawn: people are told the same."""


def secret_new() -> tuple[str, str]:
    """A new random secret of 256 bits and the hash to keep of it."""
    secret = secrets.token_urlsafe(32)
    return secret, secret_hash(secret)


def secret_derived(purpose: str, nonce: str) -> str:
    """The secret that belongs to a random nonce, as long as SECRET_KEY is the same: 256 bits.

    For what must be told again or used to sign. Whoever reads the database alone cannot work it out.
    """
    return base64.urlsafe_b64encode(key_derived(purpose, nonce)).decode().rstrip("=")


def key_derived(purpose: str, nonce: str) -> bytes:
    """The same as 32 bytes."""
    return salted_hmac(f"rolematcher.sharing.{purpose}", nonce, algorithm="sha256").digest()


def secret_hash(secret: str) -> str:
    """What is stored and looked up. A plain hash is enough: nobody can guess 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def days_read(text: str) -> int:
    """One of `DAYS`, 14 where nothing was chosen. Raises ValueError for any other number."""
    if text and text not in dict(DAYS):
        raise ValueError(_("A link can work for 7, 14, 30 or 90 days."))
    return int(text or 14)


def behind_link(find: Callable[[str], object], name: str) -> Callable[[View], View]:
    """Give the view what `find` makes of the secret in its address, and keep that address private.

    A right secret is never shut out by others: only wrong ones are counted, under `name`.
    """

    def opened(view: View) -> View:
        @wraps(view)
        def page(request: PageRequest, secret: str) -> HttpResponseBase:
            try:
                try:
                    found = find(secret)
                except LinkClosed:
                    slow_down(name, client_address(request), most=60, seconds=60)
                    raise
                return private(view(request, found))
            except (LinkClosed, TooMany) as closed:
                return private(_closed(request, closed))

        return page

    return opened


def _closed(request: PageRequest, closed: Exception) -> HttpResponseBase:
    """One answer for links that never were, have expired or were withdrawn; another for too many tries."""
    hurried = isinstance(closed, TooMany)
    context = {"words": str(closed) if hurried else ""}
    response = render(request, "sharing/link_closed.html", context, status=429 if hurried else 404)
    if hurried:
        response["Retry-After"] = "60"
    return response


def private(response: HttpResponseBase) -> HttpResponseBase:
    """Keep the address to ourselves: no referrer to other sites, no search engine, no cache.

    Not `no-referrer`: a browser then posts a form with the origin "null", which the CSRF check refuses.
    """
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "private, no-store"
    return response
