"""Importing rates: a file in; what is new, changed, same or refused out; saved all or nothing.

First every row is read and compared (`compare.py`); only then, in one transaction, anything is written.
A preview is the first half alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from typing import BinaryIO

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from rolematcher.accounts.audit import audit
from rolematcher.accounts.models import User
from rolematcher.pay.observation import observation_read

from .compare import CHUNK, REST, Line, Preview, Progress, changes_words, rates_compared
from .consequences import consequences_of, figures_with
from .models import KEY, RateObservation, row_of
from .pricing import figures_on_file


class ImportRefused(ValueError):
    """Nothing was saved: rows are refused, or a date can be read in two ways. `preview` says which."""

    def __init__(self, preview: Preview, words: str) -> None:
        super().__init__(words)
        self.preview = preview


class ImportOutdated(ImportRefused):
    """Nothing was saved because the rates on file changed since the preview. `preview` is the new one."""


def rates_preview(
    file: BinaryIO, *, on: date, month_first: bool | None = None, progress: Progress | None = None
) -> Preview:
    """What importing the file would do, past decisions among it. Saves nothing. Raises RatesFileFault."""
    preview, lines = rates_compared(file, on=on, month_first=month_first, progress=progress)
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
    expected: tuple[int, ...] | None = None,
    progress: Progress | None = None,
    saved: Callable[[Preview], None] | None = None,
) -> Preview:
    """Save the new and changed rows of the file: all of them or, if any row is refused, none.

    `despite_refused` saves the good rows of a file with refused ones. `expected` are the counts of the
    preview that was agreed to. `saved` is called in the transaction. `user` None is the command line.

    Raises PermissionDenied, RatesFileFault, ImportRefused, ImportOutdated.
    """
    if user and not user.has_perm("rates.import_rateobservation"):
        raise PermissionDenied
    preview, lines = rates_compared(file, on=on, month_first=month_first, progress=progress)
    if preview.open_date:
        words = _("Nothing was saved: %(day)s can be read in two ways. Say whether day or month comes first.")
        raise ImportRefused(preview, words % {"day": preview.open_date})
    if expected is not None and preview.counts != expected:
        words = _("The rates on file have changed since this preview. Look at the new one.")
        raise ImportOutdated(preview, words)
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
            _save(lines, preview, user, digest=_digest(file))
    return preview


def _digest(file: BinaryIO) -> str:
    """By which the file that was imported is known again; "" of a pipe."""
    return hashlib.sha256(file.read()).hexdigest() if file.seekable() and file.seek(0) == 0 else ""


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
