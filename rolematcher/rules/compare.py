"""Two rulebooks by what they answer, however they are written. In: old and new. Out: a `Comparison`.

Exact, over every answer sheet that both can be given: for each way in which need, role or recommendation come
out otherwise there is the number of sheets and a smallest case that shows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from math import prod

import numpy as np

from rolematcher.values.frozen import Frozen
from rolematcher.values.message import Message, Value

from .answer_table import ROLE_TABLES, AnswerTable, Outcome, answer_table
from .axes import Axis, Bools, Codes, Columns, along, keys_of, refuse_too_many, states_of
from .rulebook import FIRST, Rule, Rulebook, Table


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


class TableDifference(Frozen):
    """A table beside need, role and recommendation that gives `result` in more (`given`) or fewer cases."""

    table: str
    result: str
    given: bool
    facts: dict[str, str]


class Comparison(Frozen):
    """All that differs. `sheets` answer sheets were compared, `changed` of them come out otherwise."""

    sheets: int
    changed: int
    differences: tuple[Difference, ...]
    tables: tuple[TableDifference, ...]
    news: tuple[Message, ...]

    @property
    def same(self) -> bool:
        """True if both give the same answers everywhere and have the same questions and results."""
        return not (self.differences or self.tables or self.news)


def rulebook_compare(old: Rulebook, new: Rulebook) -> Comparison:
    """Compare two rulebooks. Raises `RulebookError` if one has too many answer sheets."""
    tables = answer_table(old), answer_table(new)
    space = _Space(*tables)
    differences = tuple(sorted(_differences(*tables, space), key=lambda one: -one.sheets))
    return Comparison(
        sheets=space.sheets,
        changed=sum(one.sheets for one in differences),
        differences=differences,
        tables=tuple(_table_differences(old, new)),
        news=tuple(_news(old, new)),
    )


class _Space:
    """The answer sheets that both rulebooks know, and where each lies in either table."""

    def __init__(self, old: AnswerTable, new: AnswerTable) -> None:
        axes = [{axis.id: axis for axis in table.axes} for table in (old, new)]
        every = axes[1] | axes[0]
        ids = dict.fromkeys((*axes[0], *axes[1]))
        self.facts = [every[id].facts for id in ids]
        self.states = [_shared(every[id], old.rulebook, new.rulebook) for id in ids]
        self.shape = tuple(map(len, self.states))
        self.sheets = prod(self.shape)
        refuse_too_many(self.shape)
        self.old_places, self.new_places = (self._places([of.get(id) for id in ids]) for of in axes)

    def _places(self, axes: list[Axis | None]) -> Codes:
        """The index of every sheet in one table; questions it does not have change nothing."""
        index: Codes = np.zeros((1,) * len(self.shape), dtype=np.int64)
        for number, axis in enumerate(axes):
            if axis:
                index = index + along(map(axis.offset, self.states[number]), number, len(axes))
        return np.broadcast_to(index, self.shape).ravel()

    def smallest(self, same: Bools) -> dict[str, str]:
        """One of these sheets without the answers that may be any: what is left shows the difference."""
        cube = same.reshape(self.shape)
        places: list[int | slice] = list(map(int, np.unravel_index(int(np.argmax(same)), self.shape)))
        for number, place in enumerate(places):
            places[number] = slice(None)
            if not cube[tuple(places)].all():
                places[number] = place
        return {
            fact: value
            for number, place in enumerate(places)
            if isinstance(place, int)
            for fact, value in zip(self.facts[number], self.states[number][place], strict=True)
        }


def _shared(axis: Axis, *rulebooks: Rulebook) -> tuple[tuple[str, ...], ...]:
    """The answers to a question that both rulebooks have; all of them where only one asks it."""
    has = [states_of(one) for rulebook in rulebooks for one in rulebook.questions if one.id == axis.id]
    return tuple(state for state in axis.states if all(state in one for one in has)) or axis.states


def _differences(old: AnswerTable, new: AnswerTable, space: _Space) -> Iterator[Difference]:
    was, now = old.codes[space.old_places].astype(np.int64), new.codes[space.new_places]
    both = was * len(new.outcomes) + now
    for code in np.unique(both).tolist():
        before, after = old.outcomes[code // len(new.outcomes)], new.outcomes[code % len(new.outcomes)]
        if before == after:
            continue
        same = both == code
        sheet = int(np.argmax(same))
        yield Difference(
            old=before,
            new=after,
            sheets=int(same.sum()),
            old_rules=_rules(old, int(space.old_places[sheet])),
            new_rules=_rules(new, int(space.new_places[sheet])),
            facts=space.smallest(same),
        )


def _rules(table: AnswerTable, index: int) -> tuple[str, ...]:
    """The rules that give need, role and recommendation of a sheet."""
    places = [
        (one, int(table.winners_of[one.id].flat[index])) for one in table.tables if one.id in ROLE_TABLES
    ]
    return tuple(one.rules[place].id for one, place in places if place < len(one.rules))


class _Values(Columns):
    """Every combination of what some rules read, by the values of either rulebook."""

    def __init__(self, old: Rulebook, new: Rulebook, rules: Iterable[Rule]) -> None:
        self.rulebooks = old, new
        self.keys = sorted(keys_of(rules))
        super().__init__(new, tuple(len(self.values(key)) for key in self.keys))
        refuse_too_many(self.shape)
        self.columns = {
            key: along(range(size), number, len(self.keys))
            for number, (key, size) in enumerate(zip(self.keys, self.shape, strict=True))
        }

    def values(self, key: str) -> tuple[str, ...]:
        """What a column can hold in either rulebook, by its code."""
        found: dict[str, None] = {}
        for rulebook in self.rulebooks:
            with suppress(KeyError):
                found |= dict.fromkeys(Columns(rulebook, ()).values(key))
        return tuple(found)


def _table_differences(old: Rulebook, new: Rulebook) -> Iterator[TableDifference]:
    """Results that the other tables give in other cases, each table by itself: what it reads stands open."""
    after = {table.id: table for table in new.tables}
    for table in old.tables:
        other = after.get(table.id)
        if table.id in ROLE_TABLES or other is None or other.take != table.take:
            continue
        for result in dict.fromkeys((*table.results, *other.results)):
            rules = _giving(table, result), _giving(other, result)
            before, now = ([(rule.when, rule.result == result) for rule in one] for one in rules)
            if before != now:
                yield from _result_moved(_Values(old, new, [*rules[0], *rules[1]]), (table, other), result)


def _giving(table: Table, result: str) -> tuple[Rule, ...]:
    """The rules that have a say in whether a result is given."""
    if table.take != FIRST:
        return tuple(rule for rule in table.rules if rule.result == result)
    last = max((place for place, rule in enumerate(table.rules) if rule.result == result), default=-1)
    return table.rules[: last + 1]


def _result_moved(space: _Values, tables: tuple[Table, Table], result: str) -> Iterator[TableDifference]:
    old, new = (_given(space, replace(table, rules=_giving(table, result)), result) for table in tables)
    for given, moved in ((True, new & ~old), (False, old & ~new)):
        if moved.any():
            places = np.unravel_index(int(np.argmax(moved)), moved.shape)
            at = zip(space.keys, places, strict=True)
            facts = {key.removeprefix("="): space.values(key)[int(place)] for key, place in at}
            yield TableDifference(table=tables[0].id, result=result, given=given, facts=facts)


def _given(space: _Values, table: Table, result: str) -> Bools:
    """In which combinations a table gives the result."""
    if table.take == FIRST:
        return np.isin(
            space.winners(table), [n for n, rule in enumerate(table.rules) if rule.result == result]
        )
    given = np.zeros(space.shape, dtype=bool)
    for rule in table.rules:
        given |= space.holds(rule.when)
    return given


def translated(before: AnswerTable, after: AnswerTable, sheets: Codes) -> Codes:
    """Sheets of one edition's table by their places in another's. An answer it does not know is not sure."""
    old = {axis.id: axis for axis in before.axes}
    default = after.rulebook.defaults
    found = np.zeros(sheets.shape, dtype=np.int64)
    for axis in after.axes:
        mine = old.get(axis.id)
        if mine is None:
            found += axis.offset(tuple(default[fact] for fact in axis.facts))
            continue
        known = [dict(zip(mine.facts, state, strict=True)) for state in mine.states]
        steps = [axis.offset(tuple(one.get(fact, default[fact]) for fact in axis.facts)) for one in known]
        found += np.array(steps)[sheets // mine.stride % len(mine.states)]
    return found


def _news(old: Rulebook, new: Rulebook) -> Iterator[Message]:
    """What one has and the other has not, beside the rules."""
    questions = [{question.id: question for question in one.questions} for one in (old, new)]
    tables = [{table.id: table for table in one.tables} for one in (old, new)]
    yield from _gone_and_new("question", questions[0], questions[1])
    for id in sorted(questions[0].keys() & questions[1].keys()):
        before, after = questions[0][id], questions[1][id]
        choices, others = ([choice.id for choice in one.choices] for one in (before, after))
        yield from _gone_and_new("choice", choices, others, of=id)
        if before.default != after.default:
            yield _said("default", name=id, value=after.default)
    yield from _gone_and_new("table", tables[0], tables[1])
    for id in sorted(tables[0].keys() & tables[1].keys()):
        yield from _gone_and_new("result", tables[0][id].results, tables[1][id].results, of=id)
        if tables[0][id].take != tables[1][id].take:
            yield _said("take", name=id, value=tables[1][id].take)
    if old.skills != new.skills:
        yield _said("skills")


def _gone_and_new(kind: str, before: Iterable[str], after: Iterable[str], of: str = "") -> Iterator[Message]:
    old, new = set(before), set(after)
    for what, ids in (("gone", old - new), ("new", new - old)):
        for id in sorted(ids):
            yield _said(f"{kind}_{what}", **({"name": of, "value": id} if of else {"name": id}))


def _said(what: str, **values: Value) -> Message:
    return Message(id=f"rules.compare.{what}", values=values)
