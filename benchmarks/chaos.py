"""What is lost when things break? In: which drills, how long. Out: a line a drill: faults, counts, losses.

Real workers make real briefs while they are killed, their queue is wiped, their broker is refused or frozen
and their disk is full. Status 1 where anything was lost, finished twice or torn. Each drill ends in time.

    python -m benchmarks.chaos [--short] [--only "poison wipe"]     all: 40 minutes, short: 4

On SQLite without a broker, or on DATABASE_URL (an empty database) and BROKER_URL (a port of this machine
where nothing listens: the drills start and stop Redis there themselves).
"""

from __future__ import annotations

import logging
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from unittest.mock import patch
from uuid import uuid4

from django.conf import settings
from django.db import connection, connections
from django.test import Client
from django.utils import translation

from benchmarks.chaos_arena import STEPS, Arena, Outcome, Worker, answers, states, torn, until_state
from benchmarks.inner import BACKEND, decision_made
from benchmarks.measure import asked
from rolematcher.accounts.clients import client_erase
from rolematcher.briefs.models import Brief
from rolematcher.outbox.models import Job, JobAttempt
from rolematcher.outbox.services import OUT_OF_ATTEMPTS, job_requeue

Drill = Callable[[Arena, bool], Outcome]
"""Given the arena and whether to be short: is all well, and what became of the briefs."""
DRILLS: dict[str, tuple[str, Drill]] = {}
"""By id, what is done in words, and the drill."""


def drill(id: str, words: str) -> Callable[[Drill], Drill]:
    """Put a function into the table."""

    def add(function: Drill) -> Drill:
        DRILLS[id] = (words, function)
        return function

    return add


