"""What is lost when things break? In: which drills, how long. Out: a table of faults, counts and losses.

Real workers make real briefs while they are killed, their queue is wiped, their broker is refused or frozen
and their disk is full. Status 1 where anything was lost, finished twice or torn. Bounded in time.

    python -m benchmarks.chaos            every drill, about 40 minutes, then the table of all faults
    python -m benchmarks.chaos --short    fewer of each, both arenas side by side: about 4 minutes
    python -m benchmarks.chaos --only poison,wipe --arena sqlite
    python -m benchmarks.chaos --table    the table alone: what proves each row, the figures last measured
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import psycopg

from benchmarks.product import ROOT, free_port

POSTGRES = os.environ.get("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
ARENAS = ("sqlite", "postgres")
MOST_SECONDS = {True: 480, False: 3600}
"""An arena that takes longer is ended and counts as failed."""
KEPT = ROOT / "benchmarks" / "out" / "chaos.json"
TIMES = {
    "BRIEF_SOFT_SECONDS": "6",
    "BRIEF_HARD_SECONDS": "7",
    "BRIEF_LEASE_SECONDS": "8",
    "SWEEP_SECONDS": "1",
}
TIMES |= {"BRIEF_VISIBILITY_SECONDS": "9", "LOG_LEVEL": "INFO", "DJANGO_SETTINGS_MODULE": "hiring.settings"}
"""Shorter than in production, in the same order, so that a lost lease is seen within a test's patience."""
ROWS: tuple[tuple[str, str, str], ...] = (
    ("workers killed at random and at each step", "0 lost, 0 twice, 0 torn", "kills steps lease"),
    ("queue wiped, wake-up skipped", "0 lost", "wipe"),
    ("broker refused; frozen", "0 lost; submit < 1 s; < 5 s; no error page", "broker"),
    ("database frozen", "503 < 5 s, readiness < 2 s, liveness < 0.2 s", "database"),
    ("a brief that kills its worker", "5 attempts, then failed; all others ready", "poison"),
    (
        "double click of 16 clients; 16 writers and an export",
        "one row a key, other body refused; 0 locked",
        "tests/decisions/test_concurrency.py tests/web/test_once.py",
    ),
    ("disk full while storing", "0 ready without a valid file; recovers", "disk"),
    ("clocks wrong", "0 lost", "clocks"),
    ("hostile text, every field and length", "within a worker's limits", "tests/briefs/test_hostile.py"),
    ("every address x method x person", "as expected; a new one fails", "tests/web/test_doors.py"),
    ("files of rates that are too much or wrong", "refused in 2 s and 100 MB", "tests/rates/test_import.py"),
    ("hostile values to every address", "no 5xx", "tests/hostile/test_every_address.py"),
    ("audit row changed or deleted", "refused; an edit of the file is named", "tests/accounts/test_audit.py"),
    ("a client erased while its PDFs are made", "0 hits in database, files, logs, queue", "erase"),
    ("backup taken under traffic", "agrees with itself; restores", "backup tests/briefs/test_backup.py"),
    ("documented settings", "each changes something", "tests/docs/test_documents.py"),
)
"""A fault or an input, what is asked, and the drills and tests that prove it."""


def missing(arena: str) -> str:
    """Why this arena cannot be had on this machine, or nothing."""
    if arena == "postgres" and shutil.which("redis-server") is None:
        return "redis-server is not installed"
    try:
        if arena == "postgres":
            psycopg.connect(POSTGRES, connect_timeout=3).close()
    except psycopg.OperationalError:
        return "PostgreSQL does not answer"
    return ""


def database(statement: str) -> None:
    """A statement to the PostgreSQL server."""
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(statement)


