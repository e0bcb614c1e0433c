"""Need, role and course as fast as can be. In: flat facts or a sheet. Out: the `Outcome`.

The masks turned on their side: for every answer, a number with one bit for each row that allows it. The AND
of these numbers over all questions has a bit for each row whose questions all hold, and the lowest bit of a
table's part is the row that wins. Answers that are read together are looked up together, and what
follows from a set of rows is kept, so that a decision is a handful of look-ups.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from .compiled import ROLE_TABLES, Compiled, compiled_for_role
from .model import NO_ROW, Rulebook
from .sheet import Axis

MOST_TOGETHER = 6_000
"""Questions are looked up together while their answers have at most this many combinations."""

MOST_KEPT = 100_000
"""What is kept never grows beyond this many entries; then it starts anew."""


class Outcome(NamedTuple):
    """What need, role and course come to; "" for a table the rulebook does not have."""

    need: str
    role: str
    course: str


class Lookup:
    """A rulebook's role tables, turned on their side."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self.allow = _rows_by_answer(compiled)
        self.every_row = (1 << sum(len(table.masks) for table in compiled.tables)) - 1
        self._outcomes = _Outcomes(compiled)
        self._groups = [_Group(axes, self.allow) for axes in _together(compiled.layout.questions)]
        self._keyed = [(group.key, group) for group in self._groups]

    def of_facts(self, facts: Mapping[str, str]) -> Outcome:
        """The outcome of flat facts. Facts left out count as unanswered. Raises `AnswerError`."""
        rows = -1
        try:
            for key, group in self._keyed:
                rows &= group[key(facts)]
        except KeyError:
            return self.of_sheet(self.compiled.layout.sheet_of(facts))
        return self._outcomes[rows]

    def of_sheet(self, sheet: int) -> Outcome:
        """The outcome of a filled-in sheet."""
        rows = self.every_row
        for axis in self.compiled.layout.questions:
            rows &= self.allow[sheet & axis.full]
        return self._outcomes[rows]

    def of_rows(self, rows: int) -> Outcome:
        """The outcome when exactly the questions of these rows hold."""
        return self._outcomes[rows]


@lru_cache(maxsize=32)
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


class _Outcomes(dict[int, Outcome]):
    """For the rows whose questions hold: the outcome. Worked out when first asked for."""

    def __init__(self, compiled: Compiled) -> None:
        super().__init__()
        self.compiled = compiled

    def __missing__(self, rows: int) -> Outcome:
        results: dict[str, str] = {}
        sheet, start = 0, 0
        for table in self.compiled.tables:
            open_rows = rows >> start & (1 << len(table.masks)) - 1
            start += len(table.masks)
            if table.axis is None:
                continue
            won = table.no_row
            while open_rows:
                row = (open_rows & -open_rows).bit_length() - 1
                if not sheet & table.blocked[row]:
                    won = table.gives[row]
                    break
                open_rows &= open_rows - 1
            sheet |= won
            results[table.table.id] = table.axis.state_of(won)[0]
        if len(self) >= MOST_KEPT:
            self.clear()
        outcome = self[rows] = Outcome(*(results.get(id, NO_ROW) for id in ROLE_TABLES))
        return outcome
