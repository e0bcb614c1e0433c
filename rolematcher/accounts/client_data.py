"""What the house holds on a client: every room tells its part, so that it can be exported and erased as one.

A room with texts about clients registers one object with `client_data(...)` when Django is ready. Names are
compared without capitals and doubled spaces, by a column of their own (`client_key`), never inside JSON.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import IO, Protocol

from .models import User

Held = list[Mapping[str, object]]


class ClientData(Protocol):
    """One kind of thing that is held on a client."""

    name: str
    """What it is called in the export: decisions, drafts ..."""

    def held(self, key: str) -> Held:
        """Everything there is on this client, as plain JSON values."""

    def files(self, key: str) -> Mapping[str, IO[bytes]]:
        """Files that belong into the export, by their name in it."""

    def mentions(self, key: str) -> list[str]:
        """What is of other clients but has the name in its text, for somebody to read."""

    def erase(self, key: str, *, actor: User | None) -> int:
        """Erase every text about the client; how many things. Twice is harmless."""

    def forget(self, before: dt.datetime, *, dry: bool) -> int:
        """The same for everything older than the retention time; with `dry` only count it."""


_rooms: list[ClientData] = []


def client_data(part: ClientData) -> ClientData:
    """Register what a room holds. Once a process."""
    if all(one.name != part.name for one in _rooms):
        _rooms.append(part)
    return part


def client_parts() -> tuple[ClientData, ...]:
    """What the rooms registered, those that hang on others last."""
    return tuple(_rooms)


def client_key(name: str) -> str:
    """How a client's name is compared: without capitals, doubled and surrounding spaces."""
    return " ".join(name.casefold().split())[:400]
