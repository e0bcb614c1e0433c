"""The golden texts say what the shipped rulebook answers; a change of any answer shows as changed lines."""

from pathlib import Path

import pytest

from rolematcher.engine.model import Rulebook
from rolematcher.engine.proof.cases import role_cases
from rolematcher.engine.proof.golden import golden_texts
from rolematcher.engine.rulebook.read import rulebook_read

GOLDEN = Path(__file__).parents[1] / "golden"


@pytest.mark.parametrize("name", ["cases.txt", "tables.txt"])
def test_shipped_rulebook_answers_as_written_down(rulebook: Rulebook, name: str):
    """After a wanted change: `python manage.py rulebook golden --write`, and read the difference."""
    assert golden_texts(rulebook)[name] == (GOLDEN / name).read_text(encoding="utf-8")


def test_every_case_has_one_line_and_all_sheets_are_counted(rulebook: Rulebook):
    lines = [line for line in golden_texts(rulebook)["cases.txt"].splitlines() if not line.startswith("#")]
    cases = role_cases(rulebook)
    assert len(lines) == len(set(lines)) == len(cases.cases)
    assert sum(int(line.split(" | ")[1].replace(",", "")) for line in lines) == cases.sheets


def test_a_changed_rule_changes_only_the_lines_of_its_cases(rulebook: Rulebook, rulebook_text: str):
    before = golden_texts(rulebook)["cases.txt"].splitlines()
    changed = rulebook_text.replace('then = { course = "hire_pair" }', 'then = { course = "hire" }')
    after = golden_texts(rulebook_read(changed))["cases.txt"].splitlines()
    gone = set(before) - set(after)
    assert gone
    assert all("nobody-to-ship-the-model" in line for line in gone)


def test_other_words_for_the_same_rule_change_no_line(rulebook: Rulebook, rulebook_text: str):
    other = rulebook_text.replace('app = ["no", "unsure"]', 'app = ["unsure", "no"]')
    assert golden_texts(rulebook_read(other)) == golden_texts(rulebook)
