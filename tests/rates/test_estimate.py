"""The estimate of one cell, worked out by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from rolematcher.engine.errors import FigureError
from rolematcher.engine.money.estimate import grade_of
from rolematcher.engine.money.weights import weights_read

from .market import estimate, figures, seen


def test_a_single_source_is_quoted_exactly_and_is_grade_c():
    only = estimate(seen("Alpha", low="126882", typical="150001", high="187246"))
    assert figures(only) == (126882, 150001, 187246)
    assert (only.grade, only.publishers) == ("C", 1)


def test_three_publishers_that_agree_are_grade_a_and_rounded_to_five_thousand():
    three = estimate(seen("Alpha", "101000"), seen("Beta", "111000"), seen("Gamma", "121000"))
    assert figures(three) == (110000, 110000, 110000)
    assert three.grade == "A"


@pytest.mark.parametrize(
    ("publishers", "spread", "grade"),
    [
        (3, "1.49", "A"),
        (3, "1.5", "B"),
        (3, "2", "B"),
        (3, "2.01", "C"),
        (2, "1.0", "B"),
        (2, "2.01", "C"),
        (1, "1", "C"),
    ],
)
def test_the_grade_follows_publishers_and_spread(publishers, spread, grade):
    assert grade_of(publishers, Decimal(spread)) == grade


def test_a_publisher_votes_once_with_its_newest_figure():
    voted = estimate(
        seen("Alpha", "90000", as_of="2026-01"),
        seen("Alpha", "120000", as_of="2026-05", title="The newer one"),
        seen("Alpha (via Beta)", "70000", as_of="2025-05"),
    )
    assert voted.publishers == 1
    assert figures(voted) == (120000, 120000, 120000)
    assert [source.part for source in voted.sources] == ["votes", "superseded", "superseded"]


def test_of_two_equally_new_rows_of_one_publisher_the_same_one_votes_in_any_order():
    rows = [seen("Alpha", "100000", interest=interest) for interest in ("vendor", "editorial", "recruiter")]
    assert estimate(*rows) == estimate(*reversed(rows))


def test_official_figures_warn_and_do_not_vote():
    bounded = estimate(
        seen("Alpha", "200000"),
        seen("Bureau", low="90000", typical="100000", high="150000", interest="official"),
    )
    assert figures(bounded) == (200000, 200000, 200000)
    assert [source.part for source in bounded.sources] == ["votes", "bounds"]


def test_official_figures_for_the_job_itself_make_the_figure_where_nothing_else_does():
    alone = estimate(seen("Bureau", "100000", interest="official"))
    assert figures(alone) == (100000, 100000, 100000)
    assert alone.grade == "C"


def test_a_neighbouring_occupation_stands_in_at_grade_d_only_where_nothing_closer_is_on_file():
    neighbour = seen("Bureau", "100000", proxy="yes")
    assert estimate(neighbour).grade == "D"
    beside = estimate(neighbour, seen("Alpha", "150000"))
    assert (figures(beside), beside.grade) == ((150000, 150000, 150000), "C")


def test_employer_postings_are_shown_and_never_make_a_figure():
    shown = estimate(seen("Employer", "100000", interest="employer_posting"))
    assert shown.status == "none"
    assert [source.part for source in shown.sources] == ["posting"]


def test_pay_of_unstated_kind_lowers_the_grade_but_does_not_move_the_figure():
    voters = [seen("Alpha", "200000"), seen("Beta", "205000"), seen("Gamma", "210000")]
    agreed = estimate(*voters)
    doubted = estimate(*voters, seen("Delta", "90000", kind="pay_unstated"))
    assert figures(agreed) == figures(doubted) == (205000, 205000, 205000)
    assert (agreed.grade, doubted.grade) == ("A", "C")
    assert doubted.span_low == 90000


def test_pay_of_unstated_kind_makes_the_figure_where_no_source_states_its_kind():
    unstated = estimate(seen("Alpha", "100000", kind="pay_unstated"))
    assert (unstated.kind, figures(unstated)) == ("pay_unstated", (100000, 100000, 100000))


def test_a_firm_that_votes_with_base_pay_does_not_stand_beside_with_another_figure():
    one_firm = estimate(
        seen("Kore", low="145000", high="190000"),
        seen("Kore", low="160000", high="235000", kind="pay_unstated"),
    )
    assert [source.part for source in one_firm.sources] == ["votes", "superseded"]
    assert one_firm.spread == 1


@pytest.mark.parametrize(
    "other", [{"kind": "total_pay"}, {"currency": "EUR"}, {"unit": "month"}, {"kind": "bill_rate"}]
)
def test_other_kinds_currencies_and_units_stand_beside(other):
    base = seen("Alpha", "200000"), seen("Beta", "210000")
    with_other = estimate(*base, seen("Gamma", "50000", **other))
    assert with_other.figures == estimate(*base).figures
    assert with_other.spread == Decimal("1.05")
    assert [source.counted for source in with_other.sources] == [True, True, False]


def test_weights_are_interest_times_age_times_sample():
    by_part = estimate(
        seen("Raw", "100000", interest="raw_recomputed", sample="n=15 ads", as_of="2025-06"),
        seen("Seller", "100000", interest="vendor", as_of="2024-01"),
    )
    raw, seller = by_part.sources
    assert raw.weight.as_dict() == {"tier": "1", "age": "0.7", "size": "0.5", "total": "0.35"}
    assert seller.weight.as_dict() == {"tier": "0.5", "age": "0.3", "size": "0.5", "total": "0.075"}


def test_an_operator_may_change_any_part_of_the_weights():
    changed = weights_read({"tiers": {"editorial": "0.5"}, "full_size": 10, "stale_months": 6})
    (only,) = estimate(seen("Alpha", "100000", sample="n=5", as_of="2026-04"), weights=changed).sources
    assert only.weight.as_dict() == {"tier": "0.5", "age": "1", "size": "0.5", "total": "0.25"}
    assert only.stale


@pytest.mark.parametrize(
    ("given", "part"),
    [
        ({"tiers": {"friend": "1"}}, "tiers"),
        ({"tiers": {"vendor": "0"}}, "weights"),
        ({"tiers": {"vendor": "much"}}, "tiers"),
        ({"age_older": "2"}, "weights"),
        ({"full_size": "0"}, "weights"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_weights_that_make_no_sense_are_refused(given, part):
    with pytest.raises(FigureError) as caught:
        weights_read(given)
    assert caught.value.field == part


def test_the_heavier_half_decides():
    """Raw data of 30 ads (1) outweighs four editorial pages (0.125 each)."""
    pages = [seen(f"Page {number}", f"{90 + number}000") for number in range(4)]
    weighed = estimate(*pages, seen("Raw", "150000", interest="raw_recomputed", sample="n=30"))
    assert figures(weighed) == (150000, 150000, 150000)


def test_figures_published_after_the_day_are_not_known_yet():
    later = seen("Alpha", "100000", as_of="2026-12")
    assert estimate(later).status == "none"
    assert estimate(later, on=date(2026, 12, 1)).status == "sourced"


def test_a_figure_older_than_twelve_months_is_stale():
    old = seen("Alpha", "100000", as_of="2025-11")
    assert estimate(old, on=date(2026, 11, 1)).stale is False
    assert estimate(old, on=date(2026, 11, 2)).stale is True


def test_a_date_given_by_year_counts_from_january_so_it_never_looks_newer():
    yearly = seen("Alpha", "100000", as_of="2025")
    assert estimate(yearly, on=date(2026, 1, 1)).stale is False
    assert estimate(yearly, on=date(2026, 1, 2)).stale is True


def test_only_the_asked_level_is_read():
    mixed = seen("Alpha", "100000"), seen("Beta", "150000", seniority="senior")
    assert figures(estimate(*mixed)) == (100000, 100000, 100000)
    assert figures(estimate(*mixed, seniority="senior")) == (150000, 150000, 150000)


def test_the_middle_of_a_stated_range_is_taken_for_typical():
    ranged = estimate(seen("Alpha", low="145000", high="310000"))
    assert figures(ranged) == (145000, 227500, 310000)


def test_an_upper_end_alone_is_a_figure_of_its_own():
    assert figures(estimate(seen("Alpha", high="200"))) == (200, 200, 200)


def test_small_figures_are_rounded_to_a_finer_step():
    hourly = {"unit": "hour", "kind": "bill_rate", "engagement": "contract"}
    cheap = estimate(seen("Alpha", "23.40", **hourly), seen("Beta", "29.60", **hourly))
    assert cheap.figures.typical == 24
    dear = estimate(seen("Alpha", "153", **hourly), seen("Beta", "171", **hourly))
    assert dear.figures.typical == 155


def test_rounding_never_leaves_the_sources_range():
    near = estimate(seen("Alpha", "90000"), seen("Beta", "112500", interest="recruiter"))
    assert near.figures.typical == 110000
    tight = estimate(seen("Alpha", "112400"), seen("Beta", "112500"))
    assert tight.figures.typical == 112400


def test_an_hourly_price_leads_a_contract_and_a_salary_leads_a_post():
    hourly = seen("Alpha", "160", unit="hour", kind="bill_rate", engagement="contract")
    salary = seen("Beta", "200000", engagement="contract")
    assert estimate(hourly, salary).kind == "bill_rate"
