"""Everything on file in one bundle that never changes: observations, facts, dues, exchange, model."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TypeVar

from rolematcher.pay.dues import Due
from rolematcher.pay.exchange import Exchange, ExchangeTable
from rolematcher.pay.facts import Fact, Ratio
from rolematcher.pay.observation import Observation, observation_read
from rolematcher.pay.places import Place, country_of
from rolematcher.pay.release import FILES, ModelledCell, Release, release_read
from rolematcher.pay.report import PastPay, Transparency
from rolematcher.pay.weights import DEFAULT, Weights
from rolematcher.values.frozen import Frozen

DATA = Path(__file__).resolve().parent.parent / "data"
Row = TypeVar("Row")
Key = TypeVar("Key")
Record = TypeVar("Record", bound=Frozen)


@dataclass(frozen=True, eq=False)
class Figures:
    """What estimates are made from. Never changed once made: a new observation makes a new bundle.

    `sourced_only` is a house's wish to see no modelled figure as the estimate.
    """

    all: Sequence[Observation]
    release: Release
    facts: Sequence[Fact] = ()
    ratios: Sequence[Ratio] = ()
    dues: Mapping[str, Sequence[Due]] = field(default_factory=dict)
    exchange: ExchangeTable = field(default_factory=ExchangeTable)
    weights: Weights = DEFAULT
    places: Mapping[str, Place] = field(default_factory=dict)
    transparency: Sequence[Transparency] = ()
    past_pay: Sequence[PastPay] = ()
    sourced_only: bool = False

    @cached_property
    def observations(self) -> dict[tuple[str, str, str], list[Observation]]:
        """The observations by cell: role, place and engagement type."""
        return _grouped(self.all, lambda row: (row.role, row.place, row.engagement_type))

    def rows(self, role: str, place: str, engagement_type: str) -> Sequence[Observation]:
        """The observations of one cell."""
        return self.observations.get((role, place, engagement_type), ())

    def modelled(self, role: str, place: str, engagement_type: str, seniority: str) -> ModelledCell | None:
        """What the release says of a cell of a place's country, shown or not; None without income."""
        key = (country_of(place), role, engagement_type, seniority)
        return self.release.cells.get(key)


def _grouped(rows: Iterable[Row], key: Callable[[Row], Key]) -> dict[Key, list[Row]]:
    groups: dict[Key, list[Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups


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
        all=[observation_read(row) for row in rows_packaged("pay/observations.csv")],
        release=release_read(*((DATA / "pay" / name).read_text(encoding="utf-8") for name in FILES)),
        facts=records_packaged(Fact, "facts.csv"),
        ratios=records_packaged(Ratio, "pay/ratios.csv"),
        dues=_grouped(records_packaged(Due, "pay/dues.csv"), lambda due: due.country),
        exchange=ExchangeTable(per_dollar=records_packaged(Exchange, "pay/fx.csv")),
        places={place.code: place for place in records_packaged(Place, "pay/macro.csv")},
        transparency=records_packaged(Transparency, "pay/transparency.csv"),
        past_pay=records_packaged(PastPay, "pay/past_pay.csv"),
    )
