"""One database, one broker and real workers on them. In: what to do to them. Out: what became of the briefs.

Only processes started here are ever ended, by their ids. A worker that ends by itself is started again, as
every installation does it, and counted.
"""

from __future__ import annotations

import ctypes
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from benchmarks.inner import database_ready, decision_made, states, tallied
from benchmarks.product import ROOT

Outcome = tuple[bool, str]
DRILLS: dict[str, tuple[str, Callable[[Arena, bool], Outcome], tuple[str, ...]]] = {}
"""By id: the words in the table, what does it, on which arenas."""


def drill(id: str, words: str, *, on: tuple[str, ...] = ("sqlite", "postgres")) -> Callable:
    """Put a function into the table. It gets the arena and whether to be short; says good or not, and why."""

    def add(function: Callable[[Arena, bool], Outcome]) -> Callable[[Arena, bool], Outcome]:
        DRILLS[id] = (words, function, on)
        return function

    return add


def die_with_parent() -> None:
    """In the child: end when the process that started it ends."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


class Redis:
    """A redis-server at the broker's address, so that it can be stopped, frozen and emptied."""

    def __init__(self, port: int, folder: Path) -> None:
        self.port, self.folder = port, folder

    def start(self) -> None:
        """Run it and wait until it answers."""
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        command += ["--appendonly", "no", "--dir", str(self.folder), "--logfile", "redis.log"]
        self.process = subprocess.Popen(command, preexec_fn=die_with_parent)
        for _try in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise RuntimeError("redis-server did not start")

    def signal(self, number: int) -> None:
        """Send it a signal; wait where it ends by that."""
        self.process.send_signal(number)
        if number == signal.SIGKILL:
            self.process.wait()

    def say(self, *words: str) -> str:
        """What it answers to a command."""
        command = ["redis-cli", "-p", str(self.port), *words]
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=10).stdout


class Worker:
    """A worker with two children, leading a process group of its own, kept running until it is killed."""

    def __init__(self, arena: Arena, plan: dict[str, Any]) -> None:
        self.arena, self.wanted = arena, True
        self.environment = os.environ | {"CHAOS_PLAN": json.dumps({"done": str(arena.done), **plan})}
        self.process = self._started()

    def _started(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-W", "ignore", "-m", "benchmarks.chaos_worker"]
        with self.arena.log.open("ab") as log:
            to: dict[str, Any] = {
                "stdout": log,
                "stderr": log,
                "start_new_session": True,
                "preexec_fn": die_with_parent,
            }
            return subprocess.Popen(command, cwd=ROOT, env=self.environment, **to)

    def keep(self) -> bool:
        """Start it again if it ended by itself. Was that so?"""
        if not self.wanted or self.process.poll() is None:
            return False
        self.process = self._started()
        return True

    def signal(self, number: int) -> None:
        """A signal to the whole group."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)

    def kill(self) -> None:
        """SIGKILL for the worker and its children at once, for good."""
        with self.arena.keeping:
            self.wanted = False
            self.signal(signal.SIGKILL)
            self.process.wait()
            self.arena.workers.remove(self)

    def children(self) -> list[int]:
        """Ids of its pool processes: each thread of the worker lists those that it started."""
        listed = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        return [int(pid) for path in listed for pid in path.read_text().split()]


class Arena:
    """Where the faults happen, in DATA_DIR and on the database and broker that the environment names."""

    def __init__(self) -> None:
        self.data = Path(os.environ["DATA_DIR"])
        self.log, self.done = self.data.parent / "worker.log", self.data.parent / "done"
        self.done.mkdir(exist_ok=True)
        broker = urlsplit(os.environ.get("BROKER_URL", ""))
        self.redis = Redis(broker.port, self.data.parent) if broker.port else None
        self.postgres = "DATABASE_URL" in os.environ
        self.name = (
            f"{'PostgreSQL' if self.postgres else 'SQLite'} + {'Redis' if self.redis else 'no broker'}"
        )
        self.workers: list[Worker] = []
        self.keeping, self.restarts = threading.Lock(), 0
        if self.redis:
            self.redis.start()
        self.user = database_ready()
        threading.Thread(target=self._keep_running, daemon=True).start()

    def _keep_running(self) -> None:
        while True:
            time.sleep(0.2)
            with self.keeping:
                self.restarts += sum(worker.keep() for worker in self.workers)

    def end(self) -> None:
        """End every worker and the broker."""
        for worker in list(self.workers):
            worker.kill()
        if self.redis:
            self.redis.signal(signal.SIGCONT)
            self.redis.signal(signal.SIGKILL)

    def worker(self, **plan: Any) -> Worker:
        """Start a worker with this plan of faults."""
        worker = Worker(self, plan)
        with self.keeping:
            self.workers.append(worker)
        return worker

    @contextmanager
    def working(self, number: int = 1, **plan: Any) -> Iterator[list[Worker]]:
        """Workers for the length of a block."""
        for done in self.done.iterdir():
            done.unlink()
        workers = [self.worker(**plan) for _number in range(number)]
        try:
            yield workers
        finally:
            for worker in workers:
                worker.kill()

    def submit(self, number: int) -> tuple[list[int], float]:
        """Make decisions through the service: the keys of their briefs, and the slowest submit in seconds."""
        keys, slowest = [], 0.0
        for _number in range(number):
            begun = time.perf_counter()
            decision = decision_made(answers(), self.user)
            slowest = max(slowest, time.perf_counter() - begun)
            keys.append(decision.briefs.get().pk)
        return keys, slowest

    def settle(self, keys: list[int], *, within: float) -> None:
        """Wait until every brief is ready or failed, at most `within` seconds."""
        until = time.monotonic() + within
        while time.monotonic() < until:
            found = states(keys)
            if found.get("ready", 0) + found.get("failed", 0) == len(keys):
                return
            time.sleep(0.2)

    def judged(self, keys: list[int], injected: str, *, within: float, failed: int = 0) -> Outcome:
        """Good when nothing was lost, finished twice or torn, all was made and exactly `failed` failed."""
        self.settle(keys, within=within)
        found = tallied(keys)
        good = (
            not any(found[one] for one in ("lost", "waiting", "twice", "torn")) and found["failed"] == failed
        )
        told = ", ".join(f"{found[one]} {one}" for one in ("lost", "twice", "torn", "failed", "waiting"))
        return good, f"{injected}; {len(keys)} briefs: {told}"

    def queue_wipe(self) -> None:
        """Remove every message there is."""
        if self.redis:
            self.redis.say("flushall")


def answers() -> dict[str, Any]:
    """A random but sensible intake."""
    return {
        "work": random.choice(["connect", "language", "agent", "predict"]),
        "evidence": random.choice(["untested", "ok", "unsure"]),
        "app": random.choice(["yes", "no"]),
        "place": random.choice(["US", "GB", "DE"]),
        "client": f"Client {random.randrange(1000)}",
        "project": uuid4().hex,
    }


def until_state(keys: list[int], state: str, number: int = 1, seconds: float = 30) -> None:
    """Wait until so many of these briefs are in a state."""
    until = time.monotonic() + seconds
    while states(keys).get(state, 0) < number and time.monotonic() < until:
        time.sleep(0.005)
