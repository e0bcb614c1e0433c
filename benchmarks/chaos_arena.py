"""One database, one broker and real workers on them. In: what to do to them. Out: what became of the briefs.

Only processes started here are ever ended, by their ids. A worker that ends by itself is started again, as
every installation does it, and counted.

Run by itself this file is such a worker, with faults built in: the product's code runs as it is; around
chosen functions a wrapper ends the process with SIGKILL, which no code can catch. CHAOS_PLAN (JSON) has
`kill_at`: {brief id: step}, once each; `poison`: a brief that kills on every attempt; `skew`: seconds by
which the clock is wrong.
"""

from __future__ import annotations

import ctypes
import importlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import redis
from django.db.models import Count, Q
from django.utils import timezone

# Shorter than in production, in the same order, so that a lost lease is seen within a drill's patience.
os.environ |= {"BRIEF_SOFT_SECONDS": "6", "BRIEF_HARD_SECONDS": "7", "BRIEF_LEASE_SECONDS": "8"}
os.environ |= {"BRIEF_VISIBILITY_SECONDS": "9", "SWEEP_SECONDS": "1", "LOG_LEVEL": "INFO"}

from benchmarks.inner import SAMPLES, database_ready, decision_made
from benchmarks.product import ROOT, children
from hiring.celery import app
from hiring.worker import ARGUMENTS
from rolematcher.briefs.models import Brief
from rolematcher.outbox.models import JobAttempt
from rolematcher.web.files import file_intact

Outcome = tuple[bool, str]
AGAIN = "the worker ended by itself and is started again"
SHELL = f'while :; do "{sys.executable}" -W ignore -m benchmarks.chaos_arena; echo "{AGAIN}"; done'


STEPS = {
    "after the claim": ("rolematcher.outbox.tasks", "job_claim"),
    "content built": ("rolematcher.briefs.tasks", "content_of"),
    "file stored": ("rolematcher.briefs.tasks", "file_keep"),
    "row written, not committed": ("rolematcher.briefs.tasks", "_kept"),
    "finished, not acknowledged": ("rolematcher.outbox.tasks", "job_run"),
}
"""Where a worker is killed: right after this function of the product has returned."""
PLAN = json.loads(os.environ.get("CHAOS_PLAN", "{}"))
making = 0
"""The brief this child is making."""


def die_with_parent() -> None:
    """End when the process that started this one ends."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


class Redis:
    """A redis-server at the broker's address, so that it can be stopped, frozen and emptied."""

    def __init__(self, port: int, folder: str) -> None:
        self.command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
        self.command += ["--rdbcompression", "no", "--dir", folder, "--logfile", "redis.log"]
        self.client = redis.Redis(port=port, socket_timeout=10)
        self.start()

    def start(self) -> None:
        """Run it and wait until it answers."""
        self.process = subprocess.Popen(self.command, preexec_fn=die_with_parent)
        for _try in range(100):
            with suppress(redis.ConnectionError):
                self.client.ping()
                return
            time.sleep(0.05)
        raise RuntimeError("redis-server did not start")

    @contextmanager
    def away(self, how: str) -> Iterator[None]:
        """It refuses or is frozen inside."""
        self.process.send_signal(signal.SIGSTOP if how == "frozen" else signal.SIGKILL)
        yield
        if how == "frozen":
            self.process.send_signal(signal.SIGCONT)
        else:
            self.start()


