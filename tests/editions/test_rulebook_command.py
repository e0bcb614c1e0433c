"""`manage.py rulebook`: each sub-command does its job, and a wrong text is told with its place and cure."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from rolematcher.editions.models import Edition

PAIR = 'then = { recommendation = "hire_pair" }'


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("rulebook", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def file_of(tmp_path: Path):
    """Write a text to a file and give its name."""

    def write(text: str, name: str = "rulebook.toml") -> str:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def test_check_says_what_was_tried():
    said = run("check", "shipped")
    assert "no case of" in said
    assert "examples come out as written" in said


def test_check_names_every_error_with_its_line_and_fails(file_of, rulebook_text: str):
    out = io.StringIO()
    with pytest.raises(SystemExit) as stopped:
        wrong = file_of(rulebook_text.replace('"connect", app', '"conect", app'))
        call_command("rulebook", "check", wrong, stdout=out)
    assert stopped.value.code == 1
    assert "conect" in out.getvalue() and "line " in out.getvalue()


def test_show_prints_every_rule_with_its_reason(rulebook):
    said = run("show", "shipped")
    rules = [rule for table in rulebook.tables for rule in table.rules]
    assert all(f" {rule.id}\n" in said and rule.because in said for rule in rules)


def test_export_gives_the_text_back_and_writes_dmn(tmp_path: Path, rulebook, rulebook_text: str):
    assert run("export", "shipped") == rulebook_text
    run("export", "shipped", "--dmn", str(tmp_path / "dmn"))
    assert {path.name for path in (tmp_path / "dmn").iterdir()} == {f"{t.id}.dmn" for t in rulebook.tables}


def test_compare_tells_the_changed_cases_in_words(file_of, rulebook_text: str):
    changed = file_of(rulebook_text.replace(PAIR, 'then = { recommendation = "hire" }'))
    assert "same for all" in run("compare", "shipped", "shipped")
    said = run("compare", "shipped", changed)
    assert "ml_engineer / hire_pair -> ml_engineer / hire" in said


def test_load_leaves_a_draft_and_publishes_nothing(loaded, file_of, rulebook_text: str):
    before = Edition.objects.current()
    run("load", file_of(rulebook_text + "\n# A remark.\n"))
    assert Edition.objects.current() == before
    assert Edition.objects.filter(state=Edition.DRAFT).exists()
    with pytest.raises(CommandError, match="TOML"):
        run("load", file_of("title ="))
    assert Edition.objects.count() == 2


def test_a_file_that_is_missing_or_no_text_is_told(tmp_path: Path):
    (tmp_path / "picture").write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(CommandError, match="No such file"):
        run("show", str(tmp_path / "nothing"))
    with pytest.raises(CommandError, match="UTF-8"):
        run("show", str(tmp_path / "picture"))
