"""What keeps a readable rulebook from being used. In: a rulebook. Out: messages, none if nothing is wrong.

Its tables have no gap and no idle rule; its worked examples come out as written, and miss every rule that is
taken out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache

from rolematcher.values.message import Message, Value

from .answer_table import ROLE_TABLES, answer_table
from .answers import Answers
from .facts import facts_of
from .reach import table_errors
from .read_answers import AnswersInvalid, answers_read
from .rulebook import ALL, FIRST, NO_RULE, Example, Rule, Rulebook, Table
from .section import RulebookError, nearest

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
EXAMPLE_DAY = date(2026, 1, 1)
"""The day examples are decided on, so that a date in one means the same for ever."""

Facts = Mapping[str, str]


@lru_cache(maxsize=8)
def rulebook_errors(rulebook: Rulebook) -> tuple[Message, ...]:
    """Everything wrong with a rulebook that reads well: tables, gaps, rules that never decide, examples."""
    errors = [*_table_errors(rulebook), *_rule_errors(rulebook), *_question_errors(rulebook)]
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
    for id, take in NEEDED_TABLES.items():
        if id not in have:
            yield Message(id="rules.check.table_missing", values={"table": id})
        elif have[id].take != take:
            yield Message(id="rules.check.table_take", values={"table": id, "take": take})
    for id, known in KNOWN_RESULTS.items():
        for result in have[id].results if id in have else ():
            if result not in known:
                values: dict[str, Value] = {"table": id, "result": result, "options": known}
                yield Message(id="rules.check.result_unknown", values=values)


def _rule_errors(rulebook: Rulebook) -> Iterator[Message]:
    """What the brief would have nothing to say for."""
    for rule in (rule for table in rulebook.tables for rule in table.rules):
        if rule.table == "need" and rule.result == "unclear" and not rule.ask:
            yield Message(id="rules.check.ask_missing", values={"rule": rule.id})
        if rule.table in ("advice", "risk") and not rule.do:
            yield Message(id="rules.check.do_missing", values={"rule": rule.id})


def _question_errors(rulebook: Rulebook) -> Iterator[Message]:
    """Questions the answer sheet knows must be asked in the way it holds them."""
    for question in rulebook.questions:
        ticked = question.id in TICKED
        if question.id in Answers.model_fields and not question.free and question.many != ticked:
            yield Message(id="rules.check.question_kind", values={"question": question.id})


def example_facts(rulebook: Rulebook, example: Example) -> dict[str, str]:
    """An example's facts; its answers may set worked-out facts too. Raises `AnswersInvalid`."""
    worked_out = {question.id for question in rulebook.questions if question.worked_out}
    given = {key: str(value) for key, value in example.answers.items() if key in worked_out}
    raw = {key: value for key, value in example.answers.items() if key not in worked_out}
    facts = facts_of(rulebook, answers_read(rulebook, raw), EXAMPLE_DAY)
    for key, value in given.items():
        possible = rulebook.fact(key).values
        if value not in possible:
            wrong = Message(id="answers.choice_unknown", values=nearest(value, possible))
            raise AnswersInvalid(((key, wrong),))
    return facts | given


def spoken(rulebook: Rulebook, facts: Facts, without: str = "") -> list[Rule]:
    """The rules that speak on these facts, worked out plainly, as if the rule `without` were not there."""
    values = dict(facts)
    spoke: list[Rule] = []
    for table in sorted(rulebook.tables, key=lambda table: table.take != FIRST):
        applied = [rule for rule in table.rules if rule.id != without and _applies(rule, values)]
        if table.take == FIRST:
            applied = applied[:1]
            values[table.id] = applied[0].result if applied else NO_RULE
        spoke += applied
    return spoke


def _applies(rule: Rule, values: Mapping[str, str]) -> bool:
    return all(values[condition.fact] in condition.allowed for condition in rule.when)


def example_errors(rulebook: Rulebook) -> Iterator[Message]:
    """Examples that come out otherwise, and rules that no example would miss."""
    examples: dict[str, tuple[Example, Facts]] = {}
    for example in rulebook.examples:
        try:
            examples[example.name] = example, example_facts(rulebook, example)
        except AnswersInvalid as invalid:
            for field, error in invalid.errors:
                yield _error("example_answers", example, field=field, error=(error,))
    for example, facts in examples.values():
        yield from failures(rulebook, example, spoken(rulebook, facts))
    yield from _unnoticed(rulebook, examples)


def _unnoticed(rulebook: Rulebook, examples: Mapping[str, tuple[Example, Facts]]) -> Iterator[Message]:
    """Rules that could be taken out without an example failing."""
    spoke = {name: spoken(rulebook, facts) for name, (_example, facts) in examples.items()}
    for rule in (rule for table in rulebook.tables for rule in table.rules):
        tried = [examples[name] for name, rules in spoke.items() if rule in rules]
        if not any(any(failures(rulebook, one, spoken(rulebook, facts, rule.id))) for one, facts in tried):
            yield Message(id="rules.check.unnoticed", values={"rule": rule.id})


def failures(rulebook: Rulebook, example: Example, spoke: list[Rule]) -> Iterator[Message]:
    """What comes out otherwise than the example expects."""
    for key in example.expect:
        if key in ("provisional", "asks"):
            yield from _otherwise_asked(key, example, spoke)
        elif key in ("says", "silent"):
            yield from _otherwise_spoken(key, example, spoke)
        else:
            yield from _otherwise(rulebook.table(key), example, spoke)


def _otherwise_asked(key: str, example: Example, spoke: list[Rule]) -> Iterator[Message]:
    """Another question than expected is asked, or the role is provisional where it was not to be."""
    decisive = [rule for rule in spoke if rule.table in ROLE_TABLES]
    asks = tuple(dict.fromkeys(rule.ask for rule in decisive if rule.ask))
    if key == "provisional" and any(rule.provisional for rule in decisive) != bool(example.expect[key]):
        yield _error("example_provisional", example)
    if key == "asks" and asks != example.expect[key]:
        yield _error("example_asks", example, found=asks, expected=example.expect[key])


def _otherwise_spoken(key: str, example: Example, spoke: list[Rule]) -> Iterator[Message]:
    """A rule that was to speak is silent, or the other way round."""
    ids, id = {rule.id for rule in spoke}, "example_silent" if key == "says" else "example_speaks"
    for rule in example.expect[key]:
        if (rule in ids) != (key == "says"):
            yield _error(id, example, rule=rule)


def _otherwise(table: Table, example: Example, spoke: list[Rule]) -> Iterator[Message]:
    """What a table gives that was not expected: another result, or one of several missing."""
    rules = [rule for rule in spoke if rule.table == table.id]
    said = tuple(dict.fromkeys(rule.result for rule in rules))
    wanted = example.expect[table.id]
    missing = [result for result in wanted if result not in said]
    if (table.take == FIRST and len(missing) == len(wanted)) or (table.take != FIRST and missing):
        yield _error("example_result", example, table=table.id, found=said, expected=wanted)


def _error(id: str, example: Example, **values: Value) -> Message:
    name: dict[str, Value] = {"example": example.name}
    return Message(id=f"rules.check.{id}", values=name | values)
