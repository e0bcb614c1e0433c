"""The recruiter's pages measured: requests a second, 95th percentile, bytes and requests of a visit.

    make bench-web                          SQLite, and PostgreSQL here or where BENCH_POSTGRES says
    make bench-web ARGS="--rows 10000 --seconds 2"

Ratios come from one process and are taken in turns; loads from gunicorn as the product runs it, with the
clients on the same machine, so the absolute numbers are those of the machine. Times exclude compression:
the clients here ask for none.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import uuid
from typing import Any

from benchmarks.web_bytes import visits

HERE = "postgres://postgres@127.0.0.1:5432"


def one(what: str, *args: str, database: str = "", settings: str = "hiring.settings") -> dict[str, Any]:
    """Run `benchmarks.web_one` on a database of its own; its JSON answer."""
    with tempfile.TemporaryDirectory(prefix="bench-web-") as folder:
        env = {
            **os.environ,
            "DATA_DIR": folder,
            "DJANGO_SETTINGS_MODULE": settings,
            "HIRING_MODE": "embedded",
        }
        if database:
            env["DATABASE_URL"] = database
        ran = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "benchmarks.web_one", what, *args],
            env=env,
            stdout=subprocess.PIPE,
            text=True,
        )
        if ran.returncode:
            raise SystemExit(f"the benchmark of {what} failed")
        return json.loads(ran.stdout.strip().splitlines()[-1])


def postgres(server: str) -> tuple[str, str]:
    """A new, empty database on a server: its name and address."""
    import psycopg

    name = f"bench_web_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return name, f"{server}/{name}"


def postgres_drop(server: str, name: str) -> None:
    """Remove it again."""
    import psycopg

    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def postgres_answers(server: str) -> bool:
    """Whether somebody listens there."""
    import psycopg

    try:
        psycopg.connect(f"{server}/postgres", connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def table(title: str, found: dict[str, Any]) -> None:
    """Print one database's figures."""
    print(f"\n{title}\n{'':36}{'clients':>8}{'per second':>12}{'median ms':>11}{'p95 ms':>9}{'errors':>8}")
    for name, row in found.items():
        shown = (
            f"{row['clients']:>8}{row['rate']:>12}{row['median_ms']:>11}{row['p95_ms']:>9}{row['errors']:>8}"
        )
        print(f"{name:36}{shown}")
    typing = found.get("live panel, 20 recruiters typing")
    if typing:
        print(f"  live panel, 20 recruiters typing: p95 {typing['p95_ms']} ms (aim under 50)")


def main() -> None:
    """Measure and print everything."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", default="100000")
    parser.add_argument("--seconds", default="4")
    given = parser.parse_args()
    ratios = one("ratios")
    print("Processor time of a page, ms (one process, in turns, medians)")
    for name, took in ratios.items():
        print(f"  {name:28}{took:>8.2f}")
    alone = ratios["plain crispy, view alone"] / ratios["form, view alone"]
    print(f"  form against plain crispy   {alone:.1f} times as a view (aim 12)", end="")
    print(f", {ratios['plain crispy'] / ratios['form']:.1f} times with every middleware")
    print(f"  form against an empty page  {ratios['empty'] / ratios['form']:.2f} of its rate (aim 0.5)")
    load = ("--rows", given.rows, "--seconds", given.seconds)
    table("SQLite", one("loads", *load))
    server = os.environ.get("BENCH_POSTGRES", HERE)
    if postgres_answers(server):
        name, address = postgres(server)
        try:
            table("PostgreSQL", one("loads", *load, database=address))
        finally:
            postgres_drop(server, name)
    else:
        print(f"\nPostgreSQL: left out, nobody answers at {server}; BENCH_POSTGRES names another server.")
    submit = ("--rows", "0", "--seconds", given.seconds, "--only", "submit")
    ours = one("loads", *submit)["submit"]
    plain = one("loads", *submit, settings="benchmarks.web_plain_sqlite")["submit"]
    print("\nSaving: submit with the product's SQLite settings against Django's defaults")
    for name, row in (("product", ours), ("defaults", plain)):
        print(f"  {name:10}{row['rate']:>8} a second, p95 {row['p95_ms']} ms, {row['errors']} errors")
    print(f"  {ours['rate'] / plain['rate']:.1f} times the defaults (aim 1.6)")
    visits()


if __name__ == "__main__":
    main()
