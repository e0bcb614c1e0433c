"""A CSV file of rates beside those on file: rows in; what is new, changed, same or refused out.

In small memory: sixteen bytes stand for a row, and rows worth writing go into a spool on disk.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import IO, Any, BinaryIO

from django.utils.translation import gettext as _

from rolematcher.engine.amounts import amount_text
from rolematcher.engine.errors import FigureError
from rolematcher.engine.money.observation import COLUMNS, Observation, observation_read, observation_row

from .file import rows_of
from .models import RateObservation

KEY = ("role", "region", "engagement", "seniority", "currency", "unit", "kind", "publisher", "title", "as_of")
"""What makes two rows the same observation; the other columns are what it says."""
REST = tuple(column for column in COLUMNS if column not in KEY)
AMOUNTS = ("low", "typical", "high")

MOST_FAULTS = 1_000
"""Reading stops after so many refused rows: the file needs mending, not more lines of the same."""
FAULTS_A_ROW = 6
STANDS_IN = {
    "role": "ai_engineer", "region": "US", "engagement": "permanent", "seniority": "all",
    "currency": "USD", "unit": "year", "kind": "base_pay", "statistic": "median",
    "low": "", "typical": "1", "high": "", "publisher": "x", "interest": "recruiter", "title": "x",
    "url": "", "as_of": "2026", "sample": "", "proxy": "no", "note": "",
}  # fmt: skip
"""For each column something that is right, so that a row's other faults are found beside its first."""

SHOWN = 50
CHUNK = 2_000

Progress = Callable[[int], None]
"""Told now and then the number of the row that is being read, then of the row that was written."""


@dataclass(frozen=True, slots=True)
class RowFault:
    """Why a row is refused: its number in the file, the column, and what to do."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        return (
            f"row {self.row}, {self.column}: {self.message}"
            if self.column
            else f"row {self.row}: {self.message}"
        )


@dataclass(frozen=True, slots=True)
class Change:
    """A row that is on file already and would say something else: column, before and after."""

    row: int
    publisher: str
    cell: str
    changes: tuple[tuple[str, str, str], ...]


@dataclass(slots=True)
class Preview:
    """What an import would do, or did where `saved`. `stopped`: too many faults to read on."""

    new: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0
    faults: list[RowFault] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    stopped: bool = False
    saved: bool = False

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """New, changed, same and refused."""
        return self.new, self.changed, self.same, self.refused


def rates_compared(file: BinaryIO, spool: IO[str], progress: Progress | None) -> Preview:
    """Compare every row with what is on file; good rows that say something new go into the spool."""
    on_file: dict[bytes, tuple[int, bytes]] | None = None
    preview, seen, changed = Preview(), dict[bytes, int](), list[tuple[int, int, Observation]]()
    for number, cells in rows_of(file):
        if progress and number % CHUNK == 0:
            progress(number)
        try:
            observation = _checked(cells)
            values = observation_row(observation)
            key = _digest(values[column] for column in KEY)
            if key in seen:
                raise FigureError("", _("repeats row %(row)s. Remove one of the two.") % {"row": seen[key]})
        except FigureError as error:
            preview.refused += 1
            preview.faults += row_faults(number, cells, error)
            if preview.refused >= MOST_FAULTS:
                preview.stopped = True
                break
            continue
        seen[key] = number
        if on_file is None:  # read only once a good row shows that the file is worth it
            on_file = {_key(row): (row[0], _rest(row[1:])) for row in _rows_on_file()}
        known = on_file.get(key)
        if known and known[1] == _digest(values[column] for column in REST):
            preview.same += 1
            continue
        preview.changed += bool(known)
        preview.new += not known
        if known and len(changed) < SHOWN:
            changed.append((number, known[0], observation))
        line = [number, known[0] if known else None, *(values[column] for column in COLUMNS)]
        spool.write(json.dumps(line) + "\n")
    preview.changes = _changes(changed)
    return preview


def row_faults(number: int, cells: dict[str, str] | str, first: FigureError) -> list[RowFault]:
    """Every fault of a refused row: what is wrong is taken as right in turn, and the row read again."""
    faults = [RowFault(number, first.field, first.message)]
    while not isinstance(cells, str) and first.field in STANDS_IN and len(faults) < FAULTS_A_ROW:
        cells = {**cells, first.field: STANDS_IN[first.field]}
        try:
            observation_read(cells)
            break
        except FigureError as error:
            if error.field in {fault.column for fault in faults}:
                break
            faults.append(RowFault(number, error.field, error.message))
            first = error
    return faults


def _checked(cells: dict[str, str] | str) -> Observation:
    if isinstance(cells, str):
        raise FigureError("", cells)
    return observation_read(cells)


def _rows_on_file() -> Iterator[tuple[Any, ...]]:
    return RateObservation.objects.values_list("pk", *KEY, *REST).iterator(chunk_size=CHUNK)


def _key(row: tuple[Any, ...]) -> bytes:
    return _digest(row[1 : 1 + len(KEY)])


def _rest(columns: tuple[Any, ...]) -> bytes:
    return _digest(as_text(value) for value in columns[len(KEY) :])


def _digest(texts: Iterable[str]) -> bytes:
    """Sixteen bytes that stand for some texts: a dictionary of 100,000 rows stays small."""
    return hashlib.blake2b("\x1f".join(texts).encode(), digest_size=16).digest()


def as_text(value: Any) -> str:
    """A column as it stands in the file."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return amount_text(value) if isinstance(value, Decimal) else str(value)


def _changes(changed: list[tuple[int, int, Observation]]) -> list[Change]:
    rows = RateObservation.objects.in_bulk([pk for _number, pk, _observation in changed])
    return [
        Change(
            number,
            observation.publisher,
            ", ".join((*observation.cell, observation.seniority)),
            _differences(rows[pk], observation),
        )
        for number, pk, observation in changed
        if pk in rows
    ]


def _differences(row: RateObservation, observation: Observation) -> tuple[tuple[str, str, str], ...]:
    pairs = (
        (column, as_text(getattr(row, column)), as_text(getattr(observation, column))) for column in REST
    )
    return tuple((column, before, after) for column, before, after in pairs if before != after)
