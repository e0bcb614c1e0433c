"""The budget always has a result, in the money of the cell and against everything the cost lists."""

from __future__ import annotations

from decimal import Decimal

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


def test_without_a_place_the_budget_asks_for_it() -> None:
    verdict = report(budget=("90000", "GBP", "year"), place=None).budget
    assert (verdict.cover, verdict.asks) == ("needs", "place")
