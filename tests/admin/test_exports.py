"""Exports: every row and no other, formulas neutralised, negative numbers intact, each noted."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolematcher.models import AuditEvent
from rolematcher.services.decisions import outcome_record
from rolematcher.spreadsheets import neutralise, restore

from .conftest import CHATBOT, LIST

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
