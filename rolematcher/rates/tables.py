"""A file of rows as people have it, CSV or workbook, in; its rows of cells, one by one, out.

CSV in UTF-8, UTF-16 or Windows' Western text, parted by comma, semicolon or tab; XLSX. Hostile and broken
files are refused early: by their size, by their lines, by what they would unpack to.
"""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO

import openpyxl
from django.utils.translation import gettext as _

MOST_BYTES = 64 * 1024 * 1024
MOST_UNPACKED = 512 * 1024 * 1024
MOST_ROWS = 100_000
_MOST_LINES = 3 * MOST_ROWS
"""Notes may hold line breaks, so a file may have more lines than rows."""
MOST_CELLS = 200
LONGEST_LINE = 5_000
_HEAD = 4096

Cells = tuple[int, list[str]]
"""The row's number as a spreadsheet counts it (the heads are row 1), and its cells as text."""


class RatesFileFault(ValueError):
    """The file as a whole cannot be read. The text says why and what to do."""


def cells_of(file: BinaryIO) -> Iterator[Cells]:
    """The rows of a CSV file or of a workbook's first sheet, heads first. Raises RatesFileFault."""
    file.seek(0)
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise too_big()
    if not data[:_HEAD].strip():
        raise RatesFileFault(_("The file is empty."))
    rows = _of_workbook(data) if data.startswith(b"PK\x03\x04") else _of_text(data)
    for number, cells in rows:
        if number - 1 > MOST_ROWS:
            raise too_long()
        if any(cell.strip() for cell in cells):
            yield number, cells


def too_big() -> RatesFileFault:
    """What to say of a file that is too large."""
    return RatesFileFault(_("The file is over %(most)s MB. Split it.") % {"most": MOST_BYTES // 1024 // 1024})


def too_long() -> RatesFileFault:
    """What to say of a file with too many rows."""
    return RatesFileFault(_("More than %(most)s rows. Split the file.") % {"most": f"{MOST_ROWS:,}"})


def _decoded(data: bytes) -> str:
    """UTF-16 by its mark, UTF-8 where all of it is, else Western. Raises RatesFileFault for no text."""
    if data.count(b"\n") > _MOST_LINES:
        raise too_long()
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if wide or b"\0" not in data[:_HEAD]:
        for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
            with suppress(UnicodeDecodeError):
                return data.decode(encoding)
    # A picture, a PDF or another file that is no table.
    raise RatesFileFault(_("This is not a table. Save it as “CSV UTF-8” or as a workbook (.xlsx)."))


def _of_text(data: bytes) -> Iterator[Cells]:
    text, number = io.StringIO(_decoded(data), newline=""), 1
    first = text.readline(LONGEST_LINE)
    if first.casefold().startswith("sep="):  # Excel's own note about what parts the cells
        first = text.readline(LONGEST_LINE)
    delimiter = max(",;\t", key=first.count)
    try:
        yield number, next(csv.reader([first], delimiter=delimiter), [])
        for cells in csv.reader(text, delimiter=delimiter, strict=True):
            number += 1
            yield number, cells
    except csv.Error:
        raise RatesFileFault(
            _("Row %(row)s cannot be read: a cell is far too long, or a quotation mark is not closed.")
            % {"row": number + 1}
        ) from None


def _of_workbook(data: bytes) -> Iterator[Cells]:
    try:
        file = io.BytesIO(data)
        with zipfile.ZipFile(file) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise too_big()
        sheet = openpyxl.load_workbook(file, read_only=True, data_only=True).worksheets[0]
        for number, row in enumerate(sheet.iter_rows(max_col=MOST_CELLS), start=1):
            yield number, [_shown(cell.value, cell.number_format) for cell in row]
    except RatesFileFault:
        raise
    except Exception:  # openpyxl raises whatever it stumbles over
        raise RatesFileFault(_("The workbook cannot be read. Save it as .xlsx or CSV again.")) from None


def _shown(value: object, form: str | None) -> str:
    """A workbook's cell as text: a date as exact as its cell shows it, a number without a needless ".0"."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime | dt.date):
        shown = (form or "").casefold()
        day = value.date() if isinstance(value, dt.datetime) else value
        if "d" in shown or "general" in shown:
            return day.isoformat()
        return f"{day:%Y-%m}" if "m" in shown else f"{day:%Y}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)
