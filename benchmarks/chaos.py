"""What is lost when things break? In: which drills, how long. Out: a table of faults, counts and losses.

Real workers make real briefs while they are killed, their queue is wiped, their broker is refused or frozen
and their disk is full. Status 1 where anything was lost, finished twice or torn. Bounded in time.

    python -m benchmarks.chaos            every drill, about 40 minutes, then the table with its tests
    python -m benchmarks.chaos --short    fewer of each, both arenas side by side: 4 minutes on idle cores
    python -m benchmarks.chaos --only poison,wipe --arena sqlite
    python -m benchmarks.chaos --table    the table alone: what proves each row, its tests on each database
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg

from benchmarks.product import ROOT, free_port

POSTGRES = os.environ.get("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
BROKER = os.environ.get("BROKER_URL", "redis://127.0.0.1:6379/9")
ARENAS = ("sqlite", "postgres")
MOST_SECONDS = {True: 900, False: 3600}
"""An arena that takes longer is ended and counts as failed."""
TIMES = {
    "BRIEF_SOFT_SECONDS": "6",
    "BRIEF_HARD_SECONDS": "7",
    "BRIEF_LEASE_SECONDS": "8",
    "SWEEP_SECONDS": "1",
}
TIMES |= {"BRIEF_VISIBILITY_SECONDS": "9", "LOG_LEVEL": "INFO", "DJANGO_SETTINGS_MODULE": "hiring.settings"}
"""Shorter than in production, in the same order, so that a lost lease is seen within a test's patience."""
FIGURE = re.compile(r"^\.*(.*\b(?:hostile requests|erasures|frozen database)\b.*\d.*)$", re.MULTILINE)
"""Lines of a test's output that are printed with the table."""
ROWS: tuple[tuple[str, str, str], ...] = (
    ("workers killed at random and at each step", "0 lost, 0 twice, 0 torn", "kills steps lease"),
    ("queue wiped, wake-up skipped", "0 lost", "wipe"),
    ("broker refused; frozen", "0 lost; submit < 1 s; < 5 s; no error page", "broker"),
    ("database frozen; stopped", "503 < 5 s, readiness < 2 s, liveness < 0.2 s", "web/test_database_away.py"),
    ("a brief that kills its worker", "5 attempts, then failed; all others ready", "poison"),
    (
        "double click of 16 clients; 16 writers and an export",
        "one row a key, other body refused; 0 locked",
        "decisions/test_concurrency.py web/test_once.py",
    ),
    ("disk full while storing", "0 ready without a valid file; recovers", "disk"),
    ("clocks wrong", "0 lost", "clocks"),
    ("a worker's machine starts again", "its leases are due at once", "outbox/test_jobs.py"),
    ("hostile text in a document", "whole, escaped, nothing fetched", "briefs/test_documents.py"),
    ("hostile values to every address by every method", "0 x 5xx", "hostile/test_every_address.py"),
    ("every address x method x person", "as expected; a new one fails", "web/test_doors.py"),
    ("files of rates that are too much or wrong", "refused in 2 s and 100 MB", "rates/test_import.py"),
    ("audit row changed or deleted", "refused; an edit of the file is named", "accounts/test_audit.py"),
    ("a client erased while its PDFs are made", "0 hits in rows, files, logs, queue; 0 files left", "erase"),
    ("clients of any name erased", "0 rests", "accounts/test_clients.py"),
    ("strangers try links behind one proxy", "a right one is never shut",
     "sharing/test_links.py"),
    ("40 names tried; a reset asked 45 times", "slowed; one mail", "accounts/test_slow_sign_in.py"
     " accounts/test_changes.py"),
    ("sessions after links were made and mails sent", "nothing secret or typed", "web/test_sessions.py"),
    ("backup taken under traffic", "agrees with itself; restores", "briefs/test_backup.py"),
    ("rules published unseen or alone", "refused; each changed decision named", "editions/test_admin.py"),
    ("documented settings; commands of the README", "each does something; run without the development list",
     "docs/test_documents.py docs/test_commands.py"),
)  # fmt: skip
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


