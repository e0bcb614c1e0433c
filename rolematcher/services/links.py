"""Links for people without an account: random, kept only as a hash, slowed down when somebody tries many."""

from __future__ import annotations

import hashlib
import secrets

from django.core.cache import cache
from django.utils.translation import gettext as _

DAYS = (7, 14, 30, 90)
"""How long a link may be made to work."""


class LinkClosed(Exception):
    """The link never existed, has expired, was answered or withdrawn: people are told the same."""


class TooMany(Exception):
    """Too many tries in a short time. The text says when to try again."""


def secret_new() -> tuple[str, str]:
    """A new random secret of 256 bits and the hash to keep of it."""
    secret = secrets.token_urlsafe(32)
    return secret, secret_hash(secret)


def secret_hash(secret: str) -> str:
    """What is stored and looked up. A plain hash is enough: nobody can guess 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def days_read(text: str | None, *, default: int) -> int:
    """One of `DAYS`. Raises ValueError for any other number."""
    days = int(text) if text else default
    if days not in DAYS:
        raise ValueError(_("A link can work for 7, 14, 30 or 90 days."))
    return days


def slow_down(name: str, who: str, *, most: int, seconds: int) -> None:
    """Count one try of `who`. Raises TooMany beyond `most` tries in `seconds`.

    Counted in the cache: in a set-up with several processes and no shared cache each counts for itself.
    """
    key = f"slow:{name}:{hashlib.sha256(who.encode()).hexdigest()[:32]}"
    if cache.add(key, 1, timeout=seconds):
        return
    try:
        tries = cache.incr(key)
    except ValueError:  # it ran out between the two calls
        cache.set(key, 1, timeout=seconds)
        return
    if tries > most:
        raise TooMany(_("That was very often in a short time. Wait a minute and try again."))
