"""The figures that ship: the published cases come out right, and every row is traceable."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal

import pytest

from rolematcher.engine.regions import REGIONS
from rolematcher.packaged import packaged_text
from rolematcher.values.currencies import CURRENCIES

from .market import PLACES, SHIPPED, amount, budget, money, sources

RATES, FACTS = SHIPPED
SIMPLILEARN = {
    "US": ("USD", 100000, 187652),
    "IN": ("INR", 1550000, 1200000),
    "AE": ("AED", 313790, 341021),
    "GB": ("GBP", 64000, 58000),
    "AU": ("AUD", 100000, 125000),
}


@pytest.mark.parametrize("place", SIMPLILEARN)
def test_the_published_averages_of_five_countries_stand_among_the_sources(place):
    currency, *averages = SIMPLILEARN[place]
    for role, average in zip(("ai_engineer", "ml_engineer"), averages, strict=True):
        shown = money(place)["roles"][role]
        (ours,) = [entry for entry in shown["sources"] if entry["publisher"] == "Simplilearn"]
        assert ours["currency"] == currency
        assert amount(ours["typical"] or ours["middle"]) == average
        assert ours["kind"] == "pay_unstated"


@pytest.mark.parametrize("place", ["AE", "AU", "IN"])
def test_where_an_average_is_the_only_source_it_is_the_figure(place):
    currency, *averages = SIMPLILEARN[place]
    for role, average in zip(("ai_engineer", "ml_engineer"), averages, strict=True):
        shown = money(place)["roles"][role]
        assert (shown["currency"], amount(shown["typical"]), shown["grade"]) == (currency, average, "C")
        assert shown["kind"] == "pay_unstated"
    assert amount(money("IN")["roles"]["ai_engineer"]["low"]) == 1500000
    assert amount(money("IN")["roles"]["ai_engineer"]["high"]) == 1600000


def test_an_ai_engineer_in_the_us_shows_100000_and_205000_side_by_side():
    shown = money("US")["roles"]["ai_engineer"]
    assert sources(shown, "votes")["Recruiting From Scratch"] == "205000"
    assert sources(shown, "beside")["Simplilearn"] == "100000"
    assert (shown["span_low"], shown["grade"]) == ("100000", "C")
    assert amount(shown["low"]) > 100000  # the average of unstated kind lowers the grade, not the figure


def test_an_ml_engineer_in_the_us_shows_220000_and_187652_side_by_side():
    shown = money("US")["roles"]["ml_engineer"]
    assert sources(shown, "votes")["Recruiting From Scratch"] == "220000"
    assert sources(shown, "beside")["Simplilearn"] == "187652"


@pytest.mark.parametrize(("role", "price"), [("ai_engineer", "25"), ("ml_engineer", "35")])
def test_embedded_offshore_is_one_providers_price_an_hour_grade_c(role, price):
    shown = money("OFFSHORE", "embedded_offshore", role)["roles"][role]
    assert (shown["typical"], shown["unit"], shown["currency"], shown["kind"]) == (
        price,
        "hour",
        "USD",
        "bill_rate",
    )
    assert (shown["grade"], shown["publishers"]) == ("C", 1)
    assert "one provider, Ad Snipper" in shown["words"]


def test_the_offshore_price_is_named_but_not_used_for_a_place_without_one():
    shown = money("US", "embedded_offshore")["roles"]["ai_engineer"]
    assert (shown["status"], shown["low"]) == ("none", None)
    offshore, *others = shown["other_cells"]
    assert offshore["estimate"]["typical"] == "25"
    assert [(other["words"], other["estimate"]) for other in others] == [("On file: India.", None)]


@pytest.mark.parametrize("place", ["GB", "IN", "AE", "AU", "DE", "CA", "FR"])
def test_an_automation_specialist_outside_the_us_has_no_sourced_figure(place):
    shown = money(place, role="automation_specialist")["roles"]["automation_specialist"]
    assert (shown["status"], shown["grade"], shown["low"]) == ("none", None, None)
    assert "no sourced figure" in shown["words"]
    assert [cell["words"] for cell in shown["other_cells"]] == ["On file: United States."]


def test_120000_dollars_a_year_in_the_us_covers_k_of_n_sources_for_each_role():
    compared = money("US", budget=budget("120000"))["budget"]["roles"]
    assert compared["ai_engineer"]["words"].startswith(
        "USD 120,000 a year covers 1 of 12 sources for an AI engineer: Simplilearn, USD 100,000."
    )
    assert compared["ml_engineer"]["words"].startswith(
        "USD 120,000 a year covers 0 of 6 sources for an ML engineer; the lowest is"
    )
    assert compared["automation_specialist"]["words"].startswith(
        "USD 120,000 a year covers 0 of 1 source for an automation specialist; the lowest is"
    )


def test_ml_costs_more_only_where_the_market_says_so():
    def typical(place, role):
        return amount(money(place)["roles"][role]["typical"])

    assert typical("AU", "ml_engineer") > typical("AU", "ai_engineer")
    assert typical("IN", "ml_engineer") < typical("IN", "ai_engineer")


def test_remote_freelance_work_is_looked_up_worldwide_and_says_so():
    worldwide = money("FR", "freelance_marketplace", remote="yes")
    assert worldwide["region"] == "GLOBAL"
    assert "worldwide" in worldwide["market_words"]
    assert worldwide["roles"]["ai_engineer"]["high"] == "150"
    on_site = money("FR", "freelance_marketplace", remote="no")["roles"]["ai_engineer"]
    assert on_site["status"] == "none"
    assert on_site["other_cells"][0]["region"] == "GLOBAL"


def test_a_group_that_holds_the_country_is_named_with_its_figure():
    shown = money("DE", "contract")["roles"]["ai_engineer"]
    assert shown["status"] == "none"
    assert shown["other_cells"][0]["region"] == "DACH"
    assert shown["other_cells"][0]["estimate"]["grade"] == "D"


def test_all_rows_are_there_each_with_publisher_title_and_date():
    rows = list(RATES)
    assert len(rows) == 162
    assert all(row.publisher and row.title and row.as_of for row in rows)
    assert all(row.region in REGIONS and row.currency in CURRENCIES for row in rows)
    assert {row.region for row in rows} <= set(PLACES.by_code)


def test_addresses_are_web_addresses_or_left_out():
    addresses = {row.url for row in RATES} | {fact.url for fact in FACTS}
    assert all(re.fullmatch(r"https?://\S+", address) for address in addresses - {""})


def test_no_two_rows_are_the_same_observation():
    keys = [(*row.cell, row.seniority, *row.measure, row.publisher, row.title, row.as_of) for row in RATES]
    assert len(keys) == len(set(keys))


def test_every_fact_used_for_money_has_a_number_and_a_known_measure():
    used = (
        "employer_burden.statutory",
        "employer_burden.loading_factor",
        "recruiter_fee",
        "time_to_hire",
        "ratio",
    )
    rows = list(csv.DictReader(io.StringIO(packaged_text("facts.csv"))))
    assert len(rows) == len(FACTS) > 100
    for fact in FACTS:
        if fact.key.startswith(used):
            assert fact.low is not None, fact
            assert fact.low <= fact.high


def test_the_ratios_that_ship_agree_with_the_figures_they_were_worked_out_from():
    by_key = {(fact.key, fact.region, fact.publisher): fact.low for fact in FACTS}

    def typical(role, region, engagement, publisher):
        (row,) = [
            row
            for row in RATES.rows(role, region, engagement)
            if row.publisher.startswith(publisher) and row.seniority == "all"
        ]
        return row.typical

    automation = typical("automation_specialist", "US", "permanent", "Built In")
    ai = typical("ai_engineer", "US", "permanent", "Built In")
    (kept,) = [
        value for key, value in by_key.items() if key[0] == "ratio.automation_over_ai_engineer.permanent"
    ]
    assert round(automation / ai, 2) == kept == Decimal("0.76")
    offshore = by_key["ratio.ml_over_ai_engineer.embedded_offshore", "OFFSHORE", "Ad Snipper"]
    assert offshore == Decimal(35) / Decimal(25)
