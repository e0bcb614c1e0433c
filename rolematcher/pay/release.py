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
from typing import TypeVar

from rolematcher.pay.messages import say
from rolematcher.values.frozen import Frozen
from rolematcher.values.message import Message, Number

WIDEST = Decimal("4.5")
FILES = ("modelled.csv", "release.json", "backtest.csv")
"""The names of the three files of a release."""
_HIDE = ("yes", "income_unknown", "too_wide", "untested")

Record = TypeVar("Record", bound=Frozen)


class ReleaseRefused(Exception):
    """A release that must not come into force; `message` says which line and why."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.id)
        self.message = message


class ModelledCell(Frozen):
    """One cell in dollars an hour; `show` is "yes" or why it is not shown; `figures` from this very place."""

    p10: Decimal
    p50: Decimal
    p90: Decimal
    figures: int
    show: str


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


CELL_COLUMNS = ("place", "role", "engagement_type", "seniority", *ModelledCell.model_fields)
TEST_COLUMNS = tuple(Tested.model_fields)


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
    """The release of three texts (CSV, JSON, CSV), refused whole where anything is wrong with any of them.

    Raises ReleaseRefused: a missing column, a line that is no number, a negative, ends out of order, a width
    over 4.5 that is shown, a double line, or a hash that is not the table's.
    """
    cells: dict[tuple[str, str, str, str], ModelledCell] = {}
    for number, row in _rows(table, CELL_COLUMNS):
        key = (row["place"], row["role"], row["engagement_type"], row["seniority"])
        if key in cells:
            raise ReleaseRefused(say("release.double", line=number))
        cells[key] = _cell(row, number)
    try:
        made = Card.model_validate_json(card)
    except ValueError:
        raise ReleaseRefused(say("release.card")) from None
    if made.sha256 != table_hash(table):
        raise ReleaseRefused(say("release.hash"))
    lines = tuple(_read(Tested, row, number) for number, row in _rows(tested, TEST_COLUMNS))
    if not cells or not lines:
        raise ReleaseRefused(say("release.empty"))
    return Release(card=made, cells=cells, tested=lines)


def table_hash(table: str) -> str:
    """What identifies a table, whatever line ends it was stored with."""
    return hashlib.sha256(table.replace("\r\n", "\n").encode()).hexdigest()


def release_texts(release: Release) -> tuple[str, str, str]:
    """The three texts that read back as this release; the card gets the table's hash."""
    cells = ((*key, *_texts(cell)) for key, cell in sorted(release.cells.items()))
    table, tested = _csv(CELL_COLUMNS, cells), _csv(TEST_COLUMNS, map(_texts, release.tested))
    card = release.card.replaced(sha256=table_hash(table))
    return table, json.dumps(card.model_dump(mode="json"), indent=1) + "\n", tested


def _rows(text: str, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Each line with its number, its columns and nothing else; empty cells are left out."""
    reader = csv.DictReader(io.StringIO(text))
    missing = [column for column in columns if column not in (reader.fieldnames or ())]
    if missing:
        raise ReleaseRefused(say("release.column", column=missing[0]))
    for number, row in enumerate(reader, 2):
        yield number, {name: row[name] or "" for name in columns}


def _read(kind: type[Record], row: dict[str, str], number: int) -> Record:
    try:
        return kind.model_validate({name: row[name] or None for name in kind.model_fields})
    except ValueError:
        raise ReleaseRefused(say("release.number", line=number)) from None


def _cell(row: dict[str, str], number: int) -> ModelledCell:
    cell = _read(ModelledCell, row | {"show": row["show"] or "?"}, number)
    if not 0 < cell.p10 <= cell.p50 <= cell.p90 or cell.figures < 0:
        raise ReleaseRefused(say("release.order", line=number))
    if cell.show not in _HIDE:
        raise ReleaseRefused(say("release.show", line=number))
    if cell.show == "yes" and cell.p90 / cell.p10 > WIDEST:
        raise ReleaseRefused(say("release.width", line=number, widest=Number(number=WIDEST)))
    return cell


def _texts(record: Frozen) -> list[str]:
    """The parts of a record as a line of the table has them."""
    parts = record.model_dump().values()
    return ["" if part is None else f"{part:f}" if isinstance(part, Decimal) else str(part) for part in parts]


def _csv(columns: tuple[str, ...], rows: Iterable[Iterable[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([columns, *rows])
    return text.getvalue()
