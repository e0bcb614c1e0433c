"""The decision. In: a rulebook and the flat facts. Out: a `Verdict` with the trace of how it came about.

This is the readable evaluator: tables in their order, rows from the top, every condition recorded while
deciding. The compiled form must give the same answers. What a row says about a combination of values
never changes, so each row keeps the records it has made and a decision mostly looks them up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from operator import itemgetter
from weakref import WeakKeyDictionary

from rolematcher.engine.errors import AnswerError
from rolematcher.engine.model import FIRST, NO_ROW, Rule, Rulebook, Table
from rolematcher.engine.rulebook.reading import one_of, quoted

from .conditions import ConditionMet, condition_records
from .verdict import Outcome, RuleTried, TableTried, Verdict

MOST_KEPT = 4_096
"""How many combinations of values a row keeps records for; more are made anew each time."""


class _Row:
    """A rule with everything about it looked up once."""

    def __init__(self, rulebook: Rulebook, rule: Rule, words: str) -> None:
        self.rule = rule
        self.words = words
        self.source = rulebook.source(rule.source) if rule.source else None
        self.against = tuple(rulebook.source(key) for key in rule.against)
        self.facts = tuple(condition.fact for condition in rule.when)
        self.records = tuple(condition_records(rulebook, condition) for condition in rule.when)
        self.key: Callable[[Mapping[str, str]], object] = itemgetter(*self.facts) if self.facts else _no_key
        self.kept: dict[object, tuple[RuleTried, RuleTried]] = {}

    def tried(self, values: Mapping[str, str]) -> tuple[RuleTried, RuleTried]:
        """The row tried on these values: when reached, and when an earlier row has already won."""
        key = self.key(values)
        return self.kept.get(key) or self._try(key, values)

    def _try(self, key: object, values: Mapping[str, str]) -> tuple[RuleTried, RuleTried]:
        met = tuple(record[values[fact]] for record, fact in zip(self.records, self.facts, strict=True))
        found = self._say(outcome_of(met), met), self._say("not_reached", met)
        if len(self.kept) < MOST_KEPT:
            self.kept[key] = found
        return found

    def _say(self, outcome: Outcome, met: tuple[ConditionMet, ...]) -> RuleTried:
        return RuleTried(self.rule, outcome, met, self.words, self.source, self.against)


def _no_key(values: Mapping[str, str]) -> object:
    """A row without conditions says the same of everything."""
    return None


class _Prepared:
    """A rulebook made ready for deciding."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.facts = tuple((fact.id, fact.default, frozenset(fact.values)) for fact in rulebook.facts)
        self.values = {fact.id: fact.values for fact in rulebook.facts}
        self.tables = tuple((table, _words(table), _rows(rulebook, table)) for table in rulebook.tables)

    def complete(self, facts: Mapping[str, str]) -> dict[str, str]:
        """Every fact of the rulebook with its value; those left out are as if nobody had answered."""
        complete = {}
        for id, default, values in self.facts:
            value = facts.get(id, default)
            if not isinstance(value, str) or value not in values:
                raise AnswerError(id, f"cannot be {quoted(value)}; {one_of(value, self.values[id])}.")
            complete[id] = value
        return complete


def _words(table: Table) -> dict[str, str]:
    return {NO_ROW: ""} | {choice.id: choice.words for choice in table.choices}


def _rows(rulebook: Rulebook, table: Table) -> tuple[_Row, ...]:
    words = _words(table)
    return tuple(_Row(rulebook, rule, words[rule.result]) for rule in table.rules)


_prepared: WeakKeyDictionary[Rulebook, _Prepared] = WeakKeyDictionary()


def _prepare(rulebook: Rulebook) -> _Prepared:
    found = _prepared.get(rulebook)
    if found is None:
        found = _prepared[rulebook] = _Prepared(rulebook)
    return found


def decide(rulebook: Rulebook, facts: Mapping[str, str]) -> Verdict:
    """Decide and record how. Facts left out count as unanswered. Raises `AnswerError` on a wrong value."""
    prepared = _prepare(rulebook)
    values = prepared.complete(facts)
    results: dict[str, str] = {}
    trace = []
    for table, words, rows in prepared.tables:
        tried = _first(rows, values) if table.take == FIRST else _all(rows, values)
        result = NO_ROW
        if table.take == FIRST:
            result = next((row.rule.result for row in tried if row.outcome == "applied"), NO_ROW)
            results[table.id] = values[table.id] = result
        trace.append(TableTried(table.id, table.title, table.take, result, words[result], tried))
    return Verdict(results, tuple(trace))


def _first(rows: tuple[_Row, ...], values: Mapping[str, str]) -> tuple[RuleTried, ...]:
    tried = []
    won = False
    for row in rows:
        reached, passed_over = row.tried(values)
        tried.append(passed_over if won else reached)
        won = won or reached.outcome == "applied"
    return tuple(tried)


def _all(rows: tuple[_Row, ...], values: Mapping[str, str]) -> tuple[RuleTried, ...]:
    return tuple([row.tried(values)[0] for row in rows])


def decide_plain(rulebook: Rulebook, facts: Mapping[str, str]) -> dict[str, str]:
    """The results of the "first row wins" tables only. "" where no row fits. Raises `AnswerError`."""
    values = _prepare(rulebook).complete(facts)
    results = {}
    for table in rulebook.tables:
        if table.take == FIRST:
            results[table.id] = values[table.id] = _winner(table, values)
    return results


def _winner(table: Table, values: Mapping[str, str]) -> str:
    for rule in table.rules:
        if all(values[condition.fact] in condition.allowed for condition in rule.when):
            return rule.result
    return NO_ROW


def decide_full(rulebook: Rulebook, facts: Mapping[str, str]) -> Verdict:
    """Decide with the firmness of the result: what is still open and what would change it."""
    from rolematcher.engine.sheets.firmness import firmness  # firmness re-decides, so it imports this module

    return replace(decide(rulebook, facts), firmness=firmness(rulebook, facts))


def outcome_of(conditions: tuple[ConditionMet, ...]) -> Outcome:
    """One condition that failed fails the row; otherwise one that nobody can tell leaves it unknown."""
    states = {condition.held for condition in conditions}
    if "no" in states:
        return "failed"
    return "unknown" if "unknown" in states else "applied"
