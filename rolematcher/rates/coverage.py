"""What is on file and what is not: figures in, a matrix of role, place and engagement with its holes out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rolematcher.engine.money.estimate import NONE
from rolematcher.engine.money.estimate_words import figure_words
from rolematcher.engine.money.market import Market
from rolematcher.engine.money.observation import ENGAGEMENTS, ROLES
from rolematcher.web.names import place_name

from .services import Figures


@dataclass(frozen=True, slots=True)
class Covered:
    """One cell of the matrix. `status` is sourced, derived or none; `levels` have a figure of their own."""

    role: str
    region: str
    engagement: str
    status: str
    grade: str
    publishers: int
    observations: int
    newest: str
    stale: bool
    words: str
    levels: tuple[str, ...]

    @property
    def hole(self) -> bool:
        """Nothing to quote here, at any level."""
        return self.status == NONE and not self.levels


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One place and engagement with its three roles."""

    region: str
    region_name: str
    engagement: str
    cells: tuple[Covered, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The matrix: a row per place and engagement that has a figure for at least one role."""

    on: date
    rows: tuple[CoverageRow, ...]

    @property
    def cells(self) -> list[Covered]:
        """All cells, row by row."""
        return [cell for row in self.rows for cell in row.cells]

    @property
    def holes(self) -> int:
        """How many cells have nothing to quote."""
        return sum(cell.hole for cell in self.cells)


def rates_coverage(figures: Figures, *, on: date) -> Coverage:
    """The coverage of the figures on a day."""
    market = Market(
        figures.observations,
        figures.facts,
        on=on,
        weights=figures.weights,
        exchange=figures.exchange,
        places=figures.places,
    )
    pairs = {(region, engagement) for _role, region, engagement in market.index.cells()}
    order = sorted(
        pairs, key=lambda pair: (figures.places.name(pair[0]), pair[0], ENGAGEMENTS.index(pair[1]))
    )
    rows = (
        CoverageRow(
            region,
            place_name(region),
            engagement,
            tuple(_covered(market, role, region, engagement) for role in ROLES),
        )
        for region, engagement in order
    )
    return Coverage(on, tuple(rows))


def _covered(market: Market, role: str, region: str, engagement: str) -> Covered:
    estimate = market.estimate(role, region, engagement)
    return Covered(
        role=role,
        region=region,
        engagement=engagement,
        status=estimate.status,
        grade=estimate.grade,
        publishers=estimate.publishers,
        observations=len(market.index.rows(role, region, engagement)),
        newest=estimate.newest,
        stale=estimate.stale,
        words=figure_words(estimate) if estimate.has_figure else "",
        levels=tuple(market.levels_on_file(role, region, engagement)),
    )
