"""One derived step: only from the same place, with a sourced ratio of the same place, formula printed."""

from __future__ import annotations

from decimal import Decimal

from rolematcher.engine.money.rate_index import RateIndex

from .market import amount, fact, money, seen

RATIO = fact("ratio.automation_over_ai_engineer.permanent", "0.76", "x")


def automation(rates, facts, place="US", basis="permanent", level=""):
    found = money(place, basis, "automation_specialist", level, rates=RateIndex(rates), facts=facts)
    return found["roles"]["automation_specialist"]


def test_an_automation_specialist_is_derived_from_the_ai_engineer_of_the_same_place():
    derived = automation([seen("Alpha", "100000")], [RATIO])
    assert (derived["status"], derived["grade"], derived["typical"]) == ("derived", "D", "75000")
    assert derived["formula"] == (
        "USD 100,000 a year (AI engineer, permanent, United States) x 0.76"
        " = USD 75,000 a year, rounded to 5,000"
    )


def test_nothing_is_derived_for_a_place_without_a_ratio_of_its_own():
    german = seen("Alpha", "100000", region="DE", currency="EUR")
    assert automation([german], [RATIO], place="DE")["status"] == "none"


def test_nothing_is_derived_from_another_places_figure():
    german = seen("Alpha", "100000", region="DE", currency="EUR")
    assert automation([german], [RATIO])["status"] == "none"


def test_a_ratio_of_salaries_is_not_used_for_contracts():
    hourly = seen("Alpha", "100", unit="hour", kind="bill_rate", engagement="contract")
    assert automation([hourly], [RATIO], basis="contract")["status"] == "none"


def test_one_step_only():
    """Senior from mid is one step, automation from AI another: the two are not chained."""
    mid = seen("Alpha", "100000", seniority="mid")
    seniority = fact("ratio.seniority.ai_engineer.permanent.senior", "1.3", "x of mid-level")
    found = money(
        "US", "permanent", "ai_engineer", "senior", rates=RateIndex([mid]), facts=[RATIO, seniority]
    )
    assert found["roles"]["ai_engineer"]["typical"] == "130000"
    assert found["roles"]["automation_specialist"]["status"] == "none"


def test_a_figure_that_only_stands_in_is_not_derived_from():
    neighbour = seen("Bureau", "100000", proxy="yes")
    assert automation([neighbour], [RATIO])["status"] == "none"


def test_a_sourced_figure_wins_over_a_derived_one():
    own = seen("Alpha", "90000", role="automation_specialist")
    assert automation([own, seen("Alpha", "100000")], [RATIO])["status"] == "sourced"


def test_the_newest_ratio_is_used_and_the_others_are_named():
    older = fact("ratio.automation_over_ai_engineer.permanent", "0.50", "x", as_of="2020")
    derived = automation([seen("Alpha", "100000")], [older, RATIO])
    assert derived["typical"] == "75000"
    assert "Another sourced ratio: 0.50 (Omega, 2020)." in derived["notes"]


def test_an_agency_price_is_derived_from_the_salary_of_the_place():
    rates = RateIndex([seen("Alpha", "110000")])
    facts = [
        fact("ratio.agency_bill_over_salary", "1.70-2.17", "x"),
        fact("hours_per_year", "2080", "hours"),
    ]
    derived = money("US", "agency", rates=rates, facts=facts)["roles"]["ai_engineer"]
    # The source's own example: USD 90 to 115 an hour for a salary of 110,000.
    assert (derived["low"], derived["high"], derived["unit"]) == ("90", "115", "hour")
    assert derived["kind"] == "bill_rate"
    assert "/ 2,080 hours" in derived["formula"]


def test_a_derived_figure_shows_the_sources_it_starts_from_without_counting_them():
    derived = automation([seen("Alpha", "100000"), seen("Beta", "110000")], [RATIO])
    assert [(entry["role"], entry["counted"]) for entry in derived["sources"]] == [("ai_engineer", False)] * 2
    assert amount(derived["typical"]) <= Decimal(110000)
