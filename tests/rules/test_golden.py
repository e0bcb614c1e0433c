"""What the shipped rulebook answers is kept in git: a change of a rule shows the lines it changed."""

from pathlib import Path

import pytest

from rolematcher.rules.golden import golden_texts
from rolematcher.rules.listing import rulebook_listing
from rolematcher.rules.rulebook import Rulebook

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("name", ["cases.txt", "tables.txt"])
def test_the_golden_table_is_up_to_date(rulebook: Rulebook, name: str):
    assert golden_texts(rulebook)[name] == (GOLDEN / name).read_text(encoding="utf-8")


def test_every_answer_sheet_is_counted_once(rulebook: Rulebook):
    lines = [line for line in golden_texts(rulebook)["cases.txt"].splitlines() if not line.startswith("#")]
    assert sum(int(line.split(" | ")[1].replace(",", "")) for line in lines) == 293_760


def test_the_listing_has_every_rule_with_its_reason(rulebook: Rulebook):
    text = rulebook_listing(rulebook)
    for table in rulebook.tables:
        for rule in table.rules:
            assert f" {rule.id}\n" in text and rule.because in text
