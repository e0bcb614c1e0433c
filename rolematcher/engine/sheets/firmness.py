"""How firm a decision is. In: a rulebook and flat facts. Out: `Firmness`: what is open and what changes it.

No percentages: which roles are still possible, the one question that settles most, every single answer that
would give another role or course, how far the other roles are, and the rules that just missed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from rolematcher.engine.decision.conditions import ConditionMet, condition_records
from rolematcher.engine.model import UNSURE, Rule, Rulebook
from rolematcher.engine.proof.cases import role_cases

from .changes import Changes, Step, Ways
from .compiled import CompiledTable
from .lookup import Outcome, role_lookup
from .possible import Completions
from .sheet import Axis
from .wording import Value, is_ticks, question_id, state_words, value_of

Record = dict[str, object]
Near = tuple[Rule, ConditionMet]


@dataclass(frozen=True, slots=True)
class Firmness:
    """See the fields' names; `as_dict` gives the stored form.

    `firm` says that one role is possible however the open questions turn out, and that it is the role given.
    `changes` pairs another answer with the outcome it alone gives; `distance` has the fewest other answers
    for every role but the present one, None where known answers never give it. `answers` has the value and
    the words of every answer, by its bit on the sheet.
    """

    rulebook: Rulebook
    answers: Mapping[int, tuple[Value, str]]
    firm: bool
    possible_roles: tuple[str, ...]
    possible_courses: tuple[str, ...]
    unknowns: tuple[str, ...]
    next_question: Axis | None
    next_answers: tuple[tuple[int, Outcome], ...]
    changes: tuple[tuple[Step, Outcome], ...]
    distance: Mapping[str, tuple[Step, ...] | None]
    nearly: tuple[Near, ...]

    def as_dict(self) -> Record:
        """As plain JSON, every answer with the words of the rulebook."""
        return {
            "firm": self.firm,
            "possible_roles": list(self.possible_roles),
            "possible_courses": list(self.possible_courses),
            "unknowns": list(self.unknowns),
            "next_question": self._next(),
            "changes": [
                self._step(step)
                | self._from(step)
                | {"need": out.need, "role": out.role, "course": out.course}
                for step, out in self.changes
            ],
            "distance": {
                role: None
                if way is None
                else {"answers": len(way), "changes": [self._step(step) for step in way]}
                for role, way in self.distance.items()
            },
            "nearly": [
                {
                    "table": rule.table,
                    "rule": rule.id,
                    "result": rule.result,
                    "because": rule.because,
                    "missing": missing.as_dict(),
                }
                for rule, missing in self.nearly
            ],
        }

    def _way(self, way: tuple[Step, ...] | None) -> Record | None:
        return None if way is None else {"answers": len(way), "changes": [self._step(step) for step in way]}

    def _next(self) -> Record | None:
        axis = self.next_question
        if axis is None:
            return None
        question = self.rulebook.question(question_id(axis))
        answers = [
            dict(zip(("value", "words"), self.answers[bit], strict=True))
            | {"role": outcome.role, "course": outcome.course}
            for bit, outcome in self.next_answers
        ]
        return {"question": question.id, "ask": question.ask, "answers": answers}

    def _step(self, step: Step) -> Record:
        to, words = self.answers[step.then]
        return {"question": question_id(step.axis), "fact": step.axis.id, "to": to, "to_words": words}

    def _from(self, step: Step) -> Record:
        value, words = self.answers[step.now]
        return {"from": value, "from_words": words}


class _Prepared:
    """What firmness needs of a rulebook, worked out once."""

    def __init__(self, rulebook: Rulebook) -> None:
        cases = role_cases(rulebook)
        self.lookup = role_lookup(rulebook)
        self.answers = {
            bit: (value_of(axis, state), state_words(rulebook, axis, state))
            for axis in cases.compiled.layout.questions
            for state, bit in axis.bits.items()
        }
        self.completions = Completions(cases)
        self.changes = Changes(self.lookup)
        self.ways = Ways(cases)
        self.roles = next((t.choices for t in rulebook.tables if t.id == "role"), ())
        self.deciding = [
            (question.id, [fact for fact in rulebook.facts if fact.question == question.id])
            for question in rulebook.questions
            if question.deciding
        ]
        self.records = {
            (rule.id, condition.fact): condition_records(rulebook, condition)
            for table in self.lookup.compiled.tables
            for rule in table.table.rules
            for condition in rule.when
        }


_prepared = lru_cache(maxsize=8)(_Prepared)


def firmness(rulebook: Rulebook, facts: Mapping[str, str]) -> Firmness:
    """How firm need, role and course are for these facts. Facts left out count as unanswered.

    Raises `AnswerError` on a wrong value, `RulebookError` if the rulebook tells too many cases apart.
    """
    prepared = _prepared(rulebook)
    lookup = prepared.lookup
    sheet = lookup.compiled.layout.sheet_of(facts)
    outcome = lookup.of_sheet(sheet)
    possible = prepared.completions.of_sheet(sheet)
    question = prepared.completions.best_question(sheet, possible)
    return Firmness(
        rulebook=rulebook,
        answers=prepared.answers,
        firm=list(possible.by_role) == [outcome.role],
        possible_roles=tuple(role.id for role in prepared.roles if role.id in possible.by_role),
        possible_courses=tuple(possible.courses),
        unknowns=tuple(
            id for id, read in prepared.deciding if any(facts.get(f.id, f.default) == UNSURE for f in read)
        ),
        next_question=question,
        next_answers=_next_answers(prepared, sheet, question),
        changes=tuple(prepared.changes.of_sheet(sheet)),
        distance={
            role.id: _tuple(prepared.ways.shortest(sheet, role.id))
            for role in prepared.roles
            if role.id != outcome.role
        },
        nearly=tuple(_nearly(prepared, sheet)),
    )


def _tuple(steps: list[Step] | None) -> tuple[Step, ...] | None:
    return None if steps is None else tuple(steps)


def _next_answers(prepared: _Prepared, sheet: int, axis: Axis | None) -> tuple[tuple[int, Outcome], ...]:
    """What each answer to the next question gives. Of a tick-all question nobody and every single tick."""
    if axis is None:
        return ()
    bits = [bit for bit in axis.bits.values() if bit & axis.completions[sheet & axis.full]]
    if is_ticks(axis):
        bits = [bit for bit in bits if axis.state_of(bit).count("yes") <= 1]
        bits.sort(key=lambda bit: axis.state_of(bit).count("yes"))
    return tuple((bit, prepared.lookup.of_sheet(sheet & ~axis.full | bit)) for bit in bits)


def _nearly(prepared: _Prepared, sheet: int) -> list[Near]:
    """Rows above the one that applied, with another result, that missed by one answer and met the rest."""
    near: list[Near] = []
    compiled = prepared.lookup.compiled
    full, applied = compiled.work_out(sheet)
    for table, rows in zip(compiled.tables, applied, strict=True):
        for row in range(rows[0] if rows else len(table.masks)):
            missed = full & table.blocked[row]
            if table.axis and missed.bit_count() == 1 and table.gives[row] & ~full:
                near += _missing(prepared, table, row, missed)
    return near


def _missing(
    prepared: _Prepared, table: CompiledTable, row: int, missed: int
) -> list[tuple[Rule, ConditionMet]]:
    rule = table.table.rules[row]
    axis = next(axis for axis in prepared.lookup.compiled.layout.axes if axis.full & missed)
    values = dict(zip(axis.facts, axis.state_of(missed), strict=True))
    met = [prepared.records[rule.id, c.fact][values[c.fact]] for c in rule.when if c.fact in values]
    failed = [condition for condition in met if condition.held != "yes"]
    if axis.is_table or len(failed) != 1 or len(rule.when) < 2:
        return []
    return [(rule, failed[0])]
