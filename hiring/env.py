"""Environment variables in, typed settings values out. A bad value stops the start with a sentence."""

from __future__ import annotations

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

env = environ.Env()

EMBEDDED, PRODUCTION = "embedded", "production"


def mode() -> str:
    """`embedded` (one machine: SQLite, files as broker) or `production`. Raises ImproperlyConfigured."""
    value = env.str("HIRING_MODE", default=EMBEDDED)
    if value not in (EMBEDDED, PRODUCTION):
        raise ImproperlyConfigured(f"HIRING_MODE cannot be {value!r}; set it to embedded or production.")
    return value


def number(name: str, *, default: int, least: int, most: int) -> int:
    """A whole number between `least` and `most`. Raises ImproperlyConfigured naming the variable."""
    try:
        value = env.int(name, default=default)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number from {least} to {most}.") from None
    if not least <= value <= most:
        raise ImproperlyConfigured(f"{name} is {value}; it must be from {least} to {most}.")
    return value


def secret_key(data_dir: Path, *, production: bool) -> str:
    """The signing key: given in production, else made once and kept (mode 0600) in the data folder."""
    key = env.str("SECRET_KEY", default="")
    if production:
        if len(key) < 50 or len(set(key)) < 5:
            raise ImproperlyConfigured(
                "SECRET_KEY must be set to at least 50 random characters in production."
            )
        return key
    if key:
        return key
    path = data_dir / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key())
    return path.read_text().strip()


def hosts(*, production: bool) -> list[str]:
    """Names the site answers to. Raises ImproperlyConfigured where production would answer to any."""
    names = [name for name in env.list("ALLOWED_HOSTS", default=[]) if name]
    if production and (not names or "*" in names):
        raise ImproperlyConfigured("ALLOWED_HOSTS must name the site's hosts in production, and not '*'.")
    return names or ["localhost", "127.0.0.1", "[::1]"]
