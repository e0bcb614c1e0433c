"""What every worker does beside its tasks. In: a starting Celery worker. Out: a warm renderer and a sweeper.

A thread of the main process looks every few seconds for briefs whose worker was lost or whose wake-up
never arrived. No beat process and no queue is needed for that, and a stuck child cannot stop it.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from contextlib import suppress
from typing import Any

from billiard import active_children
from celery import bootsteps
from celery.worker import state
from django.conf import settings
from django.db import connections

from hiring.filequeue import taken_forget
from rolematcher.briefs.pdf import renderer_warm
from rolematcher.briefs.pdf_files import pdf_leftovers_remove
from rolematcher.briefs.tasks import sweep
from rolematcher.web.models import requests_forget

log = logging.getLogger(__name__)

between_forks = threading.Lock()
"""Held by a sweep and by every fork: a child must never inherit a database connection in use.

SQLite counts its file locks a process; a child forked while the parent holds one believes it has it too.
"""
os.register_at_fork(
    before=between_forks.acquire, after_in_parent=between_forks.release, after_in_child=between_forks.release
)


class Warm(bootsteps.StartStopStep):
    """Load the renderer before the pool forks, so that no child spends its first second on it."""

    def __init__(self, worker: Any, **options: Any) -> None:
        # Steps are all made before any is started, and the pool forks when it is started.
        renderer_warm()
        connections.close_all()


FINE, CONNECT, END, STUCK = "fine", "connect anew", "end", "stuck"


class Hearing:
    """Does this worker still get anything done? In: what each sweep sent out. Out: what to do about it.

    Deaf: a Celery worker whose Redis goes away in the moment of an acknowledgement may log that and then
    wait for ever on a connection that is gone (Celery 5.7), while messages can be sent again long since.
    Stuck: with messages in files the children share one lock; a child killed while it waits for work takes
    it along, and no other ever gets work again.
    """

    PATIENCE = 5
    """So many sweeps in a row must have sent something and this worker, idle, have got nothing."""

    def __init__(self, longest: float) -> None:
        self.longest = longest
        """Seconds after which any task has ended, one way or the other."""
        self.silent = 0
        self.received = 0
        self.moved: float | None = None
        self.still = 0
        self.connected_anew = False

    def judge(self, *, woken: int, received: int, busy: bool, now: float) -> str:
        """After a sweep that sent `woken` messages; `received` counts the tasks its children have begun."""
        heard = received != self.received or busy
        if self.moved is None or received != self.received or not busy:
            self.moved = now
        self.received = received
        # Three times, so that a machine that slept gets to go on first.
        self.still = self.still + 1 if woken and now - self.moved > self.longest else 0
        if self.still == 3:
            return STUCK
        self.connected_anew = self.connected_anew and not heard
        self.silent = 0 if heard or not woken else self.silent + 1
        if self.silent < self.PATIENCE:
            return FINE
        self.silent = 0
        if self.connected_anew:
            return END
        self.connected_anew = True
        return CONNECT


class Sweeper(bootsteps.StartStopStep):
    """Runs `tasks.sweep` every SWEEP_SECONDS in a thread of the worker's main process."""

    requires = {"celery.worker.components:Pool"}

    def __init__(self, worker: Any, **options: Any) -> None:
        self.worker = worker
        self.hearing = Hearing(settings.BRIEF_HARD_SECONDS + 2.0)
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self.run, name="sweeper", daemon=True)

    def start(self, worker: Any) -> None:
        """Begin to sweep."""
        self.thread.start()

    def stop(self, worker: Any) -> None:
        """Let the sweep under way end, then stop."""
        self.stopping.set()
        self.thread.join(timeout=5)

    terminate = stop

    def run(self) -> None:
        """Sweep until stopped. Whatever goes wrong is logged and tried again: a sweeper must not die."""
        while not self.stopping.is_set():
            with between_forks:
                try:
                    woken = sweep().woken
                    pdf_leftovers_remove()
                    requests_forget()
                    taken_forget(settings.CELERY_BROKER_TRANSPORT_OPTIONS)
                    self.listen(woken)
                except Exception:
                    log.exception("sweep failed")
                finally:
                    connections.close_all()
            self.stopping.wait(settings.SWEEP_SECONDS)

    def listen(self, woken: int) -> None:
        """A worker gone deaf connects anew; if that did not help, or it is stuck, it ends."""
        received, busy = state.all_total_count[0], bool(state.reserved_requests)
        verdict = self.hearing.judge(woken=woken, received=received, busy=busy, now=time.monotonic())
        if verdict == FINE:
            return
        if verdict == STUCK:
            log.error("the children of this worker begin nothing any more, and it ends with them")
            _end_at_once()
        hub = getattr(self.worker, "hub", None)
        if hub is None or verdict == END:
            log.error("this worker receives nothing and ends")
            os.kill(os.getpid(), signal.SIGTERM)
            return
        log.error("this worker receives nothing and connects anew")
        hub.call_soon(_connection_lost)


def _end_at_once() -> None:
    """Not as a clean stop does, which would wait for the stuck children. The rows say what is left."""
    for child in active_children():
        with suppress(ProcessLookupError):
            os.kill(child.pid, signal.SIGKILL)
    os._exit(1)


def _connection_lost() -> None:
    """In the worker's loop: what it would have met, had it been told."""
    raise ConnectionResetError("the broker was away")
