"""How answers are laid out in numpy arrays. In: a rulebook. Out: an axis a question, tables worked out.

An axis holds every answer to its question as the values of its facts.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

import numpy as np
import numpy.typing as npt

from rolematcher.values.message import Message

from .rulebook import FIRST, NO_RULE, NOBODY, UNSURE, Condition, Question, Rule, Rulebook, Table
from .section import RulebookError

MOST_SHEETS = 10_000_000
Codes = npt.NDArray[np.integer]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Axis:
    """One question: its facts and every answer as their values, each `stride` sheets after the one before."""

    id: str
    facts: tuple[str, ...]
    states: tuple[tuple[str, ...], ...]
    stride: int
    many: bool

    @cached_property
    def unsure(self) -> int | None:
        """The state "not sure", None if the question has none."""
        return next((place for place, state in enumerate(self.states) if UNSURE in state), None)

    @cached_property
    def known(self) -> tuple[int, ...]:
        """Every other state."""
        return tuple(place for place, state in enumerate(self.states) if UNSURE not in state)

    @cached_property
    def _offsets(self) -> dict[tuple[str, ...], int]:
        return {state: place * self.stride for place, state in enumerate(self.states)}

    def offset(self, state: tuple[str, ...]) -> int:
        """How far into the table an answer leads; one that is none (of ticks only some known) is not sure."""
        return self._offsets.get(state, (self.unsure or 0) * self.stride)

    def at(self, index: int) -> int:
        """The state of a sheet."""
        return index // self.stride % len(self.states)

    def moved(self, index: int, state: int) -> int:
        """The sheet with this state in place of its own."""
        return index + (state - self.at(index)) * self.stride

    def value(self, place: int) -> str:
        """A state as an answer: a choice's id, or ticks parted by commas."""
        state = self.states[place]
        if not self.many or UNSURE in state:
            return state[0]
        ticks = zip(self.facts, state, strict=True)
        return ",".join(fact.partition(".")[2] for fact, tick in ticks if tick == "yes") or NOBODY

    def ticks_apart(self, now: int, then: int) -> int:
        """The ticks in which two answers differ, a bit each; from "not sure" those that are ticked.

        A place is a bit a tick, set for "no"; "not sure" follows after nobody, where all are set.
        """
        return (now - 1 if now == self.unsure else now) ^ then if self.many else 1


def states_of(question: Question, ticks: int) -> tuple[tuple[str, ...], ...]:
    """Every answer to a question, as the values of its fact or of so many of its ticks."""
    if not question.many:
        return tuple((choice.id,) for choice in question.choices)
    refuse_too_many([2**ticks])
    return (*product(("yes", "no"), repeat=ticks), (UNSURE,) * ticks)


def needed_tables(rulebook: Rulebook, ids: Iterable[str]) -> tuple[Table, ...]:
    """The "first rule wins" tables with these names and all that they read, in order."""
    wanted = set(ids)
    for table in reversed(rulebook.tables):
        if table.id in wanted:
            wanted |= {c.fact for rule in table.rules for c in rule.when if c.of_table}
    return tuple(table for table in rulebook.tables if table.id in wanted and table.take == FIRST)


def axes_of(rulebook: Rulebook, tables: Sequence[Table]) -> tuple[Axis, ...]:
    """The questions these tables read, laid out in the rulebook's order, the last one side by side."""
    read = {c.fact.partition(".")[0] for t in tables for rule in t.rules for c in rule.when if not c.of_table}
    questions = [question for question in rulebook.questions if question.id in read]
    axes = []
    for question in questions:
        facts = tuple(fact.id for fact in rulebook.facts if fact.question == question.id)
        axes.append(Axis(question.id, facts, states_of(question, len(facts)), 1, question.many))
    return side_by_side(axes)


def side_by_side(axes: Sequence[Axis]) -> tuple[Axis, ...]:
    """The same axes as one table, the answers to the last question next to each other."""
    refuse_too_many(len(axis.states) for axis in axes)
    laid, stride = [], 1
    for axis in reversed(axes):
        laid.append(replace(axis, stride=stride))
        stride *= len(axis.states)
    return tuple(reversed(laid))


def refuse_too_many(sizes: Iterable[int]) -> None:
    """Raises `RulebookError` where so many answers to each question make more sheets than can be tried."""
    sheets = math.prod(sizes)
    if sheets > MOST_SHEETS:
        message = Message(
            id="rules.check.too_many_sheets", values={"sheets": min(sheets, 10**15), "most": MOST_SHEETS}
        )
        raise RulebookError(message)


def key_of(condition: Condition) -> str:
    """The column a condition reads: a fact, or "=table" for an earlier table's result."""
    return f"={condition.fact}" if condition.of_table else condition.fact


def keys_of(rules: Iterable[Rule]) -> frozenset[str]:
    """The columns that rules read."""
    return frozenset(key_of(condition) for rule in rules for condition in rule.when)


def along(values: Iterable[int], number: int, axes: int) -> Codes:
    """Numbers laid along one of so many axes."""
    return np.array(list(values), dtype=np.int64).reshape((-1,) + (1,) * (axes - 1 - number))


class Columns:
    """Combinations of values, a column of codes a fact or "=table". Columns broadcast to `shape`."""

    def __init__(self, rulebook: Rulebook, shape: tuple[int, ...]) -> None:
        self.rulebook, self.shape = rulebook, shape
        self.columns: dict[str, Codes] = {}

    def values(self, key: str) -> tuple[str, ...]:
        """What a column can hold, by its code."""
        if key.startswith("="):
            return (*self.rulebook.table(key[1:]).results, NO_RULE)
        return self.rulebook.fact(key).values

    def holds(self, when: tuple[Condition, ...]) -> Bools:
        """Where all conditions hold."""
        held = np.ones((1,) * len(self.shape), dtype=bool)
        for condition in when:
            key = key_of(condition)
            held = held & np.isin(self.values(key), condition.allowed)[self.columns[key]]
        return np.broadcast_to(held, self.shape)

    def winners(self, table: Table) -> Codes:
        """The rule that wins everywhere, one past the last where none does."""
        winner = np.full(self.shape, len(table.rules), dtype=np.int16)
        for place in reversed(range(len(table.rules))):
            np.copyto(winner, place, where=self.holds(table.rules[place].when))
        return winner

    def add_results(self, table: Table) -> Codes:
        """The winning rules, with their results as a column."""
        winner = self.winners(table)
        given = [table.results.index(rule.result) for rule in table.rules] + [len(table.results)]
        self.columns[f"={table.id}"] = np.asarray(given, dtype=np.int16)[winner]
        return winner
