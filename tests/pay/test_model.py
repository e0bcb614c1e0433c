"""The model recovers what was planted, its ranges cover what they promise, and placements move a country."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from rolematcher.pay.backtest import Z80, Backtest, backtest, limits_missed
from rolematcher.pay.figures import figures_packaged
from rolematcher.pay.making import model_backtest, model_fit
from rolematcher.pay.model import NOISE, SPREAD, Incomes, fit_points, predict
from rolematcher.pay.points import Point
from rolematcher.pay.release import Release, release_read, release_texts

from .sheets import ON, observation

PLACES = [f"P{number}" for number in range(40)]
ROLE = {"ai_engineer": 0.0, "ml_engineer": 0.1, "automation_specialist": -0.25}
SENIORITY = {"junior": -0.3, "mid": 0.0, "senior": 0.28}


def made_world(seed: int) -> tuple[list[Point], Incomes, dict[str, float]]:
    """Points whose truth is known: places on a line through income, 30 publishers, their own noise."""
    chance = np.random.default_rng(seed)
    nominal = {place: -1.5 * number / len(PLACES) for number, place in enumerate(PLACES)} | {"US": 0.0}
    truth = {p: 4.0 + 0.5 * nominal[p] + chance.normal(0, SPREAD["place"]) for p in (*PLACES, "US")}
    houses = [chance.normal(0, SPREAD["publisher"]) for _ in range(30)]
    points = []
    for _ in range(700):
        place, house = chance.choice([*PLACES, "US"]), int(chance.integers(30))
        role, seniority = chance.choice(list(ROLE)), chance.choice(list(SENIORITY))
        contract = chance.random() < 0.3
        said = truth[place] + ROLE[role] + SENIORITY[seniority] + 0.6 * contract + houses[house]
        within = math.sqrt(NOISE["said"] ** 2 + (1.25 * 0.5) ** 2 / 40)
        points.append(
            Point(
                role=str(role),
                place=str(place),
                engagement_type="contract" if contract else "permanent",
                seniority=str(seniority),
                kind="rate" if contract else "base_pay",
                year=2026,
                log_pay=float(said + chance.normal(0, within)),
                n=40,
                publisher=f"house {house}",
                source="said",
            )
        )
    return points, Incomes(dict.fromkeys(nominal, 0.0), nominal, dict.fromkeys(PLACES, "made")), truth


def test_planted_effects_are_found_again() -> None:
    points, incomes, _ = made_world(1)
    fit = fit_points(points, incomes)

    def effect(family: str, name: str) -> float:
        return float(fit.effects[fit.index[(family, name)]])

    ml, automation = (effect("role", name) - effect("role", "ai_engineer") for name in list(ROLE)[1:])
    assert abs(ml - 0.1) < 0.06 and abs(automation + 0.25) < 0.06
    assert abs(effect("sen", "senior") - 0.28) < 0.06 and abs(effect("sen", "junior") + 0.3) < 0.06
    assert abs(effect("type", "contract") - 0.6) < 0.08


def test_the_range_covers_eight_of_ten_of_two_thousand_planted_truths() -> None:
    inside = total = 0
    for seed in range(2, 7):
        points, incomes, _ = made_world(seed)
        known, asked = points[:300], points[300:]
        fresh = [_by_stranger(point) for point in asked]
        middle, deviation = predict(fit_points(known, incomes), fresh)
        truth = np.array([point.log_pay for point in asked])
        inside += int(np.sum(np.abs(truth - middle) <= Z80 * deviation))
        total += len(asked)
    assert total == 2000
    assert 0.75 <= inside / total <= 0.85


def _by_stranger(point: Point) -> Point:
    return replace(point, log_pay=0.0, publisher="nobody yet", source="said")


def test_leaving_a_fold_out_of_the_solved_system_is_fitting_without_it() -> None:
    points, incomes, _ = made_world(9)
    points = points[:250]
    tested = backtest(points, incomes, [])
    one = next(left for left in tested.left["country"] if left.fold == "P7")
    without = [point for point in points if point.place != "P7"]
    middle, deviation = predict(fit_points(without, incomes), [_by_stranger(one.point)])
    assert one.said == pytest.approx(float(middle[0]), abs=1e-6)
    assert one.deviation == pytest.approx(float(deviation[0]), rel=1e-6)


@pytest.fixture(scope="module")
def tested() -> Backtest:
    return model_backtest(figures_packaged(), on=ON)


@pytest.fixture(scope="module")
def release(tested: Backtest) -> Release:
    return model_fit(figures_packaged(), on=ON, tested=tested)


@pytest.fixture(scope="module")
def texts() -> tuple[str, str, str]:
    return release_texts(figures_packaged().release)


def test_the_shipped_release_is_the_one_that_is_fitted_again(
    release: Release, texts: tuple[str, str, str]
) -> None:
    assert release_texts(release) == texts


def test_the_shipped_release_keeps_its_limits_and_beats_the_naive_guesses(tested: Backtest) -> None:
    assert limits_missed(tested.tested) == []
    error = {(line.test, line.slice): line for line in tested.tested}
    model = error[("country_without_us", "all")]
    for name in ("us_x_price_level", "us_x_income", "nearest_country"):
        naive = error[(f"baseline_{name}", "all")]
        assert model.median_error < naive.median_error and model.p80_error < naive.p80_error


@pytest.mark.parametrize(
    "wrong", [{"median_error": Decimal("0.31")}, {"coverage": Decimal("0.7")}, {"coverage": Decimal(0)}]
)
def test_a_release_that_is_too_far_off_or_too_sure_misses_its_limits(tested: Backtest, wrong) -> None:
    line = next(one for one in tested.tested if (one.test, one.slice) == ("publisher", "type permanent"))
    missed = line.replaced(**wrong)
    assert limits_missed([line, missed]) == [missed]


def test_an_automation_specialist_earns_what_the_sourced_ratios_say(release: Release) -> None:
    for place in ("US", "DE", "IN"):
        one, other = (
            release.cells[(place, role, "permanent", "mid")].p50
            for role in ("automation_specialist", "ai_engineer")
        )
        assert Decimal("0.65") < one / other < Decimal("0.85")


def test_twenty_placements_of_a_house_move_their_country_and_hardly_another(
    release: Release, tested: Backtest
) -> None:
    swedish = observation(place="SE", currency="SEK", unit="month", seniority="mid", low=None, high=None)
    placed = swedish.replaced(publisher="Our own placements", interest="house", sample="", as_of="2026-09")
    twenty = [placed.replaced(typical=Decimal(95000 + number * 100)) for number in range(20)]
    figures = figures_packaged()
    fitted = model_fit(replace(figures, all=[*figures.all, *twenty]), on=ON, tested=tested)
    moved = {
        place: fitted.cells[cell].p50 / release.cells[cell].p50
        for place in ("SE", "MX")
        if (cell := (place, "ai_engineer", "permanent", "mid"))
    }
    assert moved["SE"] > Decimal("1.15") and abs(moved["MX"] - 1) < Decimal("0.05")


def test_a_release_knows_nothing_of_what_came_after_its_day(tested: Backtest) -> None:
    none, later = (
        model_fit(replace(figures_packaged(), all=rows), on=date(2026, 9, 30), tested=tested)
        for rows in ((), [observation(as_of="2026-10")])
    )
    assert none == later


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda table: table.replace("p90,", "top,", 1), "Line 2 .*p90\n.*required"),
        (lambda table: table + "SE,ai_engineer,agency,mid,-1,2,3,0,yes\n", "greater than 0"),
        (lambda table: table + "SE,ai_engineer,agency,mid,1,2,4.6,0,yes\n", "wider than 4.5"),
        (lambda table: table + "SE,ai_engineer,agency,mid,3,2,4,0,yes\n", "not in order"),
        (lambda table: table + "SE,ai_engineer,agency,mid,1,two,3,0,yes\n", "valid decimal"),
        (lambda table: table + "SE,ai_engineer,agency,mid,1,2,3,0,perhaps\n", "show"),
        (lambda table: table + "SE,ai_engineer,permanent,mid,1,2,3,0,yes\n", "repeats a cell"),
        (lambda table: table + "SE,ai_engineer,agency,mid,1,2,3,0,yes\n", "is not the table"),
        (lambda table: table[: len(table) // 2].rpartition("\n")[0] + "\n", "is not the table"),
    ],
)
def test_a_damaged_release_is_refused_whole(texts: tuple[str, str, str], change, why: str) -> None:
    table, card, tested = texts
    with pytest.raises(ValueError, match=f"(?s){why}"):
        release_read(change(table), card, tested)
