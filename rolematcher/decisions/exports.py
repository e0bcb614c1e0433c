"""Decisions as spreadsheets. In: a filtered queryset. Out: CSV lines as they are read, or an XLSX file.

Rows stream from the database in chunks, so 100,000 of them need no more memory than one chunk. Texts are
neutralised (see `spreadsheets`). Who exported what is in the audit trail before the first byte leaves.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from typing import IO, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from rolematcher.accounts.audit import audit
from rolematcher.accounts.models import User
from rolematcher.rates.spreadsheets import neutralise

from .exports_xlsx import xlsx_write

COLUMNS = {
    "id": "number",
    "created_at": "made",
    "client": "client",
    "project": "project",
    "role": "role",
    "course": "course",
    "need": "need",
    "level": "level",
    "basis": "engagement",
    "firm": "firm",
    "grade": "grade",
    "budget_verdict": "budget",
    "status": "status",
    "overridden": "overridden",
    "version": "version",
    "edition__number": "edition",
    "owner__username": "recruiter",
    "team__name": "team",
    "need_rule": "need_rule",
    "role_rule": "role_rule",
    "course_rule": "course_rule",
    "outcome__right_role": "right_role",
    "outcome__hired_role": "hired_role",
    "outcome__agreed_amount": "agreed_amount",
    "outcome__agreed_currency": "agreed_currency",
    "outcome__agreed_unit": "agreed_unit",
    "outcome__days_to_fill": "days_to_fill",
    "public_id": "public_id",
}
"""Field by column head. Heads are ids, so that a script reads every export alike in any language."""

TYPED = [
    place
    for place, name in enumerate(COLUMNS)
    if name in {"client", "project", "owner__username", "team__name"}
]
"""Places of the texts people typed."""

MADE = list(COLUMNS).index("created_at")

CHUNK, PIECE = 2000, 500
CSV, XLSX = "csv", "xlsx"


class _Line:
    """A file that hands each written line back."""

    def write(self, line: str) -> str:
        return line


@transaction.atomic
def export_note(*, user: User, form: str, filters: Mapping[str, Any]) -> None:
    """Write into the audit trail who exports what. Values people typed are noted as "given", not quoted.

    Raises PermissionDenied without the right.
    """
    if not user.has_perm("decisions.export_decision"):
        raise PermissionDenied
    typed = {"q", "client", "rule"}
    noted = {
        name: "given" if name in typed else str(value)[:50] for name, value in sorted(filters.items())[:20]
    }
    audit("decisions.exported", user, actor=user, form=form, filters=noted)


def export_csv(rows: QuerySet) -> Iterator[str]:
    """A CSV file in pieces of some hundred lines, a byte order mark first so that Excel reads it as UTF-8."""
    writer = csv.writer(_Line())
    yield "\ufeff" + writer.writerow(COLUMNS.values())
    lines: list[str] = []
    for row in _rows(rows):
        row[MADE] = row[MADE].isoformat(timespec="seconds")
        lines.append(writer.writerow(row))
        if len(lines) == PIECE:
            yield "".join(lines)
            lines.clear()
    yield "".join(lines)


def export_xlsx(rows: QuerySet) -> IO[bytes]:
    """An XLSX file, at its start, deleted when closed. Raises ExportTooLarge."""
    return xlsx_write("decisions", list(COLUMNS.values()), _rows(rows))


def _rows(rows: QuerySet) -> Iterator[list[Any]]:
    """Each row with its typed texts neutralised; the other columns hold ids, choices, numbers and times."""
    for row in rows.values_list(*COLUMNS).iterator(chunk_size=CHUNK):
        cells = list(row)
        for place in TYPED:
            if cells[place]:
                cells[place] = neutralise(cells[place])
        yield cells
