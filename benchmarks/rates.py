"""Rates with 100,000 observations on file. Out: times and memory of estimate, coverage, import and export.

    python -m benchmarks.rates [--rows 100000]

Every import and export runs in a process of its own, as an operator would run it; memory is that process's
most. Beside the times, every figure that ships is worked out again the long way and traced to its rows.
The database is a fresh one in a temporary folder, or the one DATABASE_URL names (give an empty one).
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

ON = date(2026, 11, 21)
BUDGET = {"amount": "60000", "currency": "USD", "per": "year", "kind": "pay"}


CHILD = """
import atexit, os, runpy, sys
def note():
    status = open("/proc/self/status").read()
    open(os.environ["PEAK"], "w").write(status.split("VmHWM:")[1].split()[0])
atexit.register(note)
sys.argv[0] = "manage.py"
runpy.run_path("manage.py", run_name="__main__")
"""
"""Runs manage.py and notes the most memory this process held (not that of the one it was started from)."""


class Ran(NamedTuple):
    """What a command took: seconds on the clock, seconds of processor, most megabytes, its last line."""

    seconds: float
    cpu: float
    megabytes: float
    last: str


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("--rows", type=int, default=100_000)
    count = ask.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DATA_DIR": folder, "HIRING_MODE": "embedded"}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hiring.settings")
        import django

        django.setup()
        run("migrate", "-v0")
        run("setup_data", "-v0")
        trace_every_figure()
        files(Path(folder), count)
        estimates(count)


def run(*words: str, fails: bool = False) -> Ran:
    """A management command in a process of its own; the benchmark ends where it fails or should have."""
    before = time.perf_counter()
    with tempfile.TemporaryFile("w+") as said, tempfile.NamedTemporaryFile("w+") as peak:
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, *words],
            stdout=said,
            stderr=said,
            env={**os.environ, "PEAK": peak.name},
        )
        _pid, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - before
        said.seek(0)
        lines = said.read().strip().splitlines()
        megabytes = int(peak.read() or 0) / 1024
    if bool(child.returncode) != fails:
        sys.exit("\n".join([f"`{' '.join(words)}` ended with {child.returncode}:", *lines[-5:]]))
    return Ran(seconds, used.ru_utime + used.ru_stime, megabytes, lines[-1] if lines else "")


def files(folder: Path, count: int) -> None:
    """Import, import again, change, export, and what must be refused."""
    from .rates_rows import good, hostile

    nothing = run("rates", "--help")
    report("a command that only starts and ends, 162 rows on file", nothing)
    bad = hostile(folder)
    for name, path in bad.items():
        report(f"refused: {name}", run("rates", "import", str(path), fails=True))
    report("rates on file after all that", run("rates", "export", str(folder / "after.csv")))
    with (folder / "after.csv").open() as after:
        kept = sum(1 for _ in after) - 1
    if kept != 162:
        sys.exit(f"a refused file changed the rates: {kept} rows")
    path = good(folder / "rates.csv", count)
    report(f"preview of {count:,} new rows", run("rates", "import", "--check", str(path)))
    report(f"import of {count:,} new rows", run("rates", "import", str(path)))
    report(f"import of {count:,} rows that are the same", run("rates", "import", str(path)))
    changed = good(folder / "changed.csv", count, raised=1)
    report(f"import of {count:,} changed rows", run("rates", "import", str(changed)))
    report(f"export of {count + 162:,} rows", run("rates", "export", str(folder / "out.csv")))
    report("import of that export", back := run("rates", "import", str(folder / "out.csv")))
    if f"{count + 162} same" not in back.last:
        sys.exit(f"the export did not import back unchanged: {back.last}")


def estimates(count: int) -> None:
    """A cell, a brief, the matrix; with what ships and with `count` more."""
    from rolematcher.services.rates import figures_on_file, figures_packaged
    from rolematcher.services.rates_coverage import rates_coverage

    from rolematcher.engine.money.estimate import cell_estimate
    from rolematcher.engine.money.money_brief import money_work_out

    before = time.perf_counter()
    large = figures_on_file()
    say(
        f"reading {len(large.observations):,} observations from the database, once",
        time.perf_counter() - before,
    )
    say("finding out that nothing changed", best(figures_on_file))
    say("memory of the benchmark with them", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB")
    for name, figures in (("162 on file", figures_packaged()), (f"{count + 162:,} on file", large)):
        index = figures.observations
        cell = ("ai_engineer", "US", "permanent")
        sources = index.at_level(*cell, "all")

        def brief(place: str, spend: dict[str, str] | None, on_file: Any = figures) -> Callable[[], Any]:
            answers = {"place": place, "budget": spend, "timeline": {"hours_a_week": 40, "weeks": 10}}
            return lambda: money_work_out(
                on_file.observations,
                on_file.facts,
                answers=answers,
                role="ai_engineer",
                basis="permanent",
                level="mid",
                need="existing",
                on=ON,
                places=on_file.places,
            )

        one = best(lambda rows=sources, of=cell: cell_estimate(rows, cell=of, seniority="all", on=ON))
        say(f"{name}: estimate of one cell ({len(sources)} rows)", one)
        say(f"{name}: money of a whole brief", best(brief("US", None)))
        say(f"{name}: the same, budget short, all ways out priced", best(brief("US", BUDGET)))
        coverage = rates_coverage(figures, on=ON)
        matrix = best(lambda of=figures: rates_coverage(of, on=ON), times=3)
        say(f"{name}: coverage matrix ({len(coverage.cells)} cells)", matrix)


def trace_every_figure() -> None:
    """Work every shipped estimate out again by the definition, and count what its figures trace to."""
    from rolematcher.services.rates import figures_packaged

    from rolematcher.engine.money.estimate import cell_estimate
    from rolematcher.engine.money.observation import SENIORITIES
    from rolematcher.engine.money.triple import triple_of
    from rolematcher.engine.money.weights import weight_of

    index = figures_packaged().observations
    cells = traced = 0
    for cell in index.cells():
        for seniority in SENIORITIES:
            made = cell_estimate(index.rows(*cell), cell=cell, seniority=seniority, on=ON, rounding=False)
            votes = [source.observation for source in made.sources if source.part == "votes"]
            if made.figures is None:
                continue
            cells += 1
            for place, figure in enumerate(made.figures):
                half = sum((weight_of(row, on=ON).total for row in votes), Fraction(0)) / 2
                reached = [
                    amount
                    for amount in sorted(triple_of(row)[place] for row in votes)
                    if sum(weight_of(row, on=ON).total for row in votes if triple_of(row)[place] <= amount)
                    >= half
                ]
                traced += figure == reached[0]
    print(
        f"{traced} of {3 * cells} figures of {cells} shipped estimates are what their own rows give by hand"
    )
    if traced != 3 * cells:
        sys.exit(1)


def best(work: Callable[[], Any], times: int = 15) -> float:
    """Seconds of the quickest of some runs."""
    taken = []
    for _ in range(times):
        before = time.perf_counter()
        work()
        taken.append(time.perf_counter() - before)
    return min(taken)


def report(what: str, ran: Ran) -> None:
    print(f"{what:<62} {ran.seconds:8.2f} s  {ran.cpu:6.2f} s CPU  {ran.megabytes:5.0f} MB", flush=True)


def say(what: str, value: float, unit: str = "s") -> None:
    shown = f"{value * 1000:8.2f} ms" if unit == "s" else f"{value:8.0f} {unit}"
    print(f"{what:<62} {shown}", flush=True)


if __name__ == "__main__":
    main()
