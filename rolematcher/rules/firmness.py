"""How firm a decision is. In: a rulebook and facts. Out: what is open, what changes it, what to ask.

No percentages: the roles still possible, the question that settles most, every single answer that would give
another role or recommendation, and the fewest answers to each other role.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from .answer_table import NEVER, answer_table
from .axes import Axis
from .rulebook import UNSURE, Rulebook
from .verdict import Change, NextQuestion, Reply

NO_ROLE = "none"
"""The role of work that belongs to another trade: always one answer away, so never told as a change."""

MOST_LEFT = 12


class Firmness:
    """An edition's answer table made ready for asking what a sheet leaves open."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.table = answer_table(rulebook)
        self.axes = self.table.axes
        self.codes = self.table.pair_codes.tobytes()
        self.deciding = {
            question.id: [fact.id for fact in rulebook.facts if fact.question == question.id]
            for question in rulebook.questions
            if question.deciding
        }
        results = {table.id: table.results for table in rulebook.tables}
        self.results = results.get("role", ()), results.get("recommendation", ())
        self.roles = tuple(role for role in self.results[0] if role != NO_ROLE)
        self.change = cache(self._change)
        self.pairs_of = cache(self._pairs_of)

    def changes(self, index: int) -> tuple[Change, ...]:
        """Every other answer to one question that alone gives another role or recommendation, in order.

        Of ticks only the smallest changes are listed, one for each outcome. Going back to "not sure" is no
        change, and neither is that the work is of another trade.
        """
        here, found = self.codes[index], []
        for axis in self.axes:
            now, size = axis.at(index), len(axis.states)
            start = index - now * axis.stride
            line = self.codes[start : start + size * axis.stride : axis.stride]
            if line.count(here) == size:
                continue
            reached = {state: line[state] for state in axis.known if line[state] != here}
            for state in _smallest(axis, now, reached) if axis.many else reached:
                if self.table.pairs[reached[state]][0] != NO_ROLE:
                    found.append(self.change(axis, now, state, reached[state]))
        return tuple(found)

    def _change(self, axis: Axis, now: int, state: int, pair: int) -> Change:
        """Another answer with what it gives."""
        role, recommendation = self.table.pairs[pair]
        return Change(
            question=axis.id,
            fact=axis.id,
            now=axis.value(now),
            value=axis.value(state),
            role=role,
            recommendation=recommendation,
        )

    def possible(self, index: int) -> frozenset[tuple[str, str]]:
        """The pairs of role and recommendation that the open answers can still turn into."""
        return self.pairs_of(int(self.table.possible[index]))

    def _pairs_of(self, bits: int) -> frozenset[tuple[str, str]]:
        return frozenset(pair for bit, pair in enumerate(self.table.pairs) if bits >> bit & 1)

    def possible_results(self, index: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The roles of these pairs and the recommendations, in the rulebook's order."""
        roles, recommendations = map(set, zip(*self.possible(index), strict=True))
        return (
            tuple(id for id in self.results[0] if id in roles),
            tuple(id for id in self.results[1] if id in recommendations),
        )

    def unknowns(self, facts: Mapping[str, str]) -> tuple[str, ...]:
        """The deciding questions nobody has answered."""
        return tuple(id for id, read in self.deciding.items() if any(facts[fact] == UNSURE for fact in read))

    def shortest(self, index: int, role: str) -> tuple[Change, ...] | None:
        """The fewest other answers that give this role, None if no known answers do.

        Of several equally short ways one is taken whose role is not a best guess, with the fewest ticks.
        """
        far = self.table.distances(role)
        if far[index] >= NEVER - 1:
            return None
        way: list[Change] = []
        while far[index] >= 2:
            axis, state = self._nearer(index, far)
            now, index = axis.at(index), axis.moved(index, state)
            way.append(self.change(axis, now, state, self.codes[index]))
        return tuple(way)

    def _nearer(self, index: int, far: npt.NDArray[np.uint8]) -> tuple[Axis, int]:
        """The first question, and the least answer to it, that brings the sheet one answer closer."""
        for axis in self.axes:
            closer = [state for state in axis.known if far[axis.moved(index, state)] == far[index] - 2]
            if closer:
                now = axis.at(index)
                return axis, min(closer, key=lambda state: axis.ticks_apart(now, state).bit_count())
        raise AssertionError("a distance always has a way")

    def next_question(self, index: int, declined: Collection[str] = ()) -> NextQuestion | None:
        """The open question that leaves the fewest roles, then recommendations, on average.

        None is left where nothing was declined only if the result can no longer change.
        """
        axis = self._best(index, declined)
        if axis is None:
            return None
        replies = []
        for state in _shown(axis):
            role, recommendation = self.table.pairs[self.codes[axis.moved(index, state)]]
            replies.append(Reply(value=axis.value(state), role=role, recommendation=recommendation))
        return NextQuestion(question=axis.id, replies=tuple(replies))

    def questions_open(self, index: int, declined: Collection[str] = ()) -> int:
        """About how many questions are left, each answered in the least telling way."""
        for asked in range(MOST_LEFT):
            axis = self._best(index, declined)
            if axis is None:
                return asked
            replies = [axis.moved(index, state) for state in _shown(axis)]
            index = max(replies, key=lambda reply: len(self.possible(reply)))
        return MOST_LEFT

    def _best(self, index: int, declined: Collection[str]) -> Axis | None:
        return min(self.open(index, declined), key=lambda axis: self._left(index, axis), default=None)

    def open(self, index: int, declined: Collection[str]) -> list[Axis]:
        """Questions not answered, not declined, and with replies that do not all lead to the same.

        Where no reply alone changes anything, those whose reply does beside replies to the others.
        """
        if len(self.possible(index)) < 2:
            return []
        still = [
            axis
            for axis in self.axes
            if axis.at(index) == axis.unsure and axis.id not in declined and axis.known
        ]
        tell = [
            axis
            for axis in still
            if len({self.codes[axis.moved(index, state)] for state in _shown(axis)}) > 1
        ]
        return tell or self._tell_together(index, still)

    def _tell_together(self, index: int, still: list[Axis]) -> list[Axis]:
        """Those of the questions that change the result under some replies to the others of them."""
        places = np.array(index)
        for axis in still:
            offsets = [axis.moved(index, state) - index for state in axis.known]
            places = places[..., np.newaxis] + np.array(offsets, dtype=np.int64)
        pairs = self.table.pair_codes[places]
        return [one for along, one in enumerate(still) if (pairs.max(along) != pairs.min(along)).any()]

    def _left(self, index: int, axis: Axis) -> tuple[float, float]:
        """How many roles, and pairs of role and recommendation, a reply leaves open on average."""
        left = [self.possible(axis.moved(index, state)) for state in axis.known]
        roles = sum(len({role for role, _recommendation in pairs}) for pairs in left)
        return roles / len(left), sum(map(len, left)) / len(left)


def _smallest(axis: Axis, now: int, pairs: Mapping[int, int]) -> list[int]:
    """Of ticks that lead to the same those that hold no smaller change; smaller ones come first."""
    kept: list[int] = []
    for state in sorted(pairs, key=lambda state: axis.ticks_apart(now, state).bit_count()):
        ticks = axis.ticks_apart(now, state)
        if not any(pairs[one] == pairs[state] and not axis.ticks_apart(now, one) & ~ticks for one in kept):
            kept.append(state)
    return kept


def _shown(axis: Axis) -> list[int]:
    """The replies worth showing: every known answer, of ticks nobody and every single one."""
    if not axis.many:
        return list(axis.known)
    few = [state for state in axis.known if axis.states[state].count("yes") <= 1]
    return sorted(few, key=lambda state: axis.states[state].count("yes"))


@lru_cache(maxsize=8)
def firmness(rulebook: Rulebook) -> Firmness:
    """An edition's firmness, made ready once. Raises `RulebookError` if it has too many answer sheets."""
    return Firmness(rulebook)