def environment(**more: str) -> dict[str, str]:
    """What this process was given, without its own database and broker."""
    dropped = ("BROKER_URL", "DATABASE_URL", "HIRING_MODE")
    return {name: value for name, value in os.environ.items() if name not in dropped} | more


def database(statement: str) -> None:
    """A statement to the PostgreSQL server."""
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(statement)


def run(arena: str, *, short: bool, only: str) -> list[dict]:
    """The rows of one arena in a process of its own, printed as they come."""
    folder, name = Path(tempfile.mkdtemp(prefix="hiring-chaos-")), f"chaos_{os.getpid()}_{free_port()}"
    given = environment(**TIMES, DATA_DIR=str(folder / "data"))
    if arena == "postgres":
        database(f"CREATE DATABASE {name}")
        given["DATABASE_URL"] = f"{POSTGRES.rpartition('/')[0]}/{name}"
        given["BROKER_URL"] = f"redis://127.0.0.1:{free_port()}/0"
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.chaos_drills"]
    command += [arena, "short" if short else "full", only]
    process = subprocess.Popen(command, cwd=ROOT, env=given, stdout=subprocess.PIPE, text=True)
    timer = threading.Timer(MOST_SECONDS[short], process.terminate)
    timer.start()
    rows: list[dict] = []
    try:
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


def tested(file: str, arena: str) -> tuple[bool, list[str]]:
    """Run the tests of a file on one database: did none fail, and what to print."""
    name = f"chaos_tests_{os.getpid()}"
    given = environment(EXAMPLES="all")
    if arena == "postgres":
        given |= {"DATABASE_URL": f"{POSTGRES.rpartition('/')[0]}/{name}", "BROKER_URL": BROKER}
    command = [sys.executable, "-m", "pytest", "-q", "-s", "-m", "not browser", f"tests/{file}"]
    done = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True)
    none, good = done.returncode == 5, done.returncode in (0, 5)
    said = "not for this database" if none else "passed" if good else f"FAILED {done.stdout[-800:]}"
    return good, [f"{file} on {arena}: {said}", *FIGURE.findall(done.stdout)]


def table(arenas: list[str], rows: list[dict]) -> int:
    """Print each row with its proof: the drills just run, the tests run now. How many failed."""
    bad = 0
    for fault, asked, proofs in ROWS:
        print(f"{fault}\n    asked: {asked}")
        for proof in proofs.split():
            drilled = [(row["good"], [shown(row)]) for row in rows if row["id"] == proof]
            found = [tested(proof, arena) for arena in arenas] if proof.endswith(".py") else drilled
            bad += sum(not good for good, _lines in found)
            lines = [line for _good, lines in found for line in lines]
            print(*(f"    {line}" for line in lines or [f"{proof}: a drill"]), sep="\n", flush=True)
    print(f"\n{len(ROWS)} rows, {bad} failed")
    return bad


def main() -> int:
    """Run every arena there is; the status to end with."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--only", default="", help="ids of drills, parted by commas")
    parser.add_argument("--arena", choices=ARENAS)
    parser.add_argument("--table", action="store_true", help="run no drill; run the tests behind each row")
    chosen = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_signal: sys.exit(1))
    begun, rows = time.monotonic(), []
    arenas = [arena for arena in ARENAS if chosen.arena in (None, arena)]
    for arena in list(arenas):
        if reason := missing(arena):
            print(f"left out  {arena}: {reason}")
            arenas.remove(arena)
            if os.environ.get("CI") == "true":
                rows.append({"arena": arena, "id": "", "fault": "left out", "good": False, "said": reason})
    if chosen.table:
        return int(table(arenas, rows) > 0)
    # Mostly waiting for leases to end, so two arenas fit on two cores; for the figures they run one by one.
    with ThreadPoolExecutor(max(1, len(arenas) if chosen.short else 1)) as pool:
        for done in pool.map(lambda arena: run(arena, short=chosen.short, only=chosen.only), arenas):
            rows += done
    good = sum(row["good"] for row in rows)
    print(f"\nfaults: {good} passed, {len(rows) - good} failed, {time.monotonic() - begun:.0f} s\n")
    untrue = 0 if chosen.only or chosen.short else table(arenas, rows)
    return int(good < len(rows) or not rows or untrue > 0)


if __name__ == "__main__":
    sys.exit(main())
