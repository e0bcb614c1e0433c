"""Decisions as spreadsheets. In: a filtered queryset. Out: CSV lines as they are read, or an XLSX file.

Rows stream from the database in chunks, so 100,000 of them need no more memory than one chunk. Texts are
neutralised (see `spreadsheets`). Who exported what is in the audit trail before the first byte leaves.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import IO, Any

import xlsxwriter
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from rolematcher.models import User
from rolematcher.spreadsheets import neutralise

from .audit import audit

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
XLSX_ROWS = 1_048_575
"""What an Excel sheet holds under its head row."""

CSV, XLSX = "csv", "xlsx"


class ExportTooLarge(ValueError):
    """More rows than the format holds. The text says what to do."""


class _Line:
    """A file that hands each written line back."""

    def write(self, line: str) -> str:
        return line


@transaction.atomic
def export_note(*, user: User, form: str, filters: Mapping[str, Any]) -> None:
    """Write into the audit trail who exports what. Values people typed are noted as "given", not quoted.

    Raises PermissionDenied without the right.
    """
    if not user.has_perm("rolematcher.export_decision"):
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
    """An XLSX file, at its start, deleted when closed. Written row by row with constant memory.

    Raises ExportTooLarge for more rows than a sheet holds.
    """
    file = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, {**options, "remove_timezone": True}) as book:
        sheet = book.add_worksheet("decisions")
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, list(COLUMNS.values()), bold)
        for place, row in enumerate(_rows(rows), start=1):
            if place > XLSX_ROWS:
                file.close()
                raise ExportTooLarge(_("An Excel sheet holds 1,048,575 rows. Filter the list or take CSV."))
            for column, value in enumerate(row):
                if isinstance(value, datetime):
                    sheet.write_datetime(place, column, timezone.make_naive(value), day)
                elif value is None or value == "":
                    continue
                elif isinstance(value, bool):
                    sheet.write_boolean(place, column, value)
                elif isinstance(value, int):
                    sheet.write_number(place, column, value)
                elif isinstance(value, Decimal):
                    sheet.write_number(place, column, float(value))
                else:
                    sheet.write_string(place, column, str(value))
    file.seek(0)
    return file


def _rows(rows: QuerySet) -> Iterator[list[Any]]:
    """Each row with its typed texts neutralised; the other columns hold ids, choices, numbers and times."""
    for row in rows.values_list(*COLUMNS).iterator(chunk_size=CHUNK):
        cells = list(row)
        for place in TYPED:
            if cells[place]:
                cells[place] = neutralise(cells[place])
        yield cells
