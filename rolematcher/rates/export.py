"""Exporting rates: rows on file in; a CSV file or a workbook out that imports back unchanged."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import IO

from django.db.models import QuerySet

from rolematcher.web.spreadsheets import Cell, csv_lines, workbook

from .compare import as_text
from .models import COLUMNS, RateObservation

CHUNK = 2_000


def rates_export(rows: QuerySet[RateObservation] | None = None) -> Iterator[str]:
    """The lines of a CSV file: heads, then every row (or those given)."""
    return csv_lines(COLUMNS, ([as_text(cell) for cell in row] for row in _values(rows)))


def rates_workbook(rows: QuerySet[RateObservation] | None = None) -> IO[bytes]:
    """The same as a workbook: amounts are numbers, dates stay texts with the precision they have."""
    return workbook("rates", COLUMNS, (_cells(row) for row in _values(rows)))


def _values(rows: QuerySet[RateObservation] | None) -> Iterator[tuple[object, ...]]:
    chosen = RateObservation.objects.order_by("pk") if rows is None else rows
    return chosen.values_list(*COLUMNS).iterator(chunk_size=CHUNK)


def _cells(row: tuple[object, ...]) -> list[Cell]:
    return [cell if isinstance(cell, Decimal) else as_text(cell) for cell in row]
