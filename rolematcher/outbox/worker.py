"""What every worker does beside its jobs. In: a starting Celery worker. Out: a sweeper and a watchdog.

A thread of the main process looks at the table every few seconds (without a broker several times a second)
and wakes as many children as are free. No beat process is needed, and a stuck child cannot stop it.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from contextlib import suppress

from billiard import active_children
from celery import bootsteps, current_app
from celery.worker import state
from django.conf import settings
from django.db import connections

from rolematcher.web.models import requests_forget

from .kinds import kinds
from .services import WORK, jobs_due, leases_reclaim, worker_beat, worker_name
from .tasks import periodic_enqueue

log = logging.getLogger(__name__)

between_forks = threading.Lock()
"""Held by a sweep and by every fork: a child must never inherit a database connection in use.

SQLite counts its file locks a process; a child forked while the parent holds one believes it has it too.
"""
os.register_at_fork(
    before=between_forks.acquire, after_in_parent=between_forks.release, after_in_child=between_forks.release
)


class Warm(bootsteps.StartStopStep):
    """Load what the jobs need before the pool forks, so that no child spends its first second on it."""

    def __init__(self, worker: object, **options: object) -> None:
        # Steps are all made before any is started, and the pool forks when it is started.
        for kind in kinds().values():
            if kind.warm:
                kind.warm()
        with suppress(Exception):  # a database that is away: the sweeper does it when it is back
            leases_reclaim()
        connections.close_all()


class Watchdog:
    """Does this worker still get anything done? Where work waits and it begins none for long, it ends.

    Whatever the reason: a broker it no longer hears, children that hang. Whatever runs it starts it again.
    """

    def __init__(self, patience: float) -> None:
        self.patience = patience
        self.begun = 0
        self.moved: float | None = None

    def bites(self, *, due: int, begun: int, now: float) -> bool:
        """After a look at the table: `due` jobs wait, `begun` tasks were begun in this worker's life."""
        if not due or begun != self.begun or self.moved is None:
            self.begun, self.moved = begun, now
        return now - self.moved > self.patience


class Sweeper(bootsteps.StartStopStep):
    """Looks at the table, wakes free children, in a thread of the worker's main process."""

    requires = {"celery.worker.components:Pool"}

    def __init__(self, worker: object, **options: object) -> None:
        self.pause = 0.2 if settings.BROKER_URL == "memory://" else float(settings.SWEEP_SECONDS)
        self.chores_at = 0.0
        self.watchdog = Watchdog(max(kind.hard for kind in kinds().values()) + 15)
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self.run, name="sweeper", daemon=True)

    def start(self, worker: object) -> None:
        """Begin to sweep."""
        self.thread.start()

    def stop(self, worker: object) -> None:
        """Let the sweep under way end, then stop."""
        self.stopping.set()
        self.thread.join(timeout=5)

    terminate = stop

    def run(self) -> None:
        """Sweep until stopped. Whatever goes wrong is logged and tried again: a sweeper must not die."""
        pause = self.pause
        while not self.stopping.wait(pause):
            with between_forks:
                try:
                    self.sweep(time.monotonic())
                    pause = self.pause
                except Exception:
                    log.exception("sweep failed")
                    pause = max(self.pause, 5.0)
                finally:
                    connections.close_all()

    def sweep(self, now: float) -> None:
        """One look; now and then also the chores."""
        if now >= self.chores_at:
            self.chores_at = now + settings.SWEEP_SECONDS
            worker_beat(worker_name())
            leases_reclaim()
            periodic_enqueue()
            requests_forget()
        due = jobs_due()
        free = settings.CELERY_WORKER_CONCURRENCY - len(state.reserved_requests)
        for _child in range(min(due, free)):
            current_app.send_task(WORK, retry=False)
        if self.watchdog.bites(due=due, begun=state.all_total_count[0], now=now):
            log.error("this worker begins nothing any more and ends")
            end_at_once()


def end_at_once() -> None:
    """Not as a clean stop does, which would wait for stuck children. The rows say what is left."""
    for child in active_children():
        with suppress(ProcessLookupError):
            os.kill(child.pid, signal.SIGKILL)
    os._exit(1)
