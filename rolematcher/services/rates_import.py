"""Importing rates: a CSV file in; what is new, changed, same or refused out; saved all or nothing.

First every row is read and compared in small memory; only then, in one transaction, anything is written.
A preview is the first half alone.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from typing import IO, Any, BinaryIO

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from rolematcher.engine.amounts import amount_text
from rolematcher.engine.errors import FigureError
from rolematcher.engine.observation import COLUMNS, Observation, observation_read, observation_row
from rolematcher.models import RateObservation, User

from .audit import audit
from .rates_file import rows_of

KEY = ("role", "region", "engagement", "seniority", "currency", "unit", "kind", "publisher", "title", "as_of")
"""What makes two rows the same observation; the other columns are what it says."""
REST = tuple(column for column in COLUMNS if column not in KEY)
AMOUNTS = ("low", "typical", "high")

MOST_FAULTS = 1_000
"""Reading stops after so many refused rows: the file needs mending, not more lines of the same."""
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


class ImportRefused(ValueError):
    """Nothing was saved because rows were refused. `preview` lists them."""

    def __init__(self, preview: Preview) -> None:
        super().__init__(
            _("Nothing was saved: %(refused)s rows are refused. Mend them, or import the rest without them.")
            % {"refused": preview.refused}
        )
        self.preview = preview


class ImportOutdated(ValueError):
    """Nothing was saved because the rates on file changed since the preview. `preview` is the new one."""

    def __init__(self, preview: Preview) -> None:
        super().__init__(_("The rates on file have changed since this preview. Look at the new one."))
        self.preview = preview


def rates_preview(file: BinaryIO, *, progress: Progress | None = None) -> Preview:
    """What importing the file would do. Saves nothing. Raises RatesFileFault."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as spool:
        return _read(file, spool, progress)


def rates_import(
    file: BinaryIO,
    *,
    user: User | None,
    despite_refused: bool = False,
    expected: tuple[int, int, int, int] | None = None,
    progress: Progress | None = None,
) -> Preview:
    """Save the new and changed rows of the file: all of them or, if any row is refused, none.

    `despite_refused` saves the good rows of a file with refused ones. `expected` are the counts of the
    preview that was agreed to. `user` None is the command line.

    Raises PermissionDenied, RatesFileFault, ImportRefused, ImportOutdated.
    """
    if user and not user.has_perm("rolematcher.import_rateobservation"):
        raise PermissionDenied
    with tempfile.TemporaryFile("w+", encoding="utf-8") as spool:
        preview = _read(file, spool, progress)
        if expected is not None and preview.counts != expected:
            raise ImportOutdated(preview)
        if preview.stopped or (preview.refused and not despite_refused):
            raise ImportRefused(preview)
        if preview.new or preview.changed:
            _save(spool, preview, user, progress)
    preview.saved = True
    return preview


def _read(file: BinaryIO, spool: IO[str], progress: Progress | None) -> Preview:
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
            preview.faults.append(RowFault(number, error.field, error.message))
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


def _checked(cells: dict[str, str] | str) -> Observation:
    if isinstance(cells, str):
        raise FigureError("", cells)
    return observation_read(cells)


def _rows_on_file() -> Iterator[tuple[Any, ...]]:
    return RateObservation.objects.values_list("pk", *KEY, *REST).iterator(chunk_size=CHUNK)


def _key(row: tuple[Any, ...]) -> bytes:
    return _digest(row[1 : 1 + len(KEY)])


def _rest(columns: tuple[Any, ...]) -> bytes:
    return _digest(_text(value) for value in columns[len(KEY) :])


def _digest(texts: Iterable[str]) -> bytes:
    """Sixteen bytes that stand for some texts: a dictionary of 100,000 rows stays small."""
    return hashlib.blake2b("\x1f".join(texts).encode(), digest_size=16).digest()


def _text(value: Any) -> str:
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
    pairs = ((column, _text(getattr(row, column)), _text(getattr(observation, column))) for column in REST)
    return tuple((column, before, after) for column, before, after in pairs if before != after)


@transaction.atomic
def _save(spool: IO[str], preview: Preview, user: User | None, progress: Progress | None) -> None:
    """Write the spooled rows and their history. The unique columns decide between adding and changing."""
    spool.seek(0)
    lines = (json.loads(line) for line in spool)
    first: RateObservation | None = None
    while chunk := list(islice(lines, CHUNK)):
        before = RateObservation.objects.in_bulk([pk for _number, pk, *_columns in chunk if pk])
        said = [_history(line, before.get(line[1])) for line in chunk] if user else []
        saved = RateObservation.objects.bulk_create(
            [_stored(dict(zip(COLUMNS, line[2:], strict=True)), user) for line in chunk],
            update_conflicts=True,
            unique_fields=KEY,
            update_fields=(*REST, "changed_by", "changed_at"),
        )
        first = first or saved[0]
        if user:
            _remember(saved, said, user)
        if progress:
            progress(chunk[-1][0])
    new, changed, same, refused = preview.counts
    if first:
        audit("rates.imported", first, actor=user, new=new, changed=changed, same=same, refused=refused)


def _stored(row: dict[str, str], user: User | None) -> RateObservation:
    values: dict[str, Any] = {**row, "proxy": row["proxy"] == "yes", "changed_by": user}
    for column in AMOUNTS:
        values[column] = Decimal(row[column]) if row[column] else None
    return RateObservation(**values)


def _history(line: list[Any], before: RateObservation | None) -> tuple[int, str]:
    """What the history page of the row will say: added, or which column was what before."""
    number, _pk, *columns = line
    if before is None:
        return ADDITION, f"Import, row {number}"
    after = dict(zip(COLUMNS, columns, strict=True))
    was = {column: _text(getattr(before, column)) for column in REST}
    words = [
        f"{column} {was[column] or '–'} → {after[column] or '–'}"
        for column in REST
        if was[column] != after[column]
    ]
    return CHANGE, f"Import, row {number}: {'; '.join(words)}"


def _remember(saved: list[RateObservation], said: list[tuple[int, str]], user: User) -> None:
    kind = ContentType.objects.get_for_model(RateObservation)
    LogEntry.objects.bulk_create(
        LogEntry(
            user_id=user.pk,
            content_type=kind,
            object_id=str(row.pk),
            object_repr=str(row)[:200],
            action_flag=flag,
            change_message=message,
        )
        for row, (flag, message) in zip(saved, said, strict=True)
    )
