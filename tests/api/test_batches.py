"""Many decisions from one file: checked whole, made by jobs once a line, followed, cancelled, fetched."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import openpyxl
import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from rolematcher.api.models import Batch, BatchLine
from rolematcher.api.tasks import lines_make
from rolematcher.briefs.models import Brief
from rolematcher.decisions.models import Decision
from rolematcher.outbox.models import Job
from rolematcher.outbox.tasks import job_next
from rolematcher.web.files import file_keep

pytestmark = pytest.mark.django_db
SHEETS = (
    "work,place,budget.amount,budget.currency,budget.unit,must_haves,project\n"
    "connect,DE,60k,EUR,year,n8n; SAP,Lead routing\n"
    "language,FR,,,,,Ärger & Ko\n"
)


def send(client, data: str | bytes, key: str = "one", kind: str = "text/csv"):
    return client.post("/api/v1/batches", data, content_type=kind, headers={"Idempotency-Key": key})


def worked() -> None:
    """Do what a worker would do with the lines."""
    for job in Job.objects.filter(kind="batch", state=Job.QUEUED):
        lines_make(job)


def results(client, batch_id: str) -> list[dict[str, str]]:
    answer = client.get(f"/api/v1/batches/{batch_id}/results.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_a_file_becomes_a_decision_a_line(program, loaded, recruiter):
    client = program(recruiter)
    sent = send(client, SHEETS)
    assert sent.status_code == 202
    assert (sent.json()["state"], sent.json()["lines"], Decision.objects.count()) == ("running", 2, 0)
    assert job_next(), "the lines come before their briefs"
    far = client.get(sent["Location"]).json()
    assert (far["state"], far["made"], far["failed"]) == ("done", 2, 0)
    first, second = Decision.objects.order_by("pk")
    assert (first.owner, first.place, first.project) == (recruiter, "DE", "Lead routing")
    assert first.answers["must_haves"] == ["n8n", "SAP"]
    rows = results(client, far["id"])
    assert [(row["line"], row["number"]) for row in rows] == [("2", first.number), ("3", second.number)]


def test_csv_xlsx_and_json_lines_say_the_same(program, loaded, recruiter):
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(csv.reader(io.StringIO(SHEETS))):
            sheet.write_row(number, 0, row)
        sheet.write_formula(1, 0, '=LOWER("CONNECT")', value="connect")  # counts by its value
    lines = [
        {
            "work": "connect",
            "place": "DE",
            "budget": {"amount": "60k", "currency": "EUR", "unit": "year"},
            "must_haves": ["n8n", "SAP"],
            "project": "Lead routing",
        },
        {"work": "language", "place": "FR", "project": "Ärger & Ko"},
    ]
    client = program(recruiter)
    said = (SHEETS, SHEETS.replace(",", "\t"), packed.getvalue(), "\n".join(map(json.dumps, lines)))
    for number, data in enumerate(said):
        send(client, data, str(number))
    kept = [[line.answers for line in batch.lines.all()] for batch in Batch.objects.all()]
    assert len(kept) == 4 and all(one == kept[0] for one in kept)


def test_one_error_and_nothing_is_made(program, loaded, recruiter):
    answer = send(program(recruiter), "work,colour\nconnect,red\nconect,\n")
    errors = answer.json()["errors"]
    assert answer.status_code == 422
    assert [(one["line"], one["field"]) for one in errors] == [(2, "colour"), (3, "work")]
    assert "connect" in errors[1]["cure"]
    assert not Batch.objects.exists() and not BatchLine.objects.exists()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe\x00w",
        b"work\n",
        b'work\n"connect\n',
        b"PK\x03\x04 no workbook",
        b'{"work": "connect"}\n{"work": ',
        b"[" * 100_000,
        b"{" * 100_000,
        b"work,work\nconnect,agent\n",
        b"work\n" + b"connect\n" * 10_001,
        b"work,description\nconnect,\xf0\x9f\x92\xa9" + b"\xcc\x81" * 5_000,
    ],
    ids=range(11),
)
def test_a_file_that_cannot_be_read_says_its_cure(program, loaded, recruiter, data):
    answer = send(program(recruiter), data)
    assert answer.status_code == 422
    assert all(one["cure"] for one in answer.json()["errors"]) and answer.json()["errors"]


def test_the_same_file_twice_is_one_batch_and_a_job_twice_one_decision_a_line(program, loaded, recruiter):
    client = program(recruiter)
    assert send(client, SHEETS).json()["id"] == send(client, SHEETS).json()["id"]
    assert send(client, "work\nagent\n").status_code == 409
    worked()
    BatchLine.objects.update(ended=False, answers={"work": "connect"})
    BatchLine.objects.filter(number=2).update(answers=Decision.objects.order_by("pk")[0].answers)
    worked()
    assert Decision.objects.count() == 2


def test_nothing_is_made_after_cancelling_and_lines_that_ended_keep_no_text(program, loaded, recruiter):
    client = program(recruiter)
    made = send(client, SHEETS).json()["id"]
    jobs = list(Job.objects.filter(kind="batch"))
    assert client.post(f"/api/v1/batches/{made}/cancel").json()["state"] == "cancelled"
    for job in jobs:
        lines_make(job)
    assert not Decision.objects.exists()
    assert set(Job.objects.filter(kind="batch").values_list("state", flat=True)) == {Job.CANCELLED}
    send(client, SHEETS, "two")
    worked()
    assert set(map(str, BatchLine.objects.values_list("answers", flat=True))) == {"{}"}


def test_briefs_wait_behind_those_somebody_waits_for_and_come_as_one_zip(
    program, loaded, recruiter, decision_of
):
    client = program(recruiter)
    made = send(client, SHEETS).json()["id"]
    worked()
    alone = decision_of(recruiter, work="connect")
    assert alone.briefs.get().job.priority == Job.ON_REQUEST
    assert set(Brief.objects.exclude(decision=alone).values_list("job__priority", flat=True)) == {Job.BATCH}
    stored = file_keep(b"%PDF-1.7\nwords\n%%EOF\n", folder="briefs", ending="pdf")
    Brief.objects.update(file=stored.name)
    answer = client.get(f"/api/v1/batches/{made}/briefs.zip")
    packed = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert len(packed.namelist()) == 2


def test_results_run_no_formula_and_leave_out_what_was_deleted(program, loaded, recruiter):
    client = program(recruiter)
    made = send(client, "work,client,project\nconnect,=1+1,\nconnect,Gone,\n").json()["id"]
    worked()
    Decision.objects.filter(client="Gone").update(deleted_at="2026-11-26T00:00Z")
    first, second = results(client, made)
    assert (first["client"], second["client"], second["number"]) == ("'=1+1", "", "")


def test_a_batch_is_its_owners_alone(program, loaded, recruiter, colleague):
    made = send(program(recruiter), SHEETS).json()["id"]
    other = program(colleague)
    for address in ("", "/results.csv", "/results.xlsx", "/briefs.zip"):
        assert other.get(f"/api/v1/batches/{made}{address}").status_code == 404
    assert other.post(f"/api/v1/batches/{made}/cancel").status_code == 404
    assert program(recruiter, "read").post(f"/api/v1/batches/{made}/cancel").status_code == 403
    assert send(program(recruiter, "read"), SHEETS).status_code == 403


def test_the_page_takes_a_file_and_shows_how_far_it_is(ana):
    bad = SimpleUploadedFile("a.csv", b"work\nconect\n")
    answer = ana.post("/batches/", {"file": bad})
    assert answer.status_code == 422 and "connect" in answer.content.decode()
    good = SimpleUploadedFile("many.csv", SHEETS.encode())
    page = ana.post("/batches/", {"file": good}, follow=True)
    assert "0 of 2 decisions are made" in page.content.decode()
    worked()
    page = ana.get(page.redirect_chain[-1][0]).content.decode()
    assert "2 of 2 decisions are made: done" in page and "Lead routing" in page


TEXTS = """Chatbot for our support team
We want an assistant that answers questions from our manuals. Budget EUR 70k a year, Berlin, permanent.
---
Move leads between HubSpot and SAP
We need somebody to connect HubSpot with SAP by n8n. Freelance, three months, from Poland.
"""


def test_pasted_descriptions_are_read_and_decided_each(ana, recruiter):
    page = ana.post("/batches/", {"texts": TEXTS}, follow=True)
    worked()
    first, second = Decision.objects.order_by("pk")
    assert (first.project, second.project) == (
        "Chatbot for our support team",
        "Move leads between HubSpot and SAP",
    )
    assert (first.answers["work"], first.place) == ("language", "DE")
    assert second.engagement_type == "freelance_marketplace"
    assert first.answers["description"].endswith("permanent.")
    assert "Chatbot" in first.evidence["work"]["words"]
    page = ana.get(page.redirect_chain[-1][0]).content.decode()
    assert "EUR" in page and "Move leads between" in page
    assert set(map(str, BatchLine.objects.values_list("evidence", flat=True))) == {"{}"}


@pytest.mark.parametrize(
    ("fields", "cure"),
    [
        ({}, "Choose a file or paste"),
        ({"texts": "One", "file": SimpleUploadedFile("a.csv", b"work\nconnect\n")}, "Choose a file or paste"),
        ({"texts": "\n---\n -----\n"}, "Paste at least one"),
        ({"texts": "\n---\n".join(["A chatbot"] * 51)}, "more than 50"),
        ({"texts": "x" * 500_001}, "too much text"),
        ({"texts": "A bot\n---\n" + "word " * 30_000}, "<td>2</td>"),
    ],
    ids=range(6),
)
def test_what_cannot_be_taken_from_the_page_says_its_cure(ana, fields, cure):
    answer = ana.post("/batches/", fields)
    assert answer.status_code == 422 and cure in answer.content.decode()
    assert not Batch.objects.exists()


def test_results_as_a_workbook_say_what_the_csv_says(program, loaded, recruiter, ana):
    client = program(recruiter)
    made = send(client, SHEETS).json()["id"]
    worked()
    for reader, address in ((client, "/api/v1"), (ana, "")):
        answer = reader.get(f"{address}/batches/{made}/results.xlsx")
        book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
        head, *rows = book.active.iter_rows(values_only=True)
        plain = results(client, made)
        assert [head] * len(rows) == [tuple(row) for row in plain]
        for row, said in zip(rows, plain, strict=True):
            for cell, text in zip(row, said.values(), strict=True):
                number = isinstance(cell, int | float) and not isinstance(cell, bool)
                assert float(text) == cell if number else text == ("" if cell is None else str(cell))


def test_the_empty_file_has_every_column_and_can_be_sent_back(ana, program, recruiter):
    head = ana.get("/batches/template.csv").content.decode("utf-8-sig").strip()
    assert {"work", "budget.amount", "timeline.needed_by", "description"} <= set(head.split(","))
    row = "connect" + "," * head.count(",")
    client = program(recruiter)
    sent = send(client, f"{head}\n{row}\n")
    assert sent.status_code == 202
    Job.objects.filter(kind="batch").update(state=Job.FAILED)
    assert client.get(sent["Location"]).json()["state"] == "stuck", "its job failed for good"
