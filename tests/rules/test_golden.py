"""What the shipped rulebook answers is kept in git: a change of a rule shows the lines it changed.

`python -m tests.rules.test_golden` writes it anew.
"""

from pathlib import Path

import numpy as np

from rolematcher.rules import Rulebook, shipped_rulebook
from rolematcher.rules.answer_table import answer_table
from rolematcher.rules.wording import rulebook_listing

GOLDEN = Path(__file__).parent / "golden.txt"


def cases(rulebook: Rulebook) -> str:
    """Every way through need, role and recommendation: its results, answer sheets and rules."""
    table = answer_table(rulebook)
    winners = np.stack([table.winners_of[one.id].ravel() for one in table.tables])
    ways, counts = np.unique(winners, axis=1, return_counts=True)
    lines = []
    for way, sheets in zip(ways.T.tolist(), counts.tolist(), strict=True):
        rules = [one.rules[place] for one, place in zip(table.tables, way, strict=True)]
        results = " ".join(rule.result + "?" * rule.provisional for rule in rules)
        lines.append(f"{results} | {sheets:,} | {' > '.join(rule.id for rule in rules)}\n")
    return "".join(lines)


def test_the_golden_table_is_up_to_date(rulebook: Rulebook):
    assert cases(rulebook) == GOLDEN.read_text(encoding="utf-8")


def test_every_answer_sheet_is_counted_once(rulebook: Rulebook):
    sheets = [line.split(" | ")[1].replace(",", "") for line in cases(rulebook).splitlines()]
    assert sum(map(int, sheets)) == 293_760


def test_the_listing_has_every_rule_with_its_reason(rulebook: Rulebook):
    text = rulebook_listing(rulebook)
    for table in rulebook.tables:
        for rule in table.rules:
            assert f" {rule.id}\n" in text and rule.because in text


if __name__ == "__main__":
    GOLDEN.write_text(cases(shipped_rulebook()), encoding="utf-8")
