"""A new release of the model: what is on file on a day in, a Release with its back-test out."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import product

from rolematcher.pay.backtest import Z80, Backtest, backtest, widening_of
from rolematcher.pay.figures import Figures, rows_packaged
from rolematcher.pay.model import Incomes, fit_points, incomes_of, predict
from rolematcher.pay.observation import LEVELS, PAYROLL, ROLES, SENIORITIES
from rolematcher.pay.places import PAYROLL_PLACES
from rolematcher.pay.points import Point, points_of, ratio_points
from rolematcher.pay.release import Card, ModelledCell, Release, Show, release_read, release_texts

INCOME_UNKNOWN = frozenset({"CU", "IR", "KP", "SY", "VE"})
"""Where the official currency or income is fiction."""
UNTESTED = frozenset({"AF", "BI", "CF", "ER", "SS", "YE"})
"""Where nobody has seen a contractor's rate and income says nothing about it."""
_ASSUMED_SAMPLE = 15.0
_WIDEST_MADE = 4.48
"""Just under the width a release may show, so that rounding never passes it."""

Key = tuple[str, str, str, str]


def model_fit(figures: Figures, *, on: date, tested: Backtest | None = None) -> Release:
    """The release of a day, fitted to the packaged aggregates and to the observations known on it.

    Where a back-test is at hand it stands for testing anew: a refit then takes well under a second.
    """
    points, incomes = _points(figures, on), incomes_of(figures.places.values())
    tested = tested or model_backtest(figures, on=on)
    card = Card(
        on=on,
        figures=len(points),
        places=len({point.place for point in points}),
        publishers=len({point.publisher for point in points}),
        widening={group: round(value, 4) for group, value in tested.widening.items()},
    )
    table = _table(points, incomes, tested.widening, on)
    return release_read(*release_texts(Release(card=card, cells=table, tested=tested.tested)))


def model_backtest(figures: Figures, *, on: date) -> Backtest:
    """The back-test alone, on what is known on a day."""
    places = figures.places.values()
    return backtest(_points(figures, on), incomes_of(places), places)


def _points(figures: Figures, on: date) -> list[Point]:
    known = [row for row in figures.all if row.day <= on]
    return [*points_of(rows_packaged("pay/cells.csv"), known, figures.exchange), *ratio_points()]


def _table(
    points: Sequence[Point], incomes: Incomes, widening: Mapping[str, float], on: date
) -> dict[Key, ModelledCell]:
    asked = {key: _asked(key, on) for key in _keys(incomes)}
    middles, deviations = predict(fit_points(points, incomes), list(asked.values()))
    counts = Counter(point.place for point in points)
    middle = dict(zip(asked, map(float, middles), strict=True))
    for place, role, kind, seniority in asked:
        if kind == "contract":  # who invoices is never paid less than an employee
            paid = middle[(place, role, "permanent", seniority)]
            middle[(place, role, kind, seniority)] = max(middle[(place, role, kind, seniority)], paid)
    ends = {}
    for (key, point), deviation in zip(asked.items(), deviations, strict=True):
        half = Z80 * float(deviation) * widening_of(widening, point, counts[point.place])
        ends[key] = (middle[key] - half, middle[key] + half)
    return {key: _cell(key, middle, ends[key], counts[key[0]]) for key in asked}


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


def _cell(key: Key, middle: Mapping[Key, float], ends: tuple[float, float], count: int) -> ModelledCell:
    """One line of the table; "all seniorities" reaches from a junior's middle to a senior's where it may."""
    place, role, kind, seniority = key
    low, high = ends
    if seniority == "all":
        low = min(low, middle[(place, role, kind, LEVELS[0])])
        high = max(high, middle[(place, role, kind, LEVELS[-1])])
        over = max(high - low - math.log(_WIDEST_MADE), 0.0)
        low, high = low + over / 2, high - over / 2
    show: Show = "yes"
    if place in INCOME_UNKNOWN:
        show = "income_unknown"
    elif kind == "contract" and place in UNTESTED:
        show = "untested"
    elif math.exp(high - low) > _WIDEST_MADE * 1.0001:
        show = "too_wide"
    p10, p50, p90 = (Decimal(f"{math.exp(log_pay):.4g}") for log_pay in (low, middle[key], high))
    return ModelledCell(p10=p10, p50=p50, p90=p90, figures=count, show=show)
