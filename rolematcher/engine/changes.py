"""What would change a decision. In: a filled-in sheet. Out: every answer that would, and the shortest ways.

Exact: every other answer to every question is decided anew, and the shortest way to a role is the least
number of fields in which the sheet stands outside one of that role's boxes. Going back to "not sure"
is not a change: it takes knowledge away and points to nothing a person could find out or do.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from operator import and_

from .cases import Case, Cases
from .lookup import Lookup, Outcome
from .sheet import Axis
from .wording import is_ticks


@dataclass(frozen=True, eq=False)
class Step:
    """Another answer to one question: the bit that is set now and the bit that would be."""

    axis: Axis
    now: int
    then: int

    @cached_property
    def ticks(self) -> int:
        """The ticks in which the two answers differ, a bit each. From "not sure": those that are ticked."""
        now, then = self.axis.state_of(self.now), self.axis.state_of(self.then)
        known = bool({"yes", "no"} & set(now))
        differ = [was != to if known else to == "yes" for was, to in zip(now, then, strict=True)]
        return sum(1 << place for place, different in enumerate(differ) if different)


class Changes:
    """Every step from every answer, ready for trying all that a sheet allows."""

    def __init__(self, lookup: Lookup) -> None:
        self.lookup = lookup
        self.axes = [(axis.full, is_ticks(axis)) for axis in lookup.compiled.layout.questions]
        self.steps = _Steps(lookup)

    def of_sheet(self, sheet: int) -> list[tuple[Step, Outcome]]:
        """Every other answer to one question that alone gives another role or course.

        Of a tick-all question only the smallest changes of the ticks are listed, one for each outcome: when
        one more tick makes the difference, the same tick with others that do not matter is left out.
        """
        return self.with_rows(sheet)[1]

    def with_rows(self, sheet: int) -> tuple[int, list[tuple[Step, Outcome]]]:
        """The rows whose questions hold on a sheet, and the changes."""
        bits = [sheet & field for field, _ in self.axes]
        allowed = [self.lookup.allow[bit] for bit in bits]
        after = list(accumulate(reversed(allowed), and_, initial=self.lookup.every_row))
        rows = after.pop()
        outcomes = self.lookup.outcomes
        now = outcomes[rows]
        before = self.lookup.every_row
        changes: list[tuple[Step, Outcome]] = []
        for (_, ticks), bit, mine in zip(self.axes, bits, allowed, strict=True):
            others = before & after.pop()
            before &= mine
            found = [
                (step, outcome)
                for step, then in self.steps[bit]
                if (outcome := outcomes[others & then]) is not now and outcome[1:] != now[1:]
            ]
            if found:
                changes += _smallest(found) if ticks else found
        return rows, changes


class _Steps(dict[int, list[tuple[Step, int]]]):
    """For the bit of an answer: every step to another known answer, with the rows that one allows.

    Steps of a tick-all question that change fewer ticks come first.
    """

    def __init__(self, lookup: Lookup) -> None:
        super().__init__()
        self.lookup = lookup

    def __missing__(self, bit: int) -> list[tuple[Step, int]]:
        axis = next(axis for axis in self.lookup.compiled.layout.questions if axis.full & bit)
        others = [Step(axis, bit, then) for then in axis.bits.values() if then & axis.known & ~bit]
        if is_ticks(axis):
            others.sort(key=lambda step: step.ticks.bit_count())
        steps = self[bit] = [(step, self.lookup.allow[step.then]) for step in others]
        return steps


def _smallest(found: list[tuple[Step, Outcome]]) -> list[tuple[Step, Outcome]]:
    """Of steps that lead to the same outcome those that hold no smaller one. Smaller ones come first."""
    kept: list[tuple[Step, Outcome]] = []
    for step, outcome in found:
        ticks = step.ticks
        if not any(same is outcome and not fewer.ticks & ~ticks for fewer, same in kept):
            kept.append((step, outcome))
    return kept


class Ways:
    """The boxes of every role, ready for measuring how far a sheet is from each."""

    def __init__(self, cases: Cases) -> None:
        self.layout = cases.compiled.layout
        self.roles: dict[str, list[tuple[int, int, Case]]] = {}
        for case in sorted(cases.cases, key=lambda case: _is_guess(cases, case)):
            out, never = self._outside(case.box)
            self.roles.setdefault(cases.result(case, "role"), []).append((out, never, case))

    def _outside(self, box: int) -> tuple[int, int]:
        """The answers outside a box, and those that would have to become "not sure" to get into it."""
        out = sum(axis.full & ~box for axis in self.layout.questions)
        never = sum(axis.full for axis in self.layout.questions if not box & axis.known)
        return out, out & never

    def shortest(self, sheet: int, role: str) -> list[Step] | None:
        """The fewest other answers that give this role, None if no known answers do.

        Of several equally short ways one is taken whose role is not a best guess.
        """
        best: Case | None = None
        fewest = len(self.layout.questions) + 1
        for out, never, case in self.roles.get(role, ()):
            apart = sheet & out
            if not apart & never and apart.bit_count() < fewest:
                best, fewest = case, apart.bit_count()
        return None if best is None else self._steps(sheet, best.box)

    def _steps(self, sheet: int, box: int) -> list[Step]:
        return [
            min(
                (
                    Step(axis, sheet & axis.full, then)
                    for then in axis.bits.values()
                    if then & axis.known & box
                ),
                key=lambda step: step.ticks.bit_count() if is_ticks(axis) else 0,
            )
            for axis in self.layout.questions
            if not sheet & axis.full & box
        ]


def _is_guess(cases: Cases, case: Case) -> bool:
    rows = zip(cases.tables, case.rows, strict=True)
    return any(row >= 0 and cases.compiled.table(id).table.rules[row].provisional for id, row in rows)
