"""One database, one broker and real workers on them. In: what to do to them. Out: what became of the briefs.

Everything lives in a folder of its own; only processes started here are ever ended, by their ids. A worker
that ends by itself is started again, as every installation does it, and counted.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from benchmarks.chaos_redis import RedisServer
from hiring.supervise import _die_with_parent

ROOT = Path(__file__).resolve().parent.parent
TIMES = {"BRIEF_SOFT_SECONDS": "6", "BRIEF_HARD_SECONDS": "7", "BRIEF_LEASE_SECONDS": "8"}
TIMES |= {"BRIEF_VISIBILITY_SECONDS": "9", "SWEEP_SECONDS": "1", "LOG_LEVEL": "INFO"}
"""Shorter than in production, in the same order, so that a lost lease is seen within a test's patience."""
TODAY = date.today()


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of a set of briefs: lost has no row any more, waiting was not ready in time."""

    briefs: int
    ready: int
    failed: int
    lost: int
    waiting: int
    twice: int
    torn: int
    most_attempts: int
    seconds: float


class Worker:
    """A worker with two children, leading a process group of its own, kept running until it is killed."""

    def __init__(self, arena: Arena, plan: dict[str, Any]) -> None:
        self.arena, self.wanted = arena, True
        self.environment = os.environ | {"CHAOS_PLAN": json.dumps({"done": str(arena.done), **plan})}
        self.process = self._started()

    def _started(self) -> subprocess.Popen[bytes]:
        with (self.arena.folder / "worker.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-W", "ignore", "-m", "benchmarks.chaos_worker"],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_die_with_parent,
            )

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
        """Ids of its pool processes."""
        # Each thread lists its own: the first children come from the main one, their successors from another.
        found: list[int] = []
        for listed in Path(f"/proc/{self.process.pid}/task").glob("*/children"):
            with suppress(OSError):
                found += [int(pid) for pid in listed.read_text().split()]
        return found


class Arena:
    """Where the faults happen. Use as a context; `databases` other than SQLite get one of their own."""

    def __init__(self, *, postgres: str, redis: bool) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="hiring-chaos-"))
        self.done = self.folder / "done"
        self.done.mkdir()
        self.postgres = postgres
        self.database = f"chaos_{os.getpid()}"
        self.redis = RedisServer(self.folder) if redis else None
        self.workers: list[Worker] = []
        self.keeping = threading.Lock()
        self.restarts = 0
        self.closing = threading.Event()
        self.name = f"{'PostgreSQL' if postgres else 'SQLite'} + {'Redis' if redis else 'files'}"
        self.user: Any = None

    def __enter__(self) -> Arena:
        os.environ.update(TIMES, DATA_DIR=str(self.folder / "data"), DJANGO_SETTINGS_MODULE="hiring.settings")
        for name in ("BROKER_URL", "DATABASE_URL", "HIRING_MODE"):
            os.environ.pop(name, None)
        if self.redis:
            self.redis.start()
            os.environ["BROKER_URL"] = self.redis.url
        if self.postgres:
            self._admin(f"CREATE DATABASE {self.database}")
            os.environ["DATABASE_URL"] = f"{self.postgres.rpartition('/')[0]}/{self.database}"
        import django

        django.setup()
        from django.core.management import call_command

        from rolematcher.models import User

        call_command("migrate", verbosity=0, interactive=False)
        call_command("setup_data", verbosity=0)
        self.user = User.objects.create_superuser("chaos")
        threading.Thread(target=self._keep_running, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        from django.db import connections

        self.closing.set()
        for worker in list(self.workers):
            worker.kill()
        if self.redis:
            self.redis.signal(signal.SIGCONT)
            self.redis.signal(signal.SIGKILL)
        connections.close_all()
        if self.postgres:
            self._admin(f"DROP DATABASE {self.database} WITH (FORCE)")
        if self.log.exists() and (kept := os.environ.get("CHAOS_KEEP_LOG")):
            shutil.copy(self.log, kept)
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def log(self) -> Path:
        """What the workers wrote."""
        return self.folder / "worker.log"

    def _keep_running(self) -> None:
        while not self.closing.wait(0.2):
            with self.keeping:
                self.restarts += sum(worker.keep() for worker in self.workers)

    def _admin(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self.postgres, autocommit=True) as server:
            server.execute(statement)

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
        from rolematcher.services.decisions import decision_make

        keys, slowest = [], 0.0
        for _number in range(number):
            begun = time.perf_counter()
            decision = decision_make(answers(), user=self.user, key=uuid4().hex, on=TODAY)
            slowest = max(slowest, time.perf_counter() - begun)
            keys.append(decision.briefs.get().pk)
        return keys, slowest

    def states(self, keys: list[int]) -> dict[str, int]:
        """How many of these briefs are in which state."""
        from django.db.models import Count

        from rolematcher.models import Brief

        rows = Brief.objects.filter(pk__in=keys).order_by().values("state").annotate(n=Count("pk"))
        return {row["state"]: row["n"] for row in rows}

    def settle(self, keys: list[int], *, within: float) -> float:
        """Wait until every brief is ready or failed, at most `within` seconds; how long it took."""
        begun = time.monotonic()
        while time.monotonic() - begun < within:
            states = self.states(keys)
            if states.get("ready", 0) + states.get("failed", 0) == len(keys):
                break
            time.sleep(0.2)
        return time.monotonic() - begun

    def tally(self, keys: list[int], *, seconds: float) -> Tally:
        """Count what was lost, finished twice or is torn, from the rows, their history and the files."""
        from django.conf import settings
        from django.db.models import Count, Max, Q

        from rolematcher.models import Brief, BriefAttempt
        from rolematcher.pdf_files import pdf_intact

        states = self.states(keys)
        ready, failed = states.get("ready", 0), states.get("failed", 0)
        mine = Brief.objects.filter(pk__in=keys)
        torn = sum(not pdf_intact(row.file, row.sha256) for row in mine.filter(state="ready"))
        stored = settings.BRIEFS_DIR.glob("*/*.pdf")
        torn += sum(not pdf_intact(str(path.relative_to(settings.BRIEFS_DIR)), path.stem) for path in stored)
        finished = mine.annotate(n=Count("history", filter=Q(history__outcome=BriefAttempt.READY)))
        return Tally(
            briefs=len(keys),
            ready=ready,
            failed=failed,
            lost=len(keys) - sum(states.values()),
            waiting=sum(states.values()) - ready - failed,
            twice=finished.filter(n__gt=1).count(),
            torn=torn,
            most_attempts=mine.aggregate(most=Max("attempts"))["most"] or 0,
            seconds=seconds,
        )


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