class Worker:
    """A worker with two children, in a process group of its own, kept running until it is killed."""

    def __init__(self, arena: Arena, **plan: Any) -> None:
        given = os.environ | {"CHAOS_PLAN": json.dumps({"done": str(arena.done), **plan})}
        with arena.log.open("ab") as log:
            self.process = subprocess.Popen(
                ["sh", "-c", SHELL], cwd=ROOT, env=given, stdout=log, stderr=log, start_new_session=True,
                preexec_fn=die_with_parent,
            )  # fmt: skip

    def signal(self, number: int) -> None:
        """A signal to the whole group."""
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
        self.log, self.done = Path(self.folder.name) / "worker.log", Path(self.folder.name) / "done"
        self.done.mkdir()
        self.log.touch()
        port = urlsplit(os.environ.get("BROKER_URL", "")).port
        self.redis = Redis(port, self.folder.name) if port else None
        self.user = database_ready()

    def restarts(self) -> int:
        """How often a worker ended by itself."""
        return self.log.read_text(errors="replace").count(AGAIN)

    @contextmanager
    def working(self, number: int = 1, **plan: Any) -> Iterator[list[Worker]]:
        """Workers with a plan of faults for the length of a block, which may put others in their place."""
        for done in self.done.iterdir():
            done.unlink()
        workers = [Worker(self, **plan) for _number in range(number)]
        try:
            yield workers
        finally:
            for worker in workers:
                worker.kill()

    def submit(self, number: int, **given: str) -> list[int]:
        """Make decisions through the service: the keys of their briefs."""
        made = [decision_made({**answers(), **given}, self.user) for _number in range(number)]
        return [decision.briefs.get().pk for decision in made]

    def judged(self, keys: list[int], injected: str, *, within: float, failed: int = 0) -> Outcome:
        """Good when nothing was lost, finished twice or torn, all was made and exactly `failed` failed."""
        settle(keys, within=within)
        found = tallied(keys)
        told = ", ".join(f"{count} {name}" for name, count in found.items())
        wanted = dict.fromkeys(found, 0) | {"failed": failed}
        return found == wanted, f"{injected}; {len(keys)} briefs: {told}"

    def queue_wipe(self) -> None:
        """Remove every message there is."""
        if self.redis:
            self.redis.client.flushall()


def answers() -> dict[str, Any]:
    """A random but sensible intake."""
    return random.choice([*SAMPLES.values()]) | {"client": "Acme", "project": uuid4().hex}


def states(keys: list[int]) -> Counter[str]:
    """How many of these briefs are in which state."""
    return Counter(brief.state for brief in Brief.objects.filter(pk__in=keys).select_related("job"))


def until(true: Callable[[], bool], *, seconds: float, pause: float = 0.2) -> None:
    """Wait until something is true, at most so long; asking often slows the workers down."""
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(pause)


def until_state(keys: list[int], state: str, number: int = 1) -> None:
    """Wait until so many of these briefs are in a state."""
    until(lambda: states(keys)[state] >= number, seconds=30, pause=0.005)


def settle(keys: list[int], *, within: float) -> None:
    """Wait until every brief is ready or failed."""
    until(lambda: states(keys)["ready"] + states(keys)["failed"] == len(keys), seconds=within)


def tallied(keys: list[int]) -> dict[str, int]:
    """What became of briefs: lost, made twice, torn (naming a file that is not whole), failed, waiting."""
    mine, found = Brief.objects.filter(pk__in=keys), states(keys)
    finished = mine.annotate(n=Count("job__history", filter=Q(job__history__outcome=JobAttempt.DONE)))
    return {
        "lost": len(keys) - found.total(),
        "twice": finished.filter(n__gt=1).count(),
        "torn": sum(not file_intact(brief.file, brief.sha256) for brief in mine.exclude(file="")),
        "failed": found["failed"],
        "waiting": found.total() - found["ready"] - found["failed"],
    }


def reach(step: str) -> None:
    """Die here if the plan says so and it has not happened to this brief before."""
    mark = Path(PLAN["done"]) / str(making)
    if PLAN.get("kill_at", {}).get(str(making)) == step and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if making == PLAN.get("poison") and step == "content built":
        os.kill(os.getpid(), signal.SIGKILL)


def around(step: str, owner: Any, name: str) -> None:
    """Wrap `owner.name`: the step is reached when it has returned."""
    original = getattr(owner, name)

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        global making
        result = original(*args, **kwargs)
        if step == "after the claim":
            claimed = Brief.objects.filter(job=result) if result else Brief.objects.none()
            making = claimed.values_list("pk", flat=True).first() or 0
        reach(step)
        return result

    setattr(owner, name, wrapped)


if __name__ == "__main__":
    die_with_parent()
    app.loader.import_default_modules()
    for named, (where, function) in STEPS.items():
        around(named, importlib.import_module(where), function)
    if skew := PLAN.get("skew", 0):  # wherever Python asks for the time
        right_time, right_now = time.time, timezone.now
        time.time = lambda: right_time() + skew
        timezone.now = lambda: right_now() + timedelta(seconds=skew)
    app.worker_main(list(ARGUMENTS))
