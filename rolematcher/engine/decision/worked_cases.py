"""The worked cases kept beside the rules, run. In: a rulebook. Out: a sentence per fault, or none.

These are what `rulebook check`, the tests and publishing ask before the proof: does each example come out
as written, and does the rulebook have the tables the brief is made from?
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations

from rolematcher.engine.errors import AnswerError, AnswersInvalid, EngineError
from rolematcher.engine.model import ALL, FIRST, Example, Rulebook
from rolematcher.engine.rulebook.examples import EXTRA

from .answers import answers_read
from .decide import decide
from .facts import facts_of
from .verdict import TableTried, Verdict

EXAMPLE_DAY = date(2026, 1, 1)
"""The day examples are decided on, so that a date in one means the same for ever."""

NEEDED_TABLES: Mapping[str, str] = {
    "need": FIRST,
    "role": FIRST,
    "course": FIRST,
    "level": FIRST,
    "basis": FIRST,
    "headcount": FIRST,
    "advice": ALL,
    "risk": ALL,
}
"""The tables the page and the brief are made from."""

KNOWN_RESULTS: Mapping[str, tuple[str, ...]] = {
    "level": ("junior", "mid", "senior"),
    "basis": (
        "permanent",
        "contract",
        "contract_to_hire",
        "freelance_marketplace",
        "embedded_offshore",
        "agency",
    ),
    "headcount": ("one", "pair", "none"),
}
"""Results the pay estimate and the brief can do something with; another one would need code."""


def rulebook_faults(rulebook: Rulebook) -> tuple[str, ...]:
    """What keeps a readable rulebook from being used: missing tables, unknown results, failing examples."""
    return (*_table_faults(rulebook), *examples_failed(rulebook))


def examples_failed(rulebook: Rulebook) -> tuple[str, ...]:
    """A sentence for each example that does not come out as written."""
    return tuple(sentence for example in rulebook.examples for sentence in _failed(rulebook, example))


def contradictions(rulebook: Rulebook) -> tuple[str, ...]:
    """A sentence for each pair of examples with the same answers that cannot both come out as written."""
    alike: dict[tuple[tuple[str, str], ...], list[Example]] = {}
    for example in rulebook.examples:
        try:
            facts = example_facts(rulebook, example)
        except EngineError:  # its own fault is reported by examples_failed
            continue
        alike.setdefault(tuple(facts.items()), []).append(example)
    return tuple(
        f"Examples '{one.name}' and '{other.name}' give the same answers but expect another {clash}; "
        "correct or delete one."
        for examples in alike.values()
        for one, other in combinations(examples, 2)
        if (clash := _clash(rulebook, one, other))
    )


def _clash(rulebook: Rulebook, one: Example, other: Example) -> str:
    """The first table of which the two can never both be right, "" if there is none."""
    for key in one.expect:
        first_wins = key not in EXTRA and rulebook.table(key).take == FIRST
        if first_wins and key in other.expect and not set(_wanted(one, key)) & set(_wanted(other, key)):
            return key
    return ""


def _wanted(example: Example, key: str) -> tuple[object, ...]:
    expected = example.expect[key]
    return tuple(expected) if isinstance(expected, list) else (expected,)


def example_facts(rulebook: Rulebook, example: Example) -> dict[str, str]:
    """An example's facts; its answers may set worked-out facts too. Raises AnswersInvalid, AnswerError."""
    worked_out = {question.id for question in rulebook.questions if question.worked_out}
    given = {key: str(value) for key, value in example.answers.items() if key in worked_out}
    answers = answers_read(rulebook, {k: v for k, v in example.answers.items() if k not in worked_out})
    return facts_of(rulebook, answers, on=EXAMPLE_DAY) | given


def example_verdict(rulebook: Rulebook, example: Example) -> Verdict:
    """Decide an example. Raises AnswersInvalid, AnswerError."""
    return decide(rulebook, example_facts(rulebook, example))


def _failed(rulebook: Rulebook, example: Example) -> Iterator[str]:
    place = f"Example '{example.name}'"
    try:
        verdict = example_verdict(rulebook, example)
    except (AnswersInvalid, AnswerError) as error:
        yield f"{place}: {error}"
        return
    spoke = {row.rule.id for tried in verdict.trace for row in tried.applied}
    for key in example.expect:
        wanted = _wanted(example, key)
        if key == "provisional":
            if (verdict.provisional,) != wanted:
                yield f"{place}: provisional is {_yes_no(verdict.provisional)}, expected the opposite."
        elif key == "asks":
            if verdict.asks != wanted:
                yield f"{place}: it asks {_list(verdict.asks)}, expected {_list(wanted)}."
        elif key == "says":
            yield from (f"{place}: the rule '{rule}' does not speak." for rule in wanted if rule not in spoke)
        elif key == "silent":
            yield from (f"{place}: the rule '{rule}' speaks." for rule in wanted if rule in spoke)
        else:
            yield from _otherwise(place, verdict.tried(key), wanted)


def _otherwise(place: str, tried: TableTried | None, wanted: tuple[object, ...]) -> Iterator[str]:
    """What a table gives that was not expected: another result, or one of several missing."""
    applied = tried.applied if tried else ()
    said = [row.rule.result for row in applied]
    table = tried.table if tried else ""
    if tried and tried.take == ALL:
        for result in wanted:
            if result not in said:
                yield f"{place}: {table} does not say '{result}'; it says {_list(tuple(sorted(set(said))))}."
    elif not said:
        yield f"{place}: no row of {table} fits, expected {_list(wanted)}."
    elif said[0] not in wanted:
        yield f"{place}: {table} is '{said[0]}' by '{applied[0].rule.id}', expected {_list(wanted)}."


def _list(names: tuple[object, ...]) -> str:
    return ", ".join(f"'{name}'" for name in names) or "nothing"


def _yes_no(flag: bool) -> str:
    return "true" if flag else "false"


def _table_faults(rulebook: Rulebook) -> Iterator[str]:
    have = {table.id: table for table in rulebook.tables}
    for id, take in NEEDED_TABLES.items():
        if id not in have:
            yield f"Table '{id}': is missing, and the brief needs it; add [output.{id}] and its rules."
        elif have[id].take != take:
            yield f'Table \'{id}\': must take "{take}", not "{have[id].take}".'
    for id, known in KNOWN_RESULTS.items():
        for choice in have[id].choices if id in have else ():
            if choice.id not in known:
                yield f"Table '{id}': the result '{choice.id}' is not known; use {', '.join(known)}."
    for table in have.values():
        for rule in table.rules:
            if rule.result == "unclear" and table.id == "need" and not rule.ask:
                yield f"Rule '{rule.id}': leaves the need unclear; name the question with ask = \"...\"."
            if table.id in ("advice", "risk") and not rule.do:
                yield f"Rule '{rule.id}': says nothing to do about it; add do = \"...\"."
