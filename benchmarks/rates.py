"""Figures about figures: how many cells have one, how far off the model is, how long money takes.

    python -m benchmarks.rates [--imported 100000] [--only-import] [--cells]

The pure room alone, but for the import, which runs the command on a database of its own. Errors are
shares of the truth in per cent; "inside" is the share of what was left out that lay in the range that is
promised to cover eight of ten.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from itertools import count, islice
from pathlib import Path

import numpy as np

from rolematcher.pay.backtest import Z80, Backtest, group_of, limits_missed
from rolematcher.pay.figures import Figures, figures_packaged, rows_packaged
from rolematcher.pay.making import model_backtest, model_fit
from rolematcher.pay.market import Market, market_of
from rolematcher.pay.observation import COLUMNS, ROLES
from rolematcher.pay.release import Tested
from rolematcher.pay.report import Estimate
from rolematcher.pay.work_out import pay_report
from rolematcher.rules.answers import Answers, Budget, Timeline

ON = date(2026, 11, 26)
SIXTY = """
US CA GB IE DE FR NL BE LU CH AT ES PT IT SE NO DK FI IS PL CZ SK HU RO BG GR HR SI EE LV
LT RS UA TR IL AE SA QA EG MA ZA NG KE GH IN PK BD LK PH ID MY SG TH VN CN JP KR TW AU BR
"""
TESTS = {
    "publisher": "publisher out",
    "country_without_us": "country out, not US",
    "country_and_type": "country and type out",
}
BASELINES = {
    "baseline_us_x_price_level": "US x prices",
    "baseline_us_x_income": "US x income",
    "baseline_nearest_country": "nearest country",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cells", action="store_true", help="all 240 cells, a line a place")
    parser.add_argument("--imported", type=int, default=100_000, help="rows imported into a database")
    parser.add_argument("--only-import", action="store_true", help="nothing but the import")
    given = parser.parse_args()
    if given.only_import:
        importing(given.imported)
        return
    figures = figures_packaged()
    cells(figures, every=given.cells)
    tested = model(figures)
    errors(tested)
    observations_inside(tested, figures)
    times(figures)
    importing(given.imported)


def cells(figures: Figures, *, every: bool) -> None:
    market = Market(figures, ON)
    asked = [
        (role, place, kind)
        for place in SIXTY.split()
        for role in ("ai_engineer", "automation_specialist")
        for kind in ("permanent", "contract")
    ]
    for seniority in ("all", "junior", "mid", "senior"):
        found = [market.estimate(*cell, seniority) for cell in asked]
        known = sum(one.low is not None and one.high is not None for one in found)
        statuses = Counter(one.status for one in found)
        print(f"cells with a figure, {seniority}: {known} of {len(asked)} (aim 235) {dict(statuses)}")
        if every and seniority == "all":
            for place in SIXTY.split():
                print(place, *(_cell(one) for one in found if one.place == place), sep="  ")


def _cell(one: Estimate) -> str:
    said = f"{one.low}-{one.high} {one.currency}/{one.unit} {one.status}" if one.low else str(one.reason)
    return f"{said:38}"


def model(figures: Figures) -> Backtest:
    tested = model_backtest(figures, on=ON)
    print(f"fit with back-test: {seconds(lambda: model_fit(figures, on=ON)):.1f} s (aim 60)")
    print(f"fit without: {seconds(lambda: model_fit(figures, on=ON, tested=tested)):.1f} s")
    return tested


def errors(tested: Backtest) -> None:
    """Median error and share inside of what was left out, beside three naive guesses."""
    lines = {(line.test, line.slice): line for line in tested.tested}
    print("\nmedian error % (n) and share inside % of what was left out, beside naive guesses")
    print(f"{'slice':32}" + "".join(f"{name:>22}" for name in (*TESTS.values(), *BASELINES.values())))
    for part in dict.fromkeys(line.slice for line in tested.tested):
        said = (_line(lines.get((test, part))) for test in (*TESTS, *BASELINES))
        print(f"{part:32}" + "".join(f"{words:>22}" for words in said))
    print("limits missed:", [message.values for message in limits_missed(tested.tested)] or "none")


def _line(line: Tested | None) -> str:
    if line is None:
        return "-"
    inside = f"{100 * line.coverage:.1f}" if line.coverage is not None else ""
    return f"{100 * line.median_error:.1f} ({line.n}) {inside:>5}"


def observations_inside(tested: Backtest, figures: Figures) -> None:
    """Of the single shipped observations, the share inside the range when their publisher is left out."""
    single = [one for one in tested.left["publisher"] if one.point.source != "micro"]
    groups: dict[str, list[bool]] = {}
    for one in single:
        half = Z80 * one.deviation * tested.widening[f"publisher {group_of(one.point)}"]
        inside = abs(one.off) <= half
        for name in ("all", one.point.role, one.point.engagement_type):
            groups.setdefault(name, []).append(inside)
    total = sum(len(rows) for rows in figures.observations.values())
    print(f"\nshipped observations {total}, of them tested {len(single)}; inside when left out:")
    for name, held in sorted(groups.items()):
        print(f"  {name:24}{np.mean(held):6.1%}  n={len(held)}")


def times(figures: Figures) -> None:
    keys = list(figures.observations) + [
        (role, place, "permanent") for role in ROLES for place in SIXTY.split()
    ]

    def cold() -> None:
        market = Market(figures, ON)
        for key in keys:
            market.estimate(*key, "senior")

    per_cell = statistics.median(seconds(cold) for _ in range(5)) / len(keys)
    print(f"\none cell, nothing kept: {per_cell * 1e6:.0f} µs (aim 200)")
    chance = random.Random(1)
    for name, keep in (("nothing kept", False), ("the day's market kept", True)):
        spans = []
        for _ in range(200):
            if not keep:
                market_of.cache_clear()
            place = chance.choice(SIXTY.split())
            spans.append(seconds(lambda place=place: brief(figures, place)))
        print(f"money of a brief, {name}: {statistics.median(spans) * 1e3:.2f} ms (aim 5)")


def brief(figures: Figures, place: str) -> None:
    answers = Answers(
        place=place,
        remote="yes",
        budget=Budget(amount=Decimal(60000), currency="USD", unit="year"),
        timeline=Timeline(hours_a_week=40, weeks=26),
    )
    pay_report(
        figures,
        answers=answers,
        role="ai_engineer",
        recommendation="hire",
        seniority="senior",
        engagement_type="permanent",
        headcount="one",
        need="existing",
        on=ON,
    )


def importing(rows: int) -> None:
    """A file of so many new rows through `manage.py rates import`: looked at, saved, then all the same."""
    with tempfile.TemporaryDirectory(prefix="rates-bench-") as folder:
        file = Path(folder) / "rates.csv"
        with file.open("w", newline="", encoding="utf-8") as out:
            writer = csv.DictWriter(out, COLUMNS)
            writer.writeheader()
            writer.writerows(islice(made_rows(), rows))
        manage(folder, "migrate", "--verbosity", "0")
        manage(folder, "setup_data", "--verbosity", "0")
        for name, options in (("looked at", ["--check"]), ("saved", []), ("the same again", [])):
            said = ""

            def run(options: list[str] = options) -> None:
                nonlocal said
                said = manage(folder, "rates", "import", str(file), *options)

            print(f"import of {rows:,} rows, {name}: {seconds(run):.1f} s ({said.splitlines()[-1]})")


def made_rows() -> Iterator[dict[str, str]]:
    """The shipped rows again and again, each time of another publisher."""
    shipped = rows_packaged("pay/observations.csv")
    for number in count():
        for row in shipped:
            yield {**row, "publisher": f"{row['publisher'].partition('(')[0]} {number}"}


def manage(folder: str, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *words],
        env={**os.environ, "DATA_DIR": folder, "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
