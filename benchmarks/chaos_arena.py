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
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.db.models import Count, Q

# Shorter than in production, in the same order, so that a lost lease is seen within a drill's patience.
os.environ |= {"BRIEF_SOFT_SECONDS": "6", "BRIEF_HARD_SECONDS": "7", "BRIEF_LEASE_SECONDS": "8"}
os.environ |= {"BRIEF_VISIBILITY_SECONDS": "9", "SWEEP_SECONDS": "1", "LOG_LEVEL": "INFO"}

from benchmarks.inner import database_ready, decision_made
from benchmarks.product import ROOT
from rolematcher.briefs.models import Brief
from rolematcher.outbox.models import JobAttempt
from rolematcher.web.files import file_intact

Outcome = tuple[bool, str]
AGAIN = "the worker ended by itself and is started again"
SHELL = f'while :; do "{sys.executable}" -W ignore -m benchmarks.chaos_worker; echo "{AGAIN}"; done'

STEPS = {
    "after the claim": ("rolematcher.outbox.tasks", "job_claim"),
    "content built": ("rolematcher.briefs.tasks", "content_of"),
    "file stored": ("rolematcher.briefs.tasks", "file_keep"),
    "row written, not committed": ("rolematcher.briefs.tasks", "_kept"),
    "finished, not acknowledged": ("rolematcher.outbox.tasks", "job_run"),
}
"""Where a worker is killed: right after this function of the product has returned."""


def die_with_parent() -> None:
    """End when the process that started this one ends."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def children(pid: int) -> list[int]:
    """Ids of its children: each of its threads lists those that it started."""
    listed = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for path in listed for child in path.read_text().split()]


class Redis:
    """A redis-server at the broker's address, so that it can be stopped, frozen and emptied."""

    def __init__(self, port: int, folder: Path) -> None:
        self.port, self.folder = port, folder
        self.start()

    def start(self) -> None:
        """Run it and wait until it answers."""
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        command += ["--rdbcompression", "no", "--dir", str(self.folder), "--logfile", "redis.log"]
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

    def say(self, *words: str) -> None:
        """Give it a command."""
        subprocess.run(
            ["redis-cli", "-p", str(self.port), *words], check=True, capture_output=True, timeout=10
        )

    def held(self) -> bytes:
        """All that it holds."""
        self.say("save")
        return (self.folder / "dump.rdb").read_bytes()


class Worker:
    """A worker with two children, in a process group of its own, kept running until it is killed."""

    def __init__(self, arena: Arena, plan: dict[str, Any]) -> None:
        given = os.environ | {"CHAOS_PLAN": json.dumps({"done": str(arena.done), **plan})}
        with arena.log.open("ab") as log:
            self.process = subprocess.Popen(
                ["sh", "-c", SHELL], cwd=ROOT, env=given, stdout=log, stderr=log, start_new_session=True,
                preexec_fn=die_with_parent,
            )  # fmt: skip

    def signal(self, number: int) -> None:
        """A signal to the whole group."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)

    def kill(self) -> None:
        """SIGKILL for the worker and its children at once, for good."""
        self.signal(signal.SIGKILL)
        self.process.wait()

    def pool(self) -> list[int]:
        """Ids of its pool processes."""
        return [child for worker in children(self.process.pid) for child in children(worker)]


class Arena:
    """Where the faults happen, in DATA_DIR and on the database and broker that the environment names."""

    def __init__(self) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="hiring-chaos-", ignore_cleanup_errors=True)
        self.data, aside = Path(os.environ["DATA_DIR"]), Path(self.folder.name)
        self.log, self.done = aside / "worker.log", aside / "done"
        self.done.mkdir()
        self.log.touch()
        broker = urlsplit(os.environ.get("BROKER_URL", ""))
        self.redis = Redis(broker.port, aside) if broker.port else None
        self.name = "PostgreSQL + Redis" if self.redis else "SQLite + no broker"
        self.user = database_ready()

    @property
    def restarts(self) -> int:
        """How often a worker ended by itself."""
        return self.log.read_text(errors="replace").count(AGAIN)

    @contextmanager
    def working(self, number: int = 1, **plan: Any) -> Iterator[list[Worker]]:
        """Workers with a plan of faults for the length of a block, which may put others in their place."""
        for done in self.done.iterdir():
            done.unlink()
        workers = [Worker(self, plan) for _number in range(number)]
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
        until_state(keys, ("ready", "failed"), len(keys), seconds=within, pause=0.2)

    def judged(self, keys: list[int], injected: str, *, within: float, failed: int = 0) -> Outcome:
        """Good when nothing was lost, finished twice or torn, all was made and exactly `failed` failed."""
        self.settle(keys, within=within)
        found = tallied(keys)
        told = ", ".join(f"{count} {name}" for name, count in found.items())
        wanted = dict.fromkeys(found, 0) | {"failed": failed}
        return found == wanted, f"{injected}; {len(keys)} briefs: {told}"

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


def states(keys: list[int]) -> Counter[str]:
    """How many of these briefs are in which state."""
    return Counter(brief.state for brief in Brief.objects.filter(pk__in=keys).select_related("job"))


def until_state(
    keys: list[int], wanted: tuple[str, ...], number: int = 1, *, seconds: float = 30, pause: float = 0.005
) -> None:
    """Wait until so many of these briefs are in one of the states; asking often slows the workers down."""
    until = time.monotonic() + seconds
    while sum(states(keys)[one] for one in wanted) < number and time.monotonic() < until:
        time.sleep(pause)


def tallied(keys: list[int]) -> dict[str, int]:
    """What became of briefs: lost, made twice, torn, failed, waiting."""
    mine, found = Brief.objects.filter(pk__in=keys), states(keys)
    finished = mine.annotate(n=Count("job__history", filter=Q(job__history__outcome=JobAttempt.DONE)))
    return {
        "lost": len(keys) - found.total(),
        "twice": finished.filter(n__gt=1).count(),
        "torn": torn(keys),
        "failed": found["failed"],
        "waiting": found.total() - found["ready"] - found["failed"],
    }


def torn(keys: list[int]) -> int:
    """How many briefs name a file that is not whole."""
    named = Brief.objects.filter(pk__in=keys).exclude(file="")
    return sum(not file_intact(brief.file, brief.sha256) for brief in named)
