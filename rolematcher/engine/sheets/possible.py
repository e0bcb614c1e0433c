"""What the unanswered questions leave open. In: a sheet with "not sure" on it. Out: the roles still possible.

Exact over all ways the unknown answers can turn out, without trying them: together they are one box, and a
role is possible when one of its boxes meets it.
"""

from __future__ import annotations

from dataclasses import dataclass

from rolematcher.engine.proof.cases import Cases

from .boxes import Box
from .sheet import Axis


@dataclass(frozen=True, slots=True)
class Open:
    """The outcomes still possible, each with the answers that occur in it.

    `by_role` and `by_pair` (role and course) hold the answers that lead there, as bits of the sheet.
    """

    by_role: dict[str, Box]
    by_pair: dict[tuple[str, str], Box]

    @property
    def courses(self) -> list[str]:
        """The courses still possible."""
        return list(dict.fromkeys(course for _, course in self.by_pair))


class Completions:
    """The boxes of every role and course, ready for asking which a half-answered sheet can end in."""

    def __init__(self, cases: Cases) -> None:
        self.layout = cases.compiled.layout
        self.answers = sum(axis.full for axis in self.layout.questions)
        self.low = sum(axis.full for axis in self.layout.questions)
        self.guards = sum(axis.guard for axis in self.layout.questions)
        self.boxes = [
            (case.box & self.answers, cases.result(case, "role"), cases.result(case, "course"))
            for case in cases.cases
        ]

    def of_sheet(self, sheet: int) -> Open:
        """What is still possible when every "not sure" may turn into any known answer."""
        box = sum(axis.completions[sheet & axis.full] for axis in self.layout.questions)
        low, guards = self.low, self.guards
        by_pair: dict[tuple[str, str], Box] = {}
        for case, role, course in self.boxes:
            both = box & case
            if (both + low) & guards == guards:
                by_pair[role, course] = by_pair.get((role, course), 0) | both
        by_role: dict[str, Box] = {}
        for (role, _), answers in by_pair.items():
            by_role[role] = by_role.get(role, 0) | answers
        return Open(by_role, by_pair)

    def best_question(self, sheet: int, possible: Open) -> Axis | None:
        """The unanswered question whose answer leaves the fewest roles on average, then the fewest courses.

        None when nothing is open any more. The first in the rulebook's order where several are as good.
        """
        if len(possible.by_pair) < 2:
            return None
        unknown = [
            axis for axis in self.layout.questions if axis.completions[sheet & axis.full] != sheet & axis.full
        ]
        return min(unknown, key=lambda axis: self._left(axis, sheet, possible), default=None)

    @staticmethod
    def _left(axis: Axis, sheet: int, possible: Open) -> tuple[float, float]:
        """How many roles, and roles with courses, an answer to this question leaves open on average."""
        field = axis.completions[sheet & axis.full]
        answers = field.bit_count()
        roles = sum((bits & field).bit_count() for bits in possible.by_role.values())
        pairs = sum((bits & field).bit_count() for bits in possible.by_pair.values())
        return roles / answers, pairs / answers
