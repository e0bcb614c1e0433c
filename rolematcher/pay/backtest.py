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
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import numpy as np

from rolematcher.pay.model import SPREAD, Array, Fit, Incomes, fit_points, matrix_of, noise_of
from rolematcher.pay.observation import GROUPS, LEVELS, ROLES
from rolematcher.pay.places import Place
from rolematcher.pay.points import Point
from rolematcher.pay.release import Tested

Z80 = 1.2816
"""Eight of ten of a normal distribution lie within so many standard deviations."""
MOST_ERROR, COVERAGE = Decimal("0.30"), (Decimal("0.75"), Decimal("0.88"))
_LIMITED = ("publisher", "country_without_us", "country_and_type"), ("type permanent", "type contract")
"""The tests and the slices that the two limits hold for."""
_TESTS: dict[str, Callable[[Point], str]] = {
    "publisher": lambda point: point.publisher,
    "country": lambda point: point.place,
    "country_and_type": lambda point: f"{point.place}|{point.engagement_type}",
}
_ENOUGH = 40
"""So many residuals make a group's own quantile; with fewer one or two cases would decide."""
GROUPS_WIDENED = ("permanent ai_engineer", "permanent", "contract", "other")
_NOT_A_PLACE = frozenset(GROUPS) | {"EU"}


@dataclass(frozen=True, slots=True)
class Left:
    """One point left out: what the model said without it, its deviation, its fold."""

    point: Point
    said: float
    deviation: float
    fold: str

    @property
    def off(self) -> float:
        """How far what was said lies from the truth, on the log."""
        return self.said - self.point.log_pay


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


def backtest(points: Sequence[Point], incomes: Incomes, places: Collection[Place]) -> Backtest:
    """All tests of the model on its points."""
    fit = fit_points(points, incomes)
    left = {name: tuple(_left_out(points, fit, key)) for name, key in _TESTS.items()}
    widening = {f"{test} {group}": _widening(left, test, group) for test in left for group in GROUPS_WIDENED}
    half = {name: _widened(left, name) for name in left}
    lines = [line for name, found in left.items() for line in _lines(name, found, half[name])]
    abroad = [row for row, one in enumerate(left["country"]) if one.point.place != "US"]
    lines += _lines("country_without_us", [left["country"][row] for row in abroad], half["country"][abroad])
    for name, guesses in _baselines(points, incomes, places).items():
        lines += _lines(f"baseline_{name}", guesses, None)
    return Backtest(tuple(lines), widening, left)


def widening_of(widening: Mapping[str, float], point: Point, figures_of_place: int) -> float:
    """How much a cell's range is widened: by the test that is like asking for it, a publisher left out where
    its place has figures, the country left out where it has none."""
    return widening.get(f"{'publisher' if figures_of_place else 'country'} {group_of(point)}", 1.0)


def limits_missed(tested: Sequence[Tested]) -> list[Tested]:
    """The lines of posts and contracts whose median error or coverage a release may not have."""
    tests, slices = _LIMITED
    least, most = COVERAGE
    limited = [line for line in tested if line.test in tests and line.slice in slices]
    return [
        line
        for line in limited
        if line.median_error > MOST_ERROR
        or (line.coverage is not None and not least <= line.coverage <= most)
    ]


def _is_tested(point: Point) -> bool:
    """Whether a point is one of the figures the product shows, so that leaving it out is a fair test."""
    return point.role in ROLES and not point.against


def _left_out(points: Sequence[Point], fit: Fit, key: Callable[[Point], str]) -> Iterator[Left]:
    """Every tested point with what the model says of it when its whole fold is missing."""
    matrix, noise, covariance = matrix_of(points, fit.index, fit.incomes), noise_of(points), fit.covariance
    truth = np.array([point.log_pay for point in points])
    unnamed = matrix.copy()
    unnamed[:, [column for (family, _), column in fit.index.items() if family == "publisher"]] = 0.0
    folds: dict[str, list[int]] = defaultdict(list)
    for row, point in enumerate(points):
        folds[key(point)].append(row)
    for fold, rows in sorted(folds.items()):
        asked = [row for row in rows if _is_tested(points[row]) and points[row].place not in _NOT_A_PLACE]
        if not asked:
            continue
        out, new = matrix[rows], unnamed[asked]
        known = out @ covariance
        gap = np.diag(noise[rows]) - known @ out.T
        without = fit.effects - known.T @ np.linalg.solve(gap, truth[rows] - out @ fit.effects)
        cross = new @ known.T
        variance = np.sum((new @ covariance) * new, axis=1)
        variance += np.sum(cross * np.linalg.solve(gap, cross.T).T, axis=1)
        variance += SPREAD["publisher"] ** 2 + noise[asked]
        for row, said, spread in zip(asked, new @ without, np.sqrt(variance), strict=True):
            yield Left(points[row], float(said), float(spread), fold)


