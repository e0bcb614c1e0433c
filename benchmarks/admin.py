"""The admin with 10,000, 100,000 and 1,000,000 decisions, on SQLite and PostgreSQL, beside Django's defaults.

    python -m benchmarks.admin [--sizes 10000,100000] [--databases sqlite] [--data DIR] [--postgres URL]
                               [--fill MINUTES] [--only WORD,WORD]

Prints milliseconds (medians of nine warm runs, the sizes taking turns, each page through the whole
request), how they grow from size to size, and the aims. Peers on the same rows in the same run: the stock
ModelAdmin with date hierarchy, counts and icontains search, and an export that makes a list of objects.

In pieces: `--data` keeps the filled databases for the next run (without it they go when the run ends);
`--fill` only fills, for so many minutes at most, and says whether to run it again; `--only` measures what has
one of these words in its name. A million decisions take some 12 GB in each database.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

SIZES = (10_000, 100_000, 1_000_000)
ROUNDS = 9
NOT_LONG = 10**6
"""Minutes that filling may take when nobody limits it."""

AIMS = """first page / Django's default, SQLite, largest  at least 100x
first page, largest / smallest                  at most 1.2x
search / icontains, largest                     at least 10x
export / list(), time                           at least 5x
export / list(), memory over base               at most 0.1x
export as Excel, 100,000 rows                   under 30,000 ms and 200 MB
replay of all, largest                          under 700 ms"""
RATIOS = (
    ("first page, default / ours", "Django's default: first page", "first page"),
    (
        "search, common word, icontains / ours",
        "Django's default: icontains, common word",
        "search: a common word",
    ),
    ("search, rare word, icontains / ours", "Django's default: icontains, rare word", "search: a rare word"),
    ("export, list() / ours, time", "export by list(), 100,000 rows", "export, 100,000 rows"),
    ("export, ours / list(), memory", "export: MB above the start", "export by list(): MB above the start"),
)
"""What is printed below the measures: a name, and which is divided by which."""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--sizes", default=",".join(map(str, SIZES)))
    asked.add_argument("--databases", default="sqlite,postgresql")
    asked.add_argument("--data", type=Path)
    asked.add_argument("--postgres", default="postgres://postgres@127.0.0.1:5432/")
    asked.add_argument("--fill", type=float, metavar="MINUTES")
    asked.add_argument("--only", default="", metavar="WORD,WORD")
    given = asked.parse_args()
    if given.fill and not given.data:
        asked.error("--fill needs --data, the folder to keep the databases in")
    until = time.monotonic() + 60 * (given.fill or NOT_LONG)
    with tempfile.TemporaryDirectory(prefix="bench-admin-") as folder:
        for database in given.databases.split(","):
            running: dict[int, Any] = {}
            for size in map(int, given.sizes.split(",")):
                process = started(database, size, given.data or Path(folder), given.postgres, until)
                if process is None:
                    print("PostgreSQL is left out: no server answers at the address given by --postgres.")
                    break
                if not process.measures:
                    print(f"{database}, {size:,}: not filled yet; run the same again.")
                    return
                running[size] = process
                if given.fill:
                    print(f"{database}, {size:,}: filled.", flush=True)
            if running and not given.fill:
                table(database, measured(running, given.only.split(",")))
            for size, process in running.items():
                process.stdin.close()
                process.wait()
                if database == "postgresql" and given.data is None:
                    _dropped(given.postgres, f"hiring_bench_admin_{size}")
    print("\nAims:", *AIMS.splitlines(), sep="\n  ")


def started(database: str, size: int, folder: Path, postgres: str, until: float) -> Any:
    """A process that fills one database and then waits to be asked. None where there is no such server.

    Its `measures` are empty where time ran out before the database was filled.
    """
    place = folder / f"{database}-{size}"
    place.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "DATA_DIR": str(place), "DJANGO_SETTINGS_MODULE": "hiring.settings"}
    environment.pop("DATABASE_URL", None)
    if database == "postgresql":
        if not _created(postgres, f"hiring_bench_admin_{size}"):
            return None
        environment["DATABASE_URL"] = f"{postgres.rstrip('/')}/hiring_bench_admin_{size}"
    minutes = max(0.0, until - time.monotonic()) / 60
    command = [sys.executable, "-m", "benchmarks.admin_pages", str(size), str(minutes)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    process = subprocess.Popen(command, env=environment, text=True, **pipes)
    process.measures = _heard(process)  # type: ignore[attr-defined]  # filled one after the other
    return process


def _heard(process: Any) -> Any:
    line = process.stdout.readline()
    if not line:
        raise SystemExit("A measuring process ended early; its error stands above.")
    return json.loads(line)


def _asked(process: Any, name: str) -> Any:
    process.stdin.write(name + "\n")
    process.stdin.flush()
    return _heard(process)


def measured(running: dict[int, Any], only: list[str]) -> dict[int, dict[str, Any]]:
    """Medians by size and measure. The sizes take turns within every round."""
    found: dict[int, dict[str, Any]] = {size: {} for size in running}
    names = max((process.measures for process in running.values()), key=len)
    for name in names:
        if not any(word in name for word in only):
            continue
        if name.startswith("export"):
            for size, process in running.items():
                taken, memory = _asked(process, name)
                found[size][f"{name}, 100,000 rows"], found[size][f"{name}: MB above the start"] = (
                    taken,
                    memory,
                )
            continue
        times: dict[int, list[float]] = {size: [] for size in running}
        few = name.startswith(("Django", "what a decision"))
        for turn in range(3 if few else 1 + ROUNDS):
            for size, process in running.items():
                taken = _asked(process, name)
                if taken is not None and turn:
                    times[size].append(taken)
        for size, taken in times.items():
            found[size][name] = statistics.median(taken) if taken else None
    for row in found.values():
        for name, above, below in RATIOS:
            if row.get(above) and row.get(below):
                row[f"={name}"] = row[above] / row[below]
    return found


def _created(postgres: str, name: str) -> bool:
    import psycopg

    try:
        with psycopg.connect(postgres.rstrip("/") + "/postgres", autocommit=True) as server:
            if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                server.execute(f"CREATE DATABASE {name}")
        return True
    except psycopg.OperationalError:
        return False


def _dropped(postgres: str, name: str) -> None:
    import psycopg

    with psycopg.connect(postgres.rstrip("/") + "/postgres", autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name}")


def table(database: str, found: dict[int, dict[str, Any]]) -> None:
    """One line a measure, one column a size, and the growth from the smallest to the largest."""
    sizes = list(found)
    print(
        f"\n{database}: milliseconds"
        + " " * 22
        + "".join(f"{size:>14,}" for size in sizes)
        + "        growth"
    )
    for name in found[sizes[0]]:
        values = [found[size].get(name) for size in sizes]
        if name.startswith("="):
            shown = "".join(f"{value:>13,.3g}x" if value else f"{'–':>14}" for value in values)
            print(f"  {name[1:]:42}{shown}")
            continue
        growth = f"{values[-1] / values[0]:>13.2f}x" if values[0] and values[-1] and len(values) > 1 else ""
        shown = "".join(f"{value:>14,.1f}" if value is not None else f"{'–':>14}" for value in values)
        print(f"  {name:42}{shown}{growth}")


if __name__ == "__main__":
    main()
