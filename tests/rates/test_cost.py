"""From a rate to money: base, on-cost, fee, total, break-even, and how long hiring takes."""

from __future__ import annotations

from datetime import date

import pytest

from rolematcher.engine.money.money_brief import money_facts

from .market import fact, money, seen

SALARY = [seen("Alpha", "100000")]


def lines(found: dict) -> dict[str, tuple[str, str]]:
    return {line["name"]: (line["low"], line["high"]) for line in found["cost"]["lines"]}


def test_a_post_costs_pay_on_cost_and_perhaps_a_recruiter_in_the_first_year():
    facts = [
        fact("employer_burden.loading_factor", "1.43", "x of pay"),
        fact("recruiter_fee.contingency", "20-25", "% of first-year pay"),
        fact("recruiter_fee.direct_hire", "15-30", "% of first-year pay"),
    ]
    found = money(rates=SALARY, facts=facts)
    assert lines(found) == {
        "base": ("100000", "100000"),
        "on_cost": ("43000", "43000"),
        "recruiter_fee": ("0", "30000"),
    }
    assert (found["cost"]["total"]["low"], found["cost"]["total"]["high"]) == ("143000", "173000")
    assert all(line["sources"] for line in found["cost"]["lines"][1:])


def test_every_line_that_ships_names_its_sources():
    for place in ("US", "GB", "DE", "CA", "AU", "IN", "AE", "UA"):
        for line in money(place)["cost"]["lines"]:
            assert line["name"] == "base" or all(source["publisher"] for source in line["sources"])


def test_dues_of_one_country_add_up_and_the_newest_of_each_counts():
    facts = [
        fact("employer_burden.statutory.pension", "6", "% of pay, capped"),
        fact("employer_burden.statutory.health", "2", "% of pay"),
        fact("employer_burden.statutory.health", "9", "% of pay", as_of="2020"),
    ]
    found = money(rates=SALARY, facts=facts)
    assert lines(found)["on_cost"] == ("8000", "8000")
    assert "capped" in found["cost"]["lines"][1]["words"]
    assert "employer benefits beyond the dues listed" in found["cost"]["not_included"]


def test_national_insurance_falls_on_pay_above_the_threshold():
    found = money("GB", rates=[seen("Alpha", "65000", region="GB", currency="GBP")])
    assert lines(found)["on_cost"] == ("9000", "9000")


def test_without_sourced_on_cost_the_brief_says_so():
    found = money("AE")
    assert "on_cost" not in lines(found)
    assert (
        "employer taxes and benefits: no sourced figure for United Arab Emirates"
        in found["cost"]["not_included"]
    )


def test_another_countrys_on_cost_is_never_used():
    found = money(rates=SALARY, facts=[fact("employer_burden.loading_factor", "1.43", "x of pay", "CA")])
    assert "on_cost" not in lines(found)


def test_a_contract_costs_its_rate_over_the_stated_time():
    rates = [seen("Alpha", low="100", high="150", unit="hour", kind="bill_rate", engagement="contract")]
    timeline = {"hours_a_week": 40, "weeks": 6}
    found = money("US", "contract", rates=rates, timeline=timeline)
    assert lines(found) == {"base": ("24000", "36000")}
    assert found["cost"]["period"] == "6 weeks at 40 hours a week, 240 hours"
    asked = money("US", "contract", rates=rates)["cost"]
    assert asked["period"] == "one hour"
    assert "how many hours a week" in asked["ask"]


def test_a_day_rate_counts_days_of_eight_hours():
    rates = [seen("Alpha", "500", unit="day", kind="pay_rate", engagement="contract")]
    found = money("US", "contract", rates=rates, facts=[], timeline={"hours_a_week": 40, "weeks": 2})
    assert lines(found) == {"base": ("5000", "5000")}


def test_a_marketplace_adds_its_fee_to_the_client():
    found = money("GLOBAL", "freelance_marketplace", timeline={"hours_a_week": 10, "weeks": 10})
    # USD 30 to 150 an hour for 100 hours; Upwork takes 5 to 10 % on top.
    assert lines(found) == {"base": ("3000", "15000"), "marketplace_fee": ("150", "1500")}


