"""Importing rates: a CSV file in; what is new, changed, same or refused out; saved all or nothing.

First every row is read and compared (`rates_compare`); only then, in one transaction, anything is written.
A preview is the first half alone.
"""

from __future__ import annotations

import json
import tempfile
from decimal import Decimal
from itertools import islice
from typing import IO, Any, BinaryIO

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from rolematcher.accounts.audit import audit
from rolematcher.accounts.models import User
from rolematcher.engine.money.observation import COLUMNS

from .compare import AMOUNTS, CHUNK, KEY, REST, Preview, Progress, as_text, rates_compared
from .models import RateObservation


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
        return rates_compared(file, spool, progress)


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
    if user and not user.has_perm("rates.import_rateobservation"):
        raise PermissionDenied
    with tempfile.TemporaryFile("w+", encoding="utf-8") as spool:
        preview = rates_compared(file, spool, progress)
        if expected is not None and preview.counts != expected:
            raise ImportOutdated(preview)
        if preview.stopped or (preview.refused and not despite_refused):
            raise ImportRefused(preview)
        if preview.new or preview.changed:
            _save(spool, preview, user, progress)
    preview.saved = True
    return preview


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
    was = {column: as_text(getattr(before, column)) for column in REST}
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
