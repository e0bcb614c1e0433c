"""Exports: every row and no other, formulas neutralised, negative numbers intact, each noted."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, datetime
from decimal import Decimal

import lxml.etree
import openpyxl
import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from rolematcher.accounts.models import AuditEvent
from rolematcher.decisions import exports_xlsx
from rolematcher.decisions.exports_xlsx import ExportTooLarge, xlsx_write
from rolematcher.decisions.services import outcome_record
from rolematcher.rates.spreadsheets import neutralise, restore
from tests.fixtures_admin import CHATBOT, LIST

FORMULA = '=HYPERLINK("http://127.0.0.1/","x")'


def rows_of(answer) -> list[dict[str, str]]:
    body = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(body)))


def test_csv_holds_every_filtered_row_and_no_other(hers, elsewhere, reviewer, signed_in):
    client = signed_in(reviewer)
    assert {row["client"] for row in rows_of(client.get(LIST + "export.csv"))} == {"Acme", "Zeppelin Works"}
    assert {row["client"] for row in rows_of(client.get(LIST + "export.csv?role__exact=ai_engineer"))} == {
        "Acme"
    }
    assert {row["client"] for row in rows_of(client.get(LIST + "export.csv?q=airships"))} == {
        "Zeppelin Works"
    }


def test_csv_gives_a_recruiter_only_what_she_may_see(hers, elsewhere, recruiter, signed_in):
    assert [row["number"] for row in rows_of(signed_in(recruiter).get(LIST + "export.csv"))] == [str(hers.pk)]


def test_csv_carries_the_outcome(hers, reviewer, signed_in):
    outcome_record(
        hers, user=reviewer, right_role="yes", agreed_amount=Decimal("120000.50"), agreed_currency="USD"
    )
    row = rows_of(signed_in(reviewer).get(LIST + "export.csv"))[0]
    assert (row["right_role"], row["agreed_amount"], row["agreed_currency"]) == ("yes", "120000.50", "USD")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_formula_as_client_leaves_as_text(form, decision_of, recruiter, signed_in):
    decision_of(recruiter, **CHATBOT, client=FORMULA, project="+49 30 1234")
    answer = signed_in(recruiter).get(f"{LIST}export.{form}")
    if form == "csv":
        row = rows_of(answer)[0]
        assert (row["client"], row["project"]) == ("'" + FORMULA, "'+49 30 1234")
        return
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    heads = [cell.value for cell in sheet[1]]
    cell = sheet[2][heads.index("client")]
    assert (cell.value, cell.data_type) == ("'" + FORMULA, "s")


def test_xlsx_holds_dates_and_numbers_as_such(hers, elsewhere, reviewer, signed_in):
    body = b"".join(signed_in(reviewer).get(LIST + "export.xlsx").streaming_content)
    sheet = openpyxl.load_workbook(io.BytesIO(body)).active
    heads = [cell.value for cell in sheet[1]]
    assert sheet.max_row == 3
    assert sheet[2][heads.index("made")].is_date and isinstance(sheet[2][heads.index("number")].value, int)


def xlsx_read(rows, heads=("a",)):
    """What a program that reads such files finds under the heads."""
    book = openpyxl.load_workbook(xlsx_write("decisions", list(heads), rows))
    assert [cell.value for cell in book["decisions"][1]] == list(heads)
    return [[cell.value for cell in row] for row in book["decisions"].iter_rows(min_row=2)]


def test_xlsx_cells_come_back_as_they_were_put_in():
    row = ["<a & b> ü 漢", 5, -7, Decimal("-1.50"), True, False, None, "", "  two  spaces \n"]
    heads = [f"h{place}" for place in range(len(row))]
    assert xlsx_read([row], heads) == [
        ["<a & b> ü 漢", 5, -7, -1.5, True, False, None, None, "  two  spaces \n"]
    ]


def test_xlsx_times_are_those_of_the_house(settings):
    settings.TIME_ZONE = "Europe/Berlin"
    with timezone.override("Europe/Berlin"):
        made = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
        assert xlsx_read([[made]]) == [[datetime(2026, 11, 22, 0, 30)]]


@given(st.lists(st.text(max_size=20), min_size=1, max_size=5))
def test_xlsx_any_text_comes_back_or_as_the_stand_in_of_what_xml_cannot_hold(texts):
    read = [row[0] or "" for row in xlsx_read([[text] for text in texts] + [["end"]])]
    assert [unescape(text) for text in read] == [*texts, "end"]


def test_xlsx_refuses_more_rows_than_a_sheet_holds(monkeypatch):
    monkeypatch.setattr(exports_xlsx, "MOST_ROWS", 3)
    assert len(xlsx_read([[1]] * 3)) == 3
    with pytest.raises(ExportTooLarge, match="Filter the list or take CSV"):
        xlsx_read([[1]] * 4)


def test_xlsx_is_a_zip_whose_parts_are_sound_xml():
    with zipfile.ZipFile(xlsx_write("decisions", ["a"], [["x" * 40_000]])) as parts:
        assert parts.testzip() is None
        for name in parts.namelist():
            lxml.etree.fromstring(parts.read(name))
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "x" * 32_767 in sheet and "x" * 32_768 not in sheet


def test_who_exported_what_is_in_the_audit_trail_without_typed_words(hers, reviewer, signed_in):
    signed_in(reviewer).get(LIST + "export.csv?q=Acme+secret&role__exact=ai_engineer")
    event = AuditEvent.objects.get(verb="decisions.exported")
    assert event.actor == reviewer
    assert event.detail == {"form": "csv", "filters": {"q": "given", "role__exact": "ai_engineer"}}


def test_an_export_is_private_and_not_kept(hers, reviewer, signed_in):
    answer = signed_in(reviewer).get(LIST + "export.csv")
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    assert answer["Content-Disposition"].startswith('attachment; filename="decisions-')


@pytest.mark.parametrize(
    "risky",
    [
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        " =1",
        "\u00a0=1",
        "'=1",
        "＝1+1",
        "|cmd",
        "=",
        "-",
        "+49 30",
    ],
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(risky):
    assert neutralise(risky) == "'" + risky


@pytest.mark.parametrize(
    "plain",
    [
        "-5",
        "-1.50",
        "+3",
        "-1e5",
        "-12,5",
        "1-2",
        "a=b",
        "",
        "it's",
        "'quoted'",
        -5,
        Decimal("-1.5"),
        None,
        True,
    ],
)
def test_numbers_and_ordinary_words_pass_unchanged(plain):
    assert neutralise(plain) == plain


@given(st.text(max_size=40))
def test_what_was_neutralised_is_restored_exactly(text):
    assert restore(neutralise(text)) == text


@given(st.text(max_size=40))
def test_nothing_neutralised_starts_like_a_formula(text):
    cell = neutralise(text)
    assert cell[:1] not in ("=", "@", "\t", "\r") or cell == text == ""
