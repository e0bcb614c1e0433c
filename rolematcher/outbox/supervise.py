"""Commands in, running processes out: kept running, and stopped by their ids.

Each child leads a session of its own, so Ctrl-C reaches only this process, which then ends every child
in order; should this process be killed, Linux ends the children for it.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

PDEATHSIG = 1
PAUSE = 5.0
"""A child that ends is not started again sooner than so many seconds after its last start."""


@dataclass
class Child:
    """One process: what it is called, its command, and where its output goes."""

    name: str
    command: Sequence[str]
    log: Path
    process: subprocess.Popen[bytes] = field(init=False)
    started: float = 0.0

    def start(self) -> None:
        """Run the command; its output is added to the log."""
        self.log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_die_with_parent,
            )
        self.started = time.monotonic()

    @property
    def running(self) -> bool:
        """Is it alive?"""
        return self.started > 0 and self.process.poll() is None


def supervise(children: Sequence[Child], *, stopping: Callable[[], bool], say: Callable[[str], None]) -> None:
    """Keep the children running until `stopping()`; say when one had to be started again."""
    while not stopping():
        for child in children:
            if not child.running and time.monotonic() - child.started > PAUSE:
                say(f"{child.name} ended and is started again; its last words are in {child.log}.")
                child.start()
        time.sleep(0.2)


def stop_all(children: Sequence[Child], *, patience: float) -> None:
    """Ask all to end at once, wait for each `patience` seconds in all, then end what is left of its group."""
    alive, until = [child for child in children if child.running], time.monotonic() + patience
    for child in alive:
        # To its main process alone: a Celery worker whose children get it too hangs.
        child.process.send_signal(signal.SIGTERM)
    for child in alive:
        with suppress(subprocess.TimeoutExpired):
            child.process.wait(max(0.1, until - time.monotonic()))
            continue
        os.killpg(child.process.pid, signal.SIGKILL)
        child.process.wait()


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PDEATHSIG, signal.SIGTERM)