def run(arena: str, *, short: bool, only: str) -> list[dict]:
    """The rows of one arena in a process of its own, printed as they come."""
    folder, name = Path(tempfile.mkdtemp(prefix="hiring-chaos-")), f"chaos_{os.getpid()}_{free_port()}"
    given = {
        key: value
        for key, value in os.environ.items()
        if key not in ("BROKER_URL", "DATABASE_URL", "HIRING_MODE")
    }
    given |= TIMES | {"DATA_DIR": str(folder / "data")}
    if arena == "postgres":
        database(f"CREATE DATABASE {name}")
        address = f"{POSTGRES.rpartition('/')[0]}/{name}"
        given |= {"DATABASE_URL": address, "BROKER_URL": f"redis://127.0.0.1:{free_port()}/0"}
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "benchmarks.chaos_drills",
        arena,
        "short" if short else "full",
        only,
    ]
    process = subprocess.Popen(command, cwd=ROOT, env=given, stdout=subprocess.PIPE, text=True)
    timer = threading.Timer(MOST_SECONDS[short], process.terminate)
    timer.start()
    try:
        rows = []
        for line in process.stdout or ():
            rows.append(json.loads(line))
            print(shown(rows[-1]), flush=True)
        if process.wait() or not rows:
            words = "ended with an error or out of time"
            rows.append({"arena": arena, "id": "", "fault": "the whole arena", "good": False, "said": words})
            print(shown(rows[-1]), flush=True)
        return rows
    finally:
        timer.cancel()
        process.terminate()
        process.wait(60)
        if arena == "postgres":
            database(f"DROP DATABASE {name} WITH (FORCE)")
        if not os.environ.get("CHAOS_KEEP"):
            shutil.rmtree(folder, ignore_errors=True)


def shown(row: dict) -> str:
    """One line of the table."""
    mark = "ok    " if row["good"] else "FAILED"
    return f"{mark}  {row['arena']:<18}  {row['fault'][:48]:<48}  {row['said']} ({row.get('seconds', 0)} s)"


def remember(rows: list[dict], *, short: bool) -> None:
    """Keep the figures of this run; a short run does not take the place of a full one."""
    kept = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    for row in rows:
        key = f"{row['arena']}/{row['id']}"
        if not (short and kept.get(key, {}).get("length") == "full"):
            when = datetime.now().isoformat(" ", "minutes")
            kept[key] = row | {"length": "short" if short else "full", "when": when}
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(json.dumps(kept, indent=1))


def table(*, tests: bool) -> int:
    """Print each row with its proof and its last figures; 1 where one failed."""
    kept, bad = list(json.loads(KEPT.read_text()).values() if KEPT.exists() else ()), 0
    for fault, asked, proofs in ROWS:
        print(f"{fault}\n    asked: {asked}")
        for proof in proofs.split():
            if proof.endswith(".py"):
                command = [sys.executable, "-m", "pytest", "-q", proof]
                failed = tests and subprocess.run(command, cwd=ROOT, capture_output=True).returncode != 0
                lines = [f"{proof}: {'FAILED' if failed else 'passed' if tests else 'in make test'}"]
                bad += failed
            else:
                figures = [one for one in kept if one["id"] == proof]
                lines = [f"{one['length']}, {one['when']}: {shown(one)}" for one in figures]
                bad += sum(not one["good"] for one in figures)
            print(*(f"    {line}" for line in lines or [f"{proof}: not run yet"]), sep="\n")
    print(f"\n{len(ROWS)} rows, {bad} failed")
    return int(bad > 0)


def main() -> int:
    """Run every arena there is; the status to end with."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--only", default="", help="ids of drills, parted by commas")
    parser.add_argument("--arena", choices=ARENAS)
    parser.add_argument("--table", action="store_true", help="run no drill; print what proves each row")
    chosen = parser.parse_args()
    if chosen.table:
        return table(tests=True)
    signal.signal(signal.SIGTERM, lambda *_signal: sys.exit(1))
    begun = time.monotonic()
    rows: list[dict] = []
    arenas = [arena for arena in ARENAS if chosen.arena in (None, arena)]
    for arena in list(arenas):
        if reason := missing(arena):
            print(f"left out  {arena}: {reason}")
            arenas.remove(arena)
            if os.environ.get("CI") == "true":
                rows.append({"arena": arena, "id": "", "fault": "left out", "good": False, "said": reason})
    # Mostly waiting for leases to end, so two arenas fit on two cores; for the figures they run one by one.
    with ThreadPoolExecutor(max(1, len(arenas) if chosen.short else 1)) as pool:
        for done in pool.map(lambda arena: run(arena, short=chosen.short, only=chosen.only), arenas):
            rows += done
    remember(rows, short=chosen.short)
    good = sum(row["good"] for row in rows)
    print(f"\nfaults: {good} passed, {len(rows) - good} failed, {time.monotonic() - begun:.0f} s\n")
    proved = table(tests=False) if not chosen.only else 0
    return 0 if rows and good == len(rows) and not proved else 1


if __name__ == "__main__":
    sys.exit(main())