def test_a_staffing_firm_may_come_on_top_of_a_pay_rate_only():
    timeline = {"hours_a_week": 40, "weeks": 1}
    paid = [seen("Alpha", "100", unit="hour", kind="pay_rate", engagement="contract")]
    assert "staffing_markup" in lines(money("US", "contract", rates=paid, timeline=timeline))
    billed = [seen("Alpha", "100", unit="hour", kind="bill_rate", engagement="contract")]
    assert "staffing_markup" not in lines(money("US", "contract", rates=billed, timeline=timeline))


def test_no_figure_costs_nothing_and_invents_nothing():
    found = money("FR")["cost"]
    assert (found["lines"], found["total"]) == ([], None)


def test_break_even_compares_a_year_of_an_employee_with_contractor_hours():
    rates = [*SALARY, seen("Alpha", "100", unit="hour", kind="bill_rate", engagement="contract")]
    facts = [fact("employer_burden.loading_factor", "1.5", "x of pay")]
    even = money(rates=rates, facts=facts, timeline={"hours_a_week": 30})["cost"]["break_even"]
    assert (even["employee_year"], even["hours"], even["weeks"]) == ("150000", 1500, 50)
    without = money(rates=rates, facts=[])["cost"]["break_even"]
    assert without["hours"] == 1000
    assert "no sourced figure" in without["words"]


def test_no_break_even_across_currencies_or_without_both_figures():
    foreign = seen("Alpha", "100", unit="hour", kind="bill_rate", engagement="contract", currency="EUR")
    assert money(rates=[*SALARY, foreign])["cost"]["break_even"] is None
    assert money(rates=SALARY)["cost"]["break_even"] is None


def test_time_to_hire_comes_from_the_place_and_then_worldwide():
    us = money("US", role="ml_engineer", level="senior")["time_to_hire"]
    assert [entry["source"]["region"] for entry in us] == ["US", "US", "GLOBAL", "GLOBAL"]
    assert us[0]["words"] == "United States: 35 to 63 days (KORE1, 2026-05)"
    assert {entry["source"]["publisher"] for entry in us} >= {"Virtido", "5B Software"}
    mid = money("US", role="ml_engineer", level="mid")["time_to_hire"]
    assert [entry["source"]["publisher"] for entry in mid] == ["KORE1"]


def test_time_to_hire_follows_the_engagement():
    contract = money("US", "contract", role="ml_engineer")["time_to_hire"]
    assert [(entry["low_days"], entry["high_days"]) for entry in contract] == [(14, 21)]


@pytest.mark.parametrize(
    ("timeline", "expected"),
    [
        (None, "unsure"),
        ({}, "unsure"),
        ({"needed_by": None}, "enough"),
        ({"needed_by": "2026-12-21"}, "short"),
        ({"needed_by": "2027-12-21"}, "enough"),
    ],
)
def test_the_search_is_short_when_even_the_quickest_source_needs_longer(timeline, expected):
    found = money("US", timeline=timeline, on=date(2026, 11, 21))
    assert money_facts(found, "ai_engineer")["search_time"] == expected


def test_the_search_time_is_unsure_without_a_source():
    found = money("AU", timeline={"needed_by": "2026-12-01"})
    assert money_facts(found, "ai_engineer")["search_time"] == "unsure"


def test_an_open_basis_leads_with_a_post_and_shows_the_others_beside():
    found = money("US", "open")
    assert (found["engagement"], found["engagement_assumed"]) == ("permanent", True)
    assert set(found["others"]) == {"contract", "freelance_marketplace", "embedded_offshore", "agency"}
    assert found["others"]["embedded_offshore"]["ai_engineer"]["region"] == "OFFSHORE"


def test_contract_to_hire_leads_with_the_salary_and_shows_the_contract_beside():
    found = money("US", "contract_to_hire")
    assert (found["engagement"], found["engagement_assumed"]) == ("permanent", False)
    assert found["others"]["contract"]["ai_engineer"]["unit"] == "hour"
    assert "Contract to hire" in found["market_words"]


def test_the_weights_are_printed():
    weights = money()["weights"]
    assert weights["tiers"]["recruiter"] == "0.7"
    assert weights["age"] == {"to_12_months": "1", "to_24_months": "0.7", "older": "0.3"}
