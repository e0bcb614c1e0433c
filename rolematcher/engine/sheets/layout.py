"""Which question stands where on the sheet. In: a rulebook and some of its tables. Out: a `Layout`."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from itertools import product

from rolematcher.engine.model import FIRST, NO_ROW, Fact, Rulebook, Table

from .sheet import Axis, Layout

MOST_TICKS_TOGETHER = 5
"""A tick-all question is one field of 3^n bits up to this many ticks; with more, each tick is a field."""


def facts_read(tables: Iterable[Table]) -> set[str]:
    """The facts, and the tables whose results, any row of these tables reads."""
    return {condition.fact for table in tables for rule in table.rules for condition in rule.when}


def layout_of(rulebook: Rulebook, tables: Iterable[Table], read: Container[str] | None = None) -> Layout:
    """The layout for these tables: the questions any of them reads, then the tables that give one result.

    `read` names the facts to lay out instead, for example those of another rulebook too.
    """
    tables = tuple(tables)
    read = facts_read(tables) if read is None else read
    shift = 0
    questions, results = [], []
    for id, facts in _grouped(rulebook):
        if any(fact.id in read for fact in facts):
            axis = _question_axis(id, facts, shift)
            questions.append(axis)
            shift += len(axis.states) + 1
    for table in tables:
        if table.take == FIRST:
            states = (*((choice.id,) for choice in table.choices), (NO_ROW,))
            results.append(Axis(table.id, (table.id,), states, (NO_ROW,), shift, is_table=True))
            shift += len(states) + 1
    return Layout(tuple(questions), tuple(results))


def _grouped(rulebook: Rulebook) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    """Each field's name and facts: those of one question, unless it has very many ticks."""
    groups: dict[str, list[Fact]] = {}
    for fact in rulebook.facts:
        groups.setdefault(fact.question, []).append(fact)
    for question, facts in groups.items():
        if len(facts) <= MOST_TICKS_TOGETHER:
            yield question, tuple(facts)
        else:
            yield from ((fact.id, (fact,)) for fact in facts)


def _question_axis(id: str, facts: tuple[Fact, ...], shift: int) -> Axis:
    return Axis(
        id=id,
        facts=tuple(fact.id for fact in facts),
        states=tuple(product(*(fact.values for fact in facts))),
        defaults=tuple(fact.default for fact in facts),
        shift=shift,
    )
