"""How far off the model is: points in, errors and coverage of what was left out, naive guesses beside.

Left out in turn: each publisher, each country, each country and engagement type. A fold is taken out of
the solved system exactly (a downdate), so that all folds together take about a second.

What is fitted on what is tested: the effects never see the fold. The prior spreads, the two slopes on income,
the weight of the three automation ratios and the contractors' share of a place's effect were chosen with
these tests in view, so the errors are a little kind; the range of a fold is widened or narrowed with the
residuals of the other folds of its test only (of all tests where a group has fewer than 40 of its own).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import numpy as np

from rolematcher.pay.messages import say
from rolematcher.pay.model import SPREAD, Array, Incomes, index_of, matrix_of, noise_of, solve
from rolematcher.pay.observation import GROUPS, LEVELS, ROLES
from rolematcher.pay.places import Place
from rolematcher.pay.points import Point, is_tested
from rolematcher.pay.release import Tested
from rolematcher.values.message import Message, Number

Z80 = 1.2816
"""Eight of ten of a normal distribution lie within so many standard deviations."""
MOST_ERROR, COVERAGE = 0.30, (0.75, 0.88)
LIMITED, ABROAD = ("permanent", "contract"), ("country_without_us", "country_and_type")
_TESTS: dict[str, Callable[[Point], str]] = {
    "publisher": lambda point: point.publisher,
    "country": lambda point: point.place,
    "country_and_type": lambda point: point.country_and_type,
}
_ENOUGH = 40
"""So many residuals make a group's own quantile; with fewer one or two cases would decide."""
GROUPS_WIDENED = ("permanent ai_engineer", "permanent", "contract", "other")
_NOT_A_PLACE = frozenset(GROUPS) | {"EU"}


@dataclass(frozen=True, slots=True)
class Left:
    """One point left out: the truth, what the model said without it, its deviation, its fold."""

    point: Point
    truth: float
    said: float
    deviation: float
    fold: str

    @property
    def error(self) -> float:
        """How far off, as a share of the truth."""
        return abs(math.exp(self.said - self.truth) - 1)


@dataclass(frozen=True)
class Backtest:
    """The table of all tests, and how much each "test group" asks to be widened (1 is as the model says)."""

    tested: tuple[Tested, ...]
    widening: dict[str, float]
    left: dict[str, tuple[Left, ...]]


def group_of(point: Point) -> str:
    """The group whose residuals widen a range: few types have cases enough of their own.

    Publishers differ more about AI engineers than about the two older roles, so those have their own.
    """
    if point.engagement_type == "permanent":
        return "permanent ai_engineer" if point.role == "ai_engineer" else "permanent"
    return "contract" if point.engagement_type.startswith("contract") else "other"


def backtest(points: Sequence[Point], incomes: Incomes, places: Sequence[Place]) -> Backtest:
    """All tests of the model on its points."""
    left = {name: tuple(_left_out(points, incomes, key)) for name, key in _TESTS.items()}
    widening = {f"{test} {group}": _widening(left, test, group) for test in left for group in GROUPS_WIDENED}
    lines: list[Tested] = []
    for name, found in left.items():
        lines += _lines(name, found, _widened(left, name))
    abroad = [row for row, one in enumerate(left["country"]) if one.point.place != "US"]
    found = tuple(left["country"][row] for row in abroad)
    lines += _lines("country_without_us", found, _widened(left, "country")[abroad])
    for name, guesses in _baselines(points, incomes, places).items():
        lines += _lines(f"baseline_{name}", guesses, None)
    return Backtest(tuple(lines), widening, left)


def widening_of(widening: Mapping[str, float], point: Point, figures_of_place: int) -> float:
    """How much a cell's range is widened: by the test that is like asking for it, a publisher left out where
    its place has figures, the country left out where it has none."""
    return widening.get(f"{'publisher' if figures_of_place else 'country'} {group_of(point)}", 1.0)


def limits_missed(tested: Sequence[Tested]) -> tuple[Message, ...]:
    """Which limits of a release the back-test misses: median error and coverage of posts and contracts."""
    missed = []
    for line in tested:
        if line.test not in ("publisher", *ABROAD) or line.slice not in [f"type {kind}" for kind in LIMITED]:
            continue
        if float(line.median_error) > MOST_ERROR:
            missed.append(
                say("limit.error", test=line.test, slice=line.slice, error=_number(line.median_error))
            )
        if line.coverage is not None and not COVERAGE[0] <= float(line.coverage) <= COVERAGE[1]:
            missed.append(
                say("limit.coverage", test=line.test, slice=line.slice, share=_number(line.coverage))
            )
    return tuple(missed)


def _number(share: Decimal) -> Number:
    return Number(number=share * 100)


