"""Of 3,000 random sheets, how many reports say what a recruiter could misuse: python -m benchmarks.meaning"""

from __future__ import annotations

import random

from rolematcher.pay.advert import advert_range
from rolematcher.pay.report import PayReport
from tests.pay.sheets import random_report

PAY = ("base_pay", "total_pay", "pay_unstated", "pay_rate")


def wrong_in(found: PayReport) -> dict[str, bool]:
    """What is wrong with a report, by name."""
    main, verdict, cost = found.main, found.budget, found.cost
    lines = {line.id for line in cost.lines}
    pair = [found.main, *(found.others[kind] for kind in ("contract", "permanent") if kind in found.others)]
    alike = len({(one.seniority, one.place, one.currency) for one in pair}) == 1
    fee_left_out = (verdict.need_high or 0) <= (main.high or 0) and verdict.need_high is not None
    named = any(one.id == "pay.not_included.dues" for one in cost.not_included)
    total = sum(line.low for line in cost.lines)
    return {
        "adverts stating a figure that is no pay": advert_range(found) is not None and main.kind not in PAY,
        "verdicts that ignore a listed fee": "marketplace_fee" in lines and fee_left_out,
        "break-evens of unequal seniority, place, currency": cost.break_even is not None and not alike,
        "dues both counted and named as not included": "dues" in lines and named,
        "totals that are not the sum of their lines": cost.low is not None and cost.low != total,
        "options where nothing is short": bool(found.options) and verdict.gap_high is None,
    }


if __name__ == "__main__":
    chance = random.Random(7)
    reports = [wrong_in(random_report(chance)) for _ in range(3000)]
    for name in reports[0]:
        print(f"{name}: {sum(one[name] for one in reports)} of {len(reports):,}")
