"""The pay model: points in, effects with their uncertainty out; a cell in, its middle and range out.

log pay an hour = role + seniority + engagement type + place (pulled to a line through income) + year + kind +
publisher. Every effect is pulled toward nothing unless data hold it away (Gaussian random effects, one solve
of a linear system). Deterministic, numpy only.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rolematcher.pay.observation import ROLES
from rolematcher.pay.places import Place
from rolematcher.pay.points import Point

Effect = tuple[str, str]
Array = NDArray[np.float64]

SPREAD = {
    "int": 3.0, "role": 0.35, "sen": 0.5, "sen_income": 0.3, "type": 0.8, "type_income": 0.25, "gp": 1.0,
    "gn": 1.0, "year": 0.02, "kind": 0.12, "posted": 0.6, "role_income": 0.15, "role_abroad": 0.15,
    "region": 0.20, "place": 0.22, "group": 0.6, "type_place": 0.20, "role_place": 0.08, "publisher": 0.13,
}  # fmt: skip
"""How far each family of effects may lie from nothing before data have spoken (deviation of the log)."""
NOISE = {"micro": 0.07, "raw": 0.12, "said": 0.20, "ad": 0.30, "house": 0.10, "ratio": 0.06}
"""How far one figure of each class of source lies from its publisher's truth."""
_WITHIN = (1.25 * 0.5) ** 2
_PROXY = 0.15**2
_STEPS = {"junior": -1.0, "mid": 0.0, "senior": 1.0, "lead": 1.6, "all": 0.35}
_GROUPS = {"GLOBAL": 0.0, "EU": 0.0, "OFFSHORE": -1.8, "LATAM": -1.8}
_INCOME_CAP, _BOOKED = 90_000.0, 1.15
"""Booked profits (IE, LU, SG) are not wages: nominal income counts up to 1.15 of the PPP figure."""
BASE_YEAR = 2026
_GROWTH = 0.02
_CONTRACT_SHARE = 0.6
"""How much of a place's distance from its income line its contractors share: their rates differ less by
country than salaries do. Chosen of 1.0, 0.6 and 0.3 by bias and errors of the country left out."""


@dataclass(frozen=True)
class Incomes:
    """Income per head of every place, as the logarithm of its ratio to the United States."""

    ppp: dict[str, float]
    nominal: dict[str, float]
    region: dict[str, str]


@dataclass(frozen=True)
class Fit:
    """The fitted effects with their covariance, and the incomes they were fitted with."""

    index: dict[Effect, int]
    effects: Array
    covariance: Array
    incomes: Incomes


def incomes_of(places: Collection[Place]) -> Incomes:
    """The incomes the model draws its lines through."""
    ppp = {one.code: math.log(min(one.gdp_ppp, _INCOME_CAP)) for one in places}
    booked = {one.code: math.log(min(one.gdp_nominal, _BOOKED * one.gdp_ppp, _INCOME_CAP)) for one in places}
    return Incomes(
        {code: value - ppp["US"] for code, value in ppp.items()},
        {code: value - booked["US"] for code, value in booked.items()},
        {one.code: one.region for one in places},
    )


