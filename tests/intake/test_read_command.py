"""`manage.py read`: one text or JSON lines in, suggestions, role and course out."""

import io
import json
import sys

import pytest
from django.core.management import CommandError, call_command

from rolematcher.engine.reader.read import read
from rolematcher.intake.reading import reading_explained
from tests.reader.texts import ON, OTHERS, POSTS

pytestmark = pytest.mark.django_db


def run(path, *args: str) -> str:
    out = io.StringIO()
    call_command("read", str(path), *args, "--on", "2026-11-21", stdout=out, stderr=io.StringIO())
    return out.getvalue()


@pytest.fixture
def one_text(tmp_path):
    path = tmp_path / "post.txt"
    path.write_text(POSTS[12]["text"], encoding="utf-8")
    return path


def test_a_text_gives_one_object_with_role_course_and_evidence(one_text):
    found = json.loads(run(one_text))
    assert (found["role"], found["course"], found["refused"]) == ("ai_engineer", "hire", False)
    assert all(one["for"] for one in found["suggestions"])
    assert found["answers"]["app"] == "yes"


def test_json_lines_give_one_object_a_line_in_order(tmp_path):
    path = tmp_path / "posts.jsonl"
    given = [POSTS[0], OTHERS[0], POSTS[24]]
    path.write_text("\n".join(json.dumps(one) for one in given), encoding="utf-8")
    found = [json.loads(line) for line in run(path).splitlines()]
    assert [one["id"] for one in found] == [one["id"] for one in given]
    assert [one["role"] for one in found] == ["automation_specialist", None, "ml_engineer"]
    assert found[1]["course"] is None
    assert "reads like" in found[1]["why"]


def test_the_published_edition_decides(one_text, loaded):
    assert json.loads(run(one_text))["role"] == "ai_engineer"


def test_explain_prints_the_words_behind_each_suggestion(one_text):
    text = run(one_text, "--explain")
    assert text.startswith("Leads to: AI engineer")
    assert 'for: "chatbot"' in text


def test_a_refused_text_is_explained(lexicon, rulebook):
    reading = read(lexicon, OTHERS[0]["text"], on=ON)
    assert reading_explained(rulebook, reading, on=ON).startswith("Not one of the three roles.")


def test_a_line_without_text_is_named_and_the_others_are_read(tmp_path, capsys):
    path = tmp_path / "posts.jsonl"
    path.write_text('{"text": "Chatbot with GPT-4"}\n{"body": "x"}\nnonsense\n', encoding="utf-8")
    out, errors = io.StringIO(), io.StringIO()
    with pytest.raises(SystemExit):
        call_command("read", str(path), stdout=out, stderr=errors)
    assert len(out.getvalue().splitlines()) == 1
    assert "line 2:" in errors.getvalue()
    assert "line 3:" in errors.getvalue()


def test_standard_input_is_read(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Zapier für Rechnungen".encode())))
    assert json.loads(run("-"))["role"] == "automation_specialist"


def test_a_missing_file_and_a_wrong_encoding_are_named(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        run(tmp_path / "none.txt")
    (tmp_path / "latin.txt").write_bytes("für".encode("latin-1"))
    with pytest.raises(CommandError, match="not UTF-8"):
        run(tmp_path / "latin.txt")
