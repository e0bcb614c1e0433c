"""Drills that kill and stop: worker groups, children, each step of a brief, a brief that kills its worker."""

from __future__ import annotations

import os
import random
import signal
import time
from contextlib import closing, suppress

from benchmarks.chaos_arena import Arena, Worker
from benchmarks.chaos_drill import Outcome, drill, judged, settled
from benchmarks.chaos_worker import STEPS


@drill("groups", "worker group killed at random")
def kill_groups(arena: Arena, short: bool) -> Outcome:
    briefs, kills = (24, 8) if short else (500, 100)
    keys, _slowest = arena.submit(briefs)
    worker = arena.worker()
    for _kill in range(kills):
        # From loading to the middle of the third or fourth brief.
        time.sleep(random.uniform(1, 3.6))
        worker.kill()
        if arena.states(keys).get("ready") == len(keys):
            keys += arena.submit(max(1, briefs // 10))[0]
        worker = arena.worker()
    arena.settle(keys, within=40 + briefs // 3)
    retried = given_up_retried(keys)
    words = f"{kills} kills" + (f", {retried} killed five times and retried" if retried else "")
    outcome = settled(arena, keys, words, within=40)
    worker.kill()
    return outcome


def given_up_retried(keys: list[int]) -> int:
    """Press Retry, as the admin offers it, for each brief that lost its worker on all its attempts."""
    from rolematcher import outbox
    from rolematcher.models import Brief

    failed = Brief.objects.filter(pk__in=keys, state=Brief.FAILED, error=outbox.OUT_OF_ATTEMPTS)
    return sum(outbox.brief_requeue(key) for key in failed.values_list("pk", flat=True))


@drill("children", "one child of the pool killed at random")
def kill_children(arena: Arena, short: bool) -> Outcome:
    briefs, kills = (16, 6) if short else (150, 60)
    with arena.working() as (worker,):
        keys, _slowest = arena.submit(briefs)
        done = 0
        until = time.monotonic() + 30 + 4 * kills
        while done < kills and time.monotonic() < until:
            time.sleep(random.uniform(0.2, 1))
            children = worker.children()
            if len(children) == 2:
                with suppress(ProcessLookupError):
                    os.kill(random.choice(children), signal.SIGKILL)
                    done += 1
        good, said = settled(arena, keys, f"{done} kills", within=60 + briefs // 2)
    return good and done == kills, said


@drill("steps", "killed at each of 7 steps")
def kill_at_steps(arena: Arena, short: bool) -> Outcome:
    times = 2 if short else 20
    keys, _slowest = arena.submit(times * len(STEPS))
    plan = {key: STEPS[number % len(STEPS)] for number, key in enumerate(keys)}
    words = f"{times} kills at each of {len(STEPS)} steps"
    with arena.working(kill_at=plan):
        outcome = settled(arena, keys, words, within=60 + 5 * len(keys))
        killed = len(list(arena.done.iterdir()))
    return outcome if killed == len(keys) else (False, f"only {killed} of {len(keys)} kills happened")


@drill("lease", "stopped for longer than its lease, then going on")
def outlive_lease(arena: Arena, short: bool) -> Outcome:
    keys: list[int] = []
    rounds = 1 if short else 10
    for _round in range(rounds):
        with arena.working(2) as (slow, _other):
            more, _slowest = arena.submit(8)
            keys += more
            until = time.monotonic() + 30
            while arena.states(more).get("rendering", 0) < 3 and time.monotonic() < until:
                time.sleep(0.01)
            stop_between_writes(arena, slow)
            arena.settle(more, within=40)
            slow.signal(signal.SIGCONT)
            time.sleep(2)
            arena.settle(more, within=40)
    return settled(arena, keys, f"{rounds} workers stopped past the lease", within=60)


def stop_between_writes(arena: Arena, worker: Worker) -> None:
    """SIGSTOP for the group. SQLite has one lock for all writers: who is stopped with it stops everybody."""
    import sqlite3

    for _try in range(200):
        worker.signal(signal.SIGSTOP)
        if arena.postgres:
            return
        try:
            with closing(sqlite3.connect(arena.folder / "data" / "hiring.sqlite3", timeout=0.2)) as file:
                file.execute("BEGIN IMMEDIATE")
                return
        except sqlite3.OperationalError:
            worker.signal(signal.SIGCONT)
            time.sleep(0.02)


@drill("poison", "a brief that kills its worker among others")
def poison(arena: Arena, short: bool) -> Outcome:
    from rolematcher.models import BriefAttempt

    keys, _slowest = arena.submit(12 if short else 101)
    bad = keys[len(keys) // 2]
    with arena.working(poison=bad):
        seconds = arena.settle(keys, within=100 + len(keys))
        tally = arena.tally(keys, seconds=seconds)
    good, said = judged(tally, "1 poison brief", failed=1)
    attempts = BriefAttempt.objects.filter(brief_id=bad).count()
    return good and attempts == 5, f"{said}, given up after {attempts} attempts"


@drill("clocks", "clocks an hour wrong, one ahead, one behind")
def skewed(arena: Arena, short: bool) -> Outcome:
    with arena.working(skew=3600), arena.working(skew=-3600):
        keys, _slowest = arena.submit(8 if short else 60)
        return settled(arena, keys, "2 workers", within=60 + 2 * len(keys))
