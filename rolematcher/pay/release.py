"""A release of the model: its texts in, a checked frozen Release out, or why it is refused whole.

The table has one line a cell in dollars an hour, so that a currency's fall never needs a new release.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self, TypeVar

from pydantic import Field, model_validator

from rolematcher.values.frozen import Frozen

WIDEST = Decimal("4.5")
FILES = ("modelled.csv", "release.json", "backtest.csv")
"""The names of the three files of a release."""

Record = TypeVar("Record", bound=Frozen)
Dollars = Annotated[Decimal, Field(gt=0)]
Show = Literal["yes", "income_unknown", "too_wide", "untested"]


class ModelledCell(Frozen):
    """One cell in dollars an hour; `show` is "yes" or why it is not shown; `figures` from this very place."""

    p10: Dollars
    p50: Dollars
    p90: Dollars
    figures: Annotated[int, Field(ge=0)]
    show: Show

    @model_validator(mode="after")
    def ends_in_order(self) -> Self:
        """Refuse ends out of order, and a range that is shown though it says too little."""
        if not self.p10 <= self.p50 <= self.p90:
            raise ValueError("p10, p50 and p90 are not in order")
        if self.show == "yes" and self.p90 / self.p10 > WIDEST:
            raise ValueError(f"shown though the range is wider than {WIDEST}")
        return self


class Tested(Frozen):
    """One line of the back-test; errors, bias and coverage are shares (0.22 is 22 %)."""

    test: str
    slice: str
    n: int
    folds: int
    median_error: Decimal
    p80_error: Decimal
    bias: Decimal
    coverage: Decimal | None
    width: Decimal | None


KEY = ("place", "role", "engagement_type", "seniority")


class Card(Frozen):
    """What a release was made from: day, counts, the table's hash."""

    on: date
    figures: int
    places: int
    publishers: int
    widening: dict[str, float] = {}
    """How much the back-test widens the range of each group, by the test ("publisher contract")."""
    sha256: str = ""


class Release(Frozen):
    """A model release in force: its card, its cells and the table of its back-test."""

    card: Card
    cells: dict[tuple[str, str, str, str], ModelledCell]
    tested: tuple[Tested, ...]

    @property
    def name(self) -> str:
        """The release as it is named in a report: its day and the first letters of its hash."""
        return f"{self.card.on.isoformat()} {self.card.sha256[:8]}"

    def test_of(self, engagement_type: str, *, known_place: bool) -> Tested | None:
        """The back-test that speaks for a cell: with data of its place, or without any."""
        test = "country_and_type" if known_place else "country_without_us"
        slices = {line.slice: line for line in self.tested if line.test == test}
        return slices.get(f"type {engagement_type}") or slices.get("all")


def release_read(table: str, card: str, tested: str) -> Release:
    """The release of three texts (CSV, JSON, CSV).

    Raises ValueError where anything is wrong with any of them: a missing column, a line that is no number, a
    negative, ends out of order, a width over 4.5 that is shown, a double line, or the hash of another table.
    """
    cells: dict[tuple[str, str, str, str], ModelledCell] = {}
    for where, row in _rows(table, FILES[0]):
        place, role, kind, seniority = (row.pop(name, "") for name in KEY)
        if (place, role, kind, seniority) in cells:
            raise ValueError(f"{where} repeats a cell.")
        cells[(place, role, kind, seniority)] = _read(ModelledCell, row, where)
    made = Card.model_validate_json(card)
    if made.sha256 != table_hash(table):
        raise ValueError(f"{FILES[0]} is not the table that {FILES[1]} describes.")
    lines = tuple(_read(Tested, row, where) for where, row in _rows(tested, FILES[2]))
    return Release(card=made, cells=cells, tested=lines)


def table_hash(table: str) -> str:
    """What identifies a table, whatever line ends it was stored with."""
    return hashlib.sha256(table.replace("\r\n", "\n").encode()).hexdigest()


def release_texts(release: Release) -> tuple[str, str, str]:
    """The three texts that read back as this release; the card gets the table's hash."""
    cells = ((*key, *_texts(cell)) for key, cell in sorted(release.cells.items()))
    table = _csv((*KEY, *ModelledCell.model_fields), cells)
    tested = _csv(Tested.model_fields, map(_texts, release.tested))
    card = release.card.replaced(sha256=table_hash(table))
    return table, json.dumps(card.model_dump(mode="json"), indent=1) + "\n", tested


def _rows(text: str, file: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Each line with where it stands."""
    for number, row in enumerate(csv.DictReader(io.StringIO(text)), 2):
        yield f"Line {number} of {file}", row


def _read(kind: type[Record], row: dict[str, str], where: str) -> Record:
    """A line as a record; an empty cell is None."""
    try:
        return kind.model_validate({name: value or None for name, value in row.items()})
    except ValueError as wrong:
        raise ValueError(f"{where}: {wrong}") from None


def _texts(record: Frozen) -> list[str]:
    """The parts of a record as a line of the table has them."""
    parts = record.model_dump().values()
    return ["" if part is None else f"{part:f}" if isinstance(part, Decimal) else str(part) for part in parts]


def _csv(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([columns, *rows])
    return text.getvalue()
