"""What the rulebook answers, written out. In: a rulebook. Out: texts to keep in git and compare with.

`cases.txt` has every case need, role and course tell apart, a line each: when a rule changes, the review
shows the cases it changed. `tables.txt` has the questions and the other tables, each by itself: the results
it reads stand open. A question mark after a result says that it is provisional.
"""

from __future__ import annotations

from collections.abc import Iterator

from rolematcher.engine.decision.verdict import REASON_TABLES
from rolematcher.engine.model import FIRST, UNSURE, Rule, Rulebook, Table
from rolematcher.engine.sheets.boxes import size
from rolematcher.engine.sheets.compiled import compile_alone
from rolematcher.engine.sheets.wording import box_text

from .cases import Cases, cases_alone, role_cases

HEAD = "# Written by `python manage.py rulebook golden --write`. Do not edit by hand.\n"


def golden_texts(rulebook: Rulebook) -> dict[str, str]:
    """File name -> text. Raises `RulebookError` if the rulebook tells too many cases apart."""
    return {
        "cases.txt": HEAD + "".join(f"{line}\n" for line in _role_lines(rulebook)),
        "tables.txt": HEAD
        + "".join(f"{line}\n" for line in (*_question_lines(rulebook), *_table_lines(rulebook))),
    }


def _role_lines(rulebook: Rulebook) -> Iterator[str]:
    cases = role_cases(rulebook)
    layout = cases.compiled.layout
    yield f"# {cases.sheets:,} answer sheets in {len(cases.cases)} cases."
    yield "# results | answer sheets | rules that give them | answers"
    for case in cases.cases:
        rules = _rules(cases, case.rows)
        yield " | ".join(
            (
                " ".join(_said(result, rule) for result, rule in zip(case.results, rules, strict=True)),
                f"{size(layout, case.box):,}",
                " > ".join(rule.id if rule else "no row" for rule in rules),
                box_text(layout, case.box | layout.results),
            )
        )


def _rules(cases: Cases, rows: tuple[int, ...]) -> list[Rule | None]:
    tables = [cases.compiled.table(id).table for id in cases.tables]
    return [table.rules[row] if row >= 0 else None for table, row in zip(tables, rows, strict=True)]


def _said(result: str, rule: Rule | None) -> str:
    """A result with what else the row says: that it is provisional, the question it takes back."""
    guess = "?" if rule and rule.provisional else ""
    asks = f"(asks {rule.ask})" if rule and rule.ask else ""
    return f"{result}{guess}{asks}" or "nothing"


def _question_lines(rulebook: Rulebook) -> Iterator[str]:
    """The questions with their answers, and what kind of question each is."""
    yield "# questions"
    for question in rulebook.questions:
        kinds = ("deciding", "many", "worked_out", "free")
        flags = " ".join(kind for kind in kinds if getattr(question, kind))
        default = f" | default {question.default}" if question.default != UNSURE else ""
        yield f"{question.id} | {flags} | {' '.join(choice.id for choice in question.choices)}{default}"


def _table_lines(rulebook: Rulebook) -> Iterator[str]:
    for table in rulebook.tables:
        if table.id not in REASON_TABLES:
            takes = "the first row that matches wins" if table.take == FIRST else "every matching row speaks"
            yield f"# {table.id}: {takes}"
            yield from _first_lines(rulebook, table) if table.take == FIRST else _all_lines(rulebook, table)


def _first_lines(rulebook: Rulebook, table: Table) -> Iterator[str]:
    cases, space = cases_alone(rulebook, table)
    layout = cases.compiled.layout
    field = layout.by_fact[table.id].full
    for case in cases.cases:
        (rule,) = _rules(cases, case.rows)
        row = rule.id if rule else "no row"
        yield f"{_said(case.results[0], rule)} | {row} | {box_text(layout, case.box | field, space)}"


def _all_lines(rulebook: Rulebook, table: Table) -> Iterator[str]:
    compiled = compile_alone(rulebook, table)
    for rule, mask in zip(table.rules, compiled.tables[0].masks, strict=True):
        yield f"{_said(rule.result, rule)} | {rule.id} | {box_text(compiled.layout, mask)}"
