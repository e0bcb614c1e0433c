"""Every answer sheet of one edition with what it gives. In: a rulebook. Out: dense arrays over the questions.

A sheet is an index, another answer one stride away, "not sure" a choice like the others. Every one-answer
change is one gather, what the open questions can still give one look-up. Built once per edition.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rolematcher.values.message import Message

from .axes import axes_of, needed_tables
from .rulebook import NO_RULE, Condition, Rulebook
from .section import RulebookError

ROLE_TABLES = ("need", "role", "recommendation")
MOST_OUTCOMES = 64
"""Different pairs of role and recommendation: they are the bits of one number."""

NEVER = 255
"""The distance to a role that no known answers give."""

Codes = npt.NDArray[np.integer]


class Outcome(NamedTuple):
    """What a sheet gives, each "" where the rulebook has no such table or no rule matches."""

    need: str
    role: str
    recommendation: str


class AnswerTable:
    """Need, role and recommendation for every answer sheet. Raises `RulebookError` if too many."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.tables = needed_tables(rulebook, ROLE_TABLES)
        self.axes = axes_of(rulebook, self.tables)
        self.shape = tuple(len(axis.states) for axis in self.axes)
        self.winners = self._worked_out()
        self.outcomes, self.codes = self._outcomes()
        pairs = list(dict.fromkeys((one.role, one.recommendation) for one in self.outcomes))
        if len(pairs) > MOST_OUTCOMES:
            values = {"outcomes": len(pairs), "most": MOST_OUTCOMES}
            raise RulebookError(Message(id="rules.check.too_many_outcomes", values=dict(values)))
        self.pairs = tuple(pairs)
        of_outcome = [pairs.index((one.role, one.recommendation)) for one in self.outcomes]
        self.pair_codes = np.asarray(of_outcome, dtype=np.uint8)[self.codes]

    @property
    def sheets(self) -> int:
        """How many different answer sheets there are."""
        return int(self.codes.size)

    def index(self, facts: Mapping[str, str]) -> int:
        """The place of a sheet."""
        return sum([axis.offset(facts) for axis in self.axes])

    def places(self, index: int) -> tuple[int, ...]:
        """The state of every axis at an index."""
        return tuple(index // axis.stride % len(axis.states) for axis in self.axes)

    def facts(self, index: int) -> dict[str, str]:
        """The facts of a sheet, of the questions that the table has."""
        states = zip(self.axes, self.places(index), strict=True)
        return {
            fact: value
            for axis, place in states
            for fact, value in zip(axis.facts, axis.states[place], strict=True)
        }

    def outcome(self, index: int) -> Outcome:
        """What a sheet gives."""
        return self.outcomes[int(self.codes[index])]

    def _worked_out(self) -> dict[str, Codes]:
        """For each table the rule that wins on every sheet; one past the last where none does."""
        results: dict[str, Codes] = {}
        winners: dict[str, Codes] = {}
        for table in self.tables:
            winner = np.full(self.shape, len(table.rules), dtype=np.int16)
            for place in range(len(table.rules) - 1, -1, -1):
                np.copyto(winner, place, where=self.holds(table.rules[place].when, results))
            given = [table.results.index(rule.result) for rule in table.rules] + [len(table.results)]
            results[table.id] = np.asarray(given, dtype=np.int16)[winner]
            winners[table.id] = winner
        self.results = results
        return winners

    def holds(self, when: tuple[Condition, ...], results: Mapping[str, Codes]) -> npt.NDArray[np.bool_]:
        """On which sheets all conditions hold, in a shape that broadcasts to the whole table."""
        held = np.ones((1,) * len(self.axes), dtype=bool)
        for condition in when:
            if condition.of_table:
                options = (*self.rulebook.table(condition.fact).results, NO_RULE)
                held = held & np.isin(options, condition.allowed)[results[condition.fact]]
                continue
            for number, axis in enumerate(self.axes):
                if condition.fact in axis.facts:
                    column = axis.facts.index(condition.fact)
                    allowed = np.array([state[column] in condition.allowed for state in axis.states])
                    held = held & allowed.reshape((-1,) + (1,) * (len(self.axes) - 1 - number))
        return held

    def _outcomes(self) -> tuple[tuple[Outcome, ...], Codes]:
        """The different outcomes, and which of them each sheet gives."""
        code = np.zeros(self.shape, dtype=np.int32)
        sizes = []
        named = []
        for id in ROLE_TABLES:
            table = next((table for table in self.tables if table.id == id), None)
            results = (*table.results, NO_RULE) if table else (NO_RULE,)
            code *= len(results)
            if table:
                code += self.results[id]
            sizes.append(len(results))
            named.append(results)
        used, codes = np.unique(code.ravel(), return_inverse=True)
        outcomes = []
        for one in used.tolist():
            need, rest = divmod(one, sizes[1] * sizes[2])
            role, recommendation = divmod(rest, sizes[2])
            outcomes.append(Outcome(named[0][need], named[1][role], named[2][recommendation]))
        return tuple(outcomes), codes.ravel().astype(np.uint16)

    @cached_property
    def possible(self) -> npt.NDArray[np.uint64]:
        """For every sheet, a bit for each pair that its "not sure" answers can still turn into."""
        bits = np.left_shift(np.uint64(1), self.pair_codes.astype(np.uint64)).reshape(self.shape)
        for number in range(len(self.axes)):
            self._close(bits, number)
        return bits.ravel()

    def _close(self, bits: npt.NDArray[np.uint64], number: int) -> None:
        """At "not sure" of one axis, all bits of its other answers."""
        axis = self.axes[number]
        if axis.unsure is None or not axis.known:
            return
        along = np.moveaxis(bits, number, 0)
        along[axis.unsure, ...] = np.bitwise_or.reduce(along[list(axis.known)], axis=0)

    @cached_property
    def matters(self) -> npt.NDArray[np.uint64]:
        """For every sheet, a bit for each question that some way of the others lets change the pair."""
        pairs = self.pair_codes.reshape(self.shape)
        found = np.zeros(self.shape, dtype=np.uint64)
        for number, axis in enumerate(self.axes):
            along = np.moveaxis(pairs, number, 0)[list(axis.known)]
            differ = (along != along[:1]).any(axis=0) if axis.known else np.zeros(along.shape[1:], dtype=bool)
            np.moveaxis(found, number, 0)[...] |= differ.astype(np.uint64) << np.uint64(number)
        for number in range(len(self.axes)):
            self._close(found, number)
        return found.ravel()

    def distances(self, role: str) -> npt.NDArray[np.uint8]:
        """For every sheet twice the fewest other answers to the role, plus one where it is a best guess.

        Only known answers are steps: going back to "not sure" points to nothing a person could find out.
        """
        if role not in self._distances:
            self._distances[role] = self._measured(role)
        return self._distances[role]

    @cached_property
    def _distances(self) -> dict[str, npt.NDArray[np.uint8]]:
        return {}

    def _measured(self, role: str) -> npt.NDArray[np.uint8]:
        has_role = np.array([one.role == role for one in self.outcomes])[self.codes].reshape(self.shape)
        far = np.where(has_role, self._guesses().astype(np.uint8), np.uint8(NEVER))
        for number, axis in enumerate(self.axes):
            along = np.moveaxis(far, number, 0)
            if axis.known:
                nearest = along[list(axis.known)].min(axis=0)
                step = np.minimum(nearest, np.uint8(NEVER - 2)) + np.uint8(2)
                np.minimum(along, step, out=along)
        return far.ravel()

    def _guesses(self) -> npt.NDArray[np.bool_]:
        """Where one of the three tables gives its result provisionally."""
        guess = np.zeros(self.shape, dtype=bool)
        for table in self.tables:
            if table.id in ROLE_TABLES:
                flags = np.array([rule.provisional for rule in table.rules] + [False])
                guess |= flags[self.winners[table.id]]
        return guess


@lru_cache(maxsize=8)
def answer_table(rulebook: Rulebook) -> AnswerTable:
    """The answer table of an edition, built once. Raises `RulebookError` if it has too many answer sheets."""
    return AnswerTable(rulebook)
