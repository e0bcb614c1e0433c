"""A file of many answer sheets, or a text. In: it. Out: a raw answer sheet a line, or why it cannot be read.

CSV and XLSX have a head of answer names; parts of an answer are named with a dot ("budget.amount"), several
texts in one cell are parted by semicolons. JSON lines hold one answer sheet each. Pasted descriptions are
parted by a line of three or more dashes; of each only what the reader is sure of is answered, as in the form:
the rest stays open, so that the decision says what to ask.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice, zip_longest

from django.utils.translation import gettext as _

from rolematcher.editions.models import Edition
from rolematcher.editions.services import rulebook_of
from rolematcher.intake.reading import found_in
from rolematcher.rates.tables import Cells, RatesFileFault, cells_of
from rolematcher.reading.read import read
from rolematcher.rules import Rulebook
from rolematcher.rules.questions import FREE
from rolematcher.values.amounts import Language
from rolematcher.web.spreadsheets import restore

MOST_LINES = 10_000
MOST_BYTES = 20_000_000
LISTS = ("must_haves", "success")
PARTS = {
    "budget": ("amount", "high", "currency", "unit", "kind"),
    "timeline": ("needed_by", "lasts", "hours_a_week", "weeks"),
}


PARTED_BY = re.compile(r"^[ \t]*[-–—]{3,}[ \t]*$", re.MULTILINE)
MOST_TEXTS = 50
"""More descriptions are read for longer than a page may take."""

NAME = 80
"""Letters of the first line that name the project where its description names none."""


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
    lines = list(islice(_lines(data), MOST_LINES + 1))
    if len(lines) > MOST_LINES:
        raise BatchFileFault(_("The file has more than 10,000 lines. Split it."))
    if not lines:
        raise BatchFileFault(_("The file has no answers. Below the head, write one project a line."))
    return lines


def descriptions_read(text: str, *, on: dt.date, language: Language) -> list[Line]:
    """The descriptions as lines, numbered from 1. Raises BatchFileFault where there are none or too many."""
    texts = [one.strip() for one in PARTED_BY.split(text.replace("\r\n", "\n")) if one.strip()]
    if not texts:
        raise BatchFileFault(_("Paste at least one description."))
    if len(texts) > MOST_TEXTS:
        raise BatchFileFault(
            _("These are more than %(most)s descriptions. Paste them in parts.") % {"most": MOST_TEXTS}
        )
    rulebook = rulebook_of(Edition.objects.current())
    return [_described(rulebook, number, one, on, language) for number, one in enumerate(texts, start=1)]


def _described(rulebook: Rulebook, number: int, text: str, on: dt.date, language: Language) -> Line:
    found = [row for row in found_in(rulebook, read(text, on=on, language_hint=language), {}) if row.ticked]
    raw = {"project": text.partition("\n")[0][:NAME], **{row.fact: row.raw for row in found}}
    evidence = {row.fact: {"words": row.words, "strength": row.strength} for row in found}
    return Line(number, raw | {"description": text}, evidence)


def _lines(data: bytes) -> Iterator[Line]:
    if data.removeprefix(BOM_UTF8).lstrip().startswith(b"{"):
        yield from _of_json(data)
    else:
        try:
            yield from _of_table(cells_of(io.BytesIO(data)))
        except RatesFileFault as fault:
            raise BatchFileFault(str(fault)) from None


def _of_json(data: bytes) -> Iterator[Line]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BatchFileFault(_("The file is not in UTF-8. Save it as “CSV UTF-8”.")) from None
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield Line(number, json.loads(line))
        except (ValueError, RecursionError):
            raise BatchFileFault(_("This line is not one JSON object."), number) from None


def _of_table(rows: Iterator[Cells]) -> Iterator[Line]:
    lines = ((number, [restore(cell.strip()) for cell in row]) for number, row in rows)
    _number, head = next(lines, (1, []))
    columns = [cell.strip().lower() for cell in head]
    doubled = min((name for name in columns if name and columns.count(name) > 1), default="")
    if doubled:
        raise BatchFileFault(_("The column “%(name)s” stands there twice.") % {"name": doubled}, 1)
    yield from (Line(number, _sheet(columns, cells)) for number, cells in lines)


def _sheet(columns: list[str], cells: list[str]) -> dict[str, object]:
    """One line as an answer sheet. Cells right of the head stand under the name ""."""
    sheet: dict[str, object] = {}
    for column, cell in zip_longest(columns, cells, fillvalue=""):
        if not cell:
            continue
        name, _dot, part = column.partition(".")
        if part:
            whole = sheet.setdefault(name, {})
            if isinstance(whole, dict):
                whole[part] = cell
        elif name in LISTS:
            sheet[name] = [one.strip() for one in cell.split(";") if one.strip()]
        else:
            sheet[name] = cell
    return sheet
