"""Everything on file in one bundle that never changes: observations, facts, dues, exchange, model."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from copy import copy
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from rolematcher.pay.dues import Due
from rolematcher.pay.exchange import Exchange, ExchangeTable
from rolematcher.pay.facts import Fact, Ratio, fact_read
from rolematcher.pay.observation import Observation, observation_read
from rolematcher.pay.places import Place
from rolematcher.pay.release import Release, release_read
from rolematcher.pay.report import FactSource, PastPay, Transparency
from rolematcher.pay.weights import DEFAULT, Weights
from rolematcher.values.frozen import Frozen

DATA = Path(__file__).resolve().parent.parent / "data"
Row = TypeVar("Row")
Key = TypeVar("Key")
Record = TypeVar("Record", bound=Frozen)


class Licence(Frozen):
    """A data set the product's figures rest on: who, what, when, under which licence, where."""

    publisher: str
    what: str
    date: str
    licence: str
    link: str = ""


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
        past_pay: Iterable[PastPay] = (),
        sourced_only: bool = False,
    ) -> None:
        self.all = tuple(observations)
        self.observations = _grouped(self.all, lambda row: (row.role, row.place, row.engagement_type))
        self.facts, self.ratios = tuple(facts), tuple(ratios)
        self.dues = _grouped(dues, lambda due: due.country)
        self.exchange = exchange or ExchangeTable()
        self.weights, self.release, self.sourced_only = weights, release, sourced_only
        self.places = {place.code: place for place in places}
        self.transparency, self.past_pay = tuple(transparency), tuple(past_pay)

    def rows(self, role: str, place: str, engagement_type: str) -> tuple[Observation, ...]:
        """The observations of one cell."""
        return self.observations.get((role, place, engagement_type), ())

    def replaced(
        self,
        *,
        observations: Iterable[Observation] | None = None,
        facts: Iterable[Fact] | None = None,
        exchange: ExchangeTable | None = None,
        weights: Weights | None = None,
        release: Release | None = None,
        sourced_only: bool | None = None,
    ) -> Figures:
        """The bundle with some of its parts instead of its own."""
        changed = copy(self)
        if observations is not None:
            changed.all = tuple(observations)
            changed.observations = _grouped(
                changed.all, lambda row: (row.role, row.place, row.engagement_type)
            )
        changed.facts = self.facts if facts is None else tuple(facts)
        changed.exchange = exchange or self.exchange
        changed.weights = weights or self.weights
        changed.release = release or self.release
        changed.sourced_only = self.sourced_only if sourced_only is None else sourced_only
        return changed


def _grouped(rows: Iterable[Row], key: Callable[[Row], Key]) -> dict[Key, tuple[Row, ...]]:
    groups: dict[Key, list[Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return {name: tuple(found) for name, found in groups.items()}


def rows_packaged(name: str) -> list[dict[str, str]]:
    """The rows of one packaged CSV file, such as "pay/fx.csv"."""
    with (DATA / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def records_packaged(kind: type[Record], name: str) -> list[Record]:
    """The rows of one packaged CSV file as records; an empty cell is the record's default."""
    return [
        kind.model_validate({column: value for column, value in row.items() if value})
        for row in rows_packaged(name)
    ]


@lru_cache(maxsize=1)
def figures_packaged() -> Figures:
    """The figures the product ships, read once."""
    return Figures(
        [observation_read(row) for row in rows_packaged("pay/observations.csv")],
        facts=[fact_read(row) for row in rows_packaged("facts.csv")],
        ratios=records_packaged(Ratio, "pay/ratios.csv"),
        dues=records_packaged(Due, "pay/dues.csv"),
        exchange=ExchangeTable(per_dollar=records_packaged(Exchange, "pay/fx.csv")),
        release=release_packaged(),
        places=records_packaged(Place, "pay/macro.csv"),
        transparency=[transparency_read(row) for row in rows_packaged("pay/transparency.csv")],
        past_pay=records_packaged(PastPay, "pay/past_pay.csv"),
    )


def release_packaged() -> Release | None:
    """The release that the product ships; None where the files are not there."""
    paths = [DATA / "pay" / name for name in ("modelled.csv", "release.json", "backtest.csv")]
    if not all(path.exists() for path in paths):
        return None
    table, card, tested = (path.read_text(encoding="utf-8") for path in paths)
    return release_read(table, card, tested)


def licences_packaged() -> list[Licence]:
    """Whose data the product ships, and under which licence."""
    return records_packaged(Licence, "pay/sources.csv")


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
