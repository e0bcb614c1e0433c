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
from typing import NamedTuple

from rolematcher.engine.proof.cases import Case, Cases

from .lookup import Lookup, Outcome
from .sheet import Axis
from .wording import is_ticks

MOST_KEPT = 50_000
"""How many sets of changed ticks are kept before starting anew."""


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
        self.fields = [axis.full for axis in lookup.compiled.layout.questions]
        self.answers = _Answers(lookup)
        self.kept: dict[tuple[int, int], list[tuple[Step, Outcome]]] = {}

    def of_sheet(self, sheet: int) -> list[tuple[Step, Outcome]]:
        """Every other answer to one question that alone gives another role or course.

        Of a tick-all question only the smallest changes of the ticks are listed, one for each outcome: when
        one more tick makes the difference, the same tick with others that do not matter is left out.
        """
        return self.with_rows(sheet)[1]

    def with_rows(self, sheet: int) -> tuple[int, list[tuple[Step, Outcome]]]:
        """The rows whose questions hold on a sheet, and the changes. The hottest loop of the engine."""
        answers = [self.answers[sheet & field] for field in self.fields]
        before = self.lookup.every_row
        after = list(accumulate((answer.rows for answer in reversed(answers)), and_, initial=before))
        rows = after.pop()
        outcomes = self.lookup.outcomes
        now = outcomes[rows]
        role_and_course = now[1:]
        changes: list[tuple[Step, Outcome]] = []
        for mine, steps, ticks in answers:
            others = before & after.pop()
            before &= mine
            if ticks:
                changes += self._ticks_changed(ticks, others, now, steps)
                continue
            for step, then in steps:
                outcome = outcomes[others & then]
                if outcome is not now and outcome[1:] != role_and_course:
                    changes.append((step, outcome))
        return rows, changes

    def _ticks_changed(
        self, bit: int, others: int, now: Outcome, steps: list[tuple[Step, int]]
    ) -> list[tuple[Step, Outcome]]:
        """The smallest changes of the ticks of one question, kept: there are many ticks to try."""
        found = self.kept.get((bit, others))
        if found is None:
            tried = ((step, self.lookup.outcomes[others & then]) for step, then in steps)
            found = _smallest([(step, outcome) for step, outcome in tried if outcome[1:] != now[1:]])
            if len(self.kept) >= MOST_KEPT:
                self.kept.clear()
            self.kept[bit, others] = found
        return found


class _Answer(NamedTuple):
    """An answer: the rows it allows, every step to another known answer with the rows that one allows.

    `ticks` is the answer's bit if it is to a tick-all question, else 0; steps of fewer ticks come first.
    """

    rows: int
    steps: list[tuple[Step, int]]
    ticks: int


class _Answers(dict[int, _Answer]):
    """For the bit of every answer what is known of it. Worked out when first asked for."""

    def __init__(self, lookup: Lookup) -> None:
        super().__init__()
        self.lookup = lookup

    def __missing__(self, bit: int) -> _Answer:
        axis = next(axis for axis in self.lookup.compiled.layout.questions if axis.full & bit)
        others = [Step(axis, bit, then) for then in axis.bits.values() if then & axis.known & ~bit]
        if is_ticks(axis):
            others.sort(key=lambda step: step.ticks.bit_count())
        allow = self.lookup.allow
        steps = [(step, allow[step.then]) for step in others]
        answer = self[bit] = _Answer(allow[bit], steps, bit if is_ticks(axis) else 0)
        return answer


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
