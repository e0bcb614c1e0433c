"""`manage.py decide`: the names scripts rely on, documents on demand, and a PDF that can be decided again."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command

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
    assert (own["low"], own["high"], own["currency"], own["unit"]) == (
        str(main.low),
        str(main.high),
        "GBP",
        "year",
    )


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


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("no json", "list of questions"),
        ("[" * 100_000, "list of questions"),
        ('{"work": "lanquage"}', "language"),
        ('{"basis": "contract"}', "no question"),
        ("[]", "list of questions"),
    ],
)
def test_what_is_wrong_is_said_with_its_cure(text, wrong, tmp_path):
    file = tmp_path / "answers.json"
    file.write_text(text)
    said = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("decide", str(file), stdout=io.StringIO(), stderr=said)
    assert "line 1: " in said.getvalue()
    assert wrong in said.getvalue()


def test_a_missing_file_and_no_file_are_said():
    with pytest.raises(CommandError, match="cannot be read"):
        decided("/nowhere/answers.json")
    with pytest.raises(CommandError, match="Give one"):
        decided()
