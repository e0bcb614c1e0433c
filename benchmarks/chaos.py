"""What is lost when things break? In: which drills, how long. Out: a table of faults, counts and losses.

Real workers make real briefs while they are killed, their queue is wiped, their broker is refused or frozen
and their disk is full. Status 1 where anything was lost, finished twice or torn. Bounded in time.

    python -m benchmarks.chaos            every drill, about 40 minutes, then the table of all faults
    python -m benchmarks.chaos --short    fewer of each, both arenas side by side: about 4 minutes
    python -m benchmarks.chaos --only poison,wipe --arena sqlite
    python -m benchmarks.chaos --table    the table alone: where each row is proved, the figures last measured
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks import chaos_table

ROOT = Path(__file__).resolve().parent.parent
POSTGRES = os.environ.get("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
ARENAS = ("sqlite", "postgres")
MOST_SECONDS = {True: 480, False: 3000}
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


class Run:
    """One arena in a process of its own."""

    def __init__(self, arena: str, *, short: bool, only: str) -> None:
        self.arena, self.short = arena, short
        postgres = POSTGRES if arena == "postgres" else ""
        command = [sys.executable, "-m", "benchmarks.chaos_faults", arena, postgres]
        command += ["short" if short else "full", only]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)

    def rows(self) -> list[dict]:
        """Wait for its rows, printing each; at most as long as an arena may take."""
        out: list[dict] = []
        timer = threading.Timer(MOST_SECONDS[self.short], self.end)
        timer.start()
        for line in self.process.stdout or ():
            out.append(json.loads(line))
            print(shown(out[-1]), flush=True)
        timer.cancel()
        if self.process.wait() != 0 or not out:
            words = "it ended with an error or out of time"
            out.append(
                {"arena": self.arena, "id": "", "fault": "the whole arena", "good": False, "said": words}
            )
            print(shown(out[-1]), flush=True)
        return out

    def end(self) -> None:
        """Ask it to end, which ends its workers; end it where it does not."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()


def shown(row: dict) -> str:
    """One line of the table."""
    mark = "ok    " if row["good"] else "FAILED"
    return f"{mark}  {row['arena']:<18}  {row['fault'][:48]:<48}  {row['said']} ({row.get('seconds', 0)} s)"


def chosen_arenas(named: str | None, rows: list[dict]) -> list[str]:
    """Those there are; one that is missing where nothing may be left out counts as failed."""
    found = []
    for arena in (named,) if named else ARENAS:
        if reason := missing(arena):
            print(f"left out  {arena}: {reason}")
            if os.environ.get("CI") == "true":
                rows.append({"good": False})
        else:
            found.append(arena)
    return found


def main() -> int:
    """Run every arena there is; the status to end with."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--only", default="", help="ids of drills, parted by commas")
    parser.add_argument("--arena", choices=ARENAS)
    parser.add_argument("--table", action="store_true", help="run no drill; print where each row is proved")
    chosen = parser.parse_args()
    if chosen.table:
        return chaos_table.table(tests=True)
    begun = time.monotonic()
    rows: list[dict] = []
    runs: list[Run] = []

    def stopped(*_signal: object) -> None:
        for one in runs:
            one.end()
        sys.exit(1)

    signal.signal(signal.SIGTERM, stopped)
    signal.signal(signal.SIGINT, stopped)
    arenas = chosen_arenas(chosen.arena, rows)
    # Mostly waiting for leases to end, so two arenas fit on two cores; for the figures they run one by one.
    together = len(arenas) if chosen.short else 1

    def run(arena: str) -> list[dict]:
        runs.append(Run(arena, short=chosen.short, only=chosen.only))
        return runs[-1].rows()

    with ThreadPoolExecutor(max(1, together)) as pool:
        for done in pool.map(run, arenas):
            rows += done
    chaos_table.remember(rows, short=chosen.short)
    good = sum(row["good"] for row in rows)
    print(f"\nfaults: {good} passed, {len(rows) - good} failed, {time.monotonic() - begun:.0f} s\n")
    proved = chaos_table.table(tests=False) if not chosen.only else 0
    return 0 if rows and good == len(rows) and not proved else 1


if __name__ == "__main__":
    sys.exit(main())
