"""One cell: who votes and how much, in which order figures are looked for, and what is said about them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from rolematcher.pay.exchange import Exchange, ExchangeTable
from rolematcher.pay.figures import figures_packaged
from rolematcher.pay.market import Market
from rolematcher.pay.messages import say
from rolematcher.pay.observation import Observation, publisher_identity
from rolematcher.pay.report import Estimate
from rolematcher.pay.weights import DEFAULT, Weights, weight_of

from .sheets import ON, observation

BRITAIN = ("ai_engineer", "GB", "permanent")


def estimate(
    *rows: Observation, cell: tuple[str, str, str] = BRITAIN, level: str = "all", **parts: Any
) -> Estimate:
    """The estimate of a cell from these rows alone, with the shipped ratios and places but no model."""
    figures = replace(figures_packaged(), all=rows, sourced_only=True, **parts)
    return Market(figures, ON).estimate(*cell, level)


def shipped(role: str, place: str, kind: str, level: str = "all", **changed: Any) -> Estimate:
    """The estimate of a shipped cell."""
    return Market(replace(figures_packaged(), **changed), ON).estimate(role, place, kind, level)


def notes(found: Estimate) -> set[str]:
    return {note.id.removeprefix("pay.note.") for note in found.notes}


def part(found: Estimate, publisher: str) -> tuple[str, str]:
    source = next(one for one in found.sources if one.publisher == publisher)
    return source.part, source.why.id.removeprefix("pay.why.") if source.why else ""


# --- Who votes


def test_a_single_source_is_quoted_as_published_and_is_grade_c() -> None:
    found = estimate(observation(low=Decimal("61234"), typical=Decimal("80123"), high=Decimal("99999")))
    assert (found.low, found.typical, found.high) == (Decimal(61234), Decimal(80123), Decimal(99999))
    assert (found.status, found.grade) == ("sourced", "C") and "one_source" in notes(found)


def points(*thousands: int, **changed: Any) -> list[Observation]:
    """A single figure of as many publishers, all of one kind."""
    changed = {"low": None, "high": None, **changed}
    return [
        observation(**{"publisher": f"House {n}", "typical": Decimal(amount * 1000), **changed})
        for n, amount in enumerate(thousands)
    ]


@pytest.mark.parametrize(
    ("typicals", "grade"),
    [((80, 90), "B"), ((80, 90, 100), "A"), ((80, 100, 125), "B"), ((50, 80, 125), "C"), ((50, 110), "C")],
)
def test_the_grade_follows_publishers_and_spread(typicals: tuple[int, ...], grade: str) -> None:
    assert estimate(*points(*typicals)).grade == grade


@pytest.mark.parametrize(
    "name",
    [
        *("ST\u00c9PSTONE", "Step\u200bStone", " step-stone ", "\uff33tepStone"),
        *("StepStone (via X)", "gehalt.de (StepStone)"),
    ],
)
def test_one_publisher_typed_in_another_way_is_one_publisher(name: str) -> None:
    assert publisher_identity(name) == publisher_identity("StepStone")
    found = estimate(observation(publisher="StepStone"), observation(publisher=name, typical=Decimal(95000)))
    assert (found.publishers, found.grade) == (1, "C")


def test_a_publisher_votes_once_with_its_newest_figure() -> None:
    found = estimate(
        observation(as_of="2025-01", typical=Decimal(70000)),
        observation(as_of="2026-05", typical=Decimal(90000)),
    )
    assert (found.typical, found.publishers) == (Decimal(90000), 1)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"interest": "official"}, ("bounds", "official")),
        ({"proxy": True}, ("bounds", "neighbour")),
        ({"interest": "employer_posting"}, ("posting", "posting")),
        ({"kind": "total_pay"}, ("beside", "other_kind")),
        ({"statistic": "example"}, ("beside", "example")),
        ({"sample": "1 practitioner"}, ("beside", "example")),
        ({"high": None, "typical": None}, ("beside", "one_end")),
        ({"currency": "XXX"}, ("beside", "currency")),
        ({"typical": Decimal(82000), "sample": ""}, ("superseded", "copy")),
        ({"typical": Decimal(81300)}, ("superseded", "copy")),
    ],
)
def test_what_has_no_vote_is_shown_with_its_reason(changed: dict[str, Any], told: tuple[str, str]) -> None:
    other = observation(**{"publisher": "Zoe", "typical": Decimal(95000), **changed})
    found = estimate(observation(typical=Decimal(81300)), other)
    assert (found.typical, found.kind, found.publishers) == (Decimal(81300), "base_pay", 1)
    assert part(found, "Zoe") == told
    assert ("copies" in notes(found)) is (told[1] == "copy")


def test_two_samples_that_agree_are_two_voices() -> None:
    assert estimate(*points(80, 81)).publishers == 2


def test_a_figure_beside_the_official_one_says_on_which_side() -> None:
    office = points(40, publisher="Office", interest="official")
    assert "above_official" in notes(estimate(observation(), *office))


def test_a_neighbouring_occupation_stands_in_at_grade_d_where_nothing_closer_is_on_file() -> None:
    found = estimate(observation(proxy=True))
    assert (found.status, found.grade, found.stands_in) == ("sourced", "D", True)


def test_a_salary_of_unstated_kind_votes_with_less_weight_and_says_so() -> None:
    base, open_ = observation(), observation(publisher="Open", kind="pay_unstated", typical=Decimal(90000))
    assert weight_of(open_, on=ON) == weight_of(base, on=ON) * Decimal("0.7")
    found = estimate(base, open_)
    assert found.publishers == 2 and "unstated" in notes(found)


def test_a_range_alone_has_its_middle_and_an_example_alone_is_no_figure() -> None:
    assert estimate(observation(typical=None, high=Decimal(110000))).typical == Decimal(85000)
    assert estimate(observation(sample="1 practitioner")).status == "none"


def test_a_figure_in_another_currency_votes_at_the_rate_of_its_day_and_says_so() -> None:
    found = estimate(*points(100, currency="USD", as_of="2025-06-02"))
    assert found.currency == "GBP" and Decimal(72000) < (found.typical or 0) < Decimal(76000)
    (remark,) = [one for one in found.sources[0].remarks if one.id == "pay.remark.converted"]
    assert remark.values["publisher"] == "European Central Bank"


def test_an_operators_own_rate_comes_first() -> None:
    row = observation(currency="USD", typical=Decimal(80000))
    own = Exchange(base="USD", quote="GBP", rate=Decimal("0.5"), on=row.day, publisher="House")
    assert estimate(row, exchange=ExchangeTable([own])).typical == Decimal(40000)


def test_figures_of_a_later_day_are_not_known_yet() -> None:
    assert estimate(observation(as_of="2026-12")).status == "none"


# --- How much a vote weighs


def test_weight_is_interest_times_age_times_size_times_breadth() -> None:
    assert weight_of(observation(), on=ON) == Decimal("0.7")
    assert weight_of(observation(as_of="2025-06"), on=ON) == Decimal("0.49")
    assert weight_of(observation(sample="n=30"), on=ON) == Decimal("0.7") * Decimal("0.25")
    assert weight_of(observation(cautions=("one_city", "some_employers")), on=ON) == Decimal("0.7") / 4


def test_an_operator_may_change_a_part_of_the_weights_and_only_sensibly() -> None:
    changed = Weights.model_validate({"tiers": {"recruiter": "0.4"}, "stale_months": 18})
    assert (changed.tiers.recruiter, changed.tiers.vendor) == (Decimal("0.4"), DEFAULT.tiers.vendor)
    for wrong in ({"tiers": {"friends": 1}}, {"age_older": 2}, {"no_such": 1}):
        with pytest.raises(ValueError):
            Weights.model_validate(wrong)


def test_a_few_start_ups_do_not_outvote_broad_publishers_in_britain() -> None:
    found = shipped(*BRITAIN)
    assert Decimal(64000) <= (found.typical or 0) <= Decimal(90000)
    assert (found.low or 0) >= Decimal(50000) and (found.high or 0) <= Decimal(120000)
    weights = {source.publisher: source.weight for source in found.sources if source.weight}
    built_in = weights.pop("Built In postings (A. Grigorev data set)")
    assert built_in < min(weight for name, weight in weights.items() if not name.startswith("Built In"))


def test_order_of_rows_never_matters() -> None:
    rows = list(figures_packaged().rows(*BRITAIN))
    assert estimate(*rows) == estimate(*reversed(rows))


# --- Five statuses, in order


def test_a_figure_for_all_seniorities_is_stated_for_the_advised_one_with_its_formula() -> None:
    found = estimate(observation(), level="senior")
    assert (found.status, found.grade, found.seniority) == ("derived", "D", "senior")
    assert found.formula is not None and found.formula.values["group"] == "other rich (GDP per head 30,000+)"
    assert found.all_levels is not None and found.all_levels.typical == Decimal(80000)
    assert found.typical == Decimal(91300)


def test_the_ladder_is_steeper_where_incomes_are_low() -> None:
    rich = estimate(observation(), level="senior")
    indian = observation(place="IN", currency="INR")
    poor = estimate(indian, cell=("ai_engineer", "IN", "permanent"), level="senior")
    assert rich.typical is not None and poor.typical is not None and poor.typical > rich.typical


def test_a_level_of_its_own_is_quoted_unless_it_is_a_few_words_against_many() -> None:
    own = observation(seniority="senior", typical=Decimal(100000), high=Decimal(120000))
    assert estimate(own, observation(), level="senior").typical == Decimal(100000)
    single = own.replaced(publisher="Blog", interest="editorial", sample="")
    many = points(80, 84, 88, 92, sample="n=300")
    assert estimate(single, *many, level="senior").status == "derived"


def test_automation_is_derived_from_the_ai_engineer_of_the_same_place_only() -> None:
    american = observation(place="US", currency="USD", typical=Decimal(100000))
    found = estimate(american, cell=("automation_specialist", "US", "permanent"))
    assert (found.status, found.typical) == ("derived", Decimal(76000))
    assert estimate(observation(), cell=("automation_specialist", "GB", "permanent")).status == "none"


def test_an_agency_price_comes_from_the_salary_and_a_contract_rate_from_the_places_ratio() -> None:
    american = points(104, place="US", currency="USD")
    agency = estimate(*american, cell=("ai_engineer", "US", "agency"))
    assert (agency.status, agency.kind, agency.unit) == ("derived", "bill_rate", "hour")
    assert agency.typical == Decimal("96.8")  # 104,000 / 2,080 x 1.935
    contract = estimate(observation(), cell=("ai_engineer", "GB", "contract"))
    assert (contract.status, contract.unit, contract.typical) == ("derived", "day", Decimal(570))


def test_marketplace_and_overseas_prices_are_worldwide_and_say_so() -> None:
    found = shipped("ai_engineer", "BR", "freelance_marketplace", "senior")
    assert (found.status, found.place, found.grade, found.currency) == ("worldwide", "BR", "D", "USD")
    assert {"worldwide", "levels_alike"} <= notes(found)
    assert "worldwide" not in notes(shipped("ai_engineer", "", "freelance_marketplace", "senior"))


def test_a_modelled_figure_is_a_range_with_its_error_and_never_a_number() -> None:
    found = shipped("ai_engineer", "SE", "permanent", "mid")
    assert (found.status, found.grade, found.typical) == ("modelled", "E", None)
    assert found.model is not None and found.model.release and found.model.tested > 100
    assert (found.low, found.high) == (found.model.low, found.model.high)
    (note,) = found.notes
    assert note.values["figures"] == figures_packaged().release.card.figures


def test_the_model_stands_beside_a_sourced_figure_as_a_check_and_warns() -> None:
    shown = shipped("ai_engineer", "US", "permanent")
    assert shown.status == "sourced" and shown.model is not None and "outside_model" not in notes(shown)
    far = shipped("ml_engineer", "ES", "permanent")
    assert far.status == "sourced" and "outside_model" in notes(far)


def test_a_single_point_widens_to_the_models_range_and_says_so() -> None:
    alone = shipped("ml_engineer", "MA", "permanent")
    assert alone.publishers == 1 and alone.model is not None and "widened" in notes(alone)
    assert alone.low is not None and alone.high is not None and alone.low < (alone.typical or 0) < alone.high


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (("ai_engineer", "CU", "permanent"), "income_unknown"),
        (("ai_engineer", "AQ", "permanent"), "income_unknown"),
        (("ai_engineer", "YE", "contract"), "untested"),
        (("ai_engineer", "LATAM", "permanent"), "group"),
        (("ai_engineer", "DE", "contract_payroll"), "payroll"),
        (("ai_engineer", "", "permanent"), "place"),
        (("automation_specialist", "PH", "embedded_offshore", "junior"), "worldwide"),  # an assistant's pay
    ],
)
def test_where_there_is_no_figure_the_reason_is_said(cell: tuple[str, ...], reason: str) -> None:
    found = shipped(*cell)
    assert found.status == "none" and found.reason is not None and found.reason.id == f"pay.none.{reason}"


def test_a_house_may_want_sourced_figures_only() -> None:
    found = shipped("ai_engineer", "SE", "permanent", sourced_only=True)
    assert (found.status, found.model, found.reason) == ("none", None, say("none.sourced_only"))
    assert shipped("ai_engineer", "US", "permanent", sourced_only=True).status == "sourced"


def test_a_division_has_its_countrys_figure_and_says_so() -> None:
    found = shipped("ai_engineer", "US-CA", "permanent")
    assert found.place == "US-CA" and "country_for_division" in notes(found)
    own = points(99, place="US-CA", currency="USD")
    assert shipped("ai_engineer", "US-CA", "permanent", all=own).typical == Decimal(99000)


def test_a_contractor_on_an_agencys_payroll_is_not_a_self_employed_one() -> None:
    payroll = shipped("ai_engineer", "US", "contract_payroll", "senior")
    invoice = shipped("ai_engineer", "US", "contract", "senior")
    assert payroll.typical is not None and invoice.typical is not None
    assert payroll.typical * Decimal("1.3") < invoice.typical
