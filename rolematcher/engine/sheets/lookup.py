"""Need, role and course as fast as can be. In: flat facts or a sheet. Out: the `Outcome`.

The masks turned on their side: for every answer, a number with one bit for each row that allows it. The AND
of these numbers over all questions has a bit for each row whose questions all hold, and the lowest bit of a
table's part is the row that wins. Answers that are read together are looked up together, and what
follows from a set of rows is kept, so that a decision is a handful of look-ups.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import and_, itemgetter
from typing import Any, NamedTuple

from rolematcher.engine.model import NO_ROW, Rulebook

from .compiled import ROLE_TABLES, Compiled, CompiledTable, compiled_for_role
from .sheet import Axis

MOST_TOGETHER = 6_000
"""Questions are looked up together while their answers have at most this many combinations."""

MOST_KEPT = 100_000
"""What is kept never grows beyond this many entries; then it starts anew."""


class Outcome(NamedTuple):
    """What need, role and course come to; "" for a table the rulebook does not have.

    A look-up gives one and the same object for one and the same outcome, so `is` tells them apart.
    """

    need: str
    role: str
    course: str


class Settled(NamedTuple):
    """How an outcome came about: the row that applied in each table (-1 for none), and the result bits."""

    outcome: Outcome
    rows: tuple[int, ...]
    results: int


class Lookup:
    """The role tables of a rulebook, turned on their side.

    `allow` has for the bit of every answer the rows that allow it; `outcomes` and `settled` what follows when
    exactly the questions of some rows hold, worked out when first asked for.
    """

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self.allow = _rows_by_answer(compiled)
        self.every_row = (1 << sum(len(table.masks) for table in compiled.tables)) - 1
        self.settled = _Settled(compiled)
        self.outcomes = _Outcomes(self.settled)
        self._groups = [_Group(axes, self.allow) for axes in _together(compiled.layout.questions)]
        self._keyed = [(group.key, group) for group in self._groups]

    def of_facts(self, facts: Mapping[str, str]) -> Outcome:
        """The outcome of flat facts. Facts left out count as unanswered. Raises `AnswerError`."""
        rows = self.every_row
        try:
            for key, group in self._keyed:
                rows &= group[key(facts)]
        except (KeyError, TypeError):
            return self.of_sheet(self.compiled.layout.sheet_of(facts))
        return self.outcomes[rows]

    def of_many(self, many: Sequence[Mapping[str, str]]) -> list[Outcome]:
        """The outcomes of many sets of facts, faster than one by one. Raises `AnswerError`."""
        rows: Iterator[int] | None = None
        for key, group in self._keyed:
            allowed = map(group.__getitem__, map(key, many))
            rows = allowed if rows is None else map(and_, rows, allowed)
        try:
            return self._each(many) if rows is None else list(map(self.outcomes.__getitem__, rows))
        except (KeyError, TypeError):
            return self._each(many)

    def _each(self, many: Iterable[Mapping[str, str]]) -> list[Outcome]:
        return [self.of_facts(facts) for facts in many]

    def of_sheet(self, sheet: int) -> Outcome:
        """The outcome of a filled-in sheet."""
        return self.outcomes[self.rows_of(sheet)]

    def rows_of(self, sheet: int) -> int:
        """The rows whose questions hold on a filled-in sheet, one bit a row."""
        rows = self.every_row
        for axis in self.compiled.layout.questions:
            rows &= self.allow[sheet & axis.full]
        return rows


@lru_cache(maxsize=8)
def role_lookup(rulebook: Rulebook) -> Lookup:
    """The look-up of a rulebook, kept beside it."""
    return Lookup(compiled_for_role(rulebook))


def _rows_by_answer(compiled: Compiled) -> dict[int, int]:
    """For the bit of every answer: the rows of all tables that allow it, one bit a row."""
    masks = [mask for table in compiled.tables for mask in table.masks]
    return {
        bit: sum(1 << row for row, mask in enumerate(masks) if mask & bit)
        for axis in compiled.layout.questions
        for bit in axis.bits.values()
    }


def _together(axes: tuple[Axis, ...]) -> list[tuple[Axis, ...]]:
    """Questions packed into as few groups as their numbers of combinations allow."""
    groups: list[list[Axis]] = []
    sizes: list[int] = []
    for axis in axes:
        states = len(axis.states)
        place = next((n for n, number in enumerate(sizes) if number * states <= MOST_TOGETHER), None)
        if place is None:
            groups.append([axis])
            sizes.append(states)
        else:
            groups[place].append(axis)
            sizes[place] *= states
    return [tuple(group) for group in groups]


class _Group(dict[Any, int]):
    """For the values of some facts: the rows they allow. Worked out when first asked for."""

    def __init__(self, axes: tuple[Axis, ...], allow: Mapping[int, int]) -> None:
        super().__init__()
        self.axes = axes
        self.allow = allow
        facts = [fact for axis in axes for fact in axis.facts]
        self.single = len(facts) == 1
        self.key: Callable[[Mapping[str, str]], Any] = itemgetter(*facts)

    def __missing__(self, key: Any) -> int:
        """Work out and keep. Raises KeyError on a value the question does not have."""
        values = (key,) if self.single else key
        rows, start = -1, 0
        for axis in self.axes:
            end = start + len(axis.facts)
            rows &= self.allow[axis.bits[values[start:end]]]
            start = end
        self[key] = rows
        return rows


class _Settled(dict[int, Settled]):
    """For the rows whose questions hold: how it comes out. Worked out when first asked for."""

    def __init__(self, compiled: Compiled) -> None:
        super().__init__()
        self.compiled = compiled
        self.same: dict[Outcome, Outcome] = {}

    def __missing__(self, key: int) -> Settled:
        rows = key
        results: dict[str, str] = {}
        applied: list[int] = []
        sheet = 0
        for table in self.compiled.tables:
            open_rows = rows & (1 << len(table.masks)) - 1
            rows >>= len(table.masks)
            if table.axis is None:
                continue
            row = _first_open(table, sheet, open_rows)
            won = table.gives[row] if row >= 0 else table.no_row
            sheet |= won
            applied.append(row)
            results[table.table.id] = table.axis.state_of(won)[0]
        outcome = Outcome(*(results.get(id, NO_ROW) for id in ROLE_TABLES))
        if len(self) >= MOST_KEPT:
            self.clear()
        settled = self[key] = Settled(self.same.setdefault(outcome, outcome), tuple(applied), sheet)
        return settled


def _first_open(table: CompiledTable, results: int, open_rows: int) -> int:
    """The first of these rows that the results of earlier tables allow, -1 if none does."""
    while open_rows:
        row = (open_rows & -open_rows).bit_length() - 1
        if not results & table.blocked[row]:
            return row
        open_rows &= open_rows - 1
    return -1


class _Outcomes(dict[int, Outcome]):
    """For the rows whose questions hold: the outcome. Kept once asked for."""

    def __init__(self, settled: _Settled) -> None:
        super().__init__()
        self.settled = settled

    def __missing__(self, rows: int) -> Outcome:
        if len(self) >= MOST_KEPT:
            self.clear()
        outcome = self[rows] = self.settled[rows].outcome
        return outcome
