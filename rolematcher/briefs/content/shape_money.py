"""What a brief says about money: finished sentences about rates, budget and cost. See `shape`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A short label and what it says."""

    label: str
    words: str


@dataclass(frozen=True, slots=True)
class RoleRate:
    """One role's figure: range in words, grade, what it rests on; `figure` says so where there is none."""

    role: str
    name: str
    recommended: bool
    figure: str
    typical: str
    kind: str
    grade: str
    grade_words: str
    rests_on: str
    notes: tuple[str, ...]
    formula: str
    budget: str


@dataclass(frozen=True, slots=True)
class SourceFigure:
    """What one source says, each role's figure beside its name."""

    publisher: str
    title: str
    url: str
    date: str
    stale: bool
    figures: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """The sources that play the same part in the figures, and what that part is."""

    why: str
    rows: tuple[SourceFigure, ...]


@dataclass(frozen=True, slots=True)
class Rates:
    """Rates and budget: market, the chart, each role's figure, the budget's verdict and ways out.

    Where the role has no figure, `on_file` names the nearest ones there are; `undrawn` says why the budget is
    not in the chart; `usual_unit` is that of every source's figure that names none.
    """

    market: str
    missing: str
    chart: str
    legend: tuple[Line, ...]
    undrawn: str
    own: RoleRate | None
    on_file: tuple[Line, ...]
    roles: tuple[RoleRate, ...]
    budget_set: bool
    budget: str
    budget_steps: str
    verdict: str
    verdict_id: str
    unit: str
    usual_unit: str
    ways_out: tuple[Line, ...]
    groups: tuple[FigureGroup, ...]
    weights: tuple[str, ...]
    newest: str


@dataclass(frozen=True, slots=True)
class CostLine:
    """A line of the cost table; the total has no source."""

    name: str
    amount: str
    source: str
    total: bool = False


@dataclass(frozen=True, slots=True)
class Cost:
    """What the engagement costs in all, over which time, and what is not in it."""

    period: str
    lines: tuple[CostLine, ...]
    not_included: tuple[str, ...]
    notes: tuple[str, ...]
    empty: str
