"""A database that stops answering must not hang a request. In: a request. Out: its answer, or an error soon.

A server that is frozen, or behind a line that swallows everything, keeps a query waiting for as long as it
lasts: no time-out of the server runs, and the network sees nothing wrong. So a thread beside each request
asks the server over a new connection where it takes long, and without an answer cuts the request's own.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Callable
from contextlib import suppress

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


class DatabaseGuard:
    """The middleware. SQLite is a file of this machine and needs none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if connections[DEFAULT_DB_ALIAS].vendor != "postgresql":
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, looked after."""
        answered = threading.Event()
        watched = (connections[DEFAULT_DB_ALIAS], answered)
        threading.Thread(target=_look_after, args=watched, name="database guard", daemon=True).start()
        try:
            return self.get_response(request)
        finally:
            answered.set()


def _look_after(database: BaseDatabaseWrapper, answered: threading.Event) -> None:
    """Until the request is answered."""
    while not answered.wait(LOOK_AFTER):
        if not _answers(database) and not answered.is_set():
            _cut(database)


def _answers(database: BaseDatabaseWrapper) -> bool:
    """Does the server take a new connection, within the time that the settings allow for one?"""
    probe = database.copy()
    try:
        probe.ensure_connection()
    except DatabaseTrouble:
        return False
    finally:
        with suppress(DatabaseTrouble):
            probe.close()
    return True


def _cut(database: BaseDatabaseWrapper) -> None:
    with suppress(Exception):  # none open, or closed by the request itself meanwhile
        handle = socket.socket(fileno=os.dup(database.connection.fileno()))
        with handle:
            handle.shutdown(socket.SHUT_RDWR)
        log.error("the database does not answer; a request was cut off")
