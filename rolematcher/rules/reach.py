"""Which facts and results can occur together. In: a rulebook and some tables. Out: gaps, dead rules.

Exact over all answers, "not sure" included: tables are worked through in order for every combination of what
later ones read, and what nothing reads any more is dropped on the way.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from rolematcher.values.message import Message

from .axes import MOST_SHEETS, needed_tables, states_of, too_many_sheets
from .rulebook import FIRST, NO_RULE, Condition, Question, Rule, Rulebook, Table

MOST_GAPS = 10
"""So many gaps of one table are described; closing those usually closes the rest."""

WIDE = 2**40
Bools = npt.NDArray[np.bool_]


def key_of(condition: Condition) -> str:
    """The column a condition reads: a fact, or "=table" for an earlier table's result."""
    return f"={condition.fact}" if condition.of_table else condition.fact


def keys_of(rules: Iterable[Rule]) -> frozenset[str]:
    """The columns that rules read."""
    return frozenset(key_of(condition) for rule in rules for condition in rule.when)


class Relation:
    """Combinations of values that can occur, a column a fact or table, each combination once."""

    def __init__(self, rulebook: Rulebook, wanted: Collection[str]) -> None:
        self.rulebook = rulebook
        self.columns: dict[str, npt.NDArray[np.integer]] = {}
        self.rows = 1
        tables = needed_tables(rulebook, [key[1:] for key in wanted if key.startswith("=")])
        for place, table in enumerate(tables):
            later = {key for other in tables[place + 1 :] for key in keys_of(other.rules)} | set(wanted)
            self._ask(keys_of(table.rules), later)
            winner = self.winners(table)
            given = [table.results.index(rule.result) for rule in table.rules] + [len(table.results)]
            self.columns[f"={table.id}"] = np.asarray(given, dtype=np.int16)[winner]
            self._keep(later)
        self._ask(wanted, wanted)

    def values(self, key: str) -> tuple[str, ...]:
        """What a column can hold, by its code."""
        if key.startswith("="):
            return (*self.rulebook.table(key[1:]).results, NO_RULE)
        return self.rulebook.fact(key).values

    def holds(self, when: tuple[Condition, ...]) -> Bools:
        """The rows in which all conditions hold."""
        held = np.ones(self.rows, dtype=bool)
        for condition in when:
            key = key_of(condition)
            held &= np.isin(self.values(key), condition.allowed)[self.columns[key]]
        return held

    def winners(self, table: Table) -> npt.NDArray[np.int16]:
        """The rule that wins in every row, one past the last where none does."""
        winner = np.full(self.rows, len(table.rules), dtype=np.int16)
        for place in range(len(table.rules) - 1, -1, -1):
            winner[self.holds(table.rules[place].when)] = place
        return winner

    def _ask(self, keys: Collection[str], later: Collection[str]) -> None:
        """Columns for the questions of these facts, every answer beside every row there is."""
        needed = [key for key in (*keys, *later) if not key.startswith("=") and key not in self.columns]
        asked = {self.rulebook.fact(key).question for key in keys if key in needed}
        for question in self.rulebook.questions:
            if question.id in asked:
                self._add(question, needed)

    def _add(self, question: Question, needed: Collection[str]) -> None:
        """Every answer to a question beside every row there is, with the columns needed."""
        facts = [fact for fact in self.rulebook.facts if fact.question == question.id]
        used = [place for place, fact in enumerate(facts) if fact.id in needed]
        states = sorted({tuple(state[place] for place in used) for state in states_of(question)})
        if self.rows * len(states) > MOST_SHEETS:
            raise too_many_sheets(self.rows * len(states))
        self.columns = {key: np.repeat(column, len(states)) for key, column in self.columns.items()}
        for column, place in enumerate(used):
            values = facts[place].values
            codes = np.array([values.index(state[column]) for state in states], dtype=np.int16)
            self.columns[facts[place].id] = np.tile(codes, self.rows)
        self.rows *= len(states)

    def _keep(self, keys: Collection[str]) -> None:
        """Only these columns, each combination once."""
        kept = {key: column for key, column in self.columns.items() if key in keys}
        code = np.zeros(self.rows, dtype=np.int64)
        most = 1
        for key, column in kept.items():
            size = len(self.values(key))
            if most * size > WIDE:
                seen, code = np.unique(code, return_inverse=True)
                most = len(seen)
            code = code * size + column
            most *= size
        first = np.unique(code, return_index=True)[1]
        self.columns = {key: column[first] for key, column in kept.items()}
        self.rows = len(first)


