"""`manage.py rates`: coverage, import and export as scripts use them."""

from __future__ import annotations

import io
import json
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from rolematcher.rates.models import RateObservation
from rolematcher.rates.services import rates_load

from .market import file_of, row

pytestmark = pytest.mark.django_db


def run(*words: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("rates", *words, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def piped(monkeypatch):
    """One sound row on standard input."""
    given = SimpleNamespace(buffer=file_of(row()))
    monkeypatch.setattr("sys.stdin", given)
    return given


def test_coverage_shows_grades_of_places_with_something_on_file_and_as_json_every_cell():
    rates_load()
    table, _ = run("coverage", "--on", "2026-11-21")
    us = next(line for line in table.splitlines() if line.startswith("United States"))
    assert us.split()[2:4] == ["C", "10"]
    assert "Malta" not in table
    assert "modelled" in table.splitlines()[-1]
    shown = json.loads(run("coverage", "--json", "--on", "2026-11-21")[0])
    found = {(cell["place"], cell["role"], cell["engagement_type"]): cell for cell in shown["cells"]}
    assert found["MT", "ai_engineer", "permanent"]["status"] == "modelled"
    assert sum(shown["counts"].values()) == len(shown["cells"])


def test_import_saves_and_says_what(tmp_path, piped):
    assert "Not saved: 1 new" in run("import", "-", "--check")[0]
    piped.buffer.seek(0)
    assert "Saved: 1 new, 0 changed, 0 same, 0 refused." in run("import", "-")[0]
    for name in ("out.csv", "out.xlsx"):
        run("export", str(tmp_path / name))
        assert "1 same" in run("import", str(tmp_path / name))[0]
    assert run("export")[0].splitlines()[0].startswith("role,place,engagement_type")


def test_import_names_row_and_column_and_fails(tmp_path):
    path, out, err = tmp_path / "rates.csv", io.StringIO(), io.StringIO()
    path.write_bytes(file_of(row(), row(unit="fortnight")).getvalue())
    with pytest.raises(CommandError, match="Nothing was saved"):
        call_command("rates", "import", str(path), stdout=out, stderr=err)
    assert err.getvalue().startswith("row 3, unit: “fortnight” is not known")
    with pytest.raises(SystemExit):
        run("import", "--check", str(path))
    assert not RateObservation.objects.exists()


@pytest.mark.parametrize(
    ("words", "cure"),
    [
        ("import /no/such/file", "cannot be read"),
        ("import - --user nobody", "nobody called nobody"),
        ("estimate ai_engineer DEE", r"Nearest: .*DE"),
    ],
)
def test_what_cannot_be_done_is_said_with_its_cure(words, cure, piped):
    with pytest.raises(CommandError, match=cure):
        run(*words.split())
