"""The figures that ship loaded as rows, and rows exported as a file that imports back unchanged."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import IO

from django.db import transaction
from django.db.models import QuerySet

from rolematcher.pay.figures import figures_packaged, rows_packaged
from rolematcher.web.spreadsheets import csv_lines, workbook

from .models import COLUMNS, ConversionFact, RateObservation, as_text, row_of


@transaction.atomic
def rates_load() -> int:
    """Load the packaged observations and facts where there are none yet; afterwards the operator owns them.

    Returns how many observations were added.
    """
    if not ConversionFact.objects.exists():
        facts = figures_packaged().facts
        ConversionFact.objects.bulk_create(ConversionFact(**fact.model_dump()) for fact in facts)
    if RateObservation.objects.exists():
        return 0
    rows = map(row_of, rows_packaged("pay/observations.csv"))
    return len(RateObservation.objects.bulk_create(rows))


def rates_export(rows: QuerySet[RateObservation] | None = None) -> Iterator[str]:
    """The lines of a CSV file: heads, then every row (or those given)."""
    return csv_lines(COLUMNS, ([as_text(cell) for cell in row] for row in _values(rows)))


def rates_workbook(rows: QuerySet[RateObservation] | None = None) -> IO[bytes]:
    """The same as a workbook: amounts are numbers, dates stay texts with the precision they have."""
    lines = ([cell if isinstance(cell, Decimal) else as_text(cell) for cell in row] for row in _values(rows))
    return workbook("rates", COLUMNS, lines)


def _values(rows: QuerySet[RateObservation] | None) -> Iterator[tuple[object, ...]]:
    chosen = RateObservation.objects.order_by("pk") if rows is None else rows
    return chosen.values_list(*COLUMNS).iterator(chunk_size=2_000)
