"""A new release of the model: what is on file on a day in, a Release with its back-test out."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import product

from rolematcher.pay.backtest import Z80, Backtest, backtest, widening_of
from rolematcher.pay.exchange import ExchangeTable
from rolematcher.pay.model import Incomes, fit_points, incomes_of, predict
from rolematcher.pay.observation import LEVELS, PAYROLL, ROLES, SENIORITIES, Observation
from rolematcher.pay.places import PAYROLL_PLACES, Place
from rolematcher.pay.points import Point, points_of, ratio_points
from rolematcher.pay.release import Card, ModelledCell, Release, release_read, release_texts

INCOME_UNKNOWN = frozenset({"CU", "IR", "KP", "SY", "VE"})
"""Where the official currency or income is fiction."""
UNTESTED = frozenset({"AF", "BI", "CF", "ER", "SS", "YE"})
"""Where nobody has seen a contractor's rate and income says nothing about it."""
_ASSUMED_SAMPLE = 15.0
_WIDEST_MADE = 4.48
"""Just under the width a release may show, so that rounding never passes it."""

Key = tuple[str, str, str, str]


def model_fit(
    observations: Iterable[Observation],
    *,
    cells: Sequence[Mapping[str, str]],
    places: Sequence[Place],
    exchange: ExchangeTable,
    on: date,
    like: Release | None = None,
) -> Release:
    """The release of a day, fitted to the aggregates and to the observations known on it.

    `like` gives widening and back-test of an earlier release instead of testing anew: a refit then takes well
    under a second, so that a house's new placements count at once.
    """
    points = [*points_of(cells, [row for row in observations if row.day <= on], exchange), *ratio_points()]
    incomes = incomes_of(places)
    tested = None if like else backtest(points, incomes, places)
    widening = like.card.widening if like else tested.widening if tested else {}
    table = _table(points, incomes, widening, on)
    card = Card(
        on=on,
        figures=len(points),
        places=len({point.place for point in points}),
        publishers=len({point.publisher for point in points}),
        widening={group: round(value, 4) for group, value in widening.items()},
    )
    lines = like.tested if like else tested.tested if tested else ()
    return release_read(*release_texts(Release(card=card, cells=table, tested=lines)))


def model_backtest(
    observations: Iterable[Observation],
    *,
    cells: Sequence[Mapping[str, str]],
    places: Sequence[Place],
    exchange: ExchangeTable,
    on: date,
) -> Backtest:
    """The back-test alone, on what is known on a day."""
    points = [*points_of(cells, [row for row in observations if row.day <= on], exchange), *ratio_points()]
    return backtest(points, incomes_of(places), places)


def _table(
    points: Sequence[Point], incomes: Incomes, widening: Mapping[str, float], on: date
) -> dict[Key, ModelledCell]:
    keys = list(_keys(incomes))
    asked = [_asked(key, on) for key in keys]
    middles, deviations = predict(fit_points(points, incomes), asked)
    counts = Counter(point.place for point in points)
    half = [Z80 * float(sd) * widening_of(widening, point, counts[point.place])
            for sd, point in zip(deviations, asked, strict=True)]  # fmt: skip
    middle = dict(zip(keys, map(float, middles), strict=True))
    for key in keys:
        if key[2] == "contract":  # who invoices is never paid less than an employee
            middle[key] = max(middle[key], middle[(key[0], key[1], "permanent", key[3])])
    ends = {key: (middle[key] - h, middle[key] + h) for key, h in zip(keys, half, strict=True)}
    return {key: _cell(key, middle, ends, counts[key[0]]) for key in keys}


def _keys(incomes: Incomes) -> Iterator[Key]:
    for place in sorted(incomes.nominal):
        kinds = ("permanent", "contract", *((PAYROLL,) if place in PAYROLL_PLACES else ()))
        yield from product((place,), ROLES, kinds, SENIORITIES)


def _asked(key: Key, on: date) -> Point:
    place, role, kind, seniority = key
    return Point(
        role=role,
        place=place,
        engagement_type=kind,
        seniority=seniority,
        kind="base_pay" if kind == "permanent" else "rate",
        year=on.year + (on.month - 1) / 12,
        log_pay=0.0,
        n=_ASSUMED_SAMPLE,
        publisher="",
        source="said",
    )


def _cell(
    key: Key, middle: Mapping[Key, float], ends: Mapping[Key, tuple[float, float]], count: int
) -> ModelledCell:
    """One line of the table; "all seniorities" reaches from a junior's middle to a senior's where it may."""
    place, role, kind, seniority = key
    low, high = ends[key]
    if seniority == "all":
        low = min(low, middle[(place, role, kind, LEVELS[0])])
        high = max(high, middle[(place, role, kind, LEVELS[-1])])
        over = max(high - low - math.log(_WIDEST_MADE), 0.0)
        low, high = low + over / 2, high - over / 2
    show = "yes"
    if place in INCOME_UNKNOWN:
        show = "income_unknown"
    elif kind == "contract" and place in UNTESTED:
        show = "untested"
    elif math.exp(high - low) > _WIDEST_MADE * 1.0001:
        show = "too_wide"
    return ModelledCell(
        p10=_dollars(low), p50=_dollars(middle[key]), p90=_dollars(high), figures=count, show=show
    )


def _dollars(log_pay: float) -> Decimal:
    """Dollars an hour to four figures."""
    return Decimal(f"{math.exp(log_pay):.4g}")
