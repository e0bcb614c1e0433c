"""A thousand random sheets: every part of a report tells one cell and no part contradicts another."""

from __future__ import annotations

import random
from decimal import Decimal
from operator import attrgetter

import pytest

from rolematcher.pay.advert import advert_range
from rolematcher.pay.asked import NOBODY
from rolematcher.pay.observation import ROLES
from rolematcher.pay.places import currency_of
from rolematcher.pay.report import Estimate, PayReport
from rolematcher.values.message import Money

from .sheets import random_report

SHEETS = 1000
FEES = {"recruiter_fee", "recruiting_cost"}


@pytest.fixture(scope="module")
def reports() -> list[PayReport]:
    chance = random.Random(20261126)
    return [random_report(chance) for _ in range(SHEETS)]


@pytest.fixture(scope="module")
def estimates(reports: list[PayReport]) -> list[Estimate]:
    lead = [one for report in reports for one in (report.main, report.afterwards, report.second) if one]
    rest = [one for report in reports for of in (report.estimates, report.others) for one in of.values()]
    return lead + rest


cell_of = attrgetter("role", "place", "seniority", "engagement_type")


def test_every_part_speaks_of_the_cell_of_the_headline(reports: list[PayReport]) -> None:
    for report in reports:
        main, at = report.main, (report.place, report.seniority)
        lead = {"contract_to_hire": "contract"}.get(report.engagement_type, report.engagement_type)
        assert cell_of(main) == (report.role, *at, lead)
        assert all(cell_of(one) == (role, *at, lead) for role, one in report.estimates.items())
        assert all(cell_of(one) == (report.role, *at, kind) for kind, one in report.others.items())
        assert (report.afterwards is not None) == (report.engagement_type == "contract_to_hire")
        if report.role in ROLES:
            assert report.estimates[report.role] == main


def test_figures_are_in_order_and_say_what_they_are(estimates: list[Estimate]) -> None:
    for estimate in estimates:
        if estimate.status == "none":
            assert estimate.low is None and estimate.reason is not None and not estimate.grade
            continue
        assert estimate.low is not None and estimate.high is not None
        assert 0 < estimate.low <= (estimate.typical or estimate.low) <= estimate.high
        assert (estimate.typical is None) == (estimate.status == "modelled") == (estimate.grade == "E")
        assert estimate.grade == "D" or estimate.status not in ("derived", "worldwide")
        derived = estimate.formula is not None
        assert derived == (estimate.status == "derived") or estimate.status == "worldwide"
        if estimate.place:
            assert estimate.currency == currency_of(estimate.place, estimate.engagement_type)
        if estimate.status == "modelled":
            assert estimate.high / estimate.low <= Decimal("5.2")  # 4.5, and both ends rounded outwards


def test_the_spread_said_is_the_spread_of_the_votes(estimates: list[Estimate]) -> None:
    for estimate in estimates:
        votes = [source for source in estimate.sources if source.part == "votes"]
        if estimate.status == "sourced":
            assert len(votes) == estimate.publishers
            assert {source.weight is not None for source in votes} == {True}
            wide = estimate.spread and estimate.spread > Decimal("1.55")
            assert not wide or any(note.id == "pay.note.spread" for note in estimate.notes)


def test_the_verdict_follows_from_its_own_numbers(reports: list[PayReport]) -> None:
    for report in reports:
        verdict, main = report.budget, report.main
        if verdict.cover in ("covers", "covers_part", "below"):
            low, high, need, most = verdict.low, verdict.high, verdict.need_low, verdict.need_high
            assert low is not None and high is not None and need is not None and most is not None
            assert (verdict.currency, verdict.unit) == (main.currency, main.unit)
            cent = Decimal("1")
            assert {
                "covers": low >= most - cent,
                "below": high <= need + cent,
                "covers_part": high >= need - cent and low <= most + cent,
            }[verdict.cover]
            assert (verdict.gap_high is None) == (verdict.cover == "covers")
        elif verdict.cover == "buys":
            assert verdict.hours_low is not None and verdict.hours_high is not None
            assert 0 < verdict.hours_low <= verdict.hours_high and verdict.asks in ("hours_a_week", "weeks")
        elif verdict.cover == "needs":
            lacks = main.status == "none" or (report.second is not None and report.second.status == "none")
            assert verdict.asks in ("place", "budget") or lacks


def test_a_need_is_the_pay_alone_or_everything_the_cost_lists(reports: list[PayReport]) -> None:
    held = 0
    for report in reports:
        verdict, cost = report.budget, report.cost
        if verdict.need_high is None:
            continue
        assert verdict.people == cost.people == (2 if report.second else 1)
        if not cost.complete or report.main.engagement_type != "permanent":
            continue
        year = verdict.need_high * (12 if report.main.unit == "month" else 1)
        pay = sum(line.high for line in cost.lines if line.id in ("base", "second"))
        assert cost.high is not None
        assert min(abs(year - pay), abs(year - cost.high)) <= cost.high / 1000
        held += 1
    assert held > 50


def test_the_cost_adds_up_and_names_what_is_missing(reports: list[PayReport]) -> None:
    for report in reports:
        cost = report.cost
        assert cost.complete == (cost.low is not None)
        if cost.complete:
            assert cost.low == sum(line.low for line in cost.lines)
            assert cost.high == sum(line.high for line in cost.lines)
        elif cost.lines:
            assert cost.asks in ("hours_a_week", "weeks")
        if report.second is not None and report.second.status != "none" and report.main.status != "none":
            assert [line.id for line in cost.lines].count("second") == 1
        if report.recommendation not in ("use_team", "collect_data") and cost.lines:
            assert cost.currency == report.main.currency


def test_where_nobody_is_hired_there_is_no_fee_no_advert_and_no_search(reports: list[PayReport]) -> None:
    nobody = [report for report in reports if report.recommendation in NOBODY]
    assert len(nobody) > SHEETS // 3
    for report in nobody:
        assert not FEES & {line.id for line in report.cost.lines}
        assert advert_range(report) is None
        assert report.time_to_hire == () and report.second is None
        assert report.cost.break_even is None


def test_options_fit_the_budget_and_the_constraints(reports: list[PayReport]) -> None:
    seen = 0
    for report in reports:
        assert len(report.options) <= 4
        if report.options:
            assert report.no_option is None and report.budget.cover in ("below", "covers_part")
        for option in report.options:
            seen += 1
            given = report.budget.message.values["budget"]
            assert isinstance(given, Money) and option.currency == given.currency
            if option.unit == given.unit and report.hours_a_week is None and option.high:
                assert option.high <= (given.high or given.amount) * Decimal("1.001") + 1
    assert seen > 30


def test_on_site_work_is_never_priced_worldwide(reports: list[PayReport]) -> None:
    for report in reports:
        if report.main.reason is not None and report.main.reason.id == "pay.none.on_site":
            assert not {"freelance_marketplace", "embedded_offshore"} & set(report.others)
            assert not any(option.status == "worldwide" for option in report.options)


def test_every_report_reads_back(reports: list[PayReport]) -> None:
    for report in reports[:200]:
        assert PayReport.model_validate_json(report.model_dump_json()) == report
