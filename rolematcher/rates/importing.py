"""Importing rates: a file in; what is new, changed, same or refused out; saved all or nothing.

First every row is read and compared (`compare.py`); only then, in one transaction, anything is written.
A preview is the first half alone.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable
from datetime import date
from itertools import islice
from typing import IO, BinaryIO

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from rolematcher.accounts.audit import audit
from rolematcher.accounts.models import User
from rolematcher.pay.observation import observation_read

from .compare import CHUNK, REST, Line, Preview, Progress, changes_of, lines_of, rates_compared
from .consequences import consequences_of, figures_with
from .models import KEY, RateObservation, row_of
from .pricing import figures_on_file

Said = tuple[int, str]
"""What the history of a row says: added or changed, and which column was what before."""


class ImportRefused(ValueError):
    """Nothing was saved because rows were refused. `preview` lists them."""

    def __init__(self, preview: Preview) -> None:
        super().__init__(
            _("Nothing was saved: %(refused)s rows are refused. Fix them, or import the rest without them.")
            % {"refused": preview.refused}
        )
        self.preview = preview


class ImportUnsure(ValueError):
    """Nothing was saved because a date can be read in two ways. `preview` was made day first."""

    def __init__(self, preview: Preview) -> None:
        super().__init__(
            _("Nothing was saved: %(day)s can be read in two ways. Say whether day or month comes first.")
            % {"day": preview.open_date}
        )
        self.preview = preview


class ImportOutdated(ValueError):
    """Nothing was saved because the rates on file changed since the preview. `preview` is the new one."""

    def __init__(self, preview: Preview) -> None:
        super().__init__(_("The rates on file have changed since this preview. Look at the new one."))
        self.preview = preview


def rates_preview(
    file: BinaryIO, *, on: date, month_first: bool | None = None, progress: Progress | None = None
) -> Preview:
    """What importing the file would do, past decisions among it. Saves nothing. Raises RatesFileFault."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as spool:
        preview = rates_compared(file, spool, on=on, month_first=month_first, progress=progress)
        if preview.new or preview.changed:
            figures = figures_on_file()
            after = figures_with(figures, (observation_read(text) for _number, _pk, text in lines_of(spool)))
            preview.consequences = consequences_of(figures, after, on=on)
        return preview


def rates_import(
    file: BinaryIO,
    *,
    user: User | None,
    on: date,
    month_first: bool | None = None,
    despite_refused: bool = False,
    expected: tuple[int, ...] | None = None,
    progress: Progress | None = None,
    saved: Callable[[Preview], None] | None = None,
) -> Preview:
    """Save the new and changed rows of the file: all of them or, if any row is refused, none.

    `despite_refused` saves the good rows of a file with refused ones. `expected` are the counts of the
    preview that was agreed to. `saved` is called in the transaction. `user` None is the command line.

    Raises PermissionDenied, RatesFileFault, ImportRefused, ImportUnsure, ImportOutdated.
    """
    if user and not user.has_perm("rates.import_rateobservation"):
        raise PermissionDenied
    with tempfile.TemporaryFile("w+", encoding="utf-8") as spool:
        preview = rates_compared(file, spool, on=on, month_first=month_first, progress=progress)
        if preview.open_date:
            raise ImportUnsure(preview)
        if expected is not None and preview.counts != expected:
            raise ImportOutdated(preview)
        if preview.stopped or (preview.refused and not despite_refused):
            raise ImportRefused(preview)
        with transaction.atomic():
            if saved:
                saved(preview)
            _save(spool, preview, user, progress, digest=_digest(file))
    preview.saved = True
    return preview


def _digest(file: BinaryIO) -> str:
    """By which the file that was imported is known again; "" of a pipe."""
    return hashlib.sha256(file.read()).hexdigest() if file.seekable() and file.seek(0) == 0 else ""


def _save(
    spool: IO[str], preview: Preview, user: User | None, progress: Progress | None, *, digest: str
) -> None:
    """Write the spooled rows and their history. The unique columns decide between adding and changing."""
    lines = lines_of(spool)
    first: RateObservation | None = None
    while chunk := list(islice(lines, CHUNK)):
        before = RateObservation.objects.in_bulk([pk for _number, pk, _text in chunk if pk])
        said = [_history(line, before.get(line[1] or 0)) for line in chunk] if user else []
        saved = RateObservation.objects.bulk_create(
            [_row(text, user) for _number, _pk, text in chunk],
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
        counts = {"new": new, "changed": changed, "same": same, "refused": refused}
        rows = {str(one.row): one.changes for one in preview.changes}
        audit("rates.imported", first, actor=user, **counts, file=digest, rows=rows)


def _row(text: dict[str, str], user: User | None) -> RateObservation:
    row = row_of(text)
    row.changed_by = user
    return row


def _history(line: Line, before: RateObservation | None) -> Said:
    number, _pk, text = line
    if before is None:
        return ADDITION, f"Import, row {number}"
    words = [f"{name} {was or '–'} → {now or '–'}" for name, was, now in changes_of(before, text)]
    return CHANGE, f"Import, row {number}: {'; '.join(words)}"


def _remember(saved: list[RateObservation], said: list[Said], user: User) -> None:
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
