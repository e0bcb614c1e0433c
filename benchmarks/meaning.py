"""Of 3,000 random answer sheets, how many reports say what a recruiter could misuse: every count must be 0.

python -m benchmarks.meaning
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable

from rolematcher.pay.advert import advert_range
from rolematcher.pay.report import PayReport
from tests.pay.sheets import random_report


def _no_pay(found: PayReport) -> bool:
    kinds = ("base_pay", "total_pay", "pay_unstated", "pay_rate")
    return advert_range(found) is not None and found.main.kind not in kinds


def _ignores_fee(found: PayReport) -> bool:
    """A total budget or a rate held against less than figure and fees together."""
    need, main = found.budget.need_high, found.main
    fees = [line for line in found.cost.lines if line.id == "marketplace_fee"]
    return bool(fees) and need is not None and main.high is not None and need <= main.high


def _unlike_even(found: PayReport) -> bool:
    """A break-even although the two cells are not alike in seniority, kind, place or hours."""
    pair = (found.main, found.others.get("contract") or found.others.get("permanent"))
    alike = {(one.seniority, one.place, one.currency) for one in pair if one}
    shown = found.cost.break_even
    return shown is not None and (len(alike) > 1 or any(one.typical is None for one in pair if one))


def _contradicts(found: PayReport) -> bool:
    """Verdict and numbers, total and lines, dues counted and named as missing, options above the budget."""
    verdict, cost = found.budget, found.cost
    left = {one.id for one in cost.not_included}
    dues = "pay.not_included.dues" in left and any(line.id == "dues" for line in cost.lines)
    total = cost.low is not None and cost.low != sum(line.low for line in cost.lines)
    covers = verdict.cover == "covers" and (verdict.low or 0) < (verdict.need_high or 0) - 1
    options = bool(found.options) and verdict.cover not in ("below", "covers_part")
    short = verdict.cover in ("below", "covers_part") and verdict.gap_high is None
    return dues or total or covers or options or short


WRONG: dict[str, Callable[[PayReport], bool]] = {
    "adverts stating a figure that is no pay": _no_pay,
    "verdicts that ignore a listed fee": _ignores_fee,
    "break-evens of unequal seniority, place or currency": _unlike_even,
    "contradictions of verdict, total, dues and options": _contradicts,
}


def main(sheets: int = 3000) -> None:
    """Of random sheets, how many reports say what a recruiter could misuse; every number must be 0."""
    chance, wrong = random.Random(7), Counter(dict.fromkeys(WRONG, 0))
    for _ in range(sheets):
        found = random_report(chance)
        wrong.update(name for name, is_wrong in WRONG.items() if is_wrong(found))
    print(f"{sheets:,} random sheets:", *(f"{name} {count}" for name, count in wrong.items()), sep="\n  ")


if __name__ == "__main__":
    main()
