"""Where there is a figure and what it is. In: figures. Out: places by role and engagement type."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rolematcher.pay.figures import Figures
from rolematcher.pay.market import WORLDWIDE, Market
from rolematcher.pay.observation import ENGAGEMENT_TYPES, GROUPS, ROLES
from rolematcher.pay.report import Estimate
from rolematcher.values.places import COUNTRIES
from rolematcher.web.names import place_name
from rolematcher.web.spreadsheets import csv_lines

LOCAL = tuple(kind for kind in ENGAGEMENT_TYPES if kind not in WORLDWIDE)
"""Engagement types that are priced by place."""
STATUSES = ("sourced", "old", "derived", "modelled", "none")
"""What a cell can be; old is sourced from figures that are all over their best age."""


@dataclass(frozen=True, slots=True)
class Covered:
    """One cell: its status, its estimate, and how many observations of all seniorities are on file."""

    status: str
    estimate: Estimate
    observations: int


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One place with its cells, role by role and in each the engagement types."""

    place: str
    name: str
    cells: tuple[Covered, ...]

    @property
    def on_file(self) -> int:
        """How many observations there are of the place."""
        return sum(cell.observations for cell in self.cells)

    @property
    def oldest(self) -> str:
        """The date of the cell whose newest figure is the oldest; "" where nothing is on file."""
        dates = [cell.estimate.newest for cell in self.cells if cell.observations and cell.estimate.newest]
        return min(dates, default="")


@dataclass(frozen=True, slots=True)
class Coverage:
    """Places that are priced by themselves, and what is priced worldwide."""

    on: date
    rows: tuple[CoverageRow, ...]
    worldwide: tuple[CoverageRow, ...]

    @property
    def cells(self) -> list[Covered]:
        """All cells, place by place."""
        return [cell for row in (*self.rows, *self.worldwide) for cell in row.cells]

    @property
    def counts(self) -> dict[str, int]:
        """How many cells have each status."""
        found = Counter(cell.status for cell in self.cells)
        return {status: found[status] for status in STATUSES}


def rates_coverage(figures: Figures, *, on: date) -> Coverage:
    """The coverage of the figures on a day; places by name."""
    market = Market(figures, on)
    groups = sorted({place for _role, place, _kind in figures.observations if place in GROUPS})
    local = [place for place in (*COUNTRIES, *groups) if place not in ("GLOBAL", "OFFSHORE")]
    rows = sorted((_row(market, place, LOCAL) for place in local), key=lambda row: (row.name, row.place))
    return Coverage(on, tuple(rows), (_row(market, "GLOBAL", tuple(WORLDWIDE)),))


def _row(market: Market, place: str, kinds: tuple[str, ...]) -> CoverageRow:
    cells = tuple(_covered(market, role, place, kind) for role in ROLES for kind in kinds)
    return CoverageRow(place, place_name(place), cells)


def _covered(market: Market, role: str, at: str, engagement_type: str) -> Covered:
    place = WORLDWIDE.get(engagement_type, at)
    found = market.estimate(role, place, engagement_type)
    status = "old" if found.status == "sourced" and found.stale else found.status
    return Covered(status, found, len(market.figures.rows(role, place, engagement_type)))


COLUMNS = (
    *("place", "place_name", "role", "engagement_type", "status", "grade", "low", "typical", "high"),
    *("currency", "unit", "publishers", "observations", "newest"),
)


def coverage_csv(coverage: Coverage) -> str:
    """The cells as a CSV file, each with its status."""
    return "".join(csv_lines(COLUMNS, ([*cell_values(cell).values()] for cell in coverage.cells)))


def cell_values(cell: Covered) -> dict[str, str | int]:
    """One cell by the columns of the CSV file."""
    place = place_name(cell.estimate.place)
    own = {"place_name": place, "status": cell.status, "observations": cell.observations}
    return {name: _plain(own[name] if name in own else getattr(cell.estimate, name)) for name in COLUMNS}


def _plain(value: object) -> str | int:
    if isinstance(value, int):
        return value
    return f"{value:f}" if isinstance(value, Decimal) else str(value or "")
