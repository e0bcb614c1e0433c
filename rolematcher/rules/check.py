"""What keeps a readable rulebook from being used. In: a rulebook. Out: messages, none if nothing is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from rolematcher.values.message import Message, Value

from .answer_table import answer_table
from .answers import Answers
from .reach import table_errors
from .rulebook import ALL, FIRST, Rule, Rulebook, Table
from .section import RulebookError
from .worked_examples import example_errors

NEEDED_TABLES: Mapping[str, str] = {
    "need": FIRST,
    "role": FIRST,
    "recommendation": FIRST,
    "seniority": FIRST,
    "engagement_type": FIRST,
    "headcount": FIRST,
    "advice": ALL,
    "risk": ALL,
}
"""The tables the page and the brief are made from."""

KNOWN_RESULTS: Mapping[str, tuple[str, ...]] = {
    "role": ("ai_engineer", "ml_engineer", "automation_specialist", "none"),
    "recommendation": (
        "hire", "hire_then_review", "hire_pair", "use_team", "buy", "collect_data", "ask_first",
        "look_elsewhere",
    ),
    "seniority": ("junior", "mid", "senior"),
    "engagement_type": (
        "permanent", "contract", "contract_to_hire", "freelance_marketplace", "embedded_offshore", "agency",
    ),
    "headcount": ("one", "pair", "none"),
}  # fmt: skip
"""Results the pay estimate and the brief can do something with; another one would need code."""

TICKED = ("team",)


@lru_cache(maxsize=8)
def rulebook_errors(rulebook: Rulebook) -> tuple[Message, ...]:
    """Everything wrong with a rulebook that reads well: tables, gaps, rules that never decide, examples."""
    errors = [*_table_errors(rulebook), *_question_errors(rulebook)]
    try:
        answer_table(rulebook)
        errors += table_errors(rulebook)
    except RulebookError as error:
        errors.append(error.message)
    if not any(error.id == "rules.check.question_kind" for error in errors):
        errors += example_errors(rulebook)
    return tuple(errors)


def _table_errors(rulebook: Rulebook) -> Iterator[Message]:
    have = {table.id: table for table in rulebook.tables}
    yield from _missing(have)
    for id, known in KNOWN_RESULTS.items():
        for result in have[id].results if id in have else ():
            if result not in known:
                values: dict[str, Value] = {"table": id, "result": result, "options": known}
                yield Message(id="rules.check.result_unknown", values=values)
    for table in have.values():
        for rule in table.rules:
            yield from _rule_errors(table.id, rule)


def _missing(have: Mapping[str, Table]) -> Iterator[Message]:
    """Tables that the decision needs and that are not there, or are read in another way."""
    for id, take in NEEDED_TABLES.items():
        if id not in have:
            yield Message(id="rules.check.table_missing", values={"table": id})
        elif have[id].take != take:
            yield Message(id="rules.check.table_take", values={"table": id, "take": take})


def _rule_errors(table: str, rule: Rule) -> Iterator[Message]:
    """What the brief would have nothing to say for."""
    if table == "need" and rule.result == "unclear" and not rule.ask:
        yield Message(id="rules.check.ask_missing", values={"rule": rule.id})
    if table in ("advice", "risk") and not rule.do:
        yield Message(id="rules.check.do_missing", values={"rule": rule.id})


def _question_errors(rulebook: Rulebook) -> Iterator[Message]:
    """Questions the answer sheet knows must be asked in the way it holds them."""
    for question in rulebook.questions:
        ticked = question.id in TICKED
        if question.id in Answers.model_fields and not question.free and question.many != ticked:
            yield Message(id="rules.check.question_kind", values={"question": question.id})
