"""Every answer sheet of one edition with what it gives. In: a rulebook. Out: arrays over the questions.

A sheet is an index, another answer one stride away, "not sure" a choice like the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rolematcher.values.message import Message

from .axes import Axis, Codes, Columns, along, axes_of, needed_tables
from .rulebook import NO_RULE, Rulebook
from .section import RulebookError

ROLE_TABLES = ("need", "role", "recommendation")
MOST_OUTCOMES = 64
"""Different pairs of role and recommendation: they are the bits of one number."""

NEVER = 255
"""The distance to a role that no known answers give."""


class Outcome(NamedTuple):
    """What a sheet gives, each "" where the rulebook has no such table or no rule matches."""

    need: str
    role: str
    recommendation: str


class AnswerTable(Columns):
    """Need, role and recommendation for every answer sheet. Raises `RulebookError` if too many.

    With `axes` the sheets are those of another rulebook: questions and answers that this one does not know
    count as unanswered.
    """

    def __init__(self, rulebook: Rulebook, axes: tuple[Axis, ...] | None = None) -> None:
        self.tables = needed_tables(rulebook, ROLE_TABLES)
        self.axes = axes_of(rulebook, self.tables) if axes is None else axes
        super().__init__(rulebook, tuple(len(axis.states) for axis in self.axes))
        laid = {
            fact: (number, answers)
            for number, axis in enumerate(self.axes)
            for fact, answers in zip(axis.facts, zip(*axis.states, strict=True), strict=True)
        }
        for fact in rulebook.facts:
            number, answers = laid.get(fact.id, (0, (fact.default,)))
            codes = [fact.values.index(one if one in fact.values else fact.default) for one in answers]
            self.columns[fact.id] = along(codes, number, len(self.axes))
        self.winners_of = {table.id: self.add_results(table) for table in self.tables}
        self.outcomes, self.codes = self._outcomes()
        self.pairs = tuple(dict.fromkeys((one.role, one.recommendation) for one in self.outcomes))
        if len(self.pairs) > MOST_OUTCOMES:
            values = {"outcomes": len(self.pairs), "most": MOST_OUTCOMES}
            raise RulebookError(Message(id="rules.check.too_many_outcomes", values=dict(values)))
        of_outcome = [self.pairs.index((one.role, one.recommendation)) for one in self.outcomes]
        self.pair_codes = np.asarray(of_outcome, dtype=np.uint8)[self.codes]
        self._distances: dict[str, npt.NDArray[np.uint8]] = {}

    @property
    def sheets(self) -> int:
        """How many different answer sheets there are."""
        return int(self.codes.size)

    def index(self, facts: Mapping[str, str]) -> int:
        """The place of a sheet."""
        return sum([axis.offset(tuple([facts[fact] for fact in axis.facts])) for axis in self.axes])

    def facts(self, index: int) -> dict[str, str]:
        """The facts of a sheet, of the questions that the table has."""
        return {
            fact: value
            for axis in self.axes
            for fact, value in zip(axis.facts, axis.states[axis.at(index)], strict=True)
        }

    def outcome(self, index: int) -> Outcome:
        """What a sheet gives."""
        return self.outcomes[int(self.codes[index])]

    def _outcomes(self) -> tuple[tuple[Outcome, ...], Codes]:
        """The different outcomes, and which of them each sheet gives."""
        made = [f"={id}" in self.columns for id in ROLE_TABLES]
        names = [
            self.values(f"={id}") if has else (NO_RULE,) for id, has in zip(ROLE_TABLES, made, strict=True)
        ]
        parts = [self.columns.get(f"={id}", np.zeros(self.shape, dtype=np.int16)) for id in ROLE_TABLES]
        sizes = tuple(map(len, names))
        used, codes = np.unique(np.ravel_multi_index(tuple(parts), sizes), return_inverse=True)
        places = zip(*np.unravel_index(used, sizes), strict=True)
        outcomes = tuple(Outcome(*(of[at] for of, at in zip(names, place, strict=True))) for place in places)
        return outcomes, codes.ravel().astype(np.uint16)

    @cached_property
    def possible(self) -> npt.NDArray[np.uint64]:
        """For every sheet, a bit for each pair that its "not sure" answers can still turn into."""
        bits = np.left_shift(np.uint64(1), self.pair_codes.astype(np.uint64)).reshape(self.shape)
        for number, axis in enumerate(self.axes):
            if axis.unsure is not None and axis.known:
                line = np.moveaxis(bits, number, 0)
                line[axis.unsure, ...] = np.bitwise_or.reduce(line[list(axis.known)], axis=0)
        return bits.ravel()

    def distances(self, role: str) -> npt.NDArray[np.uint8]:
        """For every sheet twice the fewest other answers to the role, plus one where it is a best guess.

        Only known answers are steps: going back to "not sure" points to nothing a person could find out.
        """
        if role not in self._distances:
            has_role = np.array([one.role == role for one in self.outcomes])[self.codes].reshape(self.shape)
            far = np.where(has_role, self._guesses().astype(np.uint8), np.uint8(NEVER))
            for number, axis in enumerate(self.axes):
                line = np.moveaxis(far, number, 0)
                if axis.known:
                    nearest = line[list(axis.known)].min(axis=0)
                    step = np.minimum(nearest, np.uint8(NEVER - 2)) + np.uint8(2)
                    np.minimum(line, step, out=line)
            self._distances[role] = far.ravel()
        return self._distances[role]

    def _guesses(self) -> npt.NDArray[np.bool_]:
        """Where one of the three tables gives its result provisionally."""
        guess = np.zeros(self.shape, dtype=bool)
        for table in self.tables:
            if table.id in ROLE_TABLES:
                flags = np.array([rule.provisional for rule in table.rules] + [False])
                guess |= flags[self.winners_of[table.id]]
        return guess


@lru_cache(maxsize=8)
def answer_table(rulebook: Rulebook) -> AnswerTable:
    """The answer table of an edition, built once. Raises `RulebookError` if it has too many answer sheets."""
    return AnswerTable(rulebook)
