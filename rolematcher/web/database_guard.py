"""A database that stops answering must not hang a request. In: a request. Out: its answer, or an error soon.

A server that is frozen, or behind a line that swallows everything, keeps a query waiting for as long as it
lasts: no time-out of the server runs, and the network sees nothing wrong. So a thread looks at requests that
take long, asks the server over a new connection, and where that does not come about cuts the request's own.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from django.core.exceptions import MiddlewareNotUsed
from django.db import DEFAULT_DB_ALIAS, connections
from django.db import Error as DatabaseTrouble
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest, HttpResponse

log = logging.getLogger(__name__)

LOOK_AFTER = 0.5
"""Seconds a request may take before the server is asked whether it is there, and again.

With the two a new connection may take, and two more where the request tries one itself, under five in all.
"""


@dataclass(eq=False, slots=True)
class _Watched:
    database: BaseDatabaseWrapper
    look_at: float


class _Watch(threading.Thread):
    """Looks after the requests of one process."""

    def __init__(self) -> None:
        super().__init__(name="database guard", daemon=True)
        self.changed = threading.Condition()
        self.running: set[_Watched] = set()

    @contextmanager
    def over(self, database: BaseDatabaseWrapper) -> Iterator[None]:
        """Look after this connection meanwhile."""
        watched = _Watched(database, time.monotonic() + LOOK_AFTER)
        with self.changed:
            self.running.add(watched)
            self.changed.notify()
        try:
            yield
        finally:
            with self.changed:
                self.running.discard(watched)

    def run(self) -> None:
        """For ever."""
        while True:
            late = self._due()
            try:
                if not _answers():
                    for watched in self._all():  # those that came meanwhile wait for the same
                        _cut(watched.database)
            except Exception:
                log.exception("the database guard could not look")
            for watched in late:
                watched.look_at = time.monotonic() + LOOK_AFTER

    def _all(self) -> list[_Watched]:
        with self.changed:
            return list(self.running)

    def _due(self) -> list[_Watched]:
        """Wait until a request takes long; those that do."""
        with self.changed:
            while True:
                now = time.monotonic()
                due = [one for one in self.running if one.look_at <= now]
                if due:
                    return due
                soonest = min((one.look_at for one in self.running), default=None)
                self.changed.wait(None if soonest is None else soonest - now)


def _cut(database: BaseDatabaseWrapper) -> None:
    with suppress(Exception):  # none open, or closed by the request itself meanwhile
        handle = socket.socket(fileno=os.dup(database.connection.fileno()))
        with handle:
            handle.shutdown(socket.SHUT_RDWR)
        log.error("the database does not answer; a request was cut off")


def _answers() -> bool:
    """Does the server take a new connection, within the time that the settings allow for one?"""
    probe = connections[DEFAULT_DB_ALIAS].copy()
    try:
        probe.ensure_connection()
    except DatabaseTrouble:
        return False
    finally:
        with suppress(DatabaseTrouble):
            probe.close()
    return True


_started = threading.Lock()
_watches: dict[int, _Watch] = {}


def _watch() -> _Watch:
    """This process's; started at its first request, as threads do not survive a fork."""
    pid = os.getpid()
    if pid not in _watches:
        with _started:
            if pid not in _watches:
                _watches[pid] = watch = _Watch()
                watch.start()
    return _watches[pid]


class DatabaseGuard:
    """The middleware. SQLite is a file of this machine and needs none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if connections[DEFAULT_DB_ALIAS].vendor != "postgresql":
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, looked after."""
        with _watch().over(connections[DEFAULT_DB_ALIAS]):
            return self.get_response(request)