@lru_cache(maxsize=64)
def relation(rulebook: Rulebook, wanted: frozenset[str]) -> Relation:
    """The combinations of these columns that can occur. Raises `RulebookError` if they are too many."""
    return Relation(rulebook, wanted)


def table_errors(rulebook: Rulebook) -> Iterator[Message]:
    """Gaps and rules that never decide, table by table. Raises `RulebookError`, see `relation`."""
    for table in rulebook.tables:
        if table.take == FIRST:
            yield from gaps(rulebook, table)
            yield from _dead_first(rulebook, table)
        else:
            yield from _dead_all(rulebook, table)


def gaps(rulebook: Rulebook, table: Table) -> Iterator[Message]:
    """Answers for which no rule of the table matches, as few as show it; at most `MOST_GAPS`."""
    rel = relation(rulebook, keys_of(table.rules))
    uncovered = rel.winners(table) == len(table.rules)
    left = uncovered.copy()
    found: list[dict[str, str]] = []
    while left.any() and len(found) < MOST_GAPS:
        found.append(_described(rel, uncovered, int(np.argmax(left))))
        left &= ~_same(rel, {key: rel.values(key).index(value) for key, value in found[-1].items()})
    for facts in sorted(found, key=len):
        shown = tuple(f"{key.removeprefix('=')}={value}" for key, value in facts.items())
        yield Message(id="rules.check.gap", values={"table": table.id, "facts": shown})


def _described(rel: Relation, uncovered: Bools, row: int) -> dict[str, str]:
    """The values of a row without those that may be any: what is left lies in the gap entirely."""
    facts = {key: int(column[row]) for key, column in rel.columns.items()}
    for key in list(facts):
        fewer = {other: code for other, code in facts.items() if other != key}
        if uncovered[_same(rel, fewer)].all():
            facts = fewer
    return {key: rel.values(key)[code] for key, code in facts.items()}


def _same(rel: Relation, codes: Mapping[str, int]) -> Bools:
    """The rows with these codes."""
    same = np.ones(rel.rows, dtype=bool)
    for key, code in codes.items():
        same &= rel.columns[key] == code
    return same


def _dead_first(rulebook: Rulebook, table: Table) -> Iterator[Message]:
    rel = relation(rulebook, keys_of(table.rules))
    winner = rel.winners(table)
    decide = set(np.unique(winner).tolist())
    for place, rule in enumerate(table.rules):
        if place in decide:
            continue
        mine = rel.holds(rule.when)
        if mine.any():
            cover = _cover(rel, table, mine, sorted(set(winner[mine].tolist())))
            yield Message(id="rules.check.dead_rule", values={"rule": rule.id, "covered_by": cover})
        else:
            yield Message(id="rules.check.never_holds", values={"rule": rule.id})


def _cover(rel: Relation, table: Table, mine: Bools, places: list[int]) -> tuple[str, ...]:
    """Of the rules that take these rows those that are needed for it."""
    masks = {place: rel.holds(table.rules[place].when) & mine for place in places}
    for place in reversed(places):
        others = [mask for other, mask in masks.items() if other != place]
        if others and (np.logical_or.reduce(others) == mine).all():
            del masks[place]
    return tuple(table.rules[place].id for place in masks)


def _dead_all(rulebook: Rulebook, table: Table) -> Iterator[Message]:
    for rule in table.rules:
        if not relation(rulebook, keys_of([rule])).holds(rule.when).any():
            yield Message(id="rules.check.never_holds", values={"rule": rule.id})
