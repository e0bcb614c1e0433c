"""How firm a decision is. In: a rulebook and facts. Out: what is open, what changes it, what to ask.

No percentages: the roles still possible, the question that settles most, every single answer that would give
another role or recommendation, and the fewest answers to each other role.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import groupby
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .answer_table import NEVER, answer_table
from .axes import Axis
from .rulebook import UNSURE, Rulebook
from .verdict import Change, NextQuestion, Reply

NO_ROLE = "none"
"""The role of work that belongs to another trade: always one answer away, so never told as a change."""

MOST_LEFT = 12


class _Steps(NamedTuple):
    """Every other known answer to one question from a present one."""

    offsets: npt.NDArray[np.int64]
    states: tuple[int, ...]


class _Every:
    """Every known answer to every question, side by side: its question, its state, how far in it leads."""

    def __init__(self, axes: tuple[Axis, ...]) -> None:
        steps = [(number, state) for number, axis in enumerate(axes) for state in axis.known]
        self.axis_list = [number for number, _ in steps]
        self.axes = np.array(self.axis_list, dtype=np.int64)
        self.states = [state for _, state in steps]
        self.offsets = np.array([axes[number].stride * state for number, state in steps], dtype=np.int64)
        self.strides = np.array([axis.stride for axis in axes], dtype=np.int64)
        self.sizes = np.array([len(axis.states) for axis in axes], dtype=np.int64)


class Firmness:
    """An edition's answer table made ready for asking what a sheet leaves open."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.table = answer_table(rulebook)
        self.axes = self.table.axes
        self.deciding = {
            question.id: tuple(fact.id for fact in rulebook.facts if fact.question == question.id)
            for question in rulebook.questions
            if question.deciding
        }
        self.every = _Every(self.axes)
        self.steps = [[_steps(axis, now) for now in range(len(axis.states))] for axis in self.axes]
        self.made: dict[tuple[int, int, int, int], Change] = {}
        self.role_bits = _bits(self.table.pairs, 0)
        self.recommendation_bits = _bits(self.table.pairs, 1)

    @cached_property
    def roles(self) -> tuple[str, ...]:
        """Every role of the rulebook but "none", in its order."""
        return tuple(role for role in _results(self.rulebook, "role") if role != NO_ROLE)

    def changes(self, index: int) -> tuple[Change, ...]:
        """Every other answer to one question that alone gives another role or recommendation, in order.

        Of ticks only the smallest changes are listed, one for each outcome. Going back to "not sure" is no
        change, and neither is that the work is of another trade.
        """
        pairs, every = self.table.pair_codes, self.every
        here = index // every.strides % every.sizes * every.strides
        reached = pairs[index - here[every.axes] + every.offsets]
        hits = np.flatnonzero(reached != pairs[index]).tolist()
        found: list[Change] = []
        for number, group in groupby(hits, every.axis_list.__getitem__):
            mine = {every.states[hit]: int(reached[hit]) for hit in group}
            found += self._changes_of(number, int(here[number]) // self.axes[number].stride, mine)
        return tuple(found)

    def _changes_of(self, number: int, now: int, pairs: dict[int, int]) -> Iterator[Change]:
        axis = self.axes[number]
        for state in _smallest(axis, now, pairs) if axis.many else pairs:
            if self.table.pairs[pairs[state]][0] != NO_ROLE:
                yield self.change(number, now, state, pairs[state])

    def change(self, number: int, now: int, state: int, pair: int) -> Change:
        """Another answer with what it gives."""
        key = (number, now, state, pair)
        made = self.made.get(key)
        if made is None:
            axis = self.axes[number]
            role, recommendation = self.table.pairs[pair]
            made = self.made[key] = Change(
                question=axis.id,
                fact=axis.id,
                now=axis.value(now),
                value=axis.value(state),
                role=role,
                recommendation=recommendation,
            )
        return made

    def possible(self, index: int) -> int:
        """A bit for each pair of role and recommendation that the open answers can still turn into."""
        return int(self.table.possible[index])

    def possible_roles(self, bits: int) -> tuple[str, ...]:
        """The roles of these pairs, in the rulebook's order."""
        return tuple(role for role in _results(self.rulebook, "role") if bits & self.role_bits.get(role, 0))

    def possible_recommendations(self, bits: int) -> tuple[str, ...]:
        """The recommendations of these pairs, in the rulebook's order."""
        of = self.recommendation_bits
        return tuple(id for id in _results(self.rulebook, "recommendation") if bits & of.get(id, 0))

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
            number, now, state = self._nearer(index, far)
            index += (state - now) * self.axes[number].stride
            way.append(self.change(number, now, state, int(self.table.pair_codes[index])))
        return tuple(way)

    def _nearer(self, index: int, far: npt.NDArray[np.uint8]) -> tuple[int, int, int]:
        """The first question, and the least answer to it, that brings the sheet one answer closer."""
        for number, (axis, now) in enumerate(zip(self.axes, self.table.places(index), strict=True)):
            steps = self.steps[number][now]
            closer = np.flatnonzero(far[index + steps.offsets] == far[index] - 2)
            if closer.size:
                states = [steps.states[place] for place in closer.tolist()]
                return number, now, min(states, key=lambda state: axis.ticks_apart(now, state).bit_count())
        raise AssertionError("a distance always has a way")

    def next_question(self, index: int, declined: Collection[str] = ()) -> NextQuestion | None:
        """The open question that leaves the fewest roles, then recommendations, on average.

        None is left where nothing was declined only if the result can no longer change.
        """
        best = min(self._open(index, declined), key=lambda one: self._left(index, *one), default=None)
        if best is None:
            return None
        number, now = best
        axis = self.axes[number]
        pairs = self.table.pair_codes
        replies = []
        for state in _shown(axis):
            role, recommendation = self.table.pairs[int(pairs[index + (state - now) * axis.stride])]
            replies.append(Reply(value=axis.value(state), role=role, recommendation=recommendation))
        return NextQuestion(question=axis.id, replies=tuple(replies))

    def _open(self, index: int, declined: Collection[str]) -> list[tuple[int, int]]:
        """Questions not answered, not declined, and with replies that do not all lead to the same.

        Where no reply alone changes anything, those whose reply does beside replies to the others.
        """
        if self.possible(index).bit_count() < 2:
            return []
        still = [
            (number, now)
            for number, (axis, now) in enumerate(zip(self.axes, self.table.places(index), strict=True))
            if now == axis.unsure and axis.id not in declined and axis.known
        ]
        return [one for one in still if self._tells(index, *one)] or self._tell_together(index, still)

    def _tells(self, index: int, number: int, now: int) -> bool:
        """Do the replies to this question alone lead to different results?"""
        axis, pairs = self.axes[number], self.table.pair_codes
        return len({int(pairs[index + (state - now) * axis.stride]) for state in _shown(axis)}) > 1

    def _tell_together(self, index: int, still: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Those of the questions that change the result under some replies to the others of them."""
        places = np.array(index)
        for number, now in still:
            axis = self.axes[number]
            offsets = np.array([(state - now) * axis.stride for state in axis.known], dtype=np.int64)
            places = places[..., np.newaxis] + offsets
        pairs = self.table.pair_codes[places]
        return [one for along, one in enumerate(still) if (pairs.max(along) != pairs.min(along)).any()]

    def _left(self, index: int, number: int, now: int) -> tuple[float, float]:
        """How many roles, and pairs of role and recommendation, a reply leaves open on average."""
        axis = self.axes[number]
        steps = self.steps[number][now]
        left = self.table.possible[index + steps.offsets].tolist()
        roles = sum(sum(1 for of in self.role_bits.values() if bits & of) for bits in left)
        return roles / len(axis.known), sum(bits.bit_count() for bits in left) / len(axis.known)

    def questions_open(self, index: int, declined: Collection[str] = ()) -> int:
        """About how many questions are left, each answered in the least telling way."""
        left = 0
        while left < MOST_LEFT:
            best = min(self._open(index, declined), key=lambda one: self._left(index, *one), default=None)
            if best is None:
                return left
            left += 1
            axis, now = self.axes[best[0]], best[1]
            index += max(
                ((state - now) * axis.stride for state in _shown(axis)),
                key=lambda offset: self.possible(index + offset).bit_count(),
            )
        return left


def _steps(axis: Axis, now: int) -> _Steps:
    states = tuple(state for state in axis.known if state != now)
    return _Steps(np.array([(state - now) * axis.stride for state in states], dtype=np.int64), states)


def _bits(pairs: tuple[tuple[str, str], ...], part: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for bit, pair in enumerate(pairs):
        found[pair[part]] = found.get(pair[part], 0) | 1 << bit
    return found


def _results(rulebook: Rulebook, table: str) -> tuple[str, ...]:
    return next((one.results for one in rulebook.tables if one.id == table), ())


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
