"""What would change a decision. In: a filled-in sheet. Out: every answer that would, and the shortest ways.

Exact: every other answer to every question is decided anew, and the shortest way to a role is the least
number of fields in which the sheet stands outside one of that role's boxes. Going back to "not sure"
is not a change: it takes knowledge away and points to nothing a person could find out or do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .cases import Case, Cases
from .lookup import Lookup, Outcome
from .sheet import Axis
from .wording import is_ticks


@dataclass(frozen=True, slots=True)
class Step:
    """Another answer to one question: the bit that is set now and the bit that would be."""

    axis: Axis
    now: int
    then: int


def one_answer_changes(lookup: Lookup, sheet: int) -> list[tuple[Step, Outcome]]:
    """Every other answer to one question that alone gives another role or course.

    Of a tick-all question only the smallest changes of the ticks are listed, one for each outcome: when one
    more tick makes the difference, the same tick together with others that do not matter is left out.
    """
    now = None
    changes: list[tuple[Step, Outcome]] = []
    for axis, bit, other_rows in _without_each(lookup, sheet):
        now = now or lookup.of_rows(other_rows & lookup.allow[bit])
        found = [
            (Step(axis, bit, then), outcome)
            for then in _others(axis, bit)
            if (outcome := lookup.of_rows(other_rows & lookup.allow[then]))[1:] != now[1:]
        ]
        changes += _smallest(found) if is_ticks(axis) else found
    return changes


def _without_each(lookup: Lookup, sheet: int) -> Iterator[tuple[Axis, int, int]]:
    """For every question: its bit, and the rows that all the other questions allow."""
    axes = lookup.compiled.layout.questions
    bits = [sheet & axis.full for axis in axes]
    after = [lookup.every_row]
    for bit in reversed(bits):
        after.append(after[-1] & lookup.allow[bit])
    before = lookup.every_row
    for place, (axis, bit) in enumerate(zip(axes, bits, strict=True)):
        yield axis, bit, before & after[len(axes) - 1 - place]
        before &= lookup.allow[bit]


def _others(axis: Axis, now: int) -> Iterator[int]:
    """The bits of the known answers other than the present one."""
    left = axis.known & ~now
    while left:
        bit = left & -left
        yield bit
        left ^= bit


def ticks_apart(step: Step) -> frozenset[tuple[str, str]]:
    """The ticks in which two states of a tick-all question differ. From "not sure": those that are ticked."""
    now, then = step.axis.state_of(step.now), step.axis.state_of(step.then)
    if set(now) & {"yes", "no"}:
        return frozenset((f, t) for f, n, t in zip(step.axis.facts, now, then, strict=True) if n != t)
    return frozenset((f, t) for f, t in zip(step.axis.facts, then, strict=True) if t == "yes")


def _smallest(found: list[tuple[Step, Outcome]]) -> list[tuple[Step, Outcome]]:
    apart = [(ticks_apart(step), step, outcome) for step, outcome in found]
    return [
        (step, outcome)
        for ticks, step, outcome in sorted(apart, key=lambda one: len(one[0]))
        if not any(fewer < ticks and same == outcome for fewer, _, same in apart)
    ]


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
                (Step(axis, sheet & axis.full, then) for then in _others(axis, 0) if then & box),
                key=lambda step: len(ticks_apart(step)) if is_ticks(axis) else 0,
            )
            for axis in self.layout.questions
            if not sheet & axis.full & box
        ]


def _is_guess(cases: Cases, case: Case) -> bool:
    rows = zip(cases.tables, case.rows, strict=True)
    return any(row >= 0 and cases.compiled.table(id).table.rules[row].provisional for id, row in rows)
