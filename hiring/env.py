"""Environment variables in, typed settings values out. A bad value stops the start with a sentence."""

from __future__ import annotations

import json
from ipaddress import IPv4Network, IPv6Network, ip_network
from itertools import pairwise
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

env = environ.Env()

EMBEDDED, PRODUCTION = "embedded", "production"
ON, OFF = ("true", "yes", "on", "1"), ("false", "no", "off", "0")


def mode() -> str:
    """`embedded` (one machine: SQLite, files as broker) or `production`. Raises ImproperlyConfigured."""
    return one_of("HIRING_MODE", (EMBEDDED, PRODUCTION), default=EMBEDDED)


def number(name: str, *, default: int, least: int, most: int) -> int:
    """A whole number between `least` and `most`. Raises ImproperlyConfigured naming the variable."""
    try:
        value = env.int(name, default=default)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number from {least} to {most}.") from None
    if not least <= value <= most:
        raise ImproperlyConfigured(f"{name} is {value}; it must be from {least} to {most}.")
    return value


def yes_or_no(name: str, *, default: bool) -> bool:
    """A switch. Raises ImproperlyConfigured for any other word: a typing error must not turn it off."""
    value = env.str(name, default="").strip().lower()
    if value and value not in ON + OFF:
        raise ImproperlyConfigured(f"{name} cannot be {value!r}; set it to true or false.")
    return value in ON if value else default


def json_object(name: str) -> dict[str, object]:
    """A JSON object; empty where nothing is given. Raises ImproperlyConfigured for anything else."""
    text = env.str(name, default="").strip()
    try:
        value = json.loads(text or "{}")
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise ImproperlyConfigured(f'{name} must be a JSON object such as {{"stale_months": 18}}.')
    return value


def one_of(name: str, values: tuple[str, ...], *, default: str) -> str:
    """One of a few words. Raises ImproperlyConfigured naming them."""
    value = env.str(name, default=default)
    if value not in values:
        raise ImproperlyConfigured(f"{name} cannot be {value!r}; it is one of {', '.join(values)}.")
    return value


def networks(name: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Addresses or networks, comma-separated. Raises ImproperlyConfigured for a wrong or boundless one."""
    found = []
    for text in filter(None, env.list(name, default=[])):
        try:
            network = ip_network(text)
        except ValueError:
            raise ImproperlyConfigured(
                f"{name}: {text!r} is no address or network such as 10.0.0.0/24."
            ) from None
        if network.prefixlen == 0:
            raise ImproperlyConfigured(f"{name}: {text!r} would trust everybody; name the proxies.")
        found.append(network)
    return tuple(found)


def secret_key(data_dir: Path, *, production: bool) -> str:
    """The signing key: given in production, else made once and kept (mode 0600) in the data folder."""
    key = env.str("SECRET_KEY", default="")
    if production:
        if len(key) < 50 or len(set(key)) < 5 or _period(key) <= len(key) // 2:
            words = "SECRET_KEY must be set to at least 50 random characters in production."
            raise ImproperlyConfigured(words)
        return key
    if key:
        return key
    path = data_dir / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key())
    return path.read_text().strip()


def _period(key: str) -> int:
    """The length of the pattern that a text repeats from its beginning to its end; its own where none."""
    return next(size for size in range(1, len(key) + 1) if key[size:] == key[: len(key) - size])


def hosts(*, production: bool) -> list[str]:
    """Names the site answers to. Raises ImproperlyConfigured where production would answer to any."""
    names = [name for name in env.list("ALLOWED_HOSTS", default=[]) if name]
    if production and (not names or "*" in names):
        raise ImproperlyConfigured("ALLOWED_HOSTS must name the site's hosts in production, and not '*'.")
    return names or ["localhost", "127.0.0.1", "[::1]"]


def in_order(**seconds: int) -> None:
    """Raise ImproperlyConfigured unless each of the named times is shorter than the next."""
    for (name, value), (next_name, next_value) in pairwise(seconds.items()):
        if value >= next_value:
            raise ImproperlyConfigured(
                f"{name} is {value} s and {next_name} is {next_value} s; {name} must be the shorter one,"
                " or a brief could be given to a second worker while the first still makes it."
            )


def broker_options(url: str, *, visibility_seconds: int) -> dict[str, object]:
    """What the message transport of this address needs. Raises ImproperlyConfigured for an unknown one.

    memory: inside the worker's own process; nothing beside the database has to run.
    redis: without socket timeouts a frozen server would hold up whoever publishes, for minutes.
    Nobody tries twice to publish: a sweep does that, and a worker waits for its broker by itself.
    """
    scheme = url.partition("://")[0]
    if scheme == "memory":
        return {"polling_interval": 0.05}
    if scheme in ("redis", "rediss"):
        return {
            "visibility_timeout": visibility_seconds,
            "unacked_restore_interval": 10,
            "unacked_restore_throttle": 1,
            **dict.fromkeys(("socket_timeout", "socket_connect_timeout"), 2),
            "socket_keepalive": True,
            "max_retries": 0,
        }
    if scheme in ("amqp", "amqps"):
        waits = dict.fromkeys(("connect_timeout", "read_timeout", "write_timeout"), 2)
        return {**waits, "confirm_publish": True, "max_retries": 0}
    raise ImproperlyConfigured(f"BROKER_URL begins with {scheme!r}; use memory://, redis:// or amqp://.")


def file_storage(folder: Path) -> dict[str, object]:
    """Where PDFs and uploads lie: `folder`, or in S3 with FILE_STORAGE=s3://bucket/prefix (the extra `s3`).

    Keys and region come from boto's own variables. FILE_STORAGE_ENDPOINT names another service like it.
    """
    url = env.str("FILE_STORAGE", default="")
    if not url:
        return {"BACKEND": "hiring.storage.WholeFiles", "OPTIONS": {"location": str(folder)}}
    scheme, _colon, rest = url.partition("://")
    bucket, _slash, prefix = rest.partition("/")
    if scheme != "s3" or not bucket:
        raise ImproperlyConfigured(
            f"FILE_STORAGE cannot be {url!r}; leave it out, or use s3://bucket/prefix."
        )
    options: dict[str, object] = {"bucket_name": bucket, "location": prefix, "file_overwrite": True}
    if endpoint := env.str("FILE_STORAGE_ENDPOINT", default=""):
        options["endpoint_url"] = endpoint
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