def _widening(left: Mapping[str, Sequence[Left]], test: str, group: str, out: str = "") -> float:
    """What a group's range must be multiplied by to hold eight of ten of a test, without its fold `out`."""
    z: list[float] = []
    for name in (test, *_TESTS):  # the group's residuals of every test where those of its own are too few
        z += [
            abs(one.off) / one.deviation
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


def _slices(left: Sequence[Left]) -> dict[str, list[int]]:
    """The rows of each slice: all, by role, by type, by seniority."""
    slices = {"all": list(range(len(left)))}
    for name, values, key in (
        ("role", ROLES, "role"),
        ("type", sorted({one.point.engagement_type for one in left}), "engagement_type"),
        ("seniority", ("all", *LEVELS), "seniority"),
    ):
        for value in values:
            rows = [row for row, one in enumerate(left) if getattr(one.point, key) == value]
            slices[f"{name} {value}"] = rows
    return slices


def _lines(test: str, left: Sequence[Left], half: Array | None) -> Iterator[Tested]:
    for name, rows in _slices(left).items():
        if len(rows) < len(LEVELS):
            continue
        off = np.array([left[row].off for row in rows])
        errors = np.array([abs(math.exp(one) - 1) for one in off])
        yield Tested(
            test=test,
            slice=name,
            n=len(rows),
            folds=len({left[row].fold for row in rows}),
            median_error=_share(np.median(errors)),
            p80_error=_share(np.quantile(errors, 0.8)),
            bias=_share(np.exp(np.median(off)) - 1),
            coverage=None if half is None else _share(np.mean(np.abs(off) <= half[rows])),
            width=None if half is None else _share(np.exp(2 * np.median(half[rows]))),
        )


def _share(value: np.floating) -> Decimal:
    return Decimal(f"{value:.3f}")


def _baselines(points: Sequence[Point], incomes: Incomes, places: Collection[Place]) -> dict[str, list[Left]]:
    """Three guesses anybody can make for a missing country: the US figure times its prices or its income,
    and the figure of the country nearest in income. Same role, type and seniority."""
    prices = {place.code: math.log(place.price_level) for place in places if place.price_level}
    american = [point for point in points if point.place == "US"]
    found: dict[str, list[Left]] = {"us_x_price_level": [], "us_x_income": [], "nearest_country": []}
    for point in points:
        place = point.place
        if not _is_tested(point) or place == "US" or place not in incomes.nominal:
            continue
        home = _mean(american, point)
        price = prices[place] - prices["US"] if place in prices else None
        guesses = (_sum(home, price), _sum(home, incomes.nominal[place]), _nearest(points, point, incomes))
        for left, said in zip(found.values(), guesses, strict=True):
            if said is not None:
                left.append(Left(point, said, 1.0, place))
    return found


def _sum(home: float | None, times: float | None) -> float | None:
    return None if home is None or times is None else home + times


def _like(points: Sequence[Point], point: Point) -> list[Point]:
    roles = {point.role} if point.role == "automation_specialist" else {point.role, "ai_ml_engineer"}
    same = [one for one in points if one.role in roles and one.engagement_type == point.engagement_type]
    return [one for one in same if one.seniority == point.seniority] or same


def _mean(points: Sequence[Point], point: Point) -> float | None:
    like = _like(points, point)
    return float(np.average([one.log_pay for one in like], weights=1 / noise_of(like))) if like else None


def _nearest(points: Sequence[Point], point: Point, incomes: Incomes) -> float | None:
    abroad = [one for one in points if one.place != point.place and one.place in incomes.nominal]
    like = _like([one for one in abroad if not one.against], point)
    here = incomes.nominal[point.place]
    near = min(like, key=lambda one: abs(incomes.nominal[one.place] - here), default=point).place
    return _mean([one for one in like if one.place == near], point)
