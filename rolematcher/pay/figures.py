"""Everything on file in one bundle that never changes: observations, facts, dues, exchange, model."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from rolematcher.pay.dated import date_earliest
from rolematcher.pay.dues import Due, due_read
from rolematcher.pay.exchange import Exchange, ExchangeTable
from rolematcher.pay.facts import Fact, Ratio, fact_read, ratio_read
from rolematcher.pay.observation import Observation, observation_read
from rolematcher.pay.places import Place
from rolematcher.pay.release import Release, release_read
from rolematcher.pay.report import FactSource, Transparency
from rolematcher.pay.weights import DEFAULT, Weights
from rolematcher.values.frozen import Frozen

DATA = Path(__file__).resolve().parent.parent / "data"
Cell = tuple[str, str, str]
"""Role, place, engagement type."""


class Licence(Frozen):
    """A data set the product's figures rest on: who, what, when, under which licence, where."""

    publisher: str
    what: str
    date: str
    licence: str
    link: str


class Figures:
    """What estimates are made from. Never changed once made: a new observation makes a new bundle.

    `sourced_only` is a house's wish to see no modelled figure as the estimate.
    """

    def __init__(
        self,
        observations: Iterable[Observation] = (),
        *,
        facts: Iterable[Fact] = (),
        ratios: Iterable[Ratio] = (),
        dues: Iterable[Due] = (),
        exchange: ExchangeTable | None = None,
        weights: Weights = DEFAULT,
        release: Release | None = None,
        places: Iterable[Place] = (),
        transparency: Iterable[Transparency] = (),
        sourced_only: bool = False,
    ) -> None:
        self.observations: dict[Cell, tuple[Observation, ...]] = _by_cell(observations)
        self.facts, self.ratios = tuple(facts), tuple(ratios)
        self.dues: dict[str, tuple[Due, ...]] = _by_country(dues)
        self.exchange = exchange or ExchangeTable()
        self.weights, self.release, self.sourced_only = weights, release, sourced_only
        self.places = {place.code: place for place in places}
        self.transparency = tuple(transparency)

    def rows(self, role: str, place: str, engagement_type: str) -> tuple[Observation, ...]:
        """The observations of one cell."""
        return self.observations.get((role, place, engagement_type), ())

    def with_observations(self, more: Iterable[Observation], *, instead: bool = False) -> Figures:
        """The bundle with further observations, or with these instead of its own."""
        own = [] if instead else [row for rows in self.observations.values() for row in rows]
        return self.replaced(observations=[*own, *more])

    def replaced(
        self,
        *,
        observations: Sequence[Observation] | None = None,
        exchange: ExchangeTable | None = None,
        weights: Weights | None = None,
        release: Release | None = None,
        sourced_only: bool | None = None,
    ) -> Figures:
        """The bundle with some of its parts changed."""
        own = [row for rows in self.observations.values() for row in rows]
        return Figures(
            own if observations is None else observations,
            facts=self.facts,
            ratios=self.ratios,
            dues=[due for dues in self.dues.values() for due in dues],
            exchange=exchange or self.exchange,
            weights=weights or self.weights,
            release=release or self.release,
            places=self.places.values(),
            transparency=self.transparency,
            sourced_only=self.sourced_only if sourced_only is None else sourced_only,
        )


def _by_cell(observations: Iterable[Observation]) -> dict[Cell, tuple[Observation, ...]]:
    cells: dict[Cell, list[Observation]] = {}
    for row in observations:
        cells.setdefault((row.role, row.place, row.engagement_type), []).append(row)
    return {cell: tuple(rows) for cell, rows in cells.items()}


def _by_country(dues: Iterable[Due]) -> dict[str, tuple[Due, ...]]:
    countries: dict[str, list[Due]] = {}
    for due in dues:
        countries.setdefault(due.country, []).append(due)
    return {country: tuple(found) for country, found in countries.items()}


def rows_packaged(name: str) -> list[dict[str, str]]:
    """The rows of one packaged CSV file, such as "pay/fx.csv"."""
    with (DATA / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@lru_cache(maxsize=1)
def figures_packaged() -> Figures:
    """The figures the product ships, read once."""
    return Figures(
        [observation_read(row) for row in rows_packaged("pay/observations.csv")],
        facts=[fact_read(row) for row in rows_packaged("facts.csv")],
        ratios=[ratio_read(row) for row in rows_packaged("pay/ratios.csv")],
        dues=[due_read(row) for row in rows_packaged("pay/dues.csv")],
        exchange=ExchangeTable(per_dollar=exchange_packaged()),
        release=release_packaged(),
        places=places_packaged(),
        transparency=[transparency_read(row) for row in rows_packaged("pay/transparency.csv")],
    )


def exchange_packaged() -> list[Exchange]:
    """The packaged rate of every currency to the dollar."""
    return [
        Exchange(
            base="USD",
            quote=row["currency"],
            rate=Decimal(row["per_usd"]),
            on=date_earliest(row["as_of"]),
            publisher=row["source"],
        )
        for row in rows_packaged("pay/fx.csv")
    ]


def places_packaged() -> list[Place]:
    """Incomes of the places the model knows."""
    return [
        Place(
            code=row["iso2"],
            region=row["region"],
            gdp_ppp=float(row["gdp_pc_ppp"]),
            gdp_nominal=float(row["gdp_pc_nominal"] or float(row["gdp_pc_ppp"]) / 2),
            price_level=float(row["price_level"] or 0),
        )
        for row in rows_packaged("pay/macro.csv")
    ]


def release_packaged() -> Release | None:
    """The release that the product ships; None where the files are not there."""
    paths = [DATA / "pay" / name for name in ("modelled.csv", "release.json", "backtest.csv")]
    if not all(path.exists() for path in paths):
        return None
    table, card, tested = (path.read_text(encoding="utf-8") for path in paths)
    return release_read(table, card, tested)


def licences_packaged() -> list[Licence]:
    """Whose data the product ships, and under which licence."""
    return [Licence.model_validate(row) for row in rows_packaged("pay/sources.csv")]


def transparency_read(row: dict[str, str]) -> Transparency:
    """A pay-transparency rule from a row of our own file."""
    return Transparency(
        place=row["place"],
        since=row["since"],
        employer_size=row["employer_size"],
        must_state=row["must_state"],
        in_force=False,
        source=FactSource(publisher=row["publisher"], url=row["url"], as_of=row["as_of"]),
    )
