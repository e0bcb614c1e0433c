"""The estimate for one cell of the market: its observations and a day in, figure, grade and every source out.

Kinds, currencies and units are never mixed in one figure; who votes is decided in `votes`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from math import lcm

from rolematcher.engine.money.dated import date_earliest
from rolematcher.engine.money.money import rounded, step_of
from rolematcher.engine.money.observation import Observation
from rolematcher.engine.money.triple import Triple
from rolematcher.engine.money.votes import (
    VOTES,
    Source,
    headline,
    in_order,
    parts_of,
    quiet_part,
    source_of,
    speakers_of,
)
from rolematcher.engine.money.weights import DEFAULT, Weights

SOURCED, DERIVED, NONE = "sourced", "derived", "none"


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a cell pays or costs, how good the figure is, and what it rests on.

    `status` is sourced, derived (one step, `formula`) or none. Amounts are per `unit` in `currency`.
    `spread` is the highest counted source over the lowest; `span_low` and `span_high` their outer figures.
    """

    role: str
    region: str
    engagement: str
    seniority: str
    status: str = NONE
    kind: str = ""
    currency: str = ""
    unit: str = ""
    figures: Triple | None = None
    grade: str = ""
    publishers: int = 0
    spread: Decimal | None = None
    span_low: Decimal | None = None
    span_high: Decimal | None = None
    oldest: str = ""
    newest: str = ""
    stale: bool = False
    stands_in: bool = False
    sources: tuple[Source, ...] = ()
    formula: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def counted(self) -> tuple[Source, ...]:
        """The sources that make the spread and that a budget is compared with."""
        return tuple(source for source in self.sources if source.counted)

    @property
    def has_figure(self) -> bool:
        """Whether there is a figure at all, sourced or derived."""
        return self.figures is not None


def cell_estimate(
    rows: Sequence[Observation],
    *,
    cell: tuple[str, str, str],
    seniority: str,
    on: date,
    weights: Weights = DEFAULT,
    rounding: bool = True,
) -> Estimate:
    """The estimate of one cell at one level from its rows on a day; status "none" where no row can speak.

    `rows` may hold other levels; only those of `seniority` dated no later than `on` are read.
    """
    role, region, engagement = cell
    empty = Estimate(role, region, engagement, seniority)
    known = [row for row in rows if row.seniority == seniority and row.cell == cell and row.day <= on]
    speakers, stands_in = speakers_of(known)
    if not speakers:
        shown = [source_of(row, *quiet_part(row), on=on, weights=weights) for row in known]
        return replace(empty, sources=in_order(shown))
    kind, currency, unit = headline(speakers, engagement)
    sources = parts_of(known, speakers, (kind, currency, unit), stands_in, on=on, weights=weights)
    votes = [source for source in sources if source.part == VOTES]
    counted = [source for source in sources if source.counted]
    figures = _middle(votes)
    if rounding and len(votes) > 1:
        figures = _rounded(figures, unit, votes)
    spread = max(s.figures.typical for s in counted) / min(s.figures.typical for s in counted)
    dates = sorted(
        (source.observation.as_of for source in counted), key=lambda text: (date_earliest(text), text)
    )
    return replace(
        empty,
        status=SOURCED,
        kind=kind,
        currency=currency,
        unit=unit,
        figures=figures,
        grade="D" if stands_in else grade_of(len(votes), spread),
        publishers=len(votes),
        spread=spread,
        span_low=min(source.figures.low for source in counted),
        span_high=max(source.figures.high for source in counted),
        oldest=dates[0],
        newest=dates[-1],
        stale=all(vote.stale for vote in votes),
        stands_in=stands_in,
        sources=in_order(sources),
    )


def grade_of(publishers: int, spread: Decimal) -> str:
    """How good a figure is: A three publishers that agree, B two or some spread, C one or far apart."""
    if publishers < 2 or spread > 2:
        return "C"
    return "A" if publishers >= 3 and spread < Decimal("1.5") else "B"


def weighted_middle(values: Iterable[tuple[Decimal, int]]) -> Decimal:
    """The weighted lower median: the smallest value that at least half of the weight does not exceed."""
    ordered = sorted(values)
    total = sum(weight for _, weight in ordered)
    reached = 0
    for value, weight in ordered:
        reached += weight
        if 2 * reached >= total:
            return value
    raise ValueError("no values")


def _middle(votes: list[Source]) -> Triple:
    """The weighted lower median of lows, of typicals and of highs: in order, each a figure of a source."""
    totals = [source.weight.total for source in votes if source.weight]
    # Whole numbers in the same proportion: exact like the fractions, and quick to add.
    common = lcm(*(total.denominator for total in totals))
    whole = [total.numerator * (common // total.denominator) for total in totals]
    columns = zip(*(source.figures for source in votes), strict=True)
    return Triple(*(weighted_middle(zip(column, whole, strict=True)) for column in columns))


def _rounded(figures: Triple, unit: str, votes: list[Source]) -> Triple:
    """Each figure to the unit's step, but never past the sources' own figures; else all as they are."""
    step = step_of(unit, figures.low)
    result = []
    for position, amount in enumerate(figures):
        theirs = [source.figures[position] for source in votes]
        near = rounded(amount, step)
        if near > max(theirs):
            near -= step
        elif near < min(theirs):
            near += step
        if not min(theirs) <= near <= max(theirs):
            return figures
        result.append(near)
    return Triple(*result)
