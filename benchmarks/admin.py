"""The admin with 10,000, 100,000 and 1,000,000 decisions, on SQLite and PostgreSQL, beside Django's defaults.

    python -m benchmarks.admin [--sizes 10000,100000] [--databases sqlite] [--data DIR] [--postgres URL]

Prints milliseconds (medians of warm runs in one process, each page through the whole request), how they grow
from size to size, and the aims. Peers on the same rows in the same run: the stock ModelAdmin with date
hierarchy, counts and icontains search, and an export that makes a list of objects. `--data` keeps the filled
databases in a folder for the next run; without it they go when the run ends.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

SIZES = (10_000, 100_000, 1_000_000)
AIMS = """first page / Django's default, SQLite, largest  at least 100x
first page, largest / smallest                  at most 1.2x
search / icontains, largest                     at least 10x
export / list(), time                           at least 5x
export / list(), memory over base               at most 0.1x
replay of all, largest                          under 700 ms"""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--sizes", default=",".join(map(str, SIZES)))
    asked.add_argument("--databases", default="sqlite,postgresql")
    asked.add_argument("--data", type=Path)
    asked.add_argument("--postgres", default="postgres://postgres@127.0.0.1:5432/")
    given = asked.parse_args()
    sizes = [int(size) for size in given.sizes.split(",")]
    with tempfile.TemporaryDirectory(prefix="bench-admin-") as folder:
        for database in given.databases.split(","):
            found = {}
            for size in sizes:
                place = (given.data or Path(folder)) / f"{database}-{size}"
                result = measured(database, size, place, given.postgres, keep=given.data is not None)
                if result is None:
                    break
                found[size] = result
            if found:
                table(database, found)
    print("\nAims:", *AIMS.splitlines(), sep="\n  ")


def measured(database: str, size: int, place: Path, postgres: str, *, keep: bool) -> dict[str, Any] | None:
    """Fill one database in a process of its own and measure it there. None where there is no such server."""
    place.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "DATA_DIR": str(place), "DJANGO_SETTINGS_MODULE": "hiring.settings"}
    name = f"hiring_bench_admin_{size}"
    if database == "postgresql":
        if not _created(postgres, name):
            print("PostgreSQL is left out: no server answers at the address given by --postgres.")
            return None
        environment["DATABASE_URL"] = postgres.rstrip("/") + "/" + name
    else:
        environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "benchmarks.admin_pages", str(size)]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    if database == "postgresql" and not keep:
        _dropped(postgres, name)
    return json.loads(done.stdout.splitlines()[-1])


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
            shown = "".join(f"{value:>13,.1f}x" if value else f"{'–':>14}" for value in values)
            print(f"  {name[1:]:42}{shown}")
            continue
        growth = f"{values[-1] / values[0]:>13.2f}x" if values[0] and values[-1] and len(values) > 1 else ""
        shown = "".join(f"{value:>14,.1f}" if value is not None else f"{'–':>14}" for value in values)
        print(f"  {name:42}{shown}{growth}")


if __name__ == "__main__":
    main()
