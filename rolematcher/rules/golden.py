"""What the rulebook answers, written out. In: a rulebook. Out: texts to keep in git and compare with.

`cases.txt` has a line for every way through need, role and recommendation: how many answer sheets take it and
which answers occur in it. `tables.txt` has the questions and the other tables by what reaches each rule. When
a rule changes, the review shows the lines it changed. A question mark after a result: it is provisional.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from .answer_table import ROLE_TABLES, AnswerTable, answer_table
from .reach import keys_of, relation
from .rulebook import FIRST, UNSURE, Question, Rule, Rulebook, Table

HEAD = "# Written by `python manage.py rulebook golden --write`. Do not edit by hand.\n"


def golden_texts(rulebook: Rulebook) -> dict[str, str]:
    """File name -> text. Raises `RulebookError` if the rulebook has too many answer sheets."""
    others = [table for table in rulebook.tables if table.id not in ROLE_TABLES]
    tables = [line for table in others for line in _table_lines(rulebook, table)]
    return {
        "cases.txt": _text(_case_lines(answer_table(rulebook))),
        "tables.txt": _text([*map(_question_line, rulebook.questions), *tables]),
    }


def _text(lines: Iterator[str] | list[str]) -> str:
    return HEAD + "".join(f"{line}\n" for line in lines)


def _case_lines(table: AnswerTable) -> Iterator[str]:
    code = np.zeros(table.shape, dtype=np.int64)
    for one in table.tables:
        code = code * (len(one.rules) + 1) + table.winners[one.id]
    ways, way, count = np.unique(code.ravel(), return_inverse=True, return_counts=True)
    yield f"# {table.sheets:,} answer sheets in {len(ways)} cases."
    yield "# results | answer sheets | rules that give them | answers that occur"
    for number, sheets in enumerate(count.tolist()):
        mine = np.flatnonzero(way == number)
        rules = [_winner(table, one, int(mine[0])) for one in table.tables]
        yield " | ".join(
            (
                " ".join(_said(rule) for rule in rules),
                f"{sheets:,}",
                " > ".join(rule.id if rule else "no rule" for rule in rules),
                _answers(table, mine),
            )
        )


def _winner(table: AnswerTable, one: Table, index: int) -> Rule | None:
    place = int(table.winners[one.id].ravel()[index])
    return one.rules[place] if place < len(one.rules) else None


def _said(rule: Rule | None) -> str:
    """A result with what else the rule says: that it is provisional, the question it takes back."""
    if rule is None:
        return "nothing"
    return rule.result + ("?" if rule.provisional else "") + (f"(asks {rule.ask})" if rule.ask else "")


def _answers(table: AnswerTable, sheets: npt.NDArray[np.int64]) -> str:
    """The answers that occur among sheets, question by question; a question with all of them is left out."""
    parts = []
    for axis in table.axes:
        places = np.unique(sheets // axis.stride % len(axis.states)).tolist()
        if axis.many:
            for column, fact in enumerate(axis.facts):
                values = dict.fromkeys(axis.states[place][column] for place in places)
                parts.append(_part(fact, tuple(values), ("yes", "no", UNSURE)))
        else:
            every = tuple(state[0] for state in axis.states)
            parts.append(_part(axis.id, tuple(every[place] for place in places), every))
    return " ".join(filter(None, parts))


def _part(name: str, values: Sequence[str], every: Sequence[str]) -> str:
    missing = [value for value in every if value not in values]
    if not missing:
        return ""
    return f"{name}!={'|'.join(missing)}" if len(missing) < len(values) else f"{name}={'|'.join(values)}"


def _question_line(question: Question) -> str:
    kinds = ("deciding", "many", "worked_out", "free")
    flags = " ".join(kind for kind in kinds if getattr(question, kind))
    default = f" | default {question.default}" if question.default != UNSURE else ""
    return f"{question.id} | {flags} | {' '.join(choice.id for choice in question.choices)}{default}"


def _table_lines(rulebook: Rulebook, table: Table) -> Iterator[str]:
    """A rule a line: what it gives, how many combinations of what is read reach it, its conditions."""
    takes = "the first rule that matches wins" if table.take == FIRST else "every matching rule speaks"
    yield f"# {table.id}: {takes}"
    counts = _reached(rulebook, table) if table.take == FIRST else None
    for place, rule in enumerate(table.rules):
        when = " ".join(f"{one.fact}={'|'.join(one.allowed)}" for one in rule.when)
        reached = f" | {counts[place]:,}" if counts else ""
        yield f"{_said(rule)}{reached} | {rule.id} | {when or 'in all other cases'}"


def _reached(rulebook: Rulebook, table: Table) -> list[int]:
    rel = relation(rulebook, keys_of(table.rules))
    return list(map(int, np.bincount(rel.winners(table), minlength=len(table.rules))))
