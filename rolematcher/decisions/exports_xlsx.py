"""Heads and rows in, an XLSX file out: the workbook around them by XlsxWriter, the rows as XML of our own.

A hundred thousand rows of our columns take XlsxWriter sixteen seconds of processor, because each cell passes
through checks for every kind a cell can be. Ours are of five kinds, so a row is put together in one go.
"""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import islice
from typing import IO, Any

from django.utils import timezone
from django.utils.translation import gettext as _

MOST_ROWS = 1_048_575
"""What an Excel sheet holds under its head row."""

MOST_TEXT = 32_767
"""Characters of a cell; Excel calls a file with more broken."""

PIECE = 500
"""Rows that are written at once."""

DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001  # Excel counts days from here, without a zone
SECONDS = 86_400
SHEET = "xl/worksheets/sheet1.xml"
END = b"</sheetData>"
DIMENSION = re.compile(rb"<dimension [^>]*/>")
SAMPLE = re.compile(rb'<row r="2".*?</row>')
STYLE = re.compile(rb' s="(\d+)"')

FORBIDDEN = re.compile("[\0-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
"""What XML cannot hold, and what would be read as its stand-in."""


class ExportTooLarge(ValueError):
    """More rows than the format holds. The text says what to do."""


def xlsx_write(name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> IO[bytes]:
    """The file at its start, deleted when closed, its sheet called `name`. Needs the memory of one piece.

    Cells may be text, whole numbers, decimals, times, yes or no, and None or "" for nothing.

    Raises ExportTooLarge for more rows than a sheet holds.
    """
    shell = _shell(name, heads)
    file = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115
    try:
        with zipfile.ZipFile(shell) as parts, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
            for part in parts.infolist():
                if part.filename != SHEET:
                    book.writestr(part, parts.read(part))
                    continue
                plain = DIMENSION.sub(b"", parts.read(part))
                sample = SAMPLE.findall(plain)[0]
                day = int(STYLE.findall(sample)[0])
                before, after = plain.replace(sample, b"").split(END)
                with book.open(SHEET, "w", force_zip64=True) as sheet:
                    sheet.write(before)
                    for piece in _pieces(_lines(rows, day, len(heads))):
                        sheet.write(piece.encode())
                    sheet.write(END + after)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def _shell(name: str, heads: Sequence[str]) -> IO[bytes]:
    """A workbook with the heads, and below them one time as a sample of how times are shown."""
    # Imported where it is used: the admin would load it with every command otherwise.
    import xlsxwriter

    shell = io.BytesIO()
    with xlsxwriter.Workbook(shell, {"in_memory": True}) as book:
        sheet = book.add_worksheet(name)
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, heads, bold)
        sheet.write_datetime(1, 0, DAY_ZERO, day)
        sheet.set_column(0, len(heads) - 1, 16)
    return shell


def _lines(rows: Iterable[Sequence[Any]], day: int, width: int) -> Iterator[str]:
    """Each row as XML."""
    from xlsxwriter.utility import xl_col_to_name

    columns = [xl_col_to_name(column) for column in range(width)]
    texts: dict[str, str] = {}
    for place, row in enumerate(rows, start=2):
        if place > MOST_ROWS + 1:
            raise ExportTooLarge(_("An Excel sheet holds 1,048,575 rows. Filter the list or take CSV."))
        cells = [f'<row r="{place}">']
        for column, value in zip(columns, row, strict=True):
            if value is None or value == "":
                continue
            kind = type(value)
            if kind is bool:
                cells.append(f'<c r="{column}{place}" t="b"><v>{value:d}</v></c>')
            elif kind is int or kind is Decimal:
                cells.append(f'<c r="{column}{place}"><v>{value}</v></c>')
            elif kind is datetime:
                cells.append(f'<c r="{column}{place}" s="{day}"><v>{_serial(value)!r}</v></c>')
            else:
                text = str(value)
                said = texts.get(text)
                if said is None:
                    said = _escaped(text)
                    # Roles, courses, names come again and again; all texts would grow with the file.
                    if len(texts) < 5000:
                        texts[text] = said
                cells.append(
                    f'<c r="{column}{place}" t="inlineStr"><is><t xml:space="preserve">{said}</t></is></c>'
                )
        cells.append("</row>")
        yield "".join(cells)


def _pieces(lines: Iterator[str]) -> Iterator[str]:
    while piece := "".join(islice(lines, PIECE)):
        yield piece


def _serial(moment: datetime) -> float:
    """Days since Excel's day zero, on the clock of the house."""
    return (timezone.make_naive(moment) - DAY_ZERO).total_seconds() / SECONDS


def _escaped(text: str) -> str:
    text = text[:MOST_TEXT].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return FORBIDDEN.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
