"""How answers are laid out in an answer table. In: a rulebook's questions. Out: one axis a question.

An axis holds every answer to its question as the values of its facts, and how far apart answers lie.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from operator import itemgetter

from rolematcher.values.message import Message

from .rulebook import FIRST, UNSURE, Question, Rulebook, Table
from .section import RulebookError

MOST_SHEETS = 10_000_000


@dataclass(frozen=True)
class Axis:
    """One question: its facts, every answer as their values, and how far apart answers lie."""

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
        """Every other state; the one state of a question that knows nothing else."""
        return tuple(place for place, state in enumerate(self.states) if UNSURE not in state)

    @cached_property
    def places(self) -> Mapping[tuple[str, ...], int]:
        """Each state's place."""
        return {state: place for place, state in enumerate(self.states)}

    @cached_property
    def read(self) -> Callable[[Mapping[str, str]], object]:
        """Takes the values of the facts out of a sheet, one alone or several as a tuple."""
        return itemgetter(*self.facts)

    @cached_property
    def offsets(self) -> Mapping[object, int]:
        """For what `read` gives how far into the table it leads."""
        one = len(self.facts) == 1
        return {state[0] if one else state: place * self.stride for place, state in enumerate(self.states)}

    def offset(self, facts: Mapping[str, str]) -> int:
        """How far into the table these facts lead; ticks of which only some are known count as not sure."""
        found = self.offsets.get(self.read(facts))
        return found if found is not None else (self.unsure or 0) * self.stride

    def value(self, place: int) -> str:
        """A state as an answer: a choice's id, or ticks parted by commas."""
        state = self.states[place]
        if not self.many or UNSURE in state:
            return state[0]
        ticked = [
            fact.partition(".")[2] for fact, tick in zip(self.facts, state, strict=True) if tick == "yes"
        ]
        return ",".join(ticked) or "nobody"

    def ticks_apart(self, now: int, then: int) -> int:
        """The ticks in which two answers differ, a bit each; from "not sure" those that are ticked."""
        return self._apart[now * len(self.states) + then]

    @cached_property
    def _apart(self) -> list[int]:
        nobody = ("no",) * len(self.facts)
        from_states = [nobody if self.many and UNSURE in state else state for state in self.states]
        return [
            sum(1 << place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b)
            for one in from_states
            for other in self.states
        ]


def states_of(question: Question) -> tuple[tuple[str, ...], ...]:
    """Every answer to a question, as the values of its facts."""
    if not question.many:
        return tuple((choice.id,) for choice in question.choices)
    ticks = len(question.ticks)
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
    if math.prod(_size(question) for question in questions) > MOST_SHEETS:
        raise too_many_sheets(math.prod(_size(question) for question in questions))
    axes: list[Axis] = []
    stride = 1
    for question in reversed(questions):
        facts = tuple(fact.id for fact in rulebook.facts if fact.question == question.id)
        axes.append(Axis(question.id, facts, states_of(question), stride, question.many))
        stride *= len(axes[-1].states)
    return tuple(reversed(axes))


def _size(question: Question) -> int:
    return 2 ** len(question.ticks) + 1 if question.many else len(question.choices)


def too_many_sheets(sheets: int) -> RulebookError:
    """More answer sheets than are told apart."""
    values = {"sheets": sheets if sheets < 10**15 else 10**15, "most": MOST_SHEETS}
    return RulebookError(Message(id="rules.check.too_many_sheets", values=dict(values)))
