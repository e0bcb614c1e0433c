"""`manage.py decide`: names scripts rely on, documents on demand, a PDF decided again; as a page decides."""

from __future__ import annotations

import io
import json
from contextlib import nullcontext

import pytest
from django.core.management import CommandError, call_command

from tests.rules.test_worked_cases import CASES

from .made import CHATBOT, pdf_text, worked_out

KEYS = {
    *("role", "recommendation", "headline", "seniority", "engagement_type", "headcount", "firm", "estimate"),
    *("budget", "cost", "reasons", "trace", "answers", "edition", "decided_on"),
}
ESTIMATE = "place seniority engagement_type status low typical high currency unit grade sources"
pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(tmp_path):
    """An answer sheet in a file."""
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(CHATBOT))
    return file


def decided(*args: object, **options: object) -> dict:
    out = io.StringIO()
    call_command("decide", *map(str, args), stdout=out, stderr=io.StringIO(), **options)
    return json.loads(out.getvalue())


def test_a_decision_has_the_names_that_scripts_rely_on(sheet):
    found = decided(sheet, "--on", "2026-11-26")
    assert set(found) >= KEYS
    assert found["role"] == "ai_engineer"
    assert found["decided_on"] == "2026-11-26"
    own = found["estimate"]["ai_engineer"]
    assert set(own) >= set(ESTIMATE.split())
    main = worked_out(CHATBOT).pay_typed.main
    figure = (own["low"], own["high"], own["currency"], own["unit"])
    assert figure == (str(main.low), str(main.high), "GBP", "year")


def test_documents_are_written_and_replayed(sheet, tmp_path):
    full, client, word = tmp_path / "full.pdf", tmp_path / "client.pdf", tmp_path / "brief.docx"
    decided(sheet, "--on", "2026-11-26", "--pdf", full, "--docx", word)
    decided(sheet, "--on", "2026-11-26", "--pdf", client, "--client")
    assert word.read_bytes().startswith(b"PK")
    assert "zebra-description" in pdf_text(full.read_bytes())
    assert b"zebra" not in client.read_bytes()
    assert decided("--replay", full)["replayed"] == {"same_verdict": True, "same_pay": True}
    with pytest.raises(CommandError, match="client copy"):
        decided("--replay", client)


BUDGETS = {
    "INR a year": {"amount": "1800000", "currency": "INR", "unit": "year", "kind": "pay"},
    "GBP a day": {"amount": "600", "currency": "GBP", "unit": "day", "kind": "pay"},
    "USD an hour": {"amount": "45.50", "currency": "USD", "unit": "hour", "kind": "total"},
    "EUR a project": {"amount": "20,000", "currency": "EUR", "unit": "project", "kind": "total"},
}
MIXED = ("We read délivery notes 📦 — مرحبا بكم — 我们需要一个助手。 Not <b>bold</b>, text.\n" * 70)[:5000]


def decided_lines(tmp_path, *lines: dict) -> tuple[list[dict], str]:
    """What the command prints for a file of sheets, and what it says is wrong."""
    file, out, err = tmp_path / "sheets.jsonl", io.StringIO(), io.StringIO()
    file.write_text("\r\n".join(json.dumps(line, ensure_ascii=False) for line in lines), newline="")
    with nullcontext() if "wrong" not in str(lines) else pytest.raises(SystemExit, match="1"):
        call_command("decide", str(file), stdout=out, stderr=err)
    return [json.loads(line) for line in out.getvalue().rstrip("\n").split("\n")], err.getvalue()


def test_every_worked_case_is_decided_alike_by_command_and_page(tmp_path, decision_of, recruiter):
    found, _wrong = decided_lines(tmp_path, *(answers for answers, _role, _recommendation in CASES.values()))
    for (answers, role, recommendation), said in zip(CASES.values(), found, strict=True):
        kept = decision_of(recruiter, **answers)
        assert (kept.role, kept.recommendation) == (said["role"], said["recommendation"])
        assert (kept.role, kept.recommendation) == (role, recommendation)
        assert said["reasons"] and len(said["estimate"]) == 3
        assert any(rule["outcome"] == "applied" for table in said["trace"] for rule in table["rules"])


def test_every_kind_of_budget_and_a_long_mixed_text_are_kept_alike(tmp_path, decision_of, ana, recruiter):
    shared = {"work": "language", "place": "GB", "client": "Müller & Søn <Ltd>", "description": MIXED}
    sheets = [shared | {"budget": budget} for budget in BUDGETS.values()]
    for sheet, said in zip(sheets, decided_lines(tmp_path, *sheets)[0], strict=True):
        kept = decision_of(recruiter, **sheet)
        assert kept.answers == said["answers"]
        assert said["budget"]["cover"] != "not_set"
        assert said["answers"]["budget"]["currency"] == sheet["budget"]["currency"]
    assert kept.answers["client"] == shared["client"]
    assert all(piece in kept.answers["description"] for piece in ("📦", "مرحبا", "我们", "<b>bold</b>"))
    page = ana.get(kept.get_absolute_url()).content.decode()
    assert "<b>bold</b>" not in page and "Müller &amp; Søn &lt;Ltd&gt;" in page


def test_each_line_is_decided_and_the_lines_that_are_wrong_are_named(tmp_path):
    lines = [{"work": "connect", "app": "no"}, {"work": "wrong"}, {"wrong": "blue"}, {"evidence": "buy"}]
    found, wrong = decided_lines(tmp_path, *lines)
    assert [one["recommendation"] for one in found] == ["hire", "buy"]
    assert "line 2: work" in wrong and "line 3: wrong" in wrong


def test_a_line_ends_where_the_file_says_and_not_inside_a_text(tmp_path):
    lines = [{"work": "language", "description": "one\u2028two\u0085three"}, {"work": "connect"}]
    assert len(decided_lines(tmp_path, *lines)[0]) == 2


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        *((text, "") for text in ("", "null", "{", '{"work": 1e400}', '{"budget": {"amount": NaN}}', "7")),
        *((text, "list of questions") for text in ("no json", "[" * 100_000, "[]")),
        ('{"work": "lanquage"}', "language"),
        ('{"basis": "contract"}', "no question"),
    ],
)
def test_what_is_wrong_is_said_with_its_cure(text, wrong, tmp_path):
    file, out, said = tmp_path / "answers.json", io.StringIO(), io.StringIO()
    file.write_text(text)
    with pytest.raises(SystemExit, match="1"):
        call_command("decide", str(file), stdout=out, stderr=said)
    assert "line 1: " in said.getvalue() and wrong in said.getvalue()
    assert not out.getvalue()


@pytest.mark.parametrize(
    ("arguments", "cure"),
    [
        ([], "Give one"),
        (["missing.json"], "cannot be read"),
        (["--replay", "missing.pdf"], "cannot be read"),
        *((["--replay", file], "not a whole PDF of ours") for file in ("answers.json", "empty", "half.pdf")),
        (["answers.json", "--pdf", "missing/brief.pdf"], "cannot be written"),
    ],
)
def test_the_file_that_stops_it_is_said(sheet, monkeypatch, arguments, cure):
    monkeypatch.chdir(sheet.parent)
    (sheet.parent / "empty").touch()
    (sheet.parent / "half.pdf").write_bytes(b"%PDF-1.7 no")
    with pytest.raises(CommandError, match=cure):
        decided(*arguments)
