"""The faults, one function each. In: an arena. Out: one JSON line a fault: how often, what was lost.

python -m benchmarks.chaos_faults sqlite "" short ""
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from unittest.mock import patch
from uuid import uuid4

from benchmarks.chaos_arena import TODAY, Arena, Tally, answers
from benchmarks.chaos_worker import STEPS

Outcome = tuple[bool, str]
FAULTS: list[tuple[str, Callable[[Arena, bool], Outcome]]] = []


def fault(name: str) -> Callable:
    """Put a function into the table under this name."""

    def add(function: Callable[[Arena, bool], Outcome]) -> Callable[[Arena, bool], Outcome]:
        FAULTS.append((name, function))
        return function

    return add


def judged(tally: Tally, injected: str, *, failed: int = 0) -> Outcome:
    """Good when nothing was lost, finished twice or torn and exactly `failed` briefs failed."""
    good = not (tally.lost or tally.twice or tally.torn) and tally.failed == failed
    said = f"{injected}; {tally.briefs} briefs: {tally.lost} lost, {tally.twice} twice, {tally.torn} torn"
    said += f", {tally.failed} failed" if tally.failed or failed else ""
    return good, f"{said} ({tally.seconds:.0f} s)"


def settled(arena: Arena, keys: list[int], injected: str, *, within: float, failed: int = 0) -> Outcome:
    """Wait for the briefs, then judge."""
    seconds = arena.settle(keys, within=within)
    return judged(arena.tally(keys, seconds=seconds), injected, failed=failed)


@fault("worker group killed at random")
def kill_groups(arena: Arena, short: bool) -> Outcome:
    briefs, kills = (60, 10) if short else (500, 100)
    keys, _slowest = arena.submit(briefs)
    done = 0
    worker = arena.worker()
    begun = time.monotonic()
    while done < kills and time.monotonic() - begun < kills * 12:
        # From loading to the middle of the second or third brief.
        time.sleep(random.uniform(2.5, 7))
        arena.kill_group(worker)
        done += 1
        if arena.settle(keys, within=0) and arena.states(keys).get("ready") == len(keys):
            keys += arena.submit(max(1, briefs // 10))[0]
        worker = arena.worker()
    outcome = settled(arena, keys, f"{done} kills", within=60 + briefs)
    arena.kill_group(worker)
    return outcome


@fault("one child of the pool killed at random")
def kill_children(arena: Arena, short: bool) -> Outcome:
    briefs, kills = (30, 10) if short else (150, 60)
    with arena.working() as (worker,):
        keys, _slowest = arena.submit(briefs)
        done = 0
        begun = time.monotonic()
        while done < kills and time.monotonic() - begun < 30 + 4 * kills:
            time.sleep(random.uniform(0.4, 1.5))
            children = arena.children(worker)
            if len(children) == 2:
                os.kill(random.choice(children), signal.SIGKILL)
                done += 1
        return settled(arena, keys, f"{done} kills", within=90 + briefs)


@fault("killed at each of 7 steps")
def kill_at_steps(arena: Arena, short: bool) -> Outcome:
    times = 3 if short else 20
    keys, _slowest = arena.submit(times * len(STEPS))
    plan = {key: STEPS[number % len(STEPS)] for number, key in enumerate(keys)}
    with arena.working(kill_at=plan):
        outcome = settled(
            arena, keys, f"{times} kills at each of {len(STEPS)} steps", within=120 + 4 * len(keys)
        )
        killed = len(list(arena.done.iterdir()))
    return outcome if killed == len(keys) else (False, f"only {killed} of {len(keys)} kills happened")


@fault("stopped for longer than its lease, then going on")
def outlive_lease(arena: Arena, short: bool) -> Outcome:
    late = 0
    keys: list[int] = []
    for _round in range(2 if short else 10):
        with arena.working(2) as (slow, _other):
            more, _slowest = arena.submit(8)
            keys += more
            while arena.states(more).get("rendering", 0) < 3 and arena.states(more).get("ready", 0) < 4:
                time.sleep(0.02)
            os.killpg(slow.pid, signal.SIGSTOP)
            arena.settle(more, within=40)
            os.killpg(slow.pid, signal.SIGCONT)
            time.sleep(2)
            late += 1
    return settled(arena, keys, f"{late} workers stopped past the lease", within=60)


@fault("queue wiped")
def wipe(arena: Arena, short: bool) -> Outcome:
    keys: list[int] = []
    wipes = 3 if short else 20
    with arena.working():
        for _wipe in range(wipes):
            keys += arena.submit(8)[0]
            wipe_queue(arena)
            time.sleep(random.uniform(0.2, 1))
        return settled(arena, keys, f"{wipes} wipes", within=60 + len(keys))


def wipe_queue(arena: Arena) -> None:
    """Remove every message there is."""
    if arena.redis:
        subprocess.run(
            ["redis-cli", "-p", str(arena.redis.port), "flushall"], check=True, capture_output=True
        )
        return
    for message in (arena.folder / "data" / "queue" / "messages").glob("*.msg"):
        message.unlink(missing_ok=True)


@fault("wake-up never sent for a third")
def skip_publish(arena: Arena, short: bool) -> Outcome:
    with arena.working():
        keys: list[int] = []
        for number in range(18 if short else 90):
            if number % 3:
                keys += arena.submit(1)[0]
            else:
                with patch("rolematcher.services.briefs.brief_wake"):
                    keys += arena.submit(1)[0]
        return settled(arena, keys, f"{len(keys) // 3} not sent", within=60 + len(keys))


@fault("broker refuses")
def refuse(arena: Arena, short: bool) -> Outcome:
    keys: list[int] = []
    slowest = 0.0
    # While a brief is made; and in the moment it is ready, so that its acknowledgement is refused too.
    moments = ["rendering", "ready"] * (1 if short else 5)
    with arena.working():
        for moment in moments:
            first, normal = arena.submit(2)
            until = time.monotonic() + 60
            while not arena.states(first).get(moment) and time.monotonic() < until:
                time.sleep(0.002)
            with refused(arena):
                during, slow = arena.submit(8)
                time.sleep(3)
            slowest = max(slowest, slow - normal)
            keys += first + during
        more, _slowest = arena.submit(4)
        good, said = settled(arena, keys + more, f"{len(moments)} times", within=120 + len(keys))
    return good and slowest < 1, f"{said}, a submit waits {max(0.0, slowest):.2f} s longer"


@contextmanager
def refused(arena: Arena) -> Iterator[None]:
    """No broker inside: its server is stopped, or the folder of messages is gone."""
    if arena.redis:
        arena.redis.signal(signal.SIGKILL)
        yield
        arena.redis.start()
        return
    messages = arena.folder / "data" / "queue" / "messages"
    aside = messages.with_name("aside")
    messages.rename(aside)
    messages.write_text("a file where the folder should be")
    yield
    messages.unlink()
    aside.rename(messages)


@fault("broker frozen")
def freeze(arena: Arena, short: bool) -> Outcome:
    if not arena.redis:
        return True, "there is no server to freeze"
    with arena.working():
        first, normal = arena.submit(4)
        arena.settle(first, within=60)
        arena.redis.signal(signal.SIGSTOP)
        keys, slowest = arena.submit(2 if short else 6)
        time.sleep(5)
        arena.redis.signal(signal.SIGCONT)
        more, _slowest = arena.submit(4)
        good, said = settled(arena, first + keys + more, "frozen for 9 s or more", within=120)
    waits = max(0.0, slowest - normal)
    return good and waits < 5, f"{said}, a submit waits {waits:.1f} s longer"


@fault("a brief that kills its worker among others")
def poison(arena: Arena, short: bool) -> Outcome:
    keys, _slowest = arena.submit(20 if short else 101)
    bad = keys[len(keys) // 2]
    with arena.working(poison=bad):
        seconds = arena.settle(keys, within=150 + len(keys))
        tally = arena.tally(keys, seconds=seconds)
    good, said = judged(tally, "1 poison brief", failed=1)
    attempts = attempts_of(bad)
    return good and attempts == 5, f"{said}, given up after {attempts} attempts"


def attempts_of(key: int) -> int:
    """How many attempts a brief has had."""
    from rolematcher.models import BriefAttempt

    return BriefAttempt.objects.filter(brief_id=key).count()


@fault("disk full or unwritable while storing")
def full_disk(arena: Arena, short: bool) -> Outcome:
    from rolematcher.models import Brief

    with arena.working(), small_disk() as how:
        keys, _slowest = arena.submit(6 if short else 30)
        time.sleep(6)
        early = arena.tally(keys, seconds=0)
        tried = Brief.objects.filter(pk__in=keys, attempts__gt=0).count()
        free(how)
        good, said = settled(arena, keys, f"{how}, {tried} briefs met it", within=180)
    return good and not early.torn and tried > 0, said


@contextmanager
def small_disk() -> Iterator[str]:
    """A briefs folder that takes 64 KB, where mounting is allowed; else one that takes nothing."""
    from django.conf import settings

    folder = settings.BRIEFS_DIR
    aside = folder.with_name("briefs-aside")
    if folder.exists():
        folder.rename(aside)
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)], capture_output=True
    )
    how = "disk of 64 KB"
    if mounted.returncode:
        folder.rmdir()
        folder.write_text("in the way")
        how = "folder unwritable"
    yield how
    for path in aside.glob("*/*.pdf") if aside.exists() else ():
        (folder / path.parent.name).mkdir(exist_ok=True)
        path.rename(folder / path.parent.name / path.name)
    shutil.rmtree(aside, ignore_errors=True)


def free(how: str) -> None:
    """Give the disk its space back, keeping what was stored on it."""
    from django.conf import settings

    folder = settings.BRIEFS_DIR
    if how == "folder unwritable":
        folder.unlink()
        return
    kept = folder.with_name("briefs-kept")
    shutil.copytree(folder, kept)
    subprocess.run(["umount", "--lazy", str(folder)], check=True)
    shutil.copytree(kept, folder, dirs_exist_ok=True)
    shutil.rmtree(kept)


@fault("clocks an hour wrong, one ahead, one behind")
def skewed(arena: Arena, short: bool) -> Outcome:
    with arena.working(skew=3600), arena.working(skew=-3600):
        keys, _slowest = arena.submit(12 if short else 60)
        return settled(arena, keys, "2 workers", within=60 + 2 * len(keys))


@fault("double click: 16 clients, the same key")
def double_click(arena: Arena, short: bool) -> Outcome:
    from django.db import connections

    from rolematcher.models import Decision
    from rolematcher.services.decisions import DecisionConflict, decision_make

    rounds = 30 if short else 200
    errors: list[str] = []
    before = Decision.objects.count()

    def click(key: str, body: dict) -> int | None:
        try:
            return decision_make(body, user=arena.user, key=key, on=TODAY).pk
        except Exception as error:
            errors.append(type(error).__name__)
            return None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(16) as pool:
        for _round in range(rounds):
            key, body = uuid4().hex, answers()
            made = set(pool.map(lambda _n, k=key, b=body: click(k, b), range(16)))
            if len(made) != 1:
                errors.append(f"{len(made)} answers")
    rows = Decision.objects.count() - before
    try:
        decision_make(answers(), user=arena.user, key=key, on=TODAY)
        refused_body = False
    except DecisionConflict:
        refused_body = True
    said = f"{rounds} rounds: {rows} rows, {len(errors)} errors {sorted(set(errors))}"
    said += ", other body refused" if refused_body else ", other body NOT refused"
    return rows == rounds and not errors and refused_body, said


@fault("16 writers, 2 workers and an export")
def writers(arena: Arena, short: bool) -> Outcome:
    from django.db import connections

    from rolematcher.models import Decision

    each = 8 if short else 100
    errors: list[str] = []
    keys: list[int] = []
    exported = 0

    def write(_number: int) -> None:
        for _submit in range(each):
            try:
                keys.extend(arena.submit(1)[0])
            except Exception as error:
                errors.append(f"{type(error).__name__}: {error}"[:80])
        connections.close_all()

    with arena.working(2), ThreadPoolExecutor(17) as pool:
        writing = [pool.submit(write, number) for number in range(16)]
        while not all(one.done() for one in writing):
            exported += sum(1 for _row in Decision.objects.values_list("record", "answers").iterator())
        good, said = settled(arena, keys, f"{16 * each} submits", within=120 + len(keys))
    return good and not errors and len(
        keys
    ) == 16 * each, f"{said}, {exported} rows exported, errors {sorted(set(errors))}"


def main() -> int:
    """Run the faults of one arena."""
    arena_name, postgres, length, only = sys.argv[1:5]
    random.seed(os.environ.get("CHAOS_SEED"))
    signal.signal(signal.SIGTERM, lambda *_signal: sys.exit(1))
    with Arena(postgres=postgres, redis=arena_name == "postgres") as arena:
        for name, function in FAULTS:
            if only not in name:
                continue
            good, said = function(arena, length == "short")
            print(json.dumps({"arena": arena.name, "fault": name, "good": good, "said": said}), flush=True)
            wipe_queue(arena)
    return 0


if __name__ == "__main__":
    sys.exit(main())
