"""One answer sheet as one integer. In: flat facts. Out: a sheet, by a `Layout`.

Every question those tables read gets a field of bits, one bit an answer; a filled-in sheet has exactly
one bit set in each field. The results of the tables get fields too, because later tables read them.
A set of sheets of the form "these answers here, those answers there" is the same integer with several
bits a field: a box (see `boxes`). Above each field stands one bit that is always 0, the guard: adding
`low` carries into the guard of every field that is not empty, so one addition tells whether a box is empty.

    field of `app`            field of `work`
    g unsure no yes    ...    g unsure vision predict agent language connect
    0   0    1   0            0    0     0      0      0      1        0
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

from rolematcher.engine.errors import AnswerError
from rolematcher.engine.model import UNSURE

MOST_PACKED_BITS = 63
"""A packed sheet is stored in a signed 64-bit column."""

State = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Axis:
    """A field of the sheet: a question (its facts) or a table (its result), and every state it can be in.

    `possible` holds the states that answers can give: of a tick-all question either every tick is known
    or none is, since "not sure" is one answer to the whole question. `known` holds those without
    "not sure", `completions` for each state the known states it may turn out to be.
    """

    id: str
    facts: tuple[str, ...]
    states: tuple[State, ...]
    defaults: State
    shift: int
    is_table: bool = False

    @cached_property
    def bits(self) -> dict[State, int]:
        """The bit of each state, in its place on the sheet."""
        return {state: 1 << (self.shift + place) for place, state in enumerate(self.states)}

    @cached_property
    def full(self) -> int:
        """All bits of the field."""
        return ((1 << len(self.states)) - 1) << self.shift

    @cached_property
    def guard(self) -> int:
        """The bit above the field."""
        return 1 << (self.shift + len(self.states))

    @cached_property
    def known(self) -> int:
        """The states in which nothing is "not sure"."""
        return sum(bit for state, bit in self.bits.items() if UNSURE not in state)

    @cached_property
    def possible(self) -> int:
        """The states that answers can give."""
        return sum(bit for state, bit in self.bits.items() if UNSURE not in state or set(state) == {UNSURE})

    @cached_property
    def completions(self) -> dict[int, int]:
        """For the bit of each state: the known states it may turn out to be. A known state is itself."""
        known = [(state, bit) for state, bit in self.bits.items() if bit & self.known]
        return {
            bit: sum(k_bit for k_state, k_bit in known if _agrees(state, k_state)) or bit
            for state, bit in self.bits.items()
        }

    def allowing(self, fact: str, allowed: Iterable[str]) -> int:
        """The states in which this fact has one of the allowed values."""
        place, values = self.facts.index(fact), set(allowed)
        return sum(bit for state, bit in self.bits.items() if state[place] in values)

    def state_of(self, bit: int) -> State:
        """The state a bit of this field stands for."""
        return self.states[bit.bit_length() - 1 - self.shift]


def _agrees(state: State, known: State) -> bool:
    return all(mine in (UNSURE, theirs) for mine, theirs in zip(state, known, strict=True))


@dataclass(frozen=True, eq=False)
class Layout:
    """Where every answer stands on the sheet. `questions` come first, then `tables`, in rulebook order."""

    questions: tuple[Axis, ...]
    tables: tuple[Axis, ...]

    @cached_property
    def axes(self) -> tuple[Axis, ...]:
        """All fields, lowest first."""
        return self.questions + self.tables

    @cached_property
    def by_fact(self) -> dict[str, Axis]:
        """The field in which a fact, or the result of a table, stands."""
        return {fact: axis for axis in self.axes for fact in axis.facts}

    @cached_property
    def by_guard(self) -> dict[int, Axis]:
        """The field below a guard bit."""
        return {axis.guard: axis for axis in self.axes}

    @cached_property
    def low(self) -> int:
        """Added to a box, carries into the guard of every field that is not empty."""
        return sum(axis.full for axis in self.axes)

    @cached_property
    def guards(self) -> int:
        """All guard bits."""
        return sum(axis.guard for axis in self.axes)

    @cached_property
    def answers(self) -> int:
        """The bits of all answers, without those of results."""
        return sum(axis.full for axis in self.questions)

    @cached_property
    def results(self) -> int:
        """The bits of all results."""
        return sum(axis.full for axis in self.tables)

    @cached_property
    def space(self) -> int:
        """The box of every sheet that answers can give, with any results."""
        return sum(axis.possible for axis in self.axes)

    def sheet_of(self, facts: Mapping[str, str]) -> int:
        """The sheet of these facts, result fields empty. Facts left out count as unanswered.

        Raises `AnswerError` on a value the question does not have.
        """
        try:
            return sum([bits[key(facts)] for key, bits in self._readers])
        except (KeyError, TypeError):
            return sum(self.bit_of(axis, facts) for axis in self.questions)

    @cached_property
    def _readers(self) -> list[tuple[Callable[[Mapping[str, str]], object], dict[object, int]]]:
        """For each question what takes its values out of complete facts, and the bit of those values."""
        return [
            (
                itemgetter(*axis.facts),
                {state if len(state) > 1 else state[0]: bit for state, bit in axis.bits.items()},
            )
            for axis in self.questions
        ]

    @staticmethod
    def bit_of(axis: Axis, facts: Mapping[str, str]) -> int:
        """The one bit of a question's field that these facts set. Raises `AnswerError`."""
        state = tuple([facts.get(fact, empty) for fact, empty in zip(axis.facts, axis.defaults, strict=True)])
        try:
            return axis.bits[state]
        except (KeyError, TypeError):
            raise AnswerError(axis.id, f"cannot be {state!r}; choose one of the answers offered.") from None

    def facts_of(self, sheet: int) -> dict[str, str]:
        """The facts of a filled-in sheet. The inverse of `sheet_of`."""
        return {
            fact: value
            for axis in self.questions
            for fact, value in zip(axis.facts, axis.state_of(sheet & axis.full), strict=True)
        }

    @cached_property
    def packing(self) -> tuple[tuple[Axis, int, int], ...]:
        """For each question its field, and where in a packed sheet it starts and how many bits it has."""
        places, start = [], 0
        for axis in self.questions:
            width = max(1, (len(axis.states) - 1).bit_length())
            places.append((axis, start, width))
            start += width
        return tuple(places)

    @property
    def fits_column(self) -> bool:
        """True if a packed sheet fits a signed 64-bit database column."""
        return sum(width for _, _, width in self.packing) <= MOST_PACKED_BITS

    def pack(self, facts: Mapping[str, str]) -> int:
        """The answers as the number stored with a decision: for each question the place of its state."""
        packed = 0
        for axis, start, _ in self.packing:
            packed |= (self.bit_of(axis, facts).bit_length() - 1 - axis.shift) << start
        return packed

    def unpack(self, packed: int) -> dict[str, str]:
        """The facts of a packed sheet. Raises `AnswerError` on a number no sheet has."""
        facts: dict[str, str] = {}
        left = packed
        for axis, _, width in self.packing:
            place = left & (1 << width) - 1
            left >>= width
            if place >= len(axis.states):
                raise AnswerError(axis.id, f"the packed sheet {packed} belongs to another edition.")
            facts |= zip(axis.facts, axis.states[place], strict=True)
        if left:
            raise AnswerError("answers", f"the packed sheet {packed} belongs to another edition.")
        return facts
