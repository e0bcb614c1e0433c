"""What the house holds on a client, found, exported and erased as one. In: a name. Out: counts, a ZIP.

Every room with texts about clients registers its part (`client_data`) when Django is ready. Names are
compared without capitals and doubled spaces by a column of their own (`client_key`), never inside JSON.
Choices, verdicts and figures stay for the statistics, and so does the audit trail, which holds ids only.
"""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import IO

from django.contrib.sessions.models import Session
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.models import Model

from .audit import audit
from .models import User

Held = list[dict[str, object]]
KEPT_OUT = {"secret_hash", "token", "hash", "previous_hash", "idempotency_key", "body_hash", "search_text"}
"""Columns that say nothing about a client: secrets, locks and checksums."""


class ClientData(ABC):
    """One kind of thing that is held on clients."""

    name: str
    """What it is called in the export and in counts: decisions, drafts ..."""

    @abstractmethod
    def held(self, key: str) -> Held:
        """Everything there is on this client, as plain values."""

    def files(self, key: str) -> Iterator[tuple[str, IO[bytes]]]:
        """Files that belong into the export, by their name in it."""
        return iter(())

    def mentions(self, key: str) -> list[str]:
        """What is of other clients but has the name in its text, for somebody to read."""
        return []

    @abstractmethod
    def erase(self, key: str, *, actor: User | None) -> int:
        """Erase every text about the client and stop work under way; how many things. Twice is harmless."""

    @abstractmethod
    def forget(self, before: dt.datetime, *, dry: bool) -> int:
        """Erase what is older than that, or has ended; with `dry` only count it."""


_parts: dict[str, ClientData] = {}


def client_data(part: type[ClientData]) -> type[ClientData]:
    """Register what a room holds. Rooms above register later and are erased first."""
    _parts[part.name] = part()
    return part


def client_key(name: str) -> str:
    """How a client's name is compared: without capitals, doubled and surrounding spaces."""
    return " ".join(name.replace("\0", "").casefold().split())[:400]


def columns_of(row: Model) -> dict[str, object]:
    """A row as plain values, without secrets and checksums."""
    return {
        column.attname: getattr(row, column.attname)
        for column in row._meta.concrete_fields
        if column.attname not in KEPT_OUT
    }


@dataclass
class Counted:
    """How many things, by kind, and the numbers of other clients' decisions that have the name in them."""

    things: dict[str, int] = field(default_factory=dict)
    mentions: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.things.values())

    def __str__(self) -> str:
        return ", ".join(f"{number} {name}" for name, number in self.things.items())


def client_held(name: str) -> Counted:
    """How much is held on a client."""
    if not (key := client_key(name)):
        return Counted()
    found = {name: len(part.held(key)) for name, part in _parts.items()}
    return Counted(found, [mention for part in _parts.values() for mention in part.mentions(key)])


@transaction.atomic
def client_export(name: str, *, user: User, file: IO[bytes]) -> int:
    """Write a ZIP with everything held into `file`; returns how many things are in it."""
    key = client_key(name)
    held = {name: part.held(key) for name, part in _parts.items()} if key else {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        text = json.dumps({"client": name, **held}, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
        packed.writestr("held.json", text)
        for part in _parts.values() if key else ():
            for path, content in part.files(key):
                with content:
                    packed.writestr(str(PurePosixPath("files") / PurePosixPath(path).name), content.read())
    things = sum(map(len, held.values()))
    audit("client.exported", user, actor=user, things=things)
    return things


def client_erase(name: str, *, user: User) -> Counted:
    """Erase everything written about a client."""
    if not (key := client_key(name)):
        return Counted()
    erased = Counted({name: part.erase(key, actor=user) for name, part in reversed(_parts.items())})
    _log_emptied()
    erased.mentions = [mention for part in _parts.values() for mention in part.mentions(key)]
    return erased


def retention_run(*, days: int, now: dt.datetime, dry: bool = False) -> Counted:
    """Erase texts that are older than `days`, and clear away what has ended. Twice is harmless."""
    before = now - dt.timedelta(days=days)
    done = Counted({name: part.forget(before, dry=dry) for name, part in reversed(_parts.items())})
    sessions = Session.objects.filter(expire_date__lt=now)
    done.things["sessions"] = sessions.count() if dry else sessions.delete()[0]
    _log_emptied()
    return done


def _log_emptied() -> None:
    """SQLite overwrites freed pages (settings), but its write-ahead log holds them until it is emptied."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
