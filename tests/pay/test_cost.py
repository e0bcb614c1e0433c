"""From a rate to money: every line with its source, dues with their ceilings, nothing said twice."""

from __future__ import annotations

from decimal import Decimal

import pytest

from rolematcher.pay.dues import dues_owed
from rolematcher.pay.figures import figures_packaged
from rolematcher.pay.report import CostLine, PayReport
from rolematcher.pay.work_out import search_time

from .sheets import ON, report

DUES = figures_packaged().dues


def line(found: PayReport, name: str) -> CostLine:
    return next(one for one in found.cost.lines if one.id == name)


@pytest.mark.parametrize(
    ("country", "dollars", "percent"),
    [
        ("DE", 60_000, "22.3"), ("DE", 200_000, "11.2"), ("FR", 60_000, "48.6"), ("FR", 200_000, "47.6"),
        ("SE", 60_000, "32.3"), ("SE", 200_000, "32.3"), ("SG", 60_000, "17.2"), ("SG", 200_000, "6.4"),
        ("PL", 60_000, "21.0"), ("PL", 200_000, "10.8"), ("GB", 60_000, "16.4"), ("US", 200_000, "7.4"),
    ],
)  # fmt: skip
def test_dues_shrink_where_their_ceilings_bind(country: str, dollars: int, percent: str) -> None:
    rate = figures_packaged().exchange.rate("USD", DUES[country][0].currency, ON)
    assert rate is not None
    owed = dues_owed(DUES[country], Decimal(dollars), Decimal(dollars), rate.rate)
    assert owed is not None
    low, high = (amount * 100 / dollars for amount in (owed.low, owed.high))
    assert low - Decimal("0.5") < Decimal(percent) < high + Decimal("0.5")
    assert low > Decimal(percent) * Decimal("0.4") and high < Decimal(percent) * Decimal("1.6")


def test_every_country_on_file_gives_dues_with_a_dated_source() -> None:
    assert len(DUES) == 90
    for country, dues in DUES.items():
        owed = dues_owed(dues, Decimal(50000), Decimal(90000), Decimal(1))
        assert owed is not None and 0 <= owed.low <= owed.high, country
        assert all(source.publisher and source.as_of for source in owed.sources)


def test_a_thirteenth_month_on_top_of_a_yearly_figure_is_counted_and_one_inside_is_not() -> None:
    assert "13th_month" in {due.item for due in DUES["BR"] if due.high}
    assert not {"13th_month", "14th_month"} & {due.item for due in DUES["AT"] if due.high}


def test_a_post_costs_pay_dues_and_perhaps_a_recruiter_in_the_first_year() -> None:
    found = report(seniority="mid")
    assert [one.id for one in found.cost.lines] == ["base", "dues", "recruiter_fee"]
    assert line(found, "recruiter_fee").optional and line(found, "recruiter_fee").low == 0
    assert all(one.sources for one in found.cost.lines[1:])
    assert found.cost.period is not None and found.cost.period.id == "pay.period.first_year"


def test_a_country_without_dues_on_file_gives_its_regions_span_and_says_so() -> None:
    found = report(place="BO")
    due = line(found, "dues")
    assert due.about.id == "pay.cost.dues_region" and due.about.values["region"] == "latin_america"
    assert due.low < due.high


def test_what_is_counted_is_never_listed_as_not_included() -> None:
    found = report(place="CA")
    counted = {item for one in found.cost.lines for item in one.about.values.get("items", ())}  # type: ignore[union-attr]
    left_out = {message.id.rsplit(".", 1)[1] for message in found.cost.not_included}
    assert not counted & left_out and "equipment" in left_out


def test_a_fee_without_a_sourced_figure_is_named_as_not_included() -> None:
    left_out = {message.id for message in report(place="SE").cost.not_included}
    assert "pay.not_included.recruiter" in left_out and "pay.not_included.dues" not in left_out


def test_a_contract_costs_its_rate_over_the_stated_time() -> None:
    found = report(engagement_type="contract", place="US", hours=20, weeks=10)
    assert (found.cost.low, found.cost.high) == (Decimal(20000), Decimal(40000))
    assert [one.id for one in found.cost.lines] == ["base"]


def test_without_hours_there_is_no_total_and_exactly_they_are_asked_for() -> None:
    assert report(engagement_type="contract", place="US", weeks=10).cost.asks == "hours_a_week"
    cost = report(engagement_type="contract", place="US", hours=20).cost
    assert (cost.asks, cost.complete, cost.low) == ("weeks", False, None)


def test_part_time_work_costs_its_part_of_the_salary() -> None:
    full, half = report(hours=40), report(hours=20)
    assert line(half, "base").high == line(full, "base").high / 2


def test_a_pair_has_a_total_of_both() -> None:
    found = report(role="ml_engineer", recommendation="hire_pair", headcount="pair")
    assert found.second is not None and found.second.role == "ai_engineer" and found.cost.people == 2
    assert found.cost.high == sum(one.high for one in found.cost.lines)
    assert line(found, "second").high == found.second.high


@pytest.mark.parametrize("recommendation", ["use_team", "collect_data"])
def test_own_people_cost_their_time(recommendation: str) -> None:
    found = report(recommendation=recommendation, headcount="none", hours=10, weeks=8)
    assert [one.id for one in found.cost.lines] == ["own_people"] and found.cost.complete


def test_contract_to_hire_leads_with_the_contract_and_shows_the_salary_afterwards() -> None:
    found = report(engagement_type="contract_to_hire", place="US", hours=40, weeks=13)
    assert found.main.engagement_type == "contract" and found.afterwards is not None
    assert found.afterwards.engagement_type == "permanent"
    assert line(found, "base").high == (found.main.high or 0) * 40 * 13


def test_an_open_type_leads_with_a_post_and_says_it_is_assumed() -> None:
    found = report(engagement_type="open")
    assert (found.engagement_type, found.engagement_assumed) == ("permanent", True)


def test_employee_and_contractor_break_even_at_equal_seniority_or_not_at_all() -> None:
    even = report(place="US", hours=40).cost.break_even
    assert even is not None and even.weeks is not None
    assert abs(even.hours * even.contractor_hour - even.employee_year) < even.contractor_hour
    half = report(place="US", hours=20).cost.break_even  # half a post, half the hours
    assert half is not None and abs(half.hours * 2 - even.hours) <= even.hours // 50
    unlike = report(place="SE").cost
    assert unlike.break_even is None and unlike.no_break_even is not None
    assert unlike.no_break_even.id == "pay.break_even.range"


def test_time_to_hire_comes_from_the_place_and_then_worldwide() -> None:
    found = report(place="US", role="ml_engineer")
    places = [time.place for time in found.time_to_hire]
    assert places == sorted(places, reverse=True)
    assert search_time(found.time_to_hire, ON, ON) == "short"
    assert search_time((), ON, ON) == "unsure"
