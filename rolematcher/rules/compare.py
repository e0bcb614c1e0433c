"""Two rulebooks by what they answer, however they are written. In: old and new. Out: a `Comparison`.

Exact, over every answer sheet that both can be given: for each way in which need, role or recommendation come
out otherwise there is the number of sheets and a smallest case that shows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import prod

import numpy as np
import numpy.typing as npt

from rolematcher.values.frozen import Frozen
from rolematcher.values.message import Message, Value

from .answer_table import ROLE_TABLES, AnswerTable, Outcome, answer_table
from .axes import MOST_SHEETS, Axis, states_of, too_many_sheets
from .reach import key_of, keys_of
from .rulebook import FIRST, NO_RULE, Rule, Rulebook, Table

Codes = npt.NDArray[np.int64]


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
    space = _Space(answer_table(old), answer_table(new))
    differences = tuple(sorted(_differences(space), key=lambda one: -one.sheets))
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
        self.old, self.new = old, new
        mine, other = ({axis.id: axis for axis in table.axes} for table in (old, new))
        ids = dict.fromkeys((*mine, *other))
        self.facts = [(mine.get(id) or other[id]).facts for id in ids]
        self.states = [_shared(mine.get(id), other.get(id), old, new, id) for id in ids]
        self.shape = tuple(map(len, self.states))
        if prod(self.shape) > MOST_SHEETS:
            raise too_many_sheets(prod(self.shape))
        self.old_places, self.new_places = self._places(mine, ids), self._places(other, ids)

    @property
    def sheets(self) -> int:
        """How many there are."""
        return prod(self.shape)

    def _places(self, axes: Mapping[str, Axis], ids: Mapping[str, None]) -> Codes:
        """The index of every sheet in one table; questions it does not have change nothing."""
        index = np.zeros((1,) * len(self.shape), dtype=np.int64)
        for number, id in enumerate(ids):
            if id in axes:
                axis = axes[id]
                steps = [
                    axis.places.get(state, axis.unsure or 0) * axis.stride for state in self.states[number]
                ]
                index = index + np.array(steps).reshape((-1,) + (1,) * (len(self.shape) - 1 - number))
        return np.broadcast_to(index, self.shape).ravel()

    def smallest(self, same: npt.NDArray[np.bool_]) -> dict[str, str]:
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


def _shared(
    mine: Axis | None, other: Axis | None, old: AnswerTable, new: AnswerTable, id: str
) -> tuple[tuple[str, ...], ...]:
    """The answers to a question that both rulebooks have; all of them where only one asks it."""
    has = [states_of(one) for table in (old, new) for one in table.rulebook.questions if one.id == id]
    states = (mine or other).states if mine or other else ()  # type: ignore[union-attr]
    kept = tuple(state for state in states if all(state in one for one in has))
    return kept or states


def _differences(space: _Space) -> Iterator[Difference]:
    old, new = space.old, space.new
    was, now = old.codes[space.old_places].astype(np.int64), new.codes[space.new_places].astype(np.int64)
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
        (one, int(table.winners[one.id].ravel()[index])) for one in table.tables if one.id in ROLE_TABLES
    ]
    return tuple(one.rules[place].id for one, place in places if place < len(one.rules))


def _table_differences(old: Rulebook, new: Rulebook) -> Iterator[TableDifference]:
    """Results that the other tables give in other cases, each table by itself: what it reads stands open."""
    after = {table.id: table for table in new.tables}
    for table in old.tables:
        other = after.get(table.id)
        if table.id in ROLE_TABLES or other is None or other.take != table.take:
            continue
        for result in dict.fromkeys((*table.results, *other.results)):
            yield from _result_moved(old, new, (table, other), result)


def _result_moved(
    old: Rulebook, new: Rulebook, tables: tuple[Table, Table], result: str
) -> Iterator[TableDifference]:
    rules = [_giving(table, result) for table in tables]
    before, after = ([(rule.when, rule.result == result) for rule in one] for one in rules)
    if before == after:
        return
    keys = sorted(keys_of([*rules[0], *rules[1]]))
    values = [_values(old, new, key) for key in keys]
    if prod(map(len, values)) > MOST_SHEETS:
        raise too_many_sheets(prod(map(len, values)))
    gives = [_given(one, table.take, result, keys, values) for one, table in zip(rules, tables, strict=True)]
    for given, moved in ((True, gives[1] & ~gives[0]), (False, gives[0] & ~gives[1])):
        if moved.any():
            place = np.unravel_index(int(np.argmax(moved)), moved.shape)
            facts = {
                key.removeprefix("="): of[int(at)] for key, of, at in zip(keys, values, place, strict=True)
            }
            yield TableDifference(table=tables[0].id, result=result, given=given, facts=facts)


def _giving(table: Table, result: str) -> tuple[Rule, ...]:
    """The rules that have a say in whether a result is given."""
    if table.take != FIRST:
        return tuple(rule for rule in table.rules if rule.result == result)
    last = max((place for place, rule in enumerate(table.rules) if rule.result == result), default=-1)
    return table.rules[: last + 1]


def _values(old: Rulebook, new: Rulebook, key: str) -> tuple[str, ...]:
    """Every value of a column in either rulebook."""
    found: dict[str, None] = {}
    for rulebook in (old, new):
        if key.startswith("="):
            found |= dict.fromkeys(
                v for t in rulebook.tables if t.id == key[1:] for v in (*t.results, NO_RULE)
            )
        else:
            found |= dict.fromkeys(v for fact in rulebook.facts if fact.id == key for v in fact.values)
    return tuple(found)


def _given(
    rules: tuple[Rule, ...], take: str, result: str, keys: list[str], values: list[tuple[str, ...]]
) -> npt.NDArray[np.bool_]:
    """In which combinations a table gives the result."""
    shape = tuple(map(len, values))
    given, taken = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    for rule in rules:
        held = np.ones((1,) * len(keys), dtype=bool)
        for condition in rule.when:
            number = keys.index(key_of(condition))
            allowed = np.isin(values[number], condition.allowed)
            held = held & allowed.reshape((-1,) + (1,) * (len(keys) - 1 - number))
        if rule.result == result:
            given |= held & ~taken
        if take == FIRST:
            taken |= held
    return given


def _news(old: Rulebook, new: Rulebook) -> Iterator[Message]:
    """What one has and the other has not, beside the rules."""
    questions = [{question.id: question for question in one.questions} for one in (old, new)]
    tables = [{table.id: table for table in one.tables} for one in (old, new)]
    yield from _gone_and_new("question", questions[0], questions[1])
    for id in sorted(questions[0].keys() & questions[1].keys()):
        before, after = questions[0][id], questions[1][id]
        ids, others = ([choice.id for choice in one.choices] for one in (before, after))
        yield from _gone_and_new("choice", ids, others, of=id)
        if before.default != after.default:
            yield _said("default", name=id, value=after.default)
    yield from _gone_and_new("table", tables[0], tables[1])
    for id in sorted(tables[0].keys() & tables[1].keys()):
        yield from _gone_and_new("result", tables[0][id].results, tables[1][id].results, of=id)
        if tables[0][id].take != tables[1][id].take:
            yield _said("take", name=id, value=tables[1][id].take)
    if old.skills != new.skills:
        yield _said("skills")


def _gone_and_new(
    kind: str,
    before: Mapping[str, object] | list[str] | tuple[str, ...],
    after: Mapping[str, object] | list[str] | tuple[str, ...],
    of: str = "",
) -> Iterator[Message]:
    for what, ids in (("gone", set(before) - set(after)), ("new", set(after) - set(before))):
        for id in sorted(ids):
            yield _said(f"{kind}_{what}", **({"name": of, "value": id} if of else {"name": id}))


def _said(what: str, **values: Value) -> Message:
    return Message(id=f"rules.compare.{what}", values=values)
