"""What the shipped rulebook answers is kept in git: a change of a rule shows the lines it changed.

`python -m tests.rules.test_golden` writes it anew.
"""

from pathlib import Path

import numpy as np

from rolematcher.rules import Rulebook, shipped_rulebook
from rolematcher.rules.answer_table import answer_table

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


if __name__ == "__main__":
    GOLDEN.write_text(cases(shipped_rulebook()), encoding="utf-8")
