"""Which facts and results can occur together. In: a rulebook and some tables. Out: gaps, dead rules.

Exact over all answers, "not sure" included: tables are worked through in order for every combination of what
later ones read, and what nothing reads any more is dropped on the way.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache

import numpy as np

from rolematcher.values.message import Message

from .axes import Bools, Codes, Columns, keys_of, needed_tables, refuse_too_many, states_of
from .rulebook import FIRST, Question, Rulebook, Table

MOST_GAPS = 10
"""So many gaps of one table are described; closing those usually closes the rest."""

WIDE = 2**40


class Relation(Columns):
    """Combinations of values that can occur, a column a fact or table, each combination once."""

    def __init__(self, rulebook: Rulebook, wanted: Collection[str]) -> None:
        super().__init__(rulebook, (1,))
        tables = needed_tables(rulebook, [key[1:] for key in wanted if key.startswith("=")])
        for place, table in enumerate(tables):
            later = {*wanted, *keys_of(rule for other in tables[place + 1 :] for rule in other.rules)}
            self._ask(keys_of(table.rules), later)
            self.add_results(table)
            self._keep(later)
        self._ask(wanted, wanted)

    def _ask(self, keys: Collection[str], later: Collection[str]) -> None:
        """Columns for the questions of these facts, every answer beside every row there is."""
        needed = [key for key in (*keys, *later) if not key.startswith("=") and key not in self.columns]
        asked = {self.rulebook.fact(key).question for key in keys if key in needed}
        for question in self.rulebook.questions:
            if question.id in asked:
                self._add(question, needed)

    def _add(self, question: Question, needed: Collection[str]) -> None:
        """Every answer to a question beside every row there is, with the columns needed."""
        used = [fact for fact in self.rulebook.facts if fact.question == question.id and fact.id in needed]
        states = sorted(states_of(question, len(used)))
        (rows,) = self.shape
        refuse_too_many((rows, len(states)))
        self.columns = {key: np.repeat(column, len(states)) for key, column in self.columns.items()}
        for fact, column in zip(used, zip(*states, strict=True), strict=True):
            codes = np.array([fact.values.index(value) for value in column], dtype=np.int16)
            self.columns[fact.id] = np.tile(codes, rows)
        self.shape = (rows * len(states),)

    def _keep(self, keys: Collection[str]) -> None:
        """Only these columns, each combination once."""
        kept = {key: column for key, column in self.columns.items() if key in keys}
        code, most = np.zeros(self.shape, dtype=np.int64), 1
        for key, column in kept.items():
            size = len(self.values(key))
            if most * size > WIDE:
                seen, code = np.unique(code, return_inverse=True)
                most = len(seen)
            code = code * size + column
            most *= size
        first = np.unique(code, return_index=True)[1]
        self.columns = {key: column[first] for key, column in kept.items()}
        self.shape = first.shape


relation = lru_cache(maxsize=64)(Relation)
"""The combinations of these columns that can occur. Raises `RulebookError` if they are too many."""


def table_errors(rulebook: Rulebook) -> Iterator[Message]:
    """Gaps and rules that never decide, table by table. Raises `RulebookError`, see `relation`."""
    for table in rulebook.tables:
        if table.take == FIRST:
            rel = relation(rulebook, keys_of(table.rules))
            winner = rel.winners(table)
            yield from _gaps(rel, table, winner == len(table.rules))
            yield from _dead(rel, table, winner)
            continue
        for rule in table.rules:
            if not relation(rulebook, keys_of([rule])).holds(rule.when).any():
                yield Message(id="rules.check.never_holds", values={"rule": rule.id})


def _gaps(rel: Relation, table: Table, uncovered: Bools) -> Iterator[Message]:
    """Answers for which no rule of the table matches, as few as show it; at most `MOST_GAPS`."""
    left = uncovered.copy()
    found: list[dict[str, int]] = []
    while left.any() and len(found) < MOST_GAPS:
        row = int(np.argmax(left))
        codes = {key: int(column[row]) for key, column in rel.columns.items()}
        for key in list(codes):
            fewer = {other: code for other, code in codes.items() if other != key}
            if uncovered[_same(rel, fewer)].all():
                codes = fewer
        found.append(codes)
        left &= ~_same(rel, codes)
    for codes in sorted(found, key=len):
        shown = tuple(f"{key.removeprefix('=')}={rel.values(key)[code]}" for key, code in codes.items())
        yield Message(id="rules.check.gap", values={"table": table.id, "facts": shown})


def _same(rel: Relation, codes: Mapping[str, int]) -> Bools:
    """The rows with these codes."""
    same = np.ones(rel.shape, dtype=bool)
    for key, code in codes.items():
        same &= rel.columns[key] == code
    return same


def _dead(rel: Relation, table: Table, winner: Codes) -> Iterator[Message]:
    decide = set(np.unique(winner).tolist())
    for place, rule in enumerate(table.rules):
        mine = rel.holds(rule.when)
        if not mine.any():
            yield Message(id="rules.check.never_holds", values={"rule": rule.id})
        elif place not in decide:
            cover = _cover(rel, table, mine, sorted(set(winner[mine].tolist())))
            yield Message(id="rules.check.dead_rule", values={"rule": rule.id, "covered_by": cover})


def _cover(rel: Relation, table: Table, mine: Bools, places: list[int]) -> tuple[str, ...]:
    """Of the rules that take these rows those that are needed for it."""
    masks = {place: rel.holds(table.rules[place].when) & mine for place in places}
    for place in reversed(places):
        others = [mask for other, mask in masks.items() if other != place]
        if others and (np.logical_or.reduce(others) == mine).all():
            del masks[place]
    return tuple(table.rules[place].id for place in masks)
