"""What must hold for any set of sources: nothing mixed, nothing invented, order never matters."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from rolematcher.engine.money.estimate import cell_estimate
from rolematcher.engine.money.money_brief import money_work_out
from rolematcher.engine.money.observation import (
    ENGAGEMENTS,
    INTERESTS,
    KINDS,
    ROLES,
    SENIORITIES,
    STATISTICS,
    UNITS,
    Observation,
)
from rolematcher.engine.money.rate_index import RateIndex
from rolematcher.engine.money.triple import triple_of
from rolematcher.engine.money.weights import weight_of
from tests.examples import up_to

from .market import PLACES, SHIPPED, TODAY, budget

AMOUNTS = st.decimals("0.01", "5000000", places=2)
CELL = ("ai_engineer", "US", "permanent")


@st.composite
def observations(draw, **fixed: object) -> Observation:
    """Any observation, of a handful of publishers, kinds, currencies and dates."""
    given_figures = draw(st.lists(AMOUNTS, min_size=1, max_size=3))
    low, typical, high = draw(st.permutations([*sorted(given_figures), None, None][:3]))
    given_figures = sorted(figure for figure in (low, typical, high) if figure is not None)
    low, typical, high = (None if place is None else given_figures.pop(0) for place in (low, typical, high))
    columns = {
        "role": draw(st.sampled_from(ROLES)),
        "region": draw(st.sampled_from(["US", "DE", "GLOBAL", "OFFSHORE"])),
        "engagement": draw(st.sampled_from(ENGAGEMENTS)),
        "seniority": draw(st.sampled_from(SENIORITIES)),
        "currency": draw(st.sampled_from(["USD", "EUR"])),
        "unit": draw(st.sampled_from(UNITS)),
        "kind": draw(st.sampled_from(KINDS)),
        "statistic": draw(st.sampled_from(STATISTICS)),
        "publisher": draw(
            st.sampled_from(["Alpha", "Beta", "Beta (via Gamma)", "Gamma", "Delta", "Epsilon"])
        ),
        "interest": draw(st.sampled_from(INTERESTS)),
        "title": draw(st.sampled_from(["One", "Two", "Three"])),
        "url": "",
        "as_of": draw(st.sampled_from(["2023", "2024-12", "2025-11-21", "2026", "2026-05", "2027"])),
        "sample": draw(st.sampled_from(["", "n=3", "n=30 ads", "n=4,260"])),
        "proxy": draw(st.booleans()),
        "note": "",
    }
    return Observation(low=low, typical=typical, high=high, **{**columns, **fixed})


IN_CELL = observations(role=CELL[0], region=CELL[1], engagement=CELL[2], seniority="all")
VOTERS = observations(
    role=CELL[0],
    region=CELL[1],
    engagement=CELL[2],
    seniority="all",
    kind="base_pay",
    currency="USD",
    unit="year",
    proxy=False,
    as_of="2026",
).filter(lambda row: row.interest not in ("official", "employer_posting"))


def estimates_in(part):
    """Every estimate anywhere in a record: own, at a level, of other engagements and places."""
    if isinstance(part, dict):
        if "sources" in part and "kind" in part and "status" in part:
            yield part
        for value in part.values():
            yield from estimates_in(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from estimates_in(value)


def nothing_mixed(estimate):
    """One place; where sourced one role and engagement; one kind, currency and unit of what counts."""
    terms = estimate["currency"], estimate["unit"]
    for source in estimate["sources"]:
        assert source["region"] == estimate["region"]
        if estimate["status"] == "sourced":
            assert (source["role"], source["engagement"]) == (estimate["role"], estimate["engagement"])
            assert source["seniority"] == estimate["seniority"]
        if estimate["status"] == "sourced" and source["counted"]:
            assert (source["currency"], source["unit"]) == terms
            unstated = estimate["kind"] == "base_pay" and source["kind"] == "pay_unstated"
            assert source["kind"] == estimate["kind"] or (unstated and source["part"] == "beside")
        if estimate["status"] == "sourced" and source["part"] == "votes":
            assert (source["kind"], source["currency"], source["unit"]) == (estimate["kind"], *terms)


@given(
    st.lists(observations(), max_size=12),
    observations(),
    st.sampled_from(ENGAGEMENTS),
    st.sampled_from(["US", "DE"]),
)
def test_a_row_of_another_measure_or_market_changes_nothing_but_what_stands_beside(
    rows, other, engagement, place
):
    """The figure with a row of another place, engagement, role or level added is the figure without it."""
    cell = ("ai_engineer", place, engagement)
    before = cell_estimate(rows, cell=cell, seniority="all", on=TODAY)
    if before.figures is None:
        return
    same_cell = other.cell == cell and other.seniority == "all"
    measure = (before.kind, before.currency, before.unit)
    after = cell_estimate([*rows, other], cell=cell, seniority="all", on=TODAY)
    if not same_cell:
        assert after == before
    elif other.measure != measure and (after.kind, after.currency, after.unit) == measure:
        assert after.figures == before.figures


def worked_out(rows, rounding: bool = True):
    return cell_estimate(rows, cell=CELL, seniority="all", on=TODAY, rounding=rounding)


@up_to(300)
@given(st.lists(IN_CELL, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert worked_out(shuffled) == worked_out(rows)


@given(st.lists(observations(), max_size=10))
def test_kinds_currencies_units_and_cells_are_never_mixed(rows):
    for cell in {row.cell for row in rows}:
        for seniority in SENIORITIES:
            made = cell_estimate(rows, cell=cell, seniority=seniority, on=TODAY)
            for source in made.sources:
                assert source.observation.cell == cell
                assert source.observation.seniority == seniority
                assert source.observation.day <= TODAY
                if source.part == "votes":
                    assert source.observation.measure == (made.kind, made.currency, made.unit)
                if source.counted:
                    assert (source.observation.currency, source.observation.unit) == (
                        made.currency,
                        made.unit,
                    )
                    assert source.observation.kind in {made.kind, "pay_unstated"}


@given(st.lists(IN_CELL, max_size=10))
def test_rows_that_do_not_vote_never_move_the_figure(rows):
    made = worked_out(rows)
    votes = [source.observation for source in made.sources if source.part == "votes"]
    assert worked_out(votes).figures == made.figures


@given(st.lists(IN_CELL, max_size=10))
def test_the_figure_is_in_order_and_between_the_sources(rows):
    made = worked_out(rows)
    if made.figures is None:
        return
    assert made.figures.low <= made.figures.typical <= made.figures.high
    theirs = [source.figures for source in made.sources if source.part == "votes"]
    for position, amount in enumerate(made.figures):
        assert min(row[position] for row in theirs) <= amount <= max(row[position] for row in theirs)


@given(st.lists(VOTERS, min_size=1, max_size=8), VOTERS)
def test_adding_a_source_never_moves_the_figure_outside_the_sources(rows, added):
    theirs = [triple_of(row) for row in (*rows, added)]
    after = worked_out([*rows, added]).figures
    for position, amount in enumerate(after):
        assert min(row[position] for row in theirs) <= amount <= max(row[position] for row in theirs)


@given(st.lists(VOTERS, min_size=1, max_size=8))
def test_the_figure_is_the_weighted_median_by_its_definition(rows):
    """Recomputed the long way: at least half of the weight at or below, and no smaller figure has that."""
    made = worked_out(rows, rounding=False)
    votes = [source.observation for source in made.sources if source.part == "votes"]
    weights = [weight_of(row, on=TODAY).total for row in votes]
    for position, amount in enumerate(made.figures):
        values = [triple_of(row)[position] for row in votes]
        reached = {
            value: sum((w for v, w in zip(values, weights, strict=True) if v <= value), Fraction(0))
            for value in values
        }
        assert amount == min(value for value in values if 2 * reached[value] >= sum(weights))


@given(st.lists(VOTERS, min_size=1, max_size=8), st.sampled_from([Decimal(2), Decimal(80), Decimal("0.5")]))
def test_scaling_the_currency_scales_the_figure(rows, factor):
    def scaled(row):
        return replace(
            row,
            **{
                name: getattr(row, name) and getattr(row, name) * factor
                for name in ("low", "typical", "high")
            },
        )

    before, after = (
        worked_out(rows, rounding=False),
        worked_out([scaled(row) for row in rows], rounding=False),
    )
    assert after.figures == tuple(amount * factor for amount in before.figures)
    assert (after.grade, after.spread) == (before.grade, before.spread)


@given(st.lists(VOTERS, min_size=1, max_size=8))
def test_each_publisher_votes_once(rows):
    made = worked_out(rows)
    houses = [source.observation.house for source in made.sources if source.counted]
    assert len(houses) == len(set(houses))
    assert made.publishers == len({row.house for row in rows})


@up_to(60)
@given(
    st.lists(observations(), max_size=12),
    st.sampled_from(["", "US", "DE", "GLOBAL"]),
    st.sampled_from([*ENGAGEMENTS, "contract_to_hire", "none"]),
    st.sampled_from(["hour", "day", "month", "year", "project"]),
    st.sampled_from(["pay", "total"]),
    AMOUNTS,
    st.sampled_from(["", "yes", "no", "unsure"]),
)
def test_any_market_gives_money_whose_every_figure_has_sources(rows, place, basis, per, kind, amount, remote):
    money = money_work_out(
        RateIndex(rows),
        SHIPPED[1],
        answers={"place": place, "remote": remote, "budget": budget(str(amount), "USD", per, kind)},
        role="ml_engineer",
        basis=basis,
        level="senior",
        need="existing",
        on=TODAY,
        places=PLACES,
    )
    for estimate in money["roles"].values():
        if estimate["low"] is None:
            assert not [source for source in estimate["sources"] if source["counted"]]
            continue
        assert estimate["sources"] and estimate["words"] and estimate["grade"]
        assert estimate["status"] == "sourced" or estimate["formula"]
        assert estimate["region"] == money["region"]
        own = [source for source in estimate["sources"] if source["part"] == "votes"]
        assert all(source["currency"] == estimate["currency"] for source in own)
    for estimate in estimates_in(money):
        nothing_mixed(estimate)
    for role, compared in money["budget"]["roles"].items():
        assert compared["covered"] <= compared["of"]
        if compared["of"]:
            assert compared["of"] == (money["roles"][role]["counted"] or 1)
