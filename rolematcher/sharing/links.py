"""Links for people without an account: random, kept only as a hash, slowed down when somebody tries many."""

from __future__ import annotations

import base64
import hashlib
import secrets

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from rolematcher.values.numbers import whole_read
from rolematcher.web.rate_limit import TooMany, slow_down

__all__ = [
    "DAYS",
    "LinkClosed",
    "TooMany",
    "days_read",
    "key_derived",
    "secret_derived",
    "secret_hash",
    "secret_new",
    "slow_down",
]

DAYS = (7, 14, 30, 90)
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


def days_read(text: str | None, *, default: int) -> int:
    """One of `DAYS`. Raises ValueError for any other number."""
    days = whole_read(text, least=1, most=max(DAYS)) if text else default
    if days not in DAYS or not isinstance(days, int):
        raise ValueError(_("A link can work for 7, 14, 30 or 90 days."))
    return days
