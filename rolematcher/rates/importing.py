"""Importing rates: a file in; what is new, changed, same or refused out; saved all or nothing.

First every row is read and compared with those on file; only then, in one transaction, anything is written.
A preview is the first half alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from itertools import islice
from typing import BinaryIO

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from pydantic import BaseModel

from rolematcher.accounts.audit import audit
from rolematcher.accounts.models import User
from rolematcher.pay.observation import observation_read, publisher_identity
from rolematcher.pay.plausible import observation_errors
from rolematcher.values.frozen import Frozen

from .cells import Reading, heads_of, text_of
from .consequences import Consequences, consequences_of, figures_with
from .models import COLUMNS, KEY, RateObservation, as_text, row_of
from .pricing import figures_on_file
from .tables import cells_of
from .words import error_words

REST = tuple(column for column in COLUMNS if column not in KEY)
"""What an observation says; the columns of KEY say which one it is."""
MOST_FAULTS = 1_000
"""Reading stops after so many refused rows: the file needs mending, not more lines of the same."""
SHOWN = 50
CHUNK = 2_000

Changes = tuple[tuple[str, str, str], ...]
"""What the cells of a file change of a row: column, before and after."""
Line = tuple[int, dict[str, str], Changes | None]
"""A row worth writing: its number in the file, its cells, and what it changes; None where it is new."""


class RowFault(Frozen):
    """Why a row is refused: its number in the file, the column, and what to do; `odd`: one may insist."""

    row: int
    column: str
    message: str
    odd: bool = False

    def __str__(self) -> str:
        place = f"row {self.row}, {self.column}" if self.column else f"row {self.row}"
        return f"{place}: {self.message}"


class Change(Frozen):
    """A row that is on file already and would say something else: column, before and after."""

    row: int
    publisher: str
    cell: str
    changes: Changes


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
    """One file beside what is on file; `lines` are those worth writing."""

    def __init__(self, *, on: date, month_first: bool | None) -> None:
        self.on, self.preview, self.reading = on, Preview(), Reading(month_first)
        self.figures = figures_on_file()
        self.on_file = _on_file()
        self.seen: dict[tuple[str, ...], int] = {}
        self.lines: list[Line] = []

    def take(self, number: int, text: dict[str, str] | str) -> None:
        """Count one row as new, changed, the same or refused."""
        if isinstance(text, str):
            self._refuse([RowFault(row=number, column="", message=text)])
            return
        values = {**text, "publisher_key": publisher_identity(text["publisher"])}
        key, said = tuple(values[name] for name in KEY), tuple(text[name] for name in REST)
        known = self.on_file.get(key)
        same = known == said
        if faults := ([] if same else self._wrong(number, text)) or self._repeated(number, key):
            self._refuse(faults)
            return
        self.seen[key] = number
        self.preview.same += same
        self.preview.new += known is None
        self.preview.changed += known is not None and not same
        if not same:
            pairs = zip(REST, known, said, strict=True) if known else ()
            changes = tuple((name, was, now) for name, was, now in pairs if was != now)
            self.lines.append((number, text, changes or None))

    def _repeated(self, number: int, key: tuple[str, ...]) -> list[RowFault]:
        if key not in self.seen:
            return []
        message = _("repeats row %(row)s. Remove one of the two.") % {"row": self.seen[key]}
        return [RowFault(row=number, column="", message=message)]

    def _wrong(self, number: int, text: dict[str, str]) -> list[RowFault]:
        errors = observation_errors(text, self.figures, on=self.on, insist=text["insisted"])
        return [
            RowFault(row=number, column=error.column, message=error_words(error), odd=error.may_insist)
            for error in errors
        ]

    def _refuse(self, faults: list[RowFault]) -> None:
        self.preview.refused += 1
        self.preview.odd += all(fault.odd for fault in faults)
        self.preview.faults += faults


def rates_compared(
    file: BinaryIO, *, on: date, month_first: bool | None = None
) -> tuple[Preview, list[Line]]:
    """Compare every row with what is on file: what was found, and the good rows that say something new.

    Raises RatesFileFault.
    """
    rows = cells_of(file)
    heads = heads_of(next(rows, (1, []))[1])
    comparison = Comparison(on=on, month_first=month_first)
    preview, lines = comparison.preview, comparison.lines
    for number, cells in rows:
        comparison.take(number, text_of(heads, cells, comparison.reading))
        if preview.refused >= MOST_FAULTS:
            preview.stopped = True
            break
    preview.open_date = comparison.reading.open_date
    changed = ((number, text, changes) for number, text, changes in lines if changes)
    preview.changes = [
        Change(row=number, publisher=text["publisher"], cell=_cell(text), changes=changes)
        for number, text, changes in islice(changed, SHOWN)
    ]
    return preview, lines


def changes_words(changes: Changes) -> str:
    """Changes as one line: "typical 100000 → 110000; note – → Read again"."""
    return "; ".join(f"{name} {was or '–'} → {now or '–'}" for name, was, now in changes)


def _cell(text: dict[str, str]) -> str:
    return ", ".join(text[name] for name in ("role", "place", "engagement_type", "seniority"))


def _on_file() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Which observations there are, and what each says."""
    rows = RateObservation.objects.values_list(*KEY, *REST).iterator(chunk_size=CHUNK)
    return {row[: len(KEY)]: tuple(map(as_text, row[len(KEY) :])) for row in rows}


