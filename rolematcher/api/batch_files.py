"""A file of many answer sheets. In: its bytes. Out: one raw answer sheet a line, or why it cannot be read.

CSV and XLSX have a head of answer names; parts of an answer are named with a dot ("budget.amount"), several
texts in one cell are parted by semicolons. JSON lines hold one answer sheet each.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import openpyxl
from django.utils.translation import gettext as _

from rolematcher.rules import Rulebook
from rolematcher.rules.questions import FREE
from rolematcher.web.spreadsheets import restore

MOST_LINES = 10_000
MOST_BYTES = 20_000_000
MOST_UNPACKED = 200_000_000
LISTS = ("must_haves", "success")
PARTS = {
    "budget": ("amount", "high", "currency", "unit", "kind"),
    "timeline": ("needed_by", "lasts", "hours_a_week", "weeks"),
}


@dataclass(frozen=True)
class Line:
    """A raw answer sheet, and its number as a person counts it in the file.

    `evidence`: where answers were read from a description, as decisions keep it.
    """

    number: int
    raw: object
    evidence: Mapping[str, object] = field(default_factory=dict)


class BatchFileFault(Exception):
    """The file as a whole cannot be read. `line` says where, `str` says the cure."""

    def __init__(self, cure: str, line: int | None = None) -> None:
        super().__init__(cure)
        self.line = line


def columns_of(rulebook: Rulebook) -> list[str]:
    """The columns of the file to fill in."""
    asked = [question.id for question in rulebook.questions if not question.worked_out]
    names = [*asked, *(name for name in FREE if name not in asked)]
    return [
        column
        for name in names
        for column in ([f"{name}.{part}" for part in PARTS[name]] if name in PARTS else [name])
    ]


def lines_read(data: bytes) -> list[Line]:
    """The lines of a CSV, XLSX or JSON lines file, told apart by how it begins. Raises BatchFileFault."""
    if len(data) > MOST_BYTES:
        raise BatchFileFault(_("The file is over 20 MB. Split it."))
    lines: list[Line] = []
    for line in _lines(data):
        if len(lines) == MOST_LINES:
            raise BatchFileFault(_("The file has more than 10,000 lines. Split it."))
        lines.append(line)
    if not lines:
        raise BatchFileFault(_("The file has no answers. Below the head, write one project a line."))
    return lines


def _lines(data: bytes) -> Iterator[Line]:
    if data.startswith(b"PK"):
        return _of_table(_xlsx_rows(data))
    try:
        text = data.decode("utf-8-sig").replace("\0", "")
    except UnicodeDecodeError:
        raise BatchFileFault(_("The file is not in UTF-8. Save it as “CSV UTF-8”.")) from None
    return _of_json(text) if text.lstrip().startswith("{") else _of_table(_csv_rows(text))


def _of_json(text: str) -> Iterator[Line]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield Line(number, json.loads(line))
        except (ValueError, RecursionError):
            raise BatchFileFault(_("This line is not one JSON object."), number) from None


def _csv_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    head = text.partition("\n")[0]
    parted_by = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=parted_by, strict=True)
    while True:
        number = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error:
            cure = _("The quotes in this line do not match, or a cell is too long.")
            raise BatchFileFault(cure, number) from None
        if row is None:
            return
        yield number, row


def _xlsx_rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    cure = _("The workbook cannot be read. Save it as .xlsx or CSV again.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise BatchFileFault(_("The workbook is too large. Split it."))
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        rows = [
            [_cell(cell) for cell in row[:200]]
            for row in book.worksheets[0].iter_rows(max_row=MOST_LINES + 2, values_only=True)
        ]
    except BatchFileFault:
        raise
    except Exception:  # openpyxl raises whatever it stumbles over
        raise BatchFileFault(cure) from None
    yield from enumerate(rows, start=1)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _of_table(rows: Iterable[tuple[int, list[str]]]) -> Iterator[Line]:
    columns: list[str] | None = None
    for number, row in rows:
        cells = [restore(cell.strip()) for cell in row]
        if columns is None:
            columns = [cell.strip().lower() for cell in cells]
            doubled = sorted({name for name in columns if name and columns.count(name) > 1})
            if doubled:
                raise BatchFileFault(_("The column “%(name)s” stands there twice.") % {"name": doubled[0]}, 1)
        elif any(cells):
            yield Line(number, _sheet(columns, cells))


def _sheet(columns: list[str], cells: list[str]) -> dict[str, object]:
    """One line as an answer sheet. Cells right of the head stand under the name ""."""
    sheet: dict[str, object] = {}
    for place, cell in enumerate(cells):
        if not cell:
            continue
        name, _dot, part = (columns[place] if place < len(columns) else "").partition(".")
        if part:
            whole = sheet.setdefault(name, {})
            if isinstance(whole, dict):
                whole[part] = cell
        elif name in LISTS:
            sheet[name] = [one.strip() for one in cell.split(";") if one.strip()]
        else:
            sheet[name] = cell
    return sheet
