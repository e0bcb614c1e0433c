"""The budget always has a result, in the money of the cell and against everything the cost lists."""

from __future__ import annotations

from decimal import Decimal

import pytest

from rolematcher.pay.work_out import pay_facts

from .sheets import report


def test_a_budget_in_another_currency_is_held_against_the_figure_at_a_dated_rate() -> None:
    verdict = report(budget=("200000", "EUR", "year")).budget
    assert verdict.currency == "GBP"
    (step,) = verdict.steps
    assert step.id == "pay.step.exchange" and step.values["publisher"] == "European Central Bank"


def test_a_sum_buys_hours_where_nobody_said_how_many_are_needed() -> None:
    verdict = report(budget=("10000", "USD", "project"), engagement_type="contract", place="US").budget
    assert (verdict.cover, verdict.bought, verdict.asks) == ("buys", "hour", "hours_a_week")
    assert (verdict.hours_low, verdict.hours_high) == (Decimal(50), Decimal(100))


def test_a_marketplace_budget_must_hold_the_fee_the_cost_lists() -> None:
    found = report(budget=("152", "USD", "hour"), engagement_type="freelance_marketplace")
    assert found.main.high == Decimal(150)
    assert found.budget.cover == "covers_part"
    assert found.budget.need_high == Decimal(165)


@pytest.mark.parametrize(
    ("amount", "cover", "gap"),
    [(300000, "covers", None), (150000, "covers_part", (0, 70000)), (90000, "below", (50000, 130000))],
)
def test_the_gap_is_what_is_short_of_both_ends(amount: int, cover: str, gap: tuple[int, int] | None) -> None:
    found = report(budget=(amount, "USD", "year"), place="US")
    assert (found.main.low, found.main.high) == (Decimal(140000), Decimal(220000))
    verdict = found.budget
    assert verdict.cover == cover
    assert (verdict.gap_low, verdict.gap_high) == (gap or (None, None))


def test_a_total_budget_is_held_against_pay_with_dues_and_the_recruiter() -> None:
    pay, total = (
        report(budget=("200000", "USD", "year"), place="US", kind=kind) for kind in ("pay", "total")
    )
    cost = total.cost
    assert total.budget.need_high == cost.high and total.budget.need_low == cost.low
    assert pay.budget.need_high == pay.main.high


def test_an_hourly_budget_meets_a_salary_by_the_stated_hours() -> None:
    full = report(budget=("60", "GBP", "hour"), hours=40).budget
    half = report(budget=("60", "GBP", "hour"), hours=20).budget
    assert full.high == Decimal(60 * 40 * 52) and half.high == Decimal(60 * 20 * 52)
    assert half.need_high is not None and full.need_high == half.need_high * 2
    assert "pay.step.part_time" in {step.id for step in half.steps}


def test_a_sum_for_stated_weeks_is_compared_and_not_only_counted() -> None:
    verdict = report(
        budget=("30000", "USD", "project"), place="US", engagement_type="contract", hours=40, weeks=10
    ).budget
    assert (verdict.cover, verdict.low) == ("below", Decimal(75))


@pytest.mark.parametrize(
    ("budget", "changed", "cover", "asks", "said"),
    [
        (("30000", "GBP", "project"), {}, "buys", "weeks", "buys_month"),
        (("90000", "GBP", "year"), {"place": None}, "needs", "place", "say_place"),
        (("80", "XXX", "year"), {}, "needs", "budget", "no_rate"),
        (
            ("80", "USD", "hour"),
            {"role": "automation_specialist", "place": "US", "engagement_type": "agency"},
            *("needs", "budget", "retainer"),
        ),
        (
            ("80000", "GBP", "year"),
            {"recommendation": "collect_data", "headcount": "none"},
            *("not_set", "", "nobody"),
        ),
    ],
)
def test_what_cannot_be_compared_is_counted_or_asked_for(
    budget: tuple[str, str, str], changed: dict[str, str], cover: str, asks: str, said: str
) -> None:
    verdict = report(budget=budget, **changed).budget
    assert (verdict.cover, verdict.asks, verdict.message.id) == (cover, asks, f"pay.budget.{said}")


@pytest.mark.parametrize(
    ("place", "budget", "cover", "figure"),
    [
        ("US", (90000, "USD", "year"), "none", "firm"),
        ("US", (200000, "USD", "year"), "some", "firm"),
        ("US", (900000, "USD", "year"), "all", "firm"),
        ("US", (9, "EUR", "project"), "cannot_compare", "firm"),
        ("SE", None, "not_set", "weak"),
        (None, None, "not_set", "unsure"),
        (None, (9, "EUR", "year"), "no_rate", "unsure"),
        ("CU", (9, "EUR", "year"), "no_rate", "none"),
    ],
)
def test_rules_read_cover_and_figure(
    place: str | None, budget: tuple[int, str, str] | None, cover: str, figure: str
) -> None:
    found = report(place=place, budget=budget)
    facts = pay_facts(found.replaced(search_time="short"))
    assert (facts.budget_cover, facts.figure, facts.search_time) == (cover, figure, "short")
