"""Figures about figures: how many cells have one, how far off the model is, what is wrong, how long it takes.

    python -m benchmarks.rates [--imported 100000]

The pure room alone, but for the import, which runs the command on a database of its own. Errors are
shares of the truth in per cent; "inside" is the share of what was left out that lay in the range that is
promised to cover eight of ten.
"""

from __future__ import annotations

import csv
import random
from collections import Counter, defaultdict
from datetime import date
from functools import partial
from itertools import product
from statistics import mean, median

from benchmarks.measure import asked, seconds
from benchmarks.product import Product
from rolematcher.pay.advert import advert_range
from rolematcher.pay.backtest import Z80, Backtest, group_of, limits_missed
from rolematcher.pay.figures import Figures, figures_packaged, rows_packaged
from rolematcher.pay.making import model_backtest, model_fit
from rolematcher.pay.market import Market
from rolematcher.pay.observation import COLUMNS, ROLES
from rolematcher.pay.report import PayReport
from tests.pay.sheets import random_report, report

ON = date(2026, 11, 26)
COUNTRIES = """
US CA GB IE DE FR NL BE LU CH AT ES PT IT SE NO DK FI IS PL CZ SK HU RO BG GR HR SI EE LV
LT RS UA TR IL AE SA QA EG MA ZA NG KE GH IN PK BD LK PH ID MY SG TH VN CN JP KR TW AU BR
"""
SIXTY = COUNTRIES.split()
TESTS = {
    "publisher": "publisher out",
    "country_without_us": "country out, not US",
    "country_and_type": "country and type out",
    "baseline_us_x_price_level": "US x prices",
    "baseline_us_x_income": "US x income",
    "baseline_nearest_country": "nearest country",
}
"""What is left out, and three naive guesses where it is a country."""
PAY = ("base_pay", "total_pay", "pay_unstated", "pay_rate")


def cells(figures: Figures) -> None:
    """Of 240 cells, how many have a figure, by seniority."""
    market = Market(figures, ON)
    wanted = list(product(("ai_engineer", "automation_specialist"), SIXTY, ("permanent", "contract")))
    for seniority in ("all", "junior", "mid", "senior"):
        found = [market.estimate(*cell, seniority) for cell in wanted]
        known = sum(one.low is not None and one.high is not None for one in found)
        statuses = dict(Counter(one.status for one in found))
        print(f"cells with a figure, {seniority}: {known} of {len(wanted)} (aim 235) {statuses}")


def model(figures: Figures) -> Backtest:
    """How long fitting takes; what the back-test finds."""
    tested = model_backtest(figures, on=ON)
    for name, found in (("fit with back-test", None), ("fit without", tested)):
        print(f"{name}: {seconds(partial(model_fit, figures, on=ON, tested=found)):.1f} s (aim 60)")
    return tested


def errors(tested: Backtest) -> None:
    """Median error and share inside of what was left out, beside three naive guesses."""
    lines = {(line.test, line.slice): line for line in tested.tested}
    print("\nmedian error % (n) and share inside % of what was left out, beside naive guesses")
    print(f"{'slice':32}" + "".join(f"{name:>22}" for name in TESTS.values()))
    for part in dict.fromkeys(line.slice for line in tested.tested):
        cells = []
        for test in TESTS:
            line = lines.get((test, part))
            inside = "" if line is None or line.coverage is None else f"{100 * line.coverage:.1f}"
            cells.append(f"{100 * line.median_error:.1f} ({line.n}) {inside:>5}" if line else "-")
        print(f"{part:32}" + "".join(f"{cell:>22}" for cell in cells))
    print("limits missed:", limits_missed(tested.tested) or "none")


def observations_inside(tested: Backtest, figures: Figures) -> None:
    """Of the single shipped observations, the share inside the range when their publisher is left out."""
    groups: dict[str, list[bool]] = defaultdict(list)
    for one in tested.left["publisher"]:
        if one.point.source != "micro":
            half = Z80 * one.deviation * tested.widening[f"publisher {group_of(one.point)}"]
            for name in ("all", one.point.role, one.point.engagement_type):
                groups[name].append(abs(one.off) <= half)
    total = sum(len(rows) for rows in figures.observations.values())
    print(f"\nshipped observations {total}; of those tested, inside when left out:")
    for name, held in sorted(groups.items()):
        print(f"  {name:24}{mean(held):6.1%}  n={len(held)}")


def times(figures: Figures) -> None:
    """How long one cell takes, and the money of a brief."""
    keys = [*figures.observations, *product(ROLES, SIXTY, ("permanent",))]

    def cold() -> None:
        market = Market(figures, ON)
        for key in keys:
            market.estimate(*key, "senior")

    def money(place: str) -> None:
        report(place=place, budget=(60000, "USD", "year"), hours=40, weeks=26, need="existing")

    per_cell = median(seconds(cold) for _ in range(5)) / len(keys)
    print(f"\none cell, nothing kept: {per_cell * 1e6:.0f} µs (aim 200)")
    spans = [seconds(partial(money, place)) for place in SIXTY * 3]
    print(f"money of a brief: {median(spans) * 1e3:.2f} ms (aim 5)")


def wrong_in(found: PayReport) -> dict[str, bool]:
    """What a recruiter could misuse in a report, by name."""
    main, verdict, cost = found.main, found.budget, found.cost
    pair = [main, *(found.others[kind] for kind in ("contract", "permanent") if kind in found.others)]
    alike = len({(one.seniority, one.place, one.currency) for one in pair}) == 1
    fee_left_out = verdict.need_high is not None and verdict.need_high <= (main.high or 0)
    fee = any(line.id == "marketplace_fee" for line in cost.lines)
    return {
        "adverts stating a figure that is no pay": advert_range(found) is not None and main.kind not in PAY,
        "verdicts that ignore a listed fee": fee and fee_left_out,
        "break-evens of unequal seniority, place, currency": cost.break_even is not None and not alike,
    }


def meaning(number: int = 3_000) -> None:
    """Of random sheets, how many reports say what could be misused."""
    chance = random.Random(7)
    found = Counter[str]()
    for _number in range(number):
        found.update(wrong_in(random_report(chance)))
    for name, wrong in found.items():
        print(f"{name}: {wrong} of {number:,}")


def importing(number: int) -> None:
    """A file of new rows through `manage.py rates import`: looked at, saved, then all the same.

    The rows are those shipped, again and again, each time of other publishers.
    """
    shipped = list(rows_packaged("pay/observations.csv"))
    with Product(workers=0) as installed:
        file = installed.folder / "rates.csv"
        with file.open("w", newline="", encoding="utf-8") as out:
            writer = csv.DictWriter(out, COLUMNS)
            writer.writeheader()
            for place in range(number):
                row = shipped[place % len(shipped)]
                publisher = f"{row['publisher'].partition('(')[0]} {place // len(shipped)}"
                writer.writerow({**row, "publisher": publisher})
        for name, *options in (("looked at", "--check"), ("saved",), ("the same again",)):
            took = seconds(partial(installed.manage, "rates", "import", str(file), *options))
            print(f"import of {number:,} rows, {name}: {took:.1f} s")


if __name__ == "__main__":
    given, on_file = asked(__doc__, imported=100_000), figures_packaged()
    cells(on_file)
    left_out = model(on_file)
    errors(left_out)
    observations_inside(left_out, on_file)
    times(on_file)
    meaning()
    importing(given.imported)
