"""Two rulebooks by what they answer, however they are written. In: old and new. Out: a `Comparison`.

Exact for need, role and recommendation, over every answer sheet that both can be given: for each way in which
they come out otherwise there is the number of sheets and a smallest case that shows it. Of the other tables
the rules are named that are gone, new, or speak in other cases.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from rolematcher.values.frozen import Frozen
from rolematcher.values.message import Message

from .answer_table import ROLE_TABLES, AnswerTable, Outcome
from .axes import Axis, Bools, axes_of, needed_tables, side_by_side
from .rulebook import Rulebook

WITHIN = {"choice": "question", "result": "table", "rule": "table", "order": "table"}
"""What is gone or new together with the whole that it belongs to, and not told beside it."""


class Difference(Frozen):
    """Answer sheets that came out as `old` and now as `new`: how many, by which rules, and a smallest case.

    `facts` are the answers that case needs; whatever is not named may be answered in any way.
    """

    old: Outcome
    new: Outcome
    sheets: int
    old_rules: tuple[str, ...]
    new_rules: tuple[str, ...]
    facts: dict[str, str]


class Comparison(Frozen):
    """All that differs. `sheets` answer sheets were compared, `changed` of them come out otherwise."""

    sheets: int
    changed: int
    differences: tuple[Difference, ...]
    news: tuple[Message, ...]

    @property
    def same(self) -> bool:
        """True if both give the same answers everywhere and have the same questions and results."""
        return not (self.differences or self.news)


def rulebook_compare(old: Rulebook, new: Rulebook) -> Comparison:
    """Compare two rulebooks. Raises `RulebookError` if one has too many answer sheets."""
    axes = _shared_axes(old, new)
    before, after = AnswerTable(old, axes), AnswerTable(new, axes)
    differences = tuple(sorted(_differences(before, after), key=lambda one: -one.sheets))
    return Comparison(
        sheets=before.sheets,
        changed=sum(one.sheets for one in differences),
        differences=differences,
        news=tuple(_news(old, new)),
    )


def _shared_axes(old: Rulebook, new: Rulebook) -> tuple[Axis, ...]:
    """Every question that need, role or recommendation of either reads, with the answers that both know.

    All answers where only one asks it, or where none is known to both.
    """
    values = [{fact.id: fact.values for fact in one.facts} for one in (old, new)]
    axes: dict[str, Axis] = {}
    for axis in (axis for one in (old, new) for axis in axes_of(one, needed_tables(one, ROLE_TABLES))):
        asking = [known for known in values if any(fact in known for fact in axis.facts)]
        shared = [
            state
            for state in axis.states
            if all(
                value in known.get(fact, ())
                for known in asking
                for fact, value in zip(axis.facts, state, strict=True)
            )
        ]
        axes.setdefault(axis.id, replace(axis, states=tuple(shared) or axis.states))
    return side_by_side(tuple(axes.values()))


def _differences(before: AnswerTable, after: AnswerTable) -> Iterator[Difference]:
    """Every way in which sheets come out otherwise."""
    both = before.codes.astype(np.int64) * len(after.outcomes) + after.codes
    for code in np.unique(both).tolist():
        old, new = before.outcomes[code // len(after.outcomes)], after.outcomes[code % len(after.outcomes)]
        if old == new:
            continue
        same = both == code
        sheet = int(np.argmax(same))
        yield Difference(
            old=old,
            new=new,
            sheets=int(same.sum()),
            old_rules=_rules(before, sheet),
            new_rules=_rules(after, sheet),
            facts=_smallest(before, same, sheet),
        )


def _smallest(table: AnswerTable, same: Bools, sheet: int) -> dict[str, str]:
    """A sheet without the answers that may be any in these sheets: what is left shows the difference."""
    cube = same.reshape(table.shape)
    places: list[int | slice] = list(map(int, np.unravel_index(sheet, table.shape)))
    facts: dict[str, str] = {}
    for number, axis in enumerate(table.axes):
        place, places[number] = axis.at(sheet), slice(None)
        if not cube[tuple(places)].all():
            places[number] = place
            facts |= zip(axis.facts, axis.states[place], strict=True)
    return facts


def _rules(table: AnswerTable, index: int) -> tuple[str, ...]:
    """The rules that give need, role and recommendation of a sheet."""
    places = [
        (one, int(table.winners_of[one.id].flat[index])) for one in table.tables if one.id in ROLE_TABLES
    ]
    return tuple(one.rules[place].id for one, place in places if place < len(one.rules))


def _news(old: Rulebook, new: Rulebook) -> Iterator[Message]:
    """What is gone, new or otherwise, beside need, role and recommendation."""
    before, after = _parts(old, new), _parts(new, old)
    for part in before | after:
        kind, names = part[0], part[1:]
        if kind in WITHIN and not all((WITHIN[kind], names[0]) in parts for parts in (before, after)):
            continue
        what = "gone" if part not in after else "new" if part not in before else "changed"
        if what != "changed" or before[part] != after[part]:
            values = dict(zip(("name", "value"), names, strict=False))
            yield Message(id=f"rules.compare.{kind}_{what}", values=dict(values))


def _parts(rulebook: Rulebook, other: Rulebook) -> dict[tuple[str, ...], object]:
    """All that a rulebook has, by kind and names, each with what may differ about it apart from words."""
    parts: dict[tuple[str, ...], object] = {("skills",): rulebook.skills}
    for question in rulebook.questions:
        parts["question", question.id] = question.default
        parts |= {("choice", question.id, choice.id): None for choice in question.choices}
    shared = {rule.id for table in other.tables for rule in table.rules}
    for table in rulebook.tables:
        parts["table", table.id] = table.take
        parts |= {("result", table.id, result): None for result in table.results}
        if table.id not in ROLE_TABLES:
            parts |= {("rule", table.id, rule.id): (rule.when, rule.result) for rule in table.rules}
            parts["order", table.id] = [rule.id for rule in table.rules if rule.id in shared]
    return parts
