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
from contextlib import contextmanager, nullcontext, suppress
from itertools import product
from unittest.mock import patch
from uuid import uuid4

from django.conf import settings
from django.db import connection, connections
from django.test import Client
from django.utils import translation

from benchmarks.chaos_arena import STEPS, Arena, Outcome, Worker, settle, states, tallied, until, until_state
from benchmarks.inner import BACKEND
from benchmarks.measure import asked
from benchmarks.product import FILLED
from rolematcher.accounts.clients import client_erase
from rolematcher.briefs.models import Brief
from rolematcher.outbox.models import Job, JobAttempt
from rolematcher.outbox.services import OUT_OF_ATTEMPTS, job_requeue

CANARY = "Kanarienvogel-Zwitscherburg"


def kills(arena: Arena, short: bool) -> Outcome:
    """Worker groups, or one child of the pool, killed at random."""
    briefs, times = (24, 12) if short else (500, 160)
    keys = arena.submit(briefs)
    with arena.working() as workers:
        for number in range(times):
            time.sleep(random.uniform(0.2, 3.6))  # from loading to the middle of the third or fourth brief
            if number % 3 == 0 and (pool := workers[0].pool()):
                with suppress(ProcessLookupError):
                    os.kill(random.choice(pool), signal.SIGKILL)
            else:
                workers[0].kill()
                workers[0] = Worker(arena)
            if states(keys)["ready"] == len(keys):
                keys += arena.submit(max(1, briefs // 10))
        settle(keys, within=40 + briefs // 3)
        # Press Retry for each brief that lost its worker on all its attempts.
        failed = Job.objects.filter(brief__in=keys, state=Job.FAILED, error=OUT_OF_ATTEMPTS)
        retried = sum(map(job_requeue, failed))
        return arena.judged(keys, f"{times} kills, {retried} killed five times and retried", within=40)


def steps(arena: Arena, short: bool) -> Outcome:
    """Killed at each step."""
    times = 2 if short else 20
    keys = arena.submit(times * len(STEPS))
    with arena.working(kill_at=dict(zip(keys, [*STEPS] * times, strict=True))):
        good, said = arena.judged(keys, f"{times} kills at each of {len(STEPS)}", within=60 + 5 * len(keys))
        killed = len(list(arena.done.iterdir()))
    return good and killed == len(keys), f"{said}, {killed} kills happened"


def lease(arena: Arena, short: bool) -> Outcome:
    """Stopped for longer than its lease, then going on."""
    if arena.redis is None:
        return True, "not on SQLite: who is stopped while writing stops everybody there"
    keys: list[int] = []
    rounds = 1 if short else 10
    for _round in range(rounds):
        with arena.working(2) as (slow, _other):
            more = arena.submit(8)
            keys += more
            until_state(more, "rendering", 3)
            slow.signal(signal.SIGSTOP)
            settle(more, within=40)
            slow.signal(signal.SIGCONT)
            time.sleep(2)
            settle(more, within=40)
    return arena.judged(keys, f"{rounds} workers stopped past the lease", within=1)


def poison(arena: Arena, short: bool) -> Outcome:
    """A brief that kills its worker, among others."""
    keys = arena.submit(12 if short else 101)
    bad = keys[len(keys) // 2]
    with arena.working(poison=bad):
        good, said = arena.judged(keys, "1 poison brief", within=100 + len(keys), failed=1)
    attempts = JobAttempt.objects.filter(job__brief=bad).count()
    return good and attempts == 5, f"{said}, given up after {attempts} attempts"


def clocks(arena: Arena, short: bool) -> Outcome:
    """Clocks an hour wrong, one ahead, one behind."""
    with arena.working(skew=3600), arena.working(skew=-3600):
        keys = arena.submit(8 if short else 60)
        return arena.judged(keys, "2 workers", within=60 + 2 * len(keys))


def wipe(arena: Arena, short: bool) -> Outcome:
    """Queue wiped; wake-up never sent for a third."""
    keys: list[int] = []
    times = 3 if short else 20
    with arena.working():
        for _wipe in range(times):
            keys += arena.submit(2)
            with patch("rolematcher.outbox.services.wake"):
                keys += arena.submit(1)
            arena.queue_wipe()
            time.sleep(random.uniform(0.2, 1))
        return arena.judged(keys, f"{times} wipes", within=60 + len(keys))


def by_page(client: Client) -> tuple[int, float]:
    """Make a brief as a browser does: its key, the slowest answer in seconds. Raises on an error page."""
    key, slowest = str(uuid4()), 0.0
    for path, fields in (
        ("/new/", {"key": key, "description": "An assistant answers customers."}),
        (f"/drafts/{key}/all/", FILLED),
        (f"/drafts/{key}/make/", {"project": "Bot"}),
    ):
        begun = time.perf_counter()
        answer = client.post(path, fields)
        slowest = max(slowest, time.perf_counter() - begun)
        assert answer.status_code in (302, 303), f"{path} answers {answer.status_code}"
    return Brief.objects.latest("pk").pk, slowest


def broker(arena: Arena, short: bool) -> Outcome:
    """Broker refuses; is frozen."""
    client, keys, slowest = Client(headers={"host": "localhost"}), [], {"refused": 0.0, "frozen": 0.0}
    client.force_login(arena.user, backend=BACKEND)
    # While a brief is made; and in the moment it is ready, so that its acknowledgement is refused too.
    moments = ["rendering", "ready"] * (1 if short else 5)
    with arena.working():
        by_page(client)  # reads what decides
        for how, moment in product(slowest if arena.redis else ["refused"], moments):
            first = arena.submit(2)
            until_state(first, moment)
            with arena.redis.away(how) if arena.redis else nullcontext():
                during = [by_page(client) for _number in range(1 if how == "frozen" else 6)]
                time.sleep(2)
            keys += [*first, *(key for key, _took in during)]
            slowest[how] = max(slowest[how], *(took for _key, took in during))
        # A worker that the broker left deaf ends itself after 105 s and is started again.
        good, said = arena.judged(keys, f"{len(moments)} times each, no error page", within=150 + len(keys))
    told = ", ".join(f"{how}: slowest submit {took:.2f} s" for how, took in slowest.items())
    return good and slowest["refused"] < 1 and slowest["frozen"] < 5, f"{said}; {told}"


def disk(arena: Arena, short: bool) -> Outcome:
    """Disk full or unwritable while storing."""
    with arena.working():
        with small_disk() as how:
            keys = arena.submit(6 if short else 30)
            tried = Brief.objects.filter(pk__in=keys, job__attempts__gt=0)
            until(lambda: tried.count() == len(keys), seconds=60)
            met = tried.count()
            early, broken = states(keys)["ready"], tallied(keys)["torn"]
        good, said = arena.judged(keys, f"{how}, {met} briefs met it", within=120)
    return good and not broken and met > 0, f"{said}, {early} ready while it was full"


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


def erase(arena: Arena, short: bool) -> Outcome:
    """A client erased while its PDFs are made, then looked for everywhere."""
    given = {"client": CANARY, "project": f"{CANARY} 2", "description": f"{CANARY} wants a helper.\n" * 9}
    with arena.working():
        keys = arena.submit(6 if short else 24, **given)
        settle(keys[:2], within=60)
        before = hits(arena)
        client_erase(CANARY, user=arena.user)
        time.sleep(5)
    after = hits(arena)
    left = {path.name for path in settings.FILES_DIR.glob("briefs/**/*.pdf")}
    kept = Brief.objects.exclude(file="").values_list("file", flat=True)
    orphans = len(left - {file.rpartition("/")[2] for file in kept})
    good = before["database"] > 0 and not any(after.values()) and not orphans
    found = f"{sum(before.values())} hits before, {after} after"
    return good, f"{len(keys)} decisions: {found}, {orphans} PDFs left behind"


def hits(arena: Arena) -> dict[str, int]:
    """Where the canary is found: rows, every file of the data folder (the database too), queue, logs."""
    rows, word = 0, CANARY.encode()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows += repr(cursor.fetchall()).count(CANARY)
    connections.close_all()  # reading the file of an open SQLite database would drop its locks
    files = sum(word in path.read_bytes() for path in settings.DATA_DIR.rglob("*") if path.is_file())
    redis = arena.redis.client if arena.redis else None
    queue = b"".join(redis.dump(key) or b"" for key in redis.scan_iter()).count(word) if redis else 0
    return {"database": rows, "files": files, "queue": queue, "logs": arena.log.read_bytes().count(word)}


DRILLS: dict[str, Callable[[Arena, bool], Outcome]] = {
    one.__name__: one for one in (kills, steps, lease, poison, clocks, wipe, broker, disk, erase)
}
"""By id; given the arena and whether to be short: is all well, and what became of the briefs."""


def main() -> int:
    """Run them; a drill that itself fails counts as failed, the ones after it still run."""
    given = asked(__doc__, short=False, only=" ".join(DRILLS))
    signal.signal(signal.SIGTERM, lambda *_signal: sys.exit(1))
    arena, failed = Arena(), 0
    logging.disable(logging.CRITICAL)  # what the product logs is in the workers' log
    for id in given.only.split():
        translation.activate("en")  # a drill that sends requests may leave another language
        restarts, begun = arena.restarts(), time.monotonic()
        try:
            good, said = DRILLS[id](arena, given.short)
        except Exception as error:
            good, said = False, f"the drill itself failed: {type(error).__name__}: {error}"[:300]
        again = f"workers started again {arena.restarts() - restarts} times, {time.monotonic() - begun:.0f} s"
        failed += not good
        print(f"{'ok    ' if good else 'FAILED'}  {id}: {DRILLS[id].__doc__} {said}, {again}", flush=True)
        arena.queue_wipe()
    print(f"\n{connection.vendor}: {failed} of {len(given.only.split())} drills failed")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
