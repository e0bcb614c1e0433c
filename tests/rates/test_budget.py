"""The budget beside the sources: units, kinds, currencies, on-cost, and the ways out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from rolematcher.engine.errors import FigureError
from rolematcher.engine.money.conversion import Exchange
from rolematcher.engine.money.money_brief import money_facts

from .market import budget, fact, money, seen

SALARIES = [seen("Alpha", "100000"), seen("Beta", "130000")]
HOURLY = [
    seen("Alpha", "100", unit="hour", kind="bill_rate", engagement="contract"),
    seen("Beta", "130", unit="hour", kind="bill_rate", engagement="contract"),
]


def compared(rates, spend, **options):
    return money(rates=rates, budget=spend, **options)["budget"]["roles"]["ai_engineer"]


@pytest.mark.parametrize(
    ("spend", "verdict", "covered"),
    [
        ("130000", "covers_all", 2),
        ("129999", "covers_some", 1),
        ("100000", "covers_some", 1),
        ("99999", "below_all", 0),
    ],
)
def test_the_verdict_counts_the_sources_covered(spend, verdict, covered):
    found = compared(SALARIES, budget(spend))
    assert (found["verdict"], found["covered"], found["of"]) == (verdict, covered, 2)


def test_no_budget_is_not_a_verdict():
    assert compared(SALARIES, None)["verdict"] == "not_set"


def test_no_source_is_no_rate():
    assert compared([seen("Alpha", region="DE", currency="EUR")], budget("120000"))["verdict"] == "no_rate"


def test_no_place_asks_for_one():
    found = compared(SALARIES, budget("120000"), place="")
    assert found["verdict"] == "cannot_compare"
    assert "where the person will work from" in found["words"]


def test_a_month_is_a_twelfth_of_a_year():
    found = compared(SALARIES, budget("10000", per="month"))
    assert (found["figure"], found["verdict"]) == ("120000", "covers_some")
    assert "10,000 a month x 12 = 120,000 a year" in found["steps"]


def test_a_day_is_eight_hours():
    found = compared(HOURLY, budget("800", per="day", kind="total"), basis="contract")
    assert (found["figure"], found["covered"]) == ("100", 1)


def test_an_hourly_budget_meets_a_salary_only_through_full_stated_hours():
    asked = compared(SALARIES, budget("60", per="hour"))
    assert (asked["verdict"], "how many hours a week" in asked["words"]) == ("cannot_compare", True)
    part_time = compared(SALARIES, budget("60", per="hour"), timeline={"hours_a_week": 20})
    assert "full-time" in part_time["words"]
    full = compared(SALARIES, budget("60", per="hour"), timeline={"hours_a_week": 40})
    assert (full["figure"], full["covered"]) == ("124800", 1)


def test_a_project_sum_is_spread_over_the_stated_hours():
    spend = budget("40000", per="project", kind="total")
    asked = compared(HOURLY, spend, basis="contract", timeline={"hours_a_week": 40})
    assert "how many weeks" in asked["words"]
    found = compared(HOURLY, spend, basis="contract", timeline={"hours_a_week": 40, "weeks": 10})
    assert (found["figure"], found["covered"]) == ("100", 1)
    assert found["steps"] == ["40,000 for the whole project / 400 hours = 100 an hour"]


def test_an_hourly_price_is_never_made_a_salary_to_compare_it():
    offshore = money("OFFSHORE", "embedded_offshore", budget=budget("120000", kind="total"))
    found = offshore["budget"]["roles"]["ai_engineer"]
    assert (found["verdict"], found["unit"]) == ("cannot_compare", "hour")


def test_pay_only_is_not_compared_with_a_price_that_includes_everything():
    found = compared(HOURLY, budget("120", per="hour", kind="pay"), basis="contract")
    assert found["verdict"] == "cannot_compare"
    assert "everything included" in found["words"]


def test_a_total_budget_is_reduced_by_the_countrys_on_cost():
    dues = [fact("employer_burden.loading_factor", "1.25", "x of pay")]
    found = compared(SALARIES, budget("125000", kind="total"), facts=dues)
    assert (found["figure"], found["covered"]) == ("100000", 1)
    assert "125,000 / 1.25 = 100,000" in found["steps"][0]


def test_a_threshold_is_left_free_of_dues():
    found = money("GB", budget=budget("69250", "GBP", kind="total"))["budget"]["roles"]["ai_engineer"]
    # 15 % of pay above 5,000: pay 60,869.57 costs 69,250.
    assert Decimal(found["figure"]) == Decimal("60870")


def test_a_total_budget_without_sourced_on_cost_asks_for_pay_only():
    found = money("AE", budget=budget("400000", "AED", kind="total"))["budget"]["roles"]["ai_engineer"]
    assert found["verdict"] == "cannot_compare"
    assert "pay only" in found["words"]


def test_another_currency_is_compared_only_through_a_dated_rate_and_marked():
    spend = budget("100000", "EUR")
    assert compared(SALARIES, spend)["verdict"] == "cannot_compare"
    rates = [
        Exchange("EUR", "USD", Decimal("1.20"), date(2026, 10, 1), "Central bank"),
        Exchange("EUR", "USD", Decimal("1.50"), date(2026, 12, 1), "Central bank"),
        Exchange("USD", "GBP", Decimal("0.80"), date(2026, 10, 1), "Central bank"),
    ]
    found = compared(SALARIES, spend, exchange=rates)
    assert (found["figure"], found["covered"], found["converted"]) == ("120000", 1, True)
    assert "1 EUR = 1.2 USD (Central bank, 2026-10-01)" in found["steps"][0]
    assert "(converted)" in found["words"]
    turned_round = compared(SALARIES, budget("80000", "GBP"), exchange=rates)
    assert turned_round["figure"] == "100000"


def test_sources_of_unstated_kind_are_counted_and_said():
    found = compared([*SALARIES, seen("Gamma", "90000", kind="pay_unstated")], budget("95000"))
    assert (found["covered"], found["of"]) == (1, 3)
    assert "1 of the 3 do not say whether they mean base or total pay" in found["words"]


def test_bounds_postings_and_other_kinds_are_not_counted():
    quiet = [
        seen("Bureau", "1000", interest="official"),
        seen("Employer", "1000", interest="employer_posting"),
        seen("Gamma", "1000", kind="total_pay"),
    ]
    assert compared([*SALARIES, *quiet], budget("95000"))["of"] == 2


def test_a_derived_figure_is_compared_as_what_it_is():
    found = money("US", role="automation_specialist", level="mid", budget=budget("100000"))
    derived = found["roles"]["automation_specialist"]["at_level"]
    assert (derived["status"], derived["grade"]) == ("derived", "D")


@pytest.mark.parametrize("amount", ["0", "-5", "NaN", "Infinity", "abc", ""])
def test_a_budget_that_is_no_amount_is_refused_with_a_cure(amount):
    with pytest.raises(FigureError, match="budget: amount"):
        money(budget=budget(amount))


def test_ways_out_appear_only_where_the_budget_falls_short():
    assert money(rates=SALARIES, budget=budget("130000"))["budget"]["ways_out"] == []
    short = money(budget=budget("90000"))["budget"]["ways_out"]
    assert (short[0]["id"], short[-1]["id"]) == ("smaller_tryout", "do_not_start")
    assert all(way["price"] for way in short)


def test_the_tryout_is_priced_by_the_stated_hours():
    short = money(budget=budget("90000"), timeline={"hours_a_week": 30})["budget"]["ways_out"]
    # Six weeks of 30 hours at USD 160, the contract figure of two sources.
    assert short[0]["price"] == "USD 28,800"


@pytest.mark.parametrize(
    ("need", "offered"), [("existing", True), ("custom", False), ("connect", False), ("", False)]
)
def test_a_cheaper_role_is_offered_only_where_an_existing_model_will_do(need, offered):
    short = money(budget=budget("90000"), need=need)["budget"]["ways_out"]
    assert ("cheaper_role" in [way["id"] for way in short]) is offered


def test_a_dearer_role_is_never_offered_as_cheaper():
    rates = [
        seen("Alpha", "100000"),
        seen("Alpha", "150000", role="automation_specialist"),
        seen("Alpha", "50000", role="ml_engineer"),
    ]
    short = money(rates=rates, budget=budget("90000"), need="existing")["budget"]["ways_out"]
    assert "cheaper_role" not in [way["id"] for way in short]


def test_other_places_are_offered_only_where_the_person_need_not_be_there():
    anywhere = money(budget=budget("90000"), remote="yes")["budget"]["ways_out"]
    on_site = money(budget=budget("90000"), remote="no")["budget"]["ways_out"]
    assert "other_market" in [way["id"] for way in anywhere]
    assert "other_market" not in [way["id"] for way in on_site]
    assert not [way for way in on_site if "offshore" in way["words"]]


@pytest.mark.parametrize(
    ("spend", "cover"),
    [("130000", "all"), ("100000", "some"), ("1000", "none")],
)
def test_rules_read_the_cover_of_the_decided_role(spend, cover):
    found = money(rates=SALARIES, budget=budget(spend))
    assert money_facts(found, "ai_engineer")["budget_cover"] == cover
    assert money_facts(found, "ml_engineer")["budget_cover"] == "no_rate"


def test_rules_read_whether_the_figure_is_firm():
    agreed = money(rates=[seen("Alpha", "100000"), seen("Beta", "110000")])
    assert money_facts(agreed, "ai_engineer")["figure"] == "firm"
    assert money_facts(agreed, "ml_engineer")["figure"] == "none"
    apart = money(rates=[seen("Alpha", "100000"), seen("Beta", "160000")])
    assert money_facts(apart, "ai_engineer")["figure"] == "weak"
    old = money(rates=[seen("Alpha", as_of="2025-01"), seen("Beta", as_of="2025-01")])
    assert money_facts(old, "ai_engineer")["figure"] == "weak"
    assert money_facts(money("", rates=SALARIES), "ai_engineer")["figure"] == "unsure"
