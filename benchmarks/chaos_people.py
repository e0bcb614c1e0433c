"""Drills of what people do: many at once, erasing while PDFs are made, a backup under traffic."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.db import connection, connections

from benchmarks.chaos_arena import Arena, Outcome, answers, drill
from benchmarks.inner import Brief, client_erase, decision_made
from benchmarks.product import ROOT

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
    left = [path.name for path in arena.data.glob("briefs/*/*.pdf")]
    kept = Brief.objects.exclude(file="").values_list("file", flat=True)
    orphans = len([name for name in left if not any(file.endswith(name) for file in kept)])
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
    queue = 0
    if redis := arena.redis:
        for key in redis.say("keys", "*").split():
            how = {"list": ("lrange", key, "0", "-1"), "hash": ("hgetall", key), "string": ("get", key)}
            queue += redis.say(*how.get(redis.say("type", key).strip(), ("type", key))).count(CANARY)
    return {"database": rows, "files": files, "queue": queue, "logs": arena.log.read_bytes().count(word)}


@drill("backup", "backup under traffic, then checked")
def backup(arena: Arena, short: bool) -> Outcome:
    rounds, said = 1 if short else 5, ""

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *command], cwd=ROOT, capture_output=True, text=True
        )

    with tempfile.TemporaryDirectory() as folder, arena.working(), ThreadPoolExecutor(1) as pool:
        for _round in range(rounds):
            traffic = pool.submit(arena.submit, 40)
            made = run("backup", folder)
            newest = sorted(Path(folder).iterdir())[-1]
            checked = run("restore", str(newest), "--check")
            traffic.result()
            if made.returncode or checked.returncode:
                said = (made.stderr + checked.stderr + checked.stdout)[-200:]
    return not said, f"{rounds} backups while decisions were made: {said or 'each agrees with itself'}"
