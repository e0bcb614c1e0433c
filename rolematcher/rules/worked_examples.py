"""The worked cases kept beside the rules, run. In: a rulebook. Out: a message per error, or none.

Does each example come out as written, do no two contradict each other, and would one of them fail if a rule
were taken out?
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations
from typing import NamedTuple

from rolematcher.values.message import Message, Value

from .answer_table import ROLE_TABLES
from .facts import facts_of
from .read_answers import AnswersInvalid, answers_read
from .rulebook import FIRST, NO_RULE, Example, Rule, Rulebook, Table
from .tables import EXTRA

EXAMPLE_DAY = date(2026, 1, 1)
"""The day examples are decided on, so that a date in one means the same for ever."""


class Decided(NamedTuple):
    """An example decided: results of "first" tables and the rules that spoke."""

    results: Mapping[str, str]
    spoke: tuple[Rule, ...]


def example_facts(rulebook: Rulebook, example: Example) -> dict[str, str]:
    """An example's facts; its answers may set worked-out facts too. Raises `AnswersInvalid`."""
    worked_out = {question.id for question in rulebook.questions if question.worked_out}
    given = {key: str(value) for key, value in example.answers.items() if key in worked_out}
    raw = {key: value for key, value in example.answers.items() if key not in worked_out}
    facts = facts_of(rulebook, answers_read(rulebook, raw), EXAMPLE_DAY)
    wrong = [key for key, value in given.items() if value not in rulebook.fact(key).values]
    if wrong:
        values: dict[str, Value] = {"typed": given[wrong[0]], "near": ""}
        values["options"] = rulebook.fact(wrong[0]).values
        raise AnswersInvalid(((wrong[0], Message(id="answers.choice_unknown", values=values)),))
    return facts | given


def decided(rulebook: Rulebook, facts: Mapping[str, str], without: str = "") -> Decided:
    """Every table on these facts, plainly, as if the rule `without` were not there."""
    values = dict(facts)
    results: dict[str, str] = {}
    spoke: list[Rule] = []
    for table in sorted(rulebook.tables, key=lambda table: table.take != FIRST):
        applied = [rule for rule in table.rules if rule.id != without and _applies(rule, values)]
        if table.take == FIRST:
            applied = applied[:1]
            results[table.id] = values[table.id] = applied[0].result if applied else NO_RULE
        spoke += applied
    return Decided(results, tuple(spoke))


def _applies(rule: Rule, values: Mapping[str, str]) -> bool:
    return all(values[condition.fact] in condition.allowed for condition in rule.when)


def example_errors(rulebook: Rulebook) -> Iterator[Message]:
    """Examples that come out otherwise, pairs that contradict each other, rules no example would miss."""
    facts: dict[str, dict[str, str]] = {}
    for example in rulebook.examples:
        try:
            facts[example.name] = example_facts(rulebook, example)
        except AnswersInvalid as invalid:
            for field, error in invalid.errors:
                yield _error("example_answers", example, field=field, error=(error,))
    examples = [example for example in rulebook.examples if example.name in facts]
    for example in examples:
        yield from failures(rulebook, example, decided(rulebook, facts[example.name]))
    yield from _contradictions(rulebook, examples, facts)
    yield from _unnoticed(rulebook, examples, facts)


def _unnoticed(
    rulebook: Rulebook, examples: list[Example], facts: Mapping[str, Mapping[str, str]]
) -> Iterator[Message]:
    """Rules that could be taken out without an example failing."""
    speaks: dict[str, list[Example]] = {}
    for example in examples:
        for rule in decided(rulebook, facts[example.name]).spoke:
            speaks.setdefault(rule.id, []).append(example)
    for table in rulebook.tables:
        for rule in table.rules:
            tried = speaks.get(rule.id, ())
            if not any(
                any(failures(rulebook, example, decided(rulebook, facts[example.name], rule.id)))
                for example in tried
            ):
                yield Message(id="rules.check.unnoticed", values={"rule": rule.id})


def failures(rulebook: Rulebook, example: Example, found: Decided) -> Iterator[Message]:
    """What comes out otherwise than the example expects."""
    for key in example.expect:
        if key in ("provisional", "asks"):
            yield from _otherwise_asked(key, example, found)
        elif key in ("says", "silent"):
            yield from _otherwise_spoken(key, example, found)
        else:
            yield from _otherwise(rulebook.table(key), example, found)


def _otherwise_asked(key: str, example: Example, found: Decided) -> Iterator[Message]:
    """Another question than expected is asked, or the role is provisional where it was not to be."""
    wanted = _wanted(example, key)
    decisive = [rule for rule in found.spoke if rule.table in ROLE_TABLES]
    asks = tuple(dict.fromkeys(rule.ask for rule in decisive if rule.ask))
    if key == "provisional" and (any(rule.provisional for rule in decisive),) != wanted:
        yield _error("example_provisional", example)
    if key == "asks" and asks != wanted:
        yield _error("example_asks", example, found=asks, expected=_texts(wanted))


def _otherwise_spoken(key: str, example: Example, found: Decided) -> Iterator[Message]:
    """A rule that was to speak is silent, or the other way round."""
    spoke, id = {rule.id for rule in found.spoke}, "example_silent" if key == "says" else "example_speaks"
    for rule in _texts(_wanted(example, key)):
        if (rule in spoke) != (key == "says"):
            yield _error(id, example, rule=rule)


def _otherwise(table: Table, example: Example, found: Decided) -> Iterator[Message]:
    """What a table gives that was not expected: another result, or one of several missing."""
    rules = [rule for rule in found.spoke if rule.table == table.id]
    said = tuple(dict.fromkeys(rule.result for rule in rules))
    wanted = _texts(_wanted(example, table.id))
    missing = [result for result in wanted if result not in said]
    if (table.take == FIRST and len(missing) == len(wanted)) or (table.take != FIRST and missing):
        yield _error("example_result", example, table=table.id, found=said, expected=wanted)


def _contradictions(
    rulebook: Rulebook, examples: list[Example], facts: Mapping[str, Mapping[str, str]]
) -> Iterator[Message]:
    """Pairs of examples with the same answers that cannot both come out as written."""
    alike: dict[tuple[tuple[str, str], ...], list[Example]] = {}
    for example in examples:
        alike.setdefault(tuple(facts[example.name].items()), []).append(example)
    for group in alike.values():
        for one, other in combinations(group, 2):
            for key in one.expect:
                first_wins = key not in EXTRA and rulebook.table(key).take == FIRST
                if first_wins and key in other.expect and not {*_wanted(one, key)} & {*_wanted(other, key)}:
                    yield _error("contradiction", one, other=other.name, table=key)
                    break


def _wanted(example: Example, key: str) -> tuple[object, ...]:
    expected = example.expect[key]
    return tuple(expected) if isinstance(expected, list) else (expected,)


def _texts(wanted: tuple[object, ...]) -> tuple[str, ...]:
    return tuple(map(str, wanted))


def _error(id: str, example: Example, **values: Value) -> Message:
    name: dict[str, Value] = {"example": example.name}
    return Message(id=f"rules.check.{id}", values=name | values)
