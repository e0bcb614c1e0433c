"""The budget always has a result, in the money of the cell and against everything the cost lists."""

from __future__ import annotations

from decimal import Decimal

import pytest

from rolematcher.pay.figures import figures_packaged
from rolematcher.pay.work_out import pay_facts, pay_report
from rolematcher.rules import answers_read, conclude, settle, shipped_rulebook

from .sheets import ON, report


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


def test_without_a_place_the_budget_asks_for_it() -> None:
    verdict = report(budget=("90000", "GBP", "year"), place=None).budget
    assert (verdict.cover, verdict.asks) == ("needs", "place")


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


def test_what_the_budget_includes_follows_from_the_engagement_type() -> None:
    post = report(budget=("200000", "USD", "year"), place="US").budget
    contract = report(budget=("150", "USD", "hour"), place="US", engagement_type="contract").budget
    assert post.need_high == Decimal(220000)
    assert (contract.cover, contract.need_low, contract.need_high) == (
        "covers_part",
        Decimal(100),
        Decimal(200),
    )


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


def test_a_sum_for_a_post_buys_months() -> None:
    verdict = report(budget=("30000", "GBP", "project")).budget
    assert (verdict.cover, verdict.bought, verdict.asks) == ("buys", "month", "weeks")


def test_a_retainer_is_asked_for_by_the_month() -> None:
    found = report(
        budget=("80", "USD", "hour"), role="automation_specialist", place="US", engagement_type="agency"
    )
    assert found.main.kind == "retainer"
    assert (found.budget.cover, found.budget.asks) == ("needs", "budget")


def test_an_unknown_currency_is_asked_for() -> None:
    verdict = report(budget=("80", "XXX", "year")).budget
    assert (verdict.cover, verdict.asks, verdict.message.id) == ("needs", "budget", "pay.budget.no_rate")


def test_where_nobody_is_hired_the_budget_is_not_judged() -> None:
    verdict = report(budget=("80000", "GBP", "year"), recommendation="collect_data", headcount="none").budget
    assert (verdict.cover, verdict.message.id) == ("not_set", "pay.budget.nobody")


def test_rules_read_cover_figure_and_search_time() -> None:
    found = pay_facts(report(budget=("90000", "USD", "year"), place="US"))
    assert (found.budget_cover, found.figure, found.search_time) == ("none", "firm", "unsure")
    assert pay_facts(report(place="SE")).figure == "weak"
    assert pay_facts(report(place=None)).figure == "unsure"
    assert pay_facts(report(place="CU")).figure == "none"
    assert pay_facts(report(place="CU", budget=("9", "EUR", "year"))).budget_cover == "no_rate"
    assert pay_facts(report(place="US", budget=("9", "EUR", "project"))).budget_cover == "cannot_compare"


def test_answers_become_a_verdict_that_knows_the_money() -> None:
    raw = {"work": "language", "app": "yes", "platform": "code", "stage": "production", "place": "US"}
    budget = {"amount": "40000", "currency": "USD", "unit": "year"}
    book = shipped_rulebook()
    answers = answers_read(book, {**raw, "engagement_type": "permanent", "budget": budget})
    settled = settle(book, answers, on=ON)
    money = pay_report(
        figures_packaged(),
        answers=answers,
        role=settled.role,
        recommendation=settled.recommendation,
        seniority=settled.seniority,
        engagement_type=settled.engagement_type,
        headcount=settled.headcount,
        need=settled.need,
        on=ON,
    )
    verdict = conclude(settled, pay_facts(money))
    assert (verdict.role, verdict.engagement_type) == (money.role, money.engagement_type)
    assert (money.budget.cover, verdict.facts["budget_cover"]) == ("below", "none")