def _left_out(points: Sequence[Point], incomes: Incomes, key: Callable[[Point], str]) -> Iterator[Left]:
    """Every tested point with what the model says of it when its whole fold is missing."""
    index = index_of(points, incomes)
    matrix = matrix_of(points, index, incomes)
    truth = np.array([point.log_pay for point in points])
    noise = noise_of(points)
    effects, covariance = solve(matrix, truth, noise, index)
    unnamed = matrix.copy()
    unnamed[:, [column for (family, _), column in index.items() if family == "publisher"]] = 0.0
    folds: dict[str, list[int]] = {}
    for row, point in enumerate(points):
        folds.setdefault(key(point), []).append(row)
    for fold, rows in sorted(folds.items()):
        asked = [row for row in rows if is_tested(points[row]) and points[row].place not in _NOT_A_PLACE]
        if not asked:
            continue
        out, new = matrix[rows], unnamed[asked]
        known = out @ covariance
        gap = np.diag(noise[rows]) - known @ out.T
        without = effects - known.T @ np.linalg.solve(gap, truth[rows] - out @ effects)
        cross = new @ known.T
        variance = np.einsum("ij,jk,ik->i", new, covariance, new)
        variance += np.einsum("ij,ji->i", cross, np.linalg.solve(gap, cross.T))
        variance += SPREAD["publisher"] ** 2 + noise[asked]
        for row, said, spread in zip(asked, new @ without, np.sqrt(variance), strict=True):
            yield Left(points[row], float(truth[row]), float(said), float(spread), fold)


def _widening(left: Mapping[str, Sequence[Left]], test: str, group: str, out: str = "") -> float:
    """What a group's range must be multiplied by to hold eight of ten of a test, without its fold `out`."""
    z: list[float] = []
    for name in (test, *_TESTS):  # the group's residuals of every test where those of its own are too few
        z += [
            abs(one.said - one.truth) / one.deviation
            for one in left[name]
            if group_of(one.point) == group and _TESTS[test](one.point) != out
        ]
        if name == test and len(z) >= _ENOUGH:
            break
    return float(np.quantile(z, 0.8)) / Z80 if len(z) >= _ENOUGH else 1.0


def _widened(left: Mapping[str, Sequence[Left]], test: str) -> Array:
    """Half widths of a test's ranges, each fold widened by the residuals outside of it."""
    by = cache(lambda group, fold: _widening(left, test, group, fold))
    return np.array([Z80 * one.deviation * by(group_of(one.point), one.fold) for one in left[test]])


def _slices(left: Sequence[Left]) -> Iterator[tuple[str, list[int]]]:
    yield "all", list(range(len(left)))
    for name, values, of in (
        ("role", ROLES, lambda one: one.point.role),
        ("type", sorted({one.point.engagement_type for one in left}), lambda one: one.point.engagement_type),
        ("seniority", ("all", *LEVELS), lambda one: one.point.seniority),
    ):
        for value in values:
            yield f"{name} {value}", [row for row, one in enumerate(left) if of(one) == value]


def _lines(test: str, left: Sequence[Left], half: Array | None) -> Iterator[Tested]:
    for name, rows in _slices(left):
        if len(rows) < len(LEVELS):
            continue
        errors = np.array([left[row].error for row in rows])
        off = np.array([left[row].said - left[row].truth for row in rows])
        inside = None if half is None else float(np.mean(np.abs(off) <= half[rows]))
        width = None if half is None else float(np.exp(2 * np.median(half[rows])))
        yield Tested(
            test=test,
            slice=name,
            n=len(rows),
            folds=len({left[row].fold for row in rows}),
            median_error=_share(float(np.median(errors))),
            p80_error=_share(float(np.quantile(errors, 0.8))),
            bias=_share(float(np.exp(np.median(off)) - 1)),
            coverage=None if inside is None else _share(inside),
            width=None if width is None else _share(width),
        )


def _share(value: float) -> Decimal:
    return Decimal(f"{value:.3f}")


def _baselines(
    points: Sequence[Point], incomes: Incomes, places: Sequence[Place]
) -> dict[str, tuple[Left, ...]]:
    """Three guesses anybody can make for a missing country: the US figure times its prices or its income,
    and the figure of the country nearest in income. Same role, type and seniority."""
    prices = {place.code: math.log(place.price_level) for place in places if place.price_level}
    american = [point for point in points if point.place == "US"]
    found: dict[str, list[Left]] = {"us_x_price_level": [], "us_x_income": [], "nearest_country": []}
    for point in points:
        place = point.place
        if not is_tested(point) or place == "US" or place not in incomes.nominal:
            continue
        home = _mean(american, point)
        price = prices[place] - prices["US"] if place in prices else None
        guesses = (_sum(home, price), _sum(home, incomes.nominal[place]), _nearest(points, point, incomes))
        for name, said in zip(found, guesses, strict=True):
            if said is not None:
                found[name].append(Left(point, point.log_pay, said, 1.0, place))
    return {name: tuple(left) for name, left in found.items()}


def _sum(home: float | None, times: float | None) -> float | None:
    return None if home is None or times is None else home + times


def _like(points: Sequence[Point], point: Point) -> list[Point]:
    roles = {point.role} if point.role == "automation_specialist" else {point.role, "ai_ml_engineer"}
    same = [
        other for other in points if other.role in roles and other.engagement_type == point.engagement_type
    ]
    return [other for other in same if other.seniority == point.seniority] or same


def _mean(points: Sequence[Point], point: Point) -> float | None:
    like = _like(points, point)
    if not like:
        return None
    return float(np.average([other.log_pay for other in like], weights=1 / noise_of(like)))


def _nearest(points: Sequence[Point], point: Point, incomes: Incomes) -> float | None:
    others = [other for other in points if other.place != point.place and other.place in incomes.nominal]
    like = _like([other for other in others if not other.against], point)
    if not like:
        return None
    near = min(like, key=lambda other: abs(incomes.nominal[other.place] - incomes.nominal[point.place])).place
    return _mean([other for other in like if other.place == near], point)
