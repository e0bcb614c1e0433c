"""Exporting rates: rows on file in; a CSV file or a workbook out that imports back unchanged."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from decimal import Decimal

import openpyxl
from django.db.models import QuerySet

from .compare import as_text
from .models import COLUMNS, RateObservation
from .spreadsheets import neutralise

CHUNK = 2_000


class _Line:
    """A file that hands each written line back."""

    def write(self, line: str) -> str:
        return line


def rates_export(rows: QuerySet[RateObservation] | None = None) -> Iterator[str]:
    """The lines of a CSV file: heads, then every row (or those given), a byte order mark first for Excel.

    Texts a spreadsheet would run as a formula get an apostrophe in front, which the import takes away.
    """
    writer = csv.writer(_Line())
    yield "\ufeff" + writer.writerow(COLUMNS)
    for row in _values(rows):
        yield writer.writerow([_cell(value) for value in row])


def rates_workbook(rows: QuerySet[RateObservation] | None = None) -> bytes:
    """The same as a workbook: amounts are numbers, dates stay texts with the precision they have."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("rates")
    sheet.freeze_panes = "A2"
    sheet.append(COLUMNS)
    for row in _values(rows):
        sheet.append([value if isinstance(value, Decimal) else _cell(value) for value in row])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _values(rows: QuerySet[RateObservation] | None) -> Iterator[tuple[object, ...]]:
    chosen = RateObservation.objects.order_by("pk") if rows is None else rows
    return chosen.values_list(*COLUMNS).iterator(chunk_size=CHUNK)


def _cell(value: object) -> object:
    if value is None or isinstance(value, bool | Decimal):
        return as_text(value)
    return neutralise(value)
