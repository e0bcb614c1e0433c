"""Rows in, spreadsheets out: CSV line by line or XLSX, no cell of which a program runs as a formula."""

from __future__ import annotations

import csv
import datetime as dt
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import IO

import xlsxwriter
from django.utils import timezone

Cell = str | int | float | bool | Decimal | dt.datetime | dt.date | None

NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*(?:[eE][+-]?\d{1,3})?%?")
"""What starts with a sign but is only a number: it stays a number."""

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠", "|")
"""First characters, narrow or full width, that make Excel, LibreOffice or Sheets read a cell as a formula."""


def neutralise(text: str) -> str:
    """The text as it may stand in a CSV or XLSX file.

    What a spreadsheet would run, also behind spaces or apostrophes, gets an apostrophe in front; a
    negative number written as text does not. `restore` takes it away again.
    """
    start = text.lstrip("' \u00a0")
    return "'" + text if start.startswith(RISKY) and not NUMBER.fullmatch(text) else text


def restore(cell: str) -> str:
    """What `neutralise` was given: takes away the apostrophe that it put in front, and no other."""
    return cell[1:] if cell.startswith("'") and neutralise(cell[1:]) == cell else cell


def csv_lines(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """A CSV file line by line, a byte order mark first so that Excel reads it as UTF-8."""
    writer = csv.writer(_Line())
    yield "\ufeff" + writer.writerow(heads)
    for row in rows:
        yield writer.writerow([_plain(cell) for cell in row])


def workbook(name: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> IO[bytes]:
    """An XLSX file of one sheet at its start, deleted when closed; no row stays in memory."""
    file = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115 -- closed by who sends it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet(name)
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(heads) - 1, 16)
        sheet.write_row(0, 0, heads, bold)
        for place, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, dt.datetime):
                    sheet.write_datetime(place, column, timezone.make_naive(cell), day)
                elif isinstance(cell, str):
                    sheet.write_string(place, column, neutralise(cell))
                elif cell is not None:
                    sheet.write(place, column, cell)
    file.seek(0)
    return file


def _plain(cell: Cell) -> Cell:
    if isinstance(cell, dt.datetime):
        return cell.isoformat(timespec="seconds")
    return neutralise(cell) if isinstance(cell, str) else cell


class _Line:
    """A file that hands each written line back."""

    def write(self, line: str) -> str:
        return line