class ImportRefused(ValueError):
    """Nothing was saved: rows are refused, or a date can be read in two ways. `preview` says which."""

    def __init__(self, preview: Preview, words: str) -> None:
        super().__init__(words)
        self.preview = preview


def rates_preview(file: BinaryIO, *, on: date, month_first: bool | None = None) -> Preview:
    """What importing the file would do, past decisions among it. Saves nothing. Raises RatesFileFault."""
    preview, lines = rates_compared(file, on=on, month_first=month_first)
    if lines:
        figures = figures_on_file()
        after = figures_with(figures, (observation_read(text) for _number, text, _changes in lines))
        preview.consequences = consequences_of(figures, after, on=on)
    return preview


def rates_import(
    file: BinaryIO,
    *,
    user: User | None,
    on: date,
    month_first: bool | None = None,
    despite_refused: bool = False,
    shown: Preview | None = None,
    saved: Callable[[Preview], None] | None = None,
) -> Preview:
    """Save the new and changed rows of the file: all of them or, if any row is refused, none.

    `despite_refused` saves the good rows of a file with refused ones. `shown` is the preview agreed to: where
    the file would change something else by now, it is refused. `saved` is called in the transaction. `user`
    None is the command line.

    Raises PermissionDenied, RatesFileFault, ImportRefused.
    """
    if user and not user.has_perm("rates.import_rateobservation"):
        raise PermissionDenied
    preview, lines = rates_compared(file, on=on, month_first=month_first)
    if preview.open_date:
        words = _("Nothing was saved: %(day)s can be read in two ways. Say whether day or month comes first.")
        raise ImportRefused(preview, words % {"day": preview.open_date})
    if shown and (shown.counts, shown.changes) != (preview.counts, preview.changes):
        words = _("The rates on file changed after the preview; nothing was saved. Upload the file again.")
        raise ImportRefused(preview, words)
    if preview.stopped or (preview.refused and not despite_refused):
        words = _(
            "Nothing was saved: %(refused)s rows are refused. Fix them, or import the rest without them."
        )
        raise ImportRefused(preview, words % {"refused": preview.refused})
    with transaction.atomic():
        preview.saved = True
        if saved:
            saved(preview)
        if lines:
            file.seek(0)
            _save(lines, preview, user, digest=hashlib.sha256(file.read()).hexdigest())
    return preview


def _save(lines: list[Line], preview: Preview, user: User | None, *, digest: str) -> None:
    """Write the rows and their history. The unique columns decide between adding and changing."""
    rows = [row_of(text) for _number, text, _changes in lines]
    for row in rows:
        row.changed_by = user
    RateObservation.objects.bulk_create(
        rows,
        batch_size=CHUNK,
        update_conflicts=True,
        unique_fields=KEY,
        update_fields=(*REST, "changed_by", "changed_at"),
    )
    if user:
        kind = ContentType.objects.get_for_model(RateObservation)
        entries = [
            LogEntry(
                user_id=user.pk,
                content_type=kind,
                object_id=str(row.pk),
                object_repr=str(row)[:200],
                action_flag=CHANGE if changes else ADDITION,
                change_message=": ".join(
                    filter(None, [f"Import, row {number}", changes_words(changes or ())])
                ),
            )
            for row, (number, _text, changes) in zip(rows, lines, strict=True)
        ]
        LogEntry.objects.bulk_create(entries, batch_size=CHUNK)
    counts = dict(zip(("new", "changed", "same", "refused"), preview.counts, strict=True))
    told = {str(one.row): one.changes for one in preview.changes}
    audit("rates.imported", rows[0], actor=user, **counts, file=digest, rows=told)
