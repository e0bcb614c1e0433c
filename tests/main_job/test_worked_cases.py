"""The worked cases through the page and through the command: both must come out right, and the same."""

from __future__ import annotations

import json
import uuid
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from rolematcher.decisions.models import Decision
from rolematcher.decisions.services import decision_make
from rolematcher.editions.services import edition_current, rulebook_of
from rolematcher.rules import answers_read

from .cases import BUDGETS, CASES, CLIENT, LONG

pytestmark = pytest.mark.django_db


def decided(tmp_path, answers, *options) -> dict:
    sheet = tmp_path / "answers.json"
    sheet.write_text(json.dumps(answers), encoding="utf-8")
    out = StringIO()
    call_command("decide", str(sheet), *options, stdout=out)
    return json.loads(out.getvalue())


def made(recruiter, answers) -> Decision:
    read = answers_read(rulebook_of(edition_current()), answers)
    return decision_make(read, user=recruiter, key=uuid.uuid4().hex, on=timezone.localdate())


@pytest.mark.parametrize("name", CASES)
def test_worked_case_comes_out_right_through_the_command(loaded, tmp_path, name):
    answers, role, recommendation = CASES[name]
    result = decided(tmp_path, answers)
    assert (result["role"], result["recommendation"]) == (role, recommendation)
    assert result["reasons"]
    assert set(result["estimate"]) == {"ai_engineer", "ml_engineer", "automation_specialist"}
    assert any(rule["outcome"] == "applied" for table in result["trace"] for rule in table["rules"])


@pytest.mark.parametrize("name", CASES)
def test_worked_case_is_kept_and_shown_as_the_command_says(loaded, client, recruiter, name):
    answers, role, recommendation = CASES[name]
    client.force_login(recruiter)
    decision = made(recruiter, answers)
    assert (decision.role, decision.recommendation) == (role, recommendation)
    assert client.get(decision.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("name", BUDGETS)
def test_budget_of_every_kind_is_understood_by_page_and_command(loaded, client, recruiter, tmp_path, name):
    answers = {"work": "language", "app": "yes", "place": "GB", "budget": BUDGETS[name], "client": CLIENT}
    client.force_login(recruiter)
    kept = made(recruiter, answers)
    result = decided(tmp_path, answers)
    assert kept.answers["budget"] == result["answers"]["budget"]
    assert result["budget"]["cover"] != "not_set"
    assert result["answers"]["budget"]["currency"] == BUDGETS[name]["currency"]
    assert kept.client == CLIENT


def test_long_mixed_description_is_kept_whole_by_page_and_command(loaded, client, recruiter, tmp_path):
    answers = {"work": "language", "app": "yes", "description": LONG, "client": CLIENT}
    client.force_login(recruiter)
    kept = made(recruiter, answers)
    assert kept.answers["description"] == decided(tmp_path, answers)["answers"]["description"]
    for piece in ("📦", "مرحبا", "我们", "<b>bold</b>"):
        assert piece in kept.answers["description"]
    page = client.get(f"{kept.get_absolute_url()}").content.decode()
    assert "<b>bold</b>" not in page
    assert "Müller &amp; Søn &lt;Ltd&gt;" in page


def test_command_writes_the_brief_of_a_single_decision(loaded, tmp_path):
    decided(
        tmp_path,
        {"work": "language", "client": CLIENT, "description": LONG},
        "--pdf",
        str(tmp_path / "brief.pdf"),
    )
    assert (tmp_path / "brief.pdf").read_bytes().startswith(b"%PDF-")


def test_command_decides_each_line_and_names_the_lines_that_are_wrong(loaded, tmp_path):
    sheets = tmp_path / "sheets.jsonl"
    lines = [{"work": "connect", "app": "no"}, {"work": "magic"}, {"colour": "blue"}, {"evidence": "buy"}]
    sheets.write_text("\n".join(map(json.dumps, lines)))
    out, err = StringIO(), StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("decide", str(sheets), stdout=out, stderr=err)
    assert stopped.value.code == 1
    assert [json.loads(line)["recommendation"] for line in out.getvalue().splitlines()] == ["hire", "buy"]
    assert "line 2: work" in err.getvalue()
    assert "line 3: colour" in err.getvalue()


def test_a_line_ends_where_the_file_says_and_not_inside_a_text(loaded, tmp_path):
    sheets = tmp_path / "sheets.jsonl"
    lines = [{"work": "language", "description": "one\u2028two\u0085three"}, {"work": "connect"}]
    sheets.write_text("\r\n".join(json.dumps(line, ensure_ascii=False) for line in lines), newline="")
    out = StringIO()
    call_command("decide", str(sheets), stdout=out)
    assert len(out.getvalue().rstrip("\n").split("\n")) == 2


@pytest.mark.parametrize(
    ("arguments", "cure"),
    [
        (["missing.json"], "cannot be read"),
        (["--replay", "missing.pdf"], "cannot be read"),
        (["--replay", "sheet.json"], "not a whole PDF of ours"),
        (["sheet.json", "--pdf", "missing/brief.pdf"], "cannot be written"),
    ],
)
def test_command_says_which_file_stops_it(loaded, tmp_path, monkeypatch, arguments, cure):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sheet.json").write_text('{"work": "connect"}')
    with pytest.raises(CommandError, match=cure):
        call_command("decide", *arguments, stdout=StringIO())


@pytest.mark.parametrize(
    "text", ["", "[]", "null", "{", '{"work": 1e400}', '{"budget": {"amount": NaN}}', "7"]
)
def test_command_refuses_what_is_no_sheet_with_a_sentence(loaded, tmp_path, text):
    sheet = tmp_path / "sheet.json"
    sheet.write_text(text)
    out, err = StringIO(), StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("decide", str(sheet), stdout=out, stderr=err)
    assert stopped.value.code == 1
    assert "line 1: " in err.getvalue()
    assert not out.getvalue()
