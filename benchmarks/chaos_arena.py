"""One database, one broker and real workers on them. In: what to do to them. Out: what became of the briefs.

Everything lives in a folder of its own; only processes started here are ever ended, by their ids.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

ROOT = Path(__file__).resolve().parent.parent
TIMES = {"BRIEF_SOFT_SECONDS": "7", "BRIEF_HARD_SECONDS": "8", "BRIEF_LEASE_SECONDS": "9"}
TIMES |= {"BRIEF_VISIBILITY_SECONDS": "10", "SWEEP_SECONDS": "1", "LOG_LEVEL": "INFO"}
"""Shorter than in production, in the same order, so that a lost lease is seen within a test's patience."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of a set of briefs."""

    briefs: int
    ready: int
    failed: int
    lost: int
    twice: int
    torn: int
    most_attempts: int
    seconds: float


class RedisServer:
    """A Redis of our own, so that it can be stopped, frozen and emptied."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.folder = folder
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its address."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Run it and wait until it answers."""
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        command += [
            "--appendonly",
            "no",
            "--dir",
            str(self.folder),
            "--logfile",
            str(self.folder / "redis.log"),
        ]
        self.process = subprocess.Popen(command)
        for _try in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise RuntimeError("redis-server did not start")

    def signal(self, number: int) -> None:
        """Send it a signal; wait where it ends by that."""
        if self.process is None:
            return
        self.process.send_signal(number)
        if number in (signal.SIGTERM, signal.SIGKILL):
            self.process.wait()
            self.process = None


class Arena:
    """Where the faults happen. Use as a context; `databases` other than SQLite get one of their own."""

    def __init__(self, *, postgres: str, redis: bool) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="hiring-chaos-"))
        self.done = self.folder / "done"
        self.done.mkdir()
        self.postgres = postgres
        self.database = f"chaos_{os.getpid()}"
        self.redis = RedisServer(self.folder) if redis else None
        self.workers: list[subprocess.Popen[bytes]] = []
        self.name = f"{'PostgreSQL' if postgres else 'SQLite'} + {'Redis' if redis else 'files'}"
        self.user: Any = None

    def __enter__(self) -> Arena:
        os.environ.update(TIMES, DATA_DIR=str(self.folder / "data"), DJANGO_SETTINGS_MODULE="hiring.settings")
        os.environ.pop("BROKER_URL", None)
        os.environ.pop("DATABASE_URL", None)
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
        self.user = User.objects.create_user("chaos")
        return self

    def __exit__(self, *_error: object) -> None:
        from django.db import connections

        for worker in self.workers:
            self.kill_group(worker)
        if self.redis:
            self.redis.signal(signal.SIGCONT)
            self.redis.signal(signal.SIGKILL)
        connections.close_all()
        if self.postgres:
            self._admin(f"DROP DATABASE {self.database} WITH (FORCE)")
        written = self.folder / "worker.log"
        if written.exists() and (kept := os.environ.get("CHAOS_KEEP_LOG")):
            shutil.copy(written, kept)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _admin(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self.postgres, autocommit=True) as server:
            server.execute(statement)

    def worker(self, **plan: Any) -> subprocess.Popen[bytes]:
        """Start a worker with two children, leading a process group of its own."""
        for done in self.done.iterdir():
            done.unlink()
        environment = os.environ | {"CHAOS_PLAN": json.dumps({"done": str(self.done), **plan})}
        with (self.folder / "worker.log").open("ab") as log:
            worker = subprocess.Popen(
                [sys.executable, "-W", "ignore", "-m", "benchmarks.chaos_worker"],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.workers.append(worker)
        return worker

    @contextmanager
    def working(self, number: int = 1, **plan: Any) -> Iterator[list[subprocess.Popen[bytes]]]:
        """Workers for the length of a block."""
        workers = [self.worker(**plan) for _number in range(number)]
        try:
            yield workers
        finally:
            for worker in workers:
                self.kill_group(worker)

    def kill_group(self, worker: subprocess.Popen[bytes]) -> None:
        """SIGKILL for the worker and its children at once."""
        if worker.poll() is None:
            os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()
        if worker in self.workers:
            self.workers.remove(worker)

    def children(self, worker: subprocess.Popen[bytes]) -> list[int]:
        """Ids of the worker's pool processes."""
        # Each thread lists its own: the first children come from the main one, their successors from another.
        found: list[int] = []
        for listed in Path(f"/proc/{worker.pid}/task").glob("*/children"):
            with suppress(OSError):
                found += [int(pid) for pid in listed.read_text().split()]
        return found

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
        torn += sum(
            not pdf_intact(str(path.relative_to(settings.BRIEFS_DIR)), path.stem) for path in stored()
        )
        finished = mine.annotate(n=Count("history", filter=Q(history__outcome=BriefAttempt.READY)))
        return Tally(
            briefs=len(keys),
            ready=ready,
            failed=failed,
            lost=len(keys) - ready - failed,
            twice=finished.filter(n__gt=1).count(),
            torn=torn,
            most_attempts=mine.aggregate(most=Max("attempts"))["most"] or 0,
            seconds=seconds,
        )


def stored() -> list[Path]:
    """The finished PDFs on disk."""
    from django.conf import settings

    return list(settings.BRIEFS_DIR.glob("*/*.pdf"))


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


def today() -> Any:
    """The day of the run."""
    from datetime import date

    return date.today()


TODAY = today()
