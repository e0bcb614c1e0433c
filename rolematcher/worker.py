"""What every worker does beside its tasks. In: a starting Celery worker. Out: a warm renderer and a sweeper.

A thread of the main process looks every few seconds for briefs whose worker was lost or whose wake-up
never arrived. No beat process and no queue is needed for that, and a stuck child cannot stop it.
"""

from __future__ import annotations

import logging
import os
import threading
from typing import Any

from celery import bootsteps
from django.conf import settings
from django.db import connections

from .brief import renderer_warm
from .pdf_files import pdf_leftovers_remove
from .tasks import sweep

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


class Sweeper(bootsteps.StartStopStep):
    """Runs `tasks.sweep` every SWEEP_SECONDS in a thread of the worker's main process."""

    requires = {"celery.worker.components:Pool"}

    def __init__(self, worker: Any, **options: Any) -> None:
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
                    sweep()
                    pdf_leftovers_remove()
                except Exception:
                    log.exception("sweep failed")
                finally:
                    connections.close_all()
            self.stopping.wait(settings.SWEEP_SECONDS)
