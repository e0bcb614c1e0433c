"""Drills on what workers stand on: queue wiped, wake-ups left out, broker away or frozen, disk full."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch
from uuid import uuid4

from benchmarks.chaos_arena import Arena, answers
from benchmarks.chaos_drill import Outcome, drill, settled


@drill("wipe", "queue wiped")
def wipe(arena: Arena, short: bool) -> Outcome:
    keys: list[int] = []
    wipes = 3 if short else 20
    with arena.working():
        for _wipe in range(wipes):
            keys += arena.submit(4)[0]
            wipe_queue(arena)
            time.sleep(random.uniform(0.2, 1))
        return settled(arena, keys, f"{wipes} wipes", within=60 + len(keys))


def wipe_queue(arena: Arena) -> None:
    """Remove every message there is."""
    if arena.redis:
        arena.redis.say("flushall")
        return
    for message in (arena.folder / "data" / "queue" / "messages").glob("*.msg"):
        message.unlink(missing_ok=True)


@drill("skip", "wake-up never sent for a third")
def skip_publish(arena: Arena, short: bool) -> Outcome:
    with arena.working():
        keys: list[int] = []
        for number in range(12 if short else 90):
            if number % 3:
                keys += arena.submit(1)[0]
            else:
                with patch("rolematcher.services.briefs.brief_wake"):
                    keys += arena.submit(1)[0]
        return settled(arena, keys, f"{len(keys) // 3} not sent", within=60 + len(keys))


def page_answers(arena: Arena) -> tuple[int, float]:
    """Send the form as a browser does: the status of the answer, and the seconds it took."""
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    client.force_login(arena.user, backend="django.contrib.auth.backends.ModelBackend")
    begun = time.perf_counter()
    sent = client.post("/new/", {**answers(), "key": str(uuid4()), "tab": "one", "seen": "0"})
    return sent.status_code, time.perf_counter() - begun


@drill("refuse", "broker refuses")
def refuse(arena: Arena, short: bool) -> Outcome:
    keys: list[int] = []
    slowest, statuses = 0.0, set()
    # While a brief is made; and in the moment it is ready, so that its acknowledgement is refused too.
    moments = ["rendering", "ready"] * (1 if short else 5)
    with arena.working():
        page_answers(arena)
        for moment in moments:
            first, _slow = arena.submit(2)
            until = time.monotonic() + 30
            while not arena.states(first).get(moment) and time.monotonic() < until:
                time.sleep(0.002)
            with refused(arena):
                during, slow = arena.submit(6)
                status, page = page_answers(arena)
                time.sleep(2)
            slowest = max(slowest, slow, page)
            statuses.add(status)
            keys += first + during
        more, _slowest = arena.submit(4)
        good, said = settled(arena, keys + more, f"{len(moments)} times", within=60 + len(keys))
    good = good and slowest < 1 and statuses == {303}
    return good, f"{said}; slowest submit {slowest:.2f} s, page answers {sorted(statuses)}"


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


@drill("freeze", "broker frozen", engines=("postgres",))
def freeze(arena: Arena, short: bool) -> Outcome:
    with arena.working():
        first, _slow = arena.submit(4)
        arena.settle(first, within=60)
        page_answers(arena)
        arena.redis.signal(signal.SIGSTOP)
        keys, slowest = arena.submit(1 if short else 6)
        status, page = page_answers(arena)
        time.sleep(4)
        arena.redis.signal(signal.SIGCONT)
        more, _slowest = arena.submit(4)
        good, said = settled(arena, first + keys + more, "frozen for 8 s or more", within=120)
    slowest = max(slowest, page)
    return good and slowest < 5 and status == 303, (
        f"{said}; slowest submit {slowest:.2f} s, page answers {status}"
    )


@drill("disk", "disk full or unwritable while storing")
def full_disk(arena: Arena, short: bool) -> Outcome:
    from rolematcher.models import Brief

    with arena.working(), small_disk() as how:
        keys, _slowest = arena.submit(6 if short else 30)
        until = time.monotonic() + 20
        while time.monotonic() < until and Brief.objects.filter(pk__in=keys, attempts=0).exists():
            time.sleep(0.2)
        time.sleep(1)
        early = arena.tally(keys, seconds=0)
        tried = Brief.objects.filter(pk__in=keys, attempts__gt=0).count()
        free(how)
        good, said = settled(arena, keys, f"{how}, {tried} briefs met it", within=120)
    good = good and not early.torn and tried > 0
    return good, f"{said}, {early.ready} ready while it was full, each with its file"


@contextmanager
def small_disk() -> Iterator[str]:
    """A briefs folder that takes 64 KB, where mounting is allowed; else one that takes nothing."""
    from django.conf import settings

    folder = settings.BRIEFS_DIR
    aside = folder.with_name("briefs-aside")
    if folder.exists():
        folder.rename(aside)
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    how = "disk of 64 KB"
    if subprocess.run(mount, capture_output=True).returncode:
        folder.rmdir()
        folder.write_text("in the way")
        how = "folder unwritable"
    try:
        yield how
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], capture_output=True)
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
