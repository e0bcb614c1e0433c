"""Files as people have them: any usual encoding and separator, workbooks, dates and amounts as typed."""

from __future__ import annotations

import csv
import datetime as dt
import io
from contextlib import suppress

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolematcher.rates.cells import Reading, date_text, text_of
from rolematcher.rates.importing import ImportRefused, rates_import, rates_preview
from rolematcher.rates.models import COLUMNS, RateObservation
from rolematcher.rates.services import rates_export, rates_load

from .market import TODAY, file_of, row

pytestmark = pytest.mark.django_db


def workbook(*lines: list[object], forms: dict[str, str] | None = None) -> io.BytesIO:
    """A workbook of lines of cells; `forms` gives cells a format."""
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    for place, form in (forms or {}).items():
        book.active[place].number_format = form
    kept = io.BytesIO()
    book.save(kept)
    return kept


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_usual_encoding_and_separator_is_read(encoding, delimiter):
    file = file_of(row(title="Gehälter, größer; später"), delimiter=delimiter, encoding=encoding)
    assert rates_import(file, user=None, on=TODAY).new == 1
    assert RateObservation.objects.get().title == "Gehälter, größer; später"
    noted = f"sep={delimiter}\r\n".encode() + file_of(row(), delimiter=delimiter).getvalue()  # by Excel
    assert rates_preview(io.BytesIO(noted), on=TODAY).new == 1


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2026", "2026"),
        ("2026-06", "2026-06"),
        ("2026-06-05", "2026-06-05"),
        ("2026-06-05 00:00:00", "2026-06-05"),
        ("Jun-26", "2026-06"),
        ("Okt 26", "2026-10"),
        ("June 2026", "2026-06"),
        ("5 June 2026", "2026-06-05"),
        ("06/2026", "2026-06"),
        ("46178", "2026-06-05"),
        ("25/06/2026", "2026-06-25"),
        ("06/25/2026", "2026-06-25"),
        ("1.6.2026", "2026-06-01"),
        ("31.02.2026", "31.02.2026"),
        ("soon", "soon"),
    ],
)
def test_dates_are_read_as_spreadsheets_write_them(typed, read):
    reading = Reading()
    assert date_text(typed, reading) == read
    assert not reading.open_date


def test_a_date_that_can_be_read_in_two_ways_is_asked_once():
    file = file_of(row(as_of="01/06/2026"), row(publisher="Beta", as_of="02/06/2026"))
    assert rates_preview(file, on=TODAY).open_date == "01/06/2026"
    with pytest.raises(ImportRefused, match="day or month"):
        rates_import(file, user=None, on=TODAY)
    rates_import(file, user=None, on=TODAY, month_first=False)
    assert set(RateObservation.objects.values_list("as_of", flat=True)) == {"2026-06-01", "2026-06-02"}


@pytest.mark.parametrize(
    ("columns", "typical"),
    [
        ({"typical": "£85,000", "currency": "", "place": "GB"}, 85000),
        ({"typical": "120k"}, 120000),
        ({"typical": "85.000", "place": "DE", "currency": "EUR"}, 85000),
        ({"typical": "$120k per year", "unit": ""}, 120000),
        ({"typical": "98 500,00 €", "place": "DE", "currency": "eur"}, 98500),
    ],
)
def test_amounts_are_read_as_people_write_them(columns, typical):
    rates_import(file_of(row(**columns)), user=None, on=TODAY)
    stored = RateObservation.objects.get()
    assert (stored.typical, stored.unit) == (typical, "year")


def test_two_currencies_in_one_row_are_refused():
    (fault,) = rates_preview(file_of(row(typical="£85,000")), on=TODAY).faults
    assert fault.column == "typical"


def test_choices_are_read_in_any_case_with_any_gap():
    spoken = {"role": "AI engineer", "unit": "per Year", "engagement_type": "Permanent", "place": "us"}
    assert rates_preview(file_of(row(**spoken)), on=TODAY).new == 1


def test_a_workbook_is_read_with_dates_as_exact_as_it_shows_them():
    june, letter = dt.datetime(2026, 6, 1), openpyxl.utils.get_column_letter(COLUMNS.index("as_of") + 1)
    lines = [
        [{**row(publisher=name), "typical": 100000.0, "as_of": day}.get(head, "") for head in COLUMNS]
        for name, day in (("A", june), ("B", june), ("C", 2026))
    ]
    file = workbook(list(COLUMNS), *lines, forms={f"{letter}2": "mmm-yy", f"{letter}3": "dd/mm/yyyy"})
    assert rates_import(file, user=None, on=TODAY).new == 3
    stored = dict(RateObservation.objects.values_list("publisher", "as_of"))
    assert stored == {"A": "2026-06", "B": "2026-06-01", "C": "2026"}


def as_excel_writes(cell: str) -> str:
    """What a European Excel makes of a cell when it opens a CSV file and saves it again."""
    for kept, shown in (("%Y-%m", "%b-%y"), ("%Y-%m-%d", "%d/%m/%Y")):
        with suppress(ValueError):
            return dt.datetime.strptime(cell, kept).strftime(shown)
    return cell


def test_exported_opened_and_saved_by_excel_the_rates_come_back_the_same():
    rates_load()
    out = io.StringIO()
    exported = csv.reader(io.StringIO("".join(rates_export())))
    csv.writer(out, delimiter=";").writerows([as_excel_writes(cell) for cell in line] for line in exported)
    found = rates_preview(io.BytesIO(out.getvalue().encode()), on=TODAY, month_first=False)
    assert found.counts == (0, 0, 337, 0)


@given(st.lists(st.text(max_size=30), max_size=len(COLUMNS)))
def test_no_row_of_cells_makes_reading_fail(cells):
    text = text_of(list(COLUMNS), cells, Reading())
    assert isinstance(text, str) or set(text) == set(COLUMNS)
