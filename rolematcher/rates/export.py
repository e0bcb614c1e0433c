"""Exporting rates: rows on file in, the lines of a CSV file out that imports back unchanged."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from rolematcher.engine.amounts import amount_text
from rolematcher.engine.money.observation import COLUMNS

from .models import RateObservation
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
    chosen = RateObservation.objects.order_by("pk") if rows is None else rows
    for row in chosen.values_list(*COLUMNS).iterator(chunk_size=CHUNK):
        yield writer.writerow([_cell(value) for value in row])


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return amount_text(value)
    return neutralise(value)
