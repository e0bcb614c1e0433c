"""A decision with its trace and all that would change it, fast. In: facts or a sheet. Out: `Explained`.

The trace is the one `decide` gives for need, role and course, row for row and condition for condition. What
a row says depends only on the answers it reads, and those are some bits of the sheet: every record is made
once and looked up by them from then on.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from .changes import Changes, Step
from .compiled import CompiledTable
from .conditions import condition_records
from .decide import outcome_of
from .lookup import Lookup, Outcome, role_lookup
from .model import Rule, Rulebook
from .sheet import Layout
from .verdict import RuleTried

MOST_KEPT = 20_000
"""How many combinations of answers a row keeps records for."""


class Explained(NamedTuple):
    """An outcome, the rows tried in each table in order, and every single answer that would change it."""

    outcome: Outcome
    trace: tuple[tuple[RuleTried, ...], ...]
    changes: list[tuple[Step, Outcome]]


class Explainer:
    """The role tables of a rulebook with the records of every row."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.lookup: Lookup = role_lookup(rulebook)
        self.changes = Changes(self.lookup)
        self.layout = self.lookup.compiled.layout
        self.tables = [
            self._by_winner(rulebook, table) for table in self.lookup.compiled.tables if table.axis
        ]

    def of_facts(self, facts: Mapping[str, str]) -> Explained:
        """Explain flat facts. Facts left out count as unanswered. Raises `AnswerError`."""
        return self.of_sheet(self.layout.sheet_of(facts))

    def of_sheet(self, sheet: int) -> Explained:
        """Explain a filled-in sheet."""
        rows, changes = self.changes.with_rows(sheet)
        outcome, applied, results = self.lookup.settled[rows]
        full = sheet | results
        trace = [
            tuple([row[full & read] for read, row in tables[won]])
            for won, tables in zip(applied, self.tables, strict=True)
        ]
        return Explained(outcome, tuple(trace), changes)

    def _by_winner(self, rulebook: Rulebook, table: CompiledTable) -> list[list[tuple[int, _Records]]]:
        """For each row that may win, and at the end for none: all rows of the table as they are recorded."""
        rules = table.table.rules
        reached = [_Records(rulebook, self.layout, rule, reached=True) for rule in rules]
        passed_over = [_Records(rulebook, self.layout, rule, reached=False) for rule in rules]
        ends = range(1, len(rules) + 1)
        orders = [*((*reached[:end], *passed_over[end:]) for end in ends), reached]
        return [[(row.read, row) for row in rows] for rows in orders]


@lru_cache(maxsize=8)
def explainer(rulebook: Rulebook) -> Explainer:
    """The explainer of a rulebook, kept beside it."""
    return Explainer(rulebook)


class _Records(dict[int, RuleTried]):
    """For the answers a row reads, as bits of the sheet: the row as it is recorded."""

    def __init__(self, rulebook: Rulebook, layout: Layout, rule: Rule, *, reached: bool) -> None:
        super().__init__()
        self.rule = rule
        self.reached = reached
        self.axes = {c.fact: layout.by_fact[c.fact] for c in rule.when}
        self.read = sum({axis.full for axis in self.axes.values()})
        self.conditions = [(c.fact, condition_records(rulebook, c)) for c in rule.when]
        choices = rulebook.table(rule.table).choices
        self.words = next(choice.words for choice in choices if choice.id == rule.result)
        self.source = rulebook.source(rule.source) if rule.source else None
        self.against = tuple(rulebook.source(key) for key in rule.against)

    def __missing__(self, bits: int) -> RuleTried:
        met = tuple(records[self._value(fact, bits)] for fact, records in self.conditions)
        outcome = outcome_of(met) if self.reached else "not_reached"
        record = RuleTried(self.rule, outcome, met, self.words, self.source, self.against)
        if len(self) < MOST_KEPT:
            self[bits] = record
        return record

    def _value(self, fact: str, bits: int) -> str:
        axis = self.axes[fact]
        return axis.state_of(bits & axis.full)[axis.facts.index(fact)]