@drill("kills", "worker groups, or one child of the pool, killed at random")
def kill_at_random(arena: Arena, short: bool) -> Outcome:
    briefs, kills = (24, 12) if short else (500, 160)
    keys, _slowest = arena.submit(briefs)
    with arena.working() as workers:
        for number in range(kills):
            time.sleep(random.uniform(0.2, 3.6))  # from loading to the middle of the third or fourth brief
            if number % 3 == 0 and (pool := workers[0].pool()):
                with suppress(ProcessLookupError):
                    os.kill(random.choice(pool), signal.SIGKILL)
            else:
                workers[0].kill()
                workers[0] = Worker(arena, {})
            if states(keys)["ready"] == len(keys):
                keys += arena.submit(max(1, briefs // 10))[0]
        arena.settle(keys, within=40 + briefs // 3)
        # Press Retry for each brief that lost its worker on all its attempts.
        failed = Job.objects.filter(brief__in=keys, state=Job.FAILED, error=OUT_OF_ATTEMPTS)
        retried = sum(map(job_requeue, failed))
        return arena.judged(keys, f"{kills} kills, {retried} killed five times and retried", within=40)


@drill("steps", f"killed at each of {len(STEPS)} steps")
def kill_at_steps(arena: Arena, short: bool) -> Outcome:
    times = 2 if short else 20
    keys, _slowest = arena.submit(times * len(STEPS))
    plan = {key: list(STEPS)[number % len(STEPS)] for number, key in enumerate(keys)}
    with arena.working(kill_at=plan):
        good, said = arena.judged(keys, f"{times} kills at each", within=60 + 5 * len(keys))
        killed = len(list(arena.done.iterdir()))
    return good and killed == len(keys), f"{said}, {killed} kills happened"


@drill("lease", "stopped for longer than its lease, then going on")
def outlive_lease(arena: Arena, short: bool) -> Outcome:
    if arena.redis is None:
        return True, "not on SQLite: who is stopped while writing stops everybody there"
    keys: list[int] = []
    rounds = 1 if short else 10
    for _round in range(rounds):
        with arena.working(2) as (slow, _other):
            more, _slowest = arena.submit(8)
            keys += more
            until_state(more, ("rendering",), 3)
            slow.signal(signal.SIGSTOP)
            arena.settle(more, within=40)
            slow.signal(signal.SIGCONT)
            time.sleep(2)
            arena.settle(more, within=40)
    return arena.judged(keys, f"{rounds} workers stopped past the lease", within=1)


@drill("poison", "a brief that kills its worker among others")
def poison(arena: Arena, short: bool) -> Outcome:
    keys, _slowest = arena.submit(12 if short else 101)
    bad = keys[len(keys) // 2]
    with arena.working(poison=bad):
        good, said = arena.judged(keys, "1 poison brief", within=100 + len(keys), failed=1)
    attempts = JobAttempt.objects.filter(job__brief=bad).count()
    return good and attempts == 5, f"{said}, given up after {attempts} attempts"


@drill("clocks", "clocks an hour wrong, one ahead, one behind")
def skewed(arena: Arena, short: bool) -> Outcome:
    with arena.working(skew=3600), arena.working(skew=-3600):
        keys, _slowest = arena.submit(8 if short else 60)
        return arena.judged(keys, "2 workers", within=60 + 2 * len(keys))


@drill("wipe", "queue wiped; wake-up never sent for a third")
def wipe(arena: Arena, short: bool) -> Outcome:
    keys: list[int] = []
    wipes = 3 if short else 20
    with arena.working():
        for _wipe in range(wipes):
            keys += arena.submit(2)[0]
            with patch("rolematcher.outbox.services.wake"):
                keys += arena.submit(1)[0]
            arena.queue_wipe()
            time.sleep(random.uniform(0.2, 1))
        return arena.judged(keys, f"{wipes} wipes", within=60 + len(keys))


def page_answers(arena: Arena) -> tuple[int, float]:
    """Send the form as a browser does: the status of the answer, and the seconds it took."""
    client = Client(headers={"host": "localhost"})
    client.force_login(arena.user, backend=BACKEND)
    begun = time.perf_counter()
    sent = client.post("/new/", {**answers(), "key": str(uuid4()), "tab": "one", "seen": "0"})
    return sent.status_code, time.perf_counter() - begun


@drill("broker", "broker refuses; is frozen")
def broker_away(arena: Arena, short: bool) -> Outcome:
    keys: list[int] = []
    slowest, statuses = {"refused": 0.0, "frozen": 0.0}, set()
    # While a brief is made; and in the moment it is ready, so that its acknowledgement is refused too.
    moments = ["rendering", "ready"] * (1 if short else 5)
    with arena.working():
        page_answers(arena)
        for how in ("refused", "frozen") if arena.redis else ("refused",):
            for moment in moments:
                first, _slow = arena.submit(2)
                until_state(first, (moment,))
                with away(arena, how):
                    during, slow = arena.submit(1 if how == "frozen" else 6)
                    status, page = page_answers(arena)
                    time.sleep(2)
                slowest[how] = max(slowest[how], slow, page)
                statuses.add(status)
                keys += first + during
        # A worker that the broker left deaf ends itself after 105 s and is started again.
        good, said = arena.judged(keys, f"{len(moments)} times each", within=150 + len(keys))
    told = ", ".join(f"{how}: slowest submit {seconds:.2f} s" for how, seconds in slowest.items())
    good = good and slowest["refused"] < 1 and slowest["frozen"] < 5 and statuses <= {302, 303}
    return good, f"{said}; {told}, page answers {sorted(statuses)}"


@contextmanager
def away(arena: Arena, how: str) -> Iterator[None]:
    """No broker inside: its server is stopped or frozen. Where there is none, nothing can be away."""
    redis = arena.redis
    if redis:
        redis.signal(signal.SIGSTOP if how == "frozen" else signal.SIGKILL)
    yield
    if redis and how == "frozen":
        redis.signal(signal.SIGCONT)
    elif redis:
        redis.start()


@drill("disk", "disk full or unwritable while storing")
def full_disk(arena: Arena, short: bool) -> Outcome:
    with arena.working():
        with small_disk() as how:
            keys, _slowest = arena.submit(6 if short else 30)
            tried, until = 0, time.monotonic() + 60  # a busy machine takes its time to start a worker
            while time.monotonic() < until and tried < len(keys):
                time.sleep(0.2)
                tried = Brief.objects.filter(pk__in=keys, job__attempts__gt=0).count()
            early, broken = states(keys)["ready"], torn(keys)
        good, said = arena.judged(keys, f"{how}, {tried} briefs met it", within=120)
    return good and not broken and tried > 0, f"{said}, {early} ready while it was full"


@contextmanager
def small_disk() -> Iterator[str]:
    """A briefs folder that takes 64 KB, where mounting is allowed; else one that takes nothing."""
    folder, aside = settings.FILES_DIR, settings.FILES_DIR.with_name("files-aside")
    folder.mkdir(exist_ok=True)
    folder.rename(aside)
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    mounted = subprocess.run(mount, capture_output=True).returncode == 0
    if not mounted:
        folder.rmdir()
        folder.write_text("in the way")
    try:
        yield "disk of 64 KB" if mounted else "folder unwritable"
    finally:
        if mounted:
            shutil.copytree(folder, aside, dirs_exist_ok=True)
            subprocess.run(["umount", "--lazy", str(folder)], check=True)
            folder.rmdir()
        else:
            folder.unlink()
        aside.rename(folder)


CANARY = "Kanarienvogel-Zwitscherburg"


@drill("erase", "a client erased while its PDFs are made, then looked for everywhere")
def erase(arena: Arena, short: bool) -> Outcome:
    given = {"client": CANARY, "project": f"{CANARY} 2", "description": f"{CANARY} wants a helper.\n" * 9}
    with arena.working():
        made = [decision_made({**answers(), **given}, arena.user) for _number in range(6 if short else 24)]
        keys = [brief.pk for decision in made for brief in decision.briefs.all()]
        arena.settle(keys[:2], within=60)
        before = hits(arena)
        client_erase(CANARY, user=arena.user)
        time.sleep(5)
    after = hits(arena)
    left = {path.name for path in settings.FILES_DIR.glob("briefs/**/*.pdf")}
    kept = Brief.objects.exclude(file="").values_list("file", flat=True)
    orphans = len(left - {file.rpartition("/")[2] for file in kept})
    good = before["database"] > 0 and not any(after.values()) and not orphans
    found = f"{sum(before.values())} hits before, {after} after"
    return good, f"{len(made)} decisions: {found}, {orphans} PDFs left behind"


def hits(arena: Arena) -> dict[str, int]:
    """Where the canary is found: rows, every file of the data folder (the database too), queue, logs."""
    rows, word = 0, CANARY.encode()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows += repr(cursor.fetchall()).count(CANARY)
    connections.close_all()  # reading the file of an open SQLite database would drop its locks
    files = sum(word in path.read_bytes() for path in arena.data.rglob("*") if path.is_file())
    queue = arena.redis.held().count(word) if arena.redis else 0
    return {"database": rows, "files": files, "queue": queue, "logs": arena.log.read_bytes().count(word)}


def main() -> int:
    """Run them; a drill that itself fails counts as failed, the ones after it still run."""
    given = asked(__doc__, short=False, only=" ".join(DRILLS))
    signal.signal(signal.SIGTERM, lambda *_signal: sys.exit(1))
    arena, failed = Arena(), 0
    logging.disable(logging.CRITICAL)  # what the product logs is in the workers' log
    for id in given.only.split():
        words, does = DRILLS[id]
        translation.activate("en")  # a drill that sends requests may leave another language
        restarts, begun = arena.restarts, time.monotonic()
        try:
            good, said = does(arena, given.short)
        except Exception as error:
            good, said = False, f"the drill itself failed: {type(error).__name__}: {error}"[:300]
        again = f", workers started again {arena.restarts - restarts} times"
        took = time.monotonic() - begun
        failed += not good
        print(f"{'ok    ' if good else 'FAILED'}  {id}: {words}: {said}{again} ({took:.0f} s)", flush=True)
        arena.queue_wipe()
    print(f"\n{arena.name}: {failed} of {len(given.only.split())} drills failed")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