def parts_of(point: Point, incomes: Incomes) -> Iterator[tuple[Effect, float]]:
    """The effects a point is the sum of, each with its factor."""
    if point.against:
        for role, sign in ((point.role, 1.0), (point.against, -1.0)):
            yield ("role", role), sign
            yield ("role_place", f"{point.place}|{role}"), sign
        return
    place, kind = point.place, point.engagement_type
    income = incomes.nominal.get(place, _GROUPS.get(place, 0.0))
    step = _STEPS[point.seniority]
    yield ("int", ""), 1.0
    mixed = point.role == "ai_ml_engineer"
    for role in ("ai_engineer", "ml_engineer") if mixed else (point.role,):
        yield ("role", role), 0.5 if mixed else 1.0
    yield ("sen", point.seniority), 1.0
    yield ("sen_income", "down"), income * min(step, 0.0)
    yield ("sen_income", "up"), income * max(step, 0.0)
    yield ("type", kind), 1.0
    yield ("type_income", kind), income
    share = _CONTRACT_SHARE if kind == "contract" else 1.0
    yield ("gp", ""), incomes.ppp.get(place, 0.0)
    yield ("gn", ""), incomes.nominal.get(place, 0.0)
    yield ("year", ""), point.year - BASE_YEAR
    yield ("posted" if point.kind == "posted_budget" else "kind", point.kind), 1.0
    yield ("group" if place in _GROUPS else "place", place), share
    yield ("type_place", f"{place}|{kind}"), 1.0
    yield ("role_place", f"{place}|{point.role}"), 1.0
    yield ("publisher", point.publisher), 1.0
    if point.role in ROLES or mixed:
        yield ("role_income", ""), income
        yield ("role_abroad", ""), float(place != "US")
    if place in incomes.region:
        yield ("region", incomes.region[place]), share


_NO_EFFECT = {
    ("role", "software_developer"), ("sen", "mid"), ("type", "permanent"), ("type_income", "permanent"),
    ("kind", "base_pay"), ("kind", "rate"),
}  # fmt: skip


def _has_effect(effect: Effect) -> bool:
    family, name = effect
    if family == "type_place":
        return not name.endswith("|permanent")
    if family == "role_place":
        return name.split("|")[1] in ROLES
    return effect not in _NO_EFFECT


def matrix_of(points: Sequence[Point], index: dict[Effect, int], incomes: Incomes) -> Array:
    """A row for every point; effects without a column are left out."""
    matrix = np.zeros((len(points), len(index)))
    for row, point in enumerate(points):
        for effect, factor in parts_of(point, incomes):
            if effect in index:
                matrix[row, index[effect]] += factor
    return matrix


def noise_of(points: Sequence[Point]) -> Array:
    """The variance of every point: its source's, its sample's, and more for a neighbouring occupation."""
    return np.array(
        [NOISE[p.source] ** 2 + _WITHIN / max(p.n, 1.0) + (_PROXY if p.proxy else 0.0) for p in points]
    )


def fit_points(points: Sequence[Point], incomes: Incomes) -> Fit:
    """The model of the points: a column for every effect of theirs, all solved at once."""
    effects = {effect for point in points for effect, _ in parts_of(point, incomes) if _has_effect(effect)}
    index = {effect: column for column, effect in enumerate(sorted(effects))}
    prior = 1 / np.array([SPREAD[family] ** 2 for family, _ in index])
    toward = np.array([_GROWTH if family == "year" else 0.0 for family, _ in index])
    matrix = matrix_of(points, index, incomes)
    weighted = matrix / noise_of(points)[:, None]
    covariance = np.asarray(np.linalg.inv(matrix.T @ weighted + np.diag(prior)), dtype=np.float64)
    log_pay = np.array([point.log_pay for point in points])
    return Fit(index, covariance @ (weighted.T @ log_pay + prior * toward), covariance, incomes)


def predict(fit: Fit, points: Sequence[Point]) -> tuple[Array, Array]:
    """Middle and standard deviation of what a new publisher would say of each cell, on the log."""
    matrix = matrix_of(points, fit.index, fit.incomes)
    middle = matrix @ fit.effects
    variance = np.sum((matrix @ fit.covariance) * matrix, axis=1)
    variance += np.array([_unseen(point, fit) for point in points])
    return middle, np.sqrt(variance + SPREAD["publisher"] ** 2 + noise_of(points))


def _unseen(point: Point, fit: Fit) -> float:
    """The whole prior variance of the effects of a cell that no data have spoken to."""
    return sum(
        SPREAD[effect[0]] ** 2 * factor**2
        for effect, factor in parts_of(point, fit.incomes)
        if effect[0] != "publisher" and _has_effect(effect) and effect not in fit.index
    )
