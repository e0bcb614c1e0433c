"""Commands in, running processes out: start them, start again what ends by itself, stop them by their ids.

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
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PDEATHSIG = 1
LONGEST_PAUSE = 30.0
STEADY_SECONDS = 60.0
"""A child that ran this long is started again at once; one that keeps dying waits longer each time."""


@dataclass
class Child:
    """One process to keep running: what it is called, its command, and where its output goes."""

    name: str
    command: Sequence[str]
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = 0.0

    def start(self) -> None:
        """Run the command; its output is added to the log."""
        self.log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, **self.environment},
                start_new_session=True,
                preexec_fn=_die_with_parent,
            )
        self.started = time.monotonic()

    @property
    def running(self) -> bool:
        """Is it alive?"""
        return self.process is not None and self.process.poll() is None

    def due_again(self) -> bool:
        """Ended, and its pause is over? The pause grows while it keeps ending soon after a start."""
        if self.running:
            return False
        if time.monotonic() - self.started > STEADY_SECONDS:
            self.pause = 0.0
        if time.monotonic() - self.started < self.pause:
            return False
        self.pause = min(LONGEST_PAUSE, max(1.0, self.pause * 2))
        return True

    def ask_to_end(self) -> None:
        """SIGTERM to its main process alone: a Celery worker whose children get it too hangs."""
        if self.process is not None and self.running:
            self.process.send_signal(signal.SIGTERM)

    def await_end(self, *, patience: float) -> None:
        """Wait for its end; after `patience` seconds end its whole group."""
        if self.process is None:
            return
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def stop_all(children: Sequence[Child], *, patience: float) -> None:
    """Ask all to end at once, then wait for each; `patience` seconds in all."""
    for child in children:
        child.ask_to_end()
    until = time.monotonic() + patience
    for child in children:
        child.await_end(patience=max(0.1, until - time.monotonic()))


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PDEATHSIG, signal.SIGTERM)


def supervise(children: Sequence[Child], *, stopping: Callable[[], bool], say: Callable[[str], None]) -> None:
    """Keep the children running until `stopping()`; say when one had to be started again."""
    while not stopping():
        for child in children:
            if child.due_again():
                say(f"{child.name} ended and is started again; its last words are in {child.log}.")
                child.start()
        time.sleep(0.2)
