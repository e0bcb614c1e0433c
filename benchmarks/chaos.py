"""What is lost when things break? In: `--short` or nothing. Out: a table of faults, counts and losses.

Real workers make real briefs while they are killed, their queue is wiped, their broker is refused or frozen
and their disk is full. Status 1 where anything was lost, finished twice or torn. Bounded in time.

    python -m benchmarks.chaos            everything, about 40 minutes
    python -m benchmarks.chaos --short    every fault, fewer of each, under 10 minutes
    python -m benchmarks.chaos --only poison --arena sqlite
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
POSTGRES = os.environ.get("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
ARENAS = ("sqlite", "postgres")
MOST_SECONDS = {True: 600, False: 3000}
"""An arena that takes longer is ended and counts as failed."""


def missing(arena: str) -> str:
    """Why this arena cannot be had on this machine, or nothing."""
    if arena == "sqlite":
        return ""
    if shutil.which("redis-server") is None:
        return "redis-server is not installed"
    try:
        import psycopg

        psycopg.connect(POSTGRES, connect_timeout=3).close()
    except Exception as refused:
        return f"PostgreSQL does not answer: {type(refused).__name__}"
    return ""


def run(arena: str, *, short: bool, only: str) -> list[dict]:
    """One arena in a process of its own: its rows."""
    command = [
        sys.executable,
        "-m",
        "benchmarks.chaos_faults",
        arena,
        POSTGRES if arena == "postgres" else "",
    ]
    command += ["short" if short else "full", only]
    out: list[dict] = []
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    until = time.monotonic() + MOST_SECONDS[short]
    try:
        for line in process.stdout or ():
            out.append(json.loads(line))
            print(shown(out[-1]), flush=True)
            if time.monotonic() > until:
                out.append({"arena": arena, "fault": "the whole arena", "good": False, "said": "out of time"})
                break
    finally:
        process.terminate() if process.poll() is None else None
        process.wait(60)
    if process.returncode not in (0, -15) or not out:
        out.append(
            {"arena": arena, "fault": "the whole arena", "good": False, "said": "it ended with an error"}
        )
        print(shown(out[-1]), flush=True)
    return out


def shown(row: dict) -> str:
    """One line of the table."""
    mark = "ok    " if row["good"] else "FAILED"
    return f"{mark}  {row['arena']:<18}  {row['fault']:<46}  {row['said']}"


def main() -> int:
    """Run every arena there is; the status to end with."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--only", default="", help="faults whose name holds this")
    parser.add_argument("--arena", choices=ARENAS)
    chosen = parser.parse_args()
    # So that being ended ends the arena too, which ends its workers.
    signal.signal(signal.SIGTERM, lambda *_signal: sys.exit(1))
    rows: list[dict] = []
    for arena in (chosen.arena,) if chosen.arena else ARENAS:
        if reason := missing(arena):
            print(f"left out  {arena}: {reason}")
            if os.environ.get("CI") == "true":
                rows.append({"good": False})
            continue
        rows += run(arena, short=chosen.short, only=chosen.only)
    good = sum(row["good"] for row in rows)
    print(f"\nfaults: {good} passed, {len(rows) - good} failed")
    return 0 if rows and good == len(rows) else 1


if __name__ == "__main__":
    sys.exit(main())
