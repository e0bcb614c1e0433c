"""A file of rates beside those on file: rows in; what is new, changed, same or refused out.

In small memory: sixteen bytes stand for a row, and rows worth writing go into a spool on disk.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import IO, BinaryIO

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict

from rolematcher.pay.figures import Figures
from rolematcher.pay.observation import publisher_identity
from rolematcher.pay.plausible import observation_errors
from rolematcher.values.amounts import amount_text

from .cells import Reading, heads_of, text_of
from .consequences import Consequences
from .models import COLUMNS, KEY, RateObservation
from .pricing import figures_on_file
from .tables import cells_of
from .words import pay_words

REST = tuple(column for column in COLUMNS if column not in KEY)
"""What an observation says; the columns of KEY say which one it is."""
MOST_FAULTS = 1_000
"""Reading stops after so many refused rows: the file needs mending, not more lines of the same."""
SHOWN = 50
CHUNK = 2_000

Progress = Callable[[int], None]
"""Told now and then the number of the row that is being read, then of the row that was written."""
Line = tuple[int, int | None, dict[str, str]]
"""A row worth writing: its number in the file, the row on file that it changes, and its cells."""


class RowFault(BaseModel):
    """Why a row is refused: its number in the file, the column, and what to do; `odd`: one may insist."""

    model_config = ConfigDict(frozen=True)

    row: int
    column: str
    message: str
    odd: bool = False

    def __str__(self) -> str:
        place = f"row {self.row}, {self.column}" if self.column else f"row {self.row}"
        return f"{place}: {self.message}"


class Change(BaseModel):
    """A row that is on file already and would say something else: column, before and after."""

    model_config = ConfigDict(frozen=True)

    row: int
    publisher: str
    cell: str
    changes: tuple[tuple[str, str, str], ...]


class Preview(BaseModel):
    """What an import would do, or did where `saved`. `stopped`: too many faults to read on.

    `open_date`: a date of the file that can be read in two ways, so that somebody must say which.
    """

    new: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0
    odd: int = 0
    """Of those refused, rows that somebody may insist on."""
    faults: list[RowFault] = []
    changes: list[Change] = []
    stopped: bool = False
    saved: bool = False
    open_date: str = ""
    consequences: Consequences = Consequences()
    """What it would change in past decisions; worked out for a preview."""

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """New, changed, same and refused."""
        return self.new, self.changed, self.same, self.refused


class Comparison:
    """One file beside what is on file. `spool` takes the lines that are worth writing."""

    def __init__(self, spool: IO[str], *, on: date, month_first: bool | None) -> None:
        self.spool, self.on, self.preview = spool, on, Preview()
        self.reading = Reading(month_first)
        self.figures: Figures = figures_on_file()
        self.on_file = dict(_on_file())
        self.seen: dict[bytes, int] = {}
        self.changing: list[Line] = []

    def take(self, number: int, text: dict[str, str] | str) -> None:
        """Count one row as new, changed, the same or refused."""
        if isinstance(text, str):
            self._refuse([RowFault(row=number, column="", message=text)])
            return
        values = {**text, "publisher_key": publisher_identity(text["publisher"])[:200]}
        key, rest = _digest(values[name] for name in KEY), _digest(text[name] for name in REST)
        known = self.on_file.get(key)
        same = known is not None and known[1] == rest
        faults = ([] if same else self._wrong(number, text)) or list(self._repeated(number, key))
        if faults:
            self._refuse(faults)
            return
        self.seen[key] = number
        self._count((number, known[0] if known else None, text), same=same)

    def _repeated(self, number: int, key: bytes) -> Iterator[RowFault]:
        if key in self.seen:
            message = _("repeats row %(row)s. Remove one of the two.") % {"row": self.seen[key]}
            yield RowFault(row=number, column="", message=message)

    def _wrong(self, number: int, text: dict[str, str]) -> list[RowFault]:
        errors = observation_errors(text, self.figures, on=self.on, insist=text["insisted"])
        return [
            RowFault(
                row=number,
                column=error.column,
                message=f"{pay_words(error.reason)} {pay_words(error.cure)}",
                odd=error.may_insist,
            )
            for error in errors
        ]

    def _refuse(self, faults: list[RowFault]) -> None:
        self.preview.refused += 1
        self.preview.odd += all(fault.odd for fault in faults)
        self.preview.faults += faults

    def _count(self, line: Line, *, same: bool) -> None:
        if same:
            self.preview.same += 1
            return
        number, known, text = line
        self.preview.new += known is None
        self.preview.changed += known is not None
        if known is not None and len(self.changing) < SHOWN:
            self.changing.append(line)
        self.spool.write(json.dumps([number, known, [text[name] for name in COLUMNS]]) + "\n")

    def ended(self) -> Preview:
        """What was found, with the first changes column by column."""
        rows = RateObservation.objects.in_bulk([known for _number, known, _text in self.changing if known])
        self.preview.changes = [
            Change(
                row=number, publisher=text["publisher"], cell=_cell(text), changes=changes_of(rows[pk], text)
            )
            for number, pk, text in self.changing
            if pk and pk in rows
        ]
        self.preview.open_date = self.reading.open_date
        return self.preview


def rates_compared(
    file: BinaryIO,
    spool: IO[str],
    *,
    on: date,
    month_first: bool | None = None,
    progress: Progress | None = None,
) -> Preview:
    """Compare every row with what is on file; good rows that say something new go into the spool.

    Raises RatesFileFault.
    """
    rows = cells_of(file)
    heads = heads_of(next(rows, (1, []))[1])
    comparison = Comparison(spool, on=on, month_first=month_first)
    for number, cells in rows:
        if progress and number % CHUNK == 0:
            progress(number)
        comparison.take(number, text_of(heads, cells, comparison.reading))
        if comparison.preview.refused >= MOST_FAULTS:
            comparison.preview.stopped = True
            break
    return comparison.ended()


def lines_of(spool: IO[str]) -> Iterator[Line]:
    """The lines of a spool, from its start."""
    spool.seek(0)
    for line in spool:
        number, known, values = json.loads(line)
        yield number, known, dict(zip(COLUMNS, values, strict=True))


def as_text(value: object) -> str:
    """A column as it stands in the file."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return amount_text(value) if isinstance(value, Decimal) else str(value)


def changes_of(row: RateObservation, text: dict[str, str]) -> tuple[tuple[str, str, str], ...]:
    """What the cells of a file change of a row: column, before and after."""
    pairs = ((name, as_text(getattr(row, name)), text[name]) for name in REST)
    return tuple((name, before, after) for name, before, after in pairs if before != after)


def _cell(text: dict[str, str]) -> str:
    return ", ".join(text[name] for name in ("role", "place", "engagement_type", "seniority"))


def _on_file() -> Iterator[tuple[bytes, tuple[int, bytes]]]:
    """Which observations there are, and for each its row and what it says."""
    rows = RateObservation.objects.values_list("pk", *KEY, *REST)
    for pk, *columns in rows.iterator(chunk_size=CHUNK):
        yield _digest(columns[: len(KEY)]), (pk, _digest(map(as_text, columns[len(KEY) :])))


def _digest(texts: Iterable[object]) -> bytes:
    """Sixteen bytes that stand for some texts: a dictionary of 100,000 rows stays small."""
    return hashlib.blake2b("\x1f".join(map(str, texts)).encode(), digest_size=16).digest()
