"""A decision with its trace and all that would change it, fast. In: facts or a sheet. Out: `Explained`.

The trace is the one `decide` gives for need, role and course, row for row and condition for condition. What
a row or a table says depends only on the answers it reads, and those are some bits of the sheet: every record
is made once and looked up by them from then on.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from rolematcher.engine.decision.conditions import condition_records
from rolematcher.engine.decision.decide import outcome_of
from rolematcher.engine.decision.verdict import RuleTried
from rolematcher.engine.model import Rule, Rulebook

from .changes import Changes, Step
from .compiled import CompiledTable
from .lookup import Lookup, Outcome, role_lookup
from .sheet import Layout

MOST_KEPT = 20_000
"""How many combinations of answers a table or row keeps records for."""


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
            _TableRecords(rulebook, self.layout, table) for table in self.lookup.compiled.tables if table.axis
        ]

    def of_facts(self, facts: Mapping[str, str]) -> Explained:
        """Explain flat facts. Facts left out count as unanswered. Raises `AnswerError`."""
        return self.of_sheet(self.layout.sheet_of(facts))

    def of_sheet(self, sheet: int) -> Explained:
        """Explain a filled-in sheet."""
        rows, changes = self.changes.with_rows(sheet)
        outcome, _, results = self.lookup.settled[rows]
        full = sheet | results
        return Explained(outcome, tuple([table[full & table.read] for table in self.tables]), changes)


@lru_cache(maxsize=8)
def explainer(rulebook: Rulebook) -> Explainer:
    """The explainer of a rulebook, kept beside it."""
    return Explainer(rulebook)


class _TableRecords(dict[int, tuple[RuleTried, ...]]):
    """For the answers and results a table reads, as bits of the sheet: its rows as they are recorded."""

    def __init__(self, rulebook: Rulebook, layout: Layout, table: CompiledTable) -> None:
        super().__init__()
        self.rows = [
            tuple(_RowRecords(rulebook, layout, rule, reached=reached) for reached in (True, False))
            for rule in table.table.rules
        ]
        self.read = 0
        for row, _ in self.rows:
            self.read |= row.read

    def __missing__(self, bits: int) -> tuple[RuleTried, ...]:
        tried: list[RuleTried] = []
        won = False
        for reached, passed_over in self.rows:
            row = (passed_over if won else reached)[bits & reached.read]
            won = won or row.outcome == "applied"
            tried.append(row)
        if len(self) >= MOST_KEPT:
            self.clear()
        record = self[bits] = tuple(tried)
        return record


class _RowRecords(dict[int, RuleTried]):
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
        if len(self) >= MOST_KEPT:
            self.clear()
        self[bits] = record
        return record

    def _value(self, fact: str, bits: int) -> str:
        axis = self.axes[fact]
        return axis.state_of(bits & axis.full)[axis.facts.index(fact)]
