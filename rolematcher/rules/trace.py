"""Tables worked through with their trace. In: a rulebook and values. Out: what each rule did, and why.

What a rule says of a combination of values never changes, so each rule keeps the records it has made and a
decision mostly looks them up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from .rulebook import FIRST, NO_RULE, UNSURE, Condition, Rule, Rulebook, Table
from .verdict import ConditionTried, Held, Near, Outcome, Reason, RuleTried, TableTried

MOST_KEPT = 4_096
"""How many combinations of values a rule keeps records for; more are made anew each time."""


class _Kept(NamedTuple):
    """What one rule says of one combination: its line of the trace, its reason, its one missing condition."""

    tried: RuleTried
    reason: Reason | None
    near: Near | None


class _TracedRule:
    """A rule with everything about it looked up once."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.facts = tuple(condition.fact for condition in rule.when)
        self.key: Callable[[Mapping[str, str]], object] = itemgetter(*self.facts) if self.facts else _no_key
        self.lines = {
            outcome: RuleTried(rule=rule.id, result=rule.result, outcome=outcome)
            for outcome in ("applied", "failed", "unknown", "not_reached")
        }
        self.met: dict[tuple[int, str], ConditionTried] = {}
        self.kept: dict[object, _Kept] = {}

    def says(self, values: Mapping[str, str]) -> _Kept:
        """The rule tried on these values."""
        key = self.key(values)
        return self.kept.get(key) or self._try(key, values)

    def _try(self, key: object, values: Mapping[str, str]) -> _Kept:
        met = tuple([self._met(place, values[fact]) for place, fact in enumerate(self.facts)])
        outcome = outcome_of(met)
        reason = reason_of(self.rule, met) if outcome == "applied" else None
        found = _Kept(self.lines[outcome], reason, self._near(met))
        if len(self.kept) < MOST_KEPT:
            self.kept[key] = found
        return found

    def _met(self, place: int, value: str) -> ConditionTried:
        """A condition beside a value; made once, since a rule meets the same few values again and again."""
        found = self.met.get((place, value))
        if found is None:
            found = self.met[place, value] = condition_tried(self.rule.when[place], value)
        return found

    def _near(self, met: tuple[ConditionTried, ...]) -> Near | None:
        """The one condition on an answer that kept the rule from applying, if it is one of several."""
        missed = [number for number, one in enumerate(met) if one.held != "yes"]
        if len(missed) != 1 or len(met) < 2 or self.rule.when[missed[0]].of_table:
            return None
        rule = self.rule
        return Near(
            table=rule.table, rule=rule.id, result=rule.result, because=rule.because, missing=met[missed[0]]
        )


def _no_key(values: Mapping[str, str]) -> object:
    """A rule without conditions says the same of everything."""
    return None


class TableSaid(NamedTuple):
    """A table worked through: its result ("" where all may speak), trace, who spoke, who just missed."""

    result: str
    tried: TableTried
    reasons: tuple[Reason, ...]
    nearly: tuple[Near, ...]


class _TracedTable:
    """A table with its rules, and what it said of the values it was last worked through on."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.rules = tuple(map(_TracedRule, table.rules))
        unread = tuple(rule.lines["not_reached"] for rule in self.rules)
        self.after = tuple(unread[place + 1 :] for place in range(len(unread)))
        facts = dict.fromkeys(condition.fact for rule in table.rules for condition in rule.when)
        self.key: Callable[[Mapping[str, str]], object] = itemgetter(*facts) if facts else _no_key
        self.kept: dict[object, TableSaid] = {}

    def work_out(self, values: Mapping[str, str]) -> TableSaid:
        """The table on these values."""
        if self.table.take != FIRST:
            return _all(self.table, self.rules, values)
        key = self.key(values)
        found = self.kept.get(key)
        if found is None:
            found = self._first(values)
            if len(self.kept) < MOST_KEPT:
                self.kept[key] = found
        return found

    def _first(self, values: Mapping[str, str]) -> TableSaid:
        lines: list[RuleTried] = []
        missed: list[Near] = []
        for place, traced in enumerate(self.rules):
            said = traced.says(values)
            lines.append(said.tried)
            if said.reason:
                result = traced.rule.result
                tried = _tried(self.table, result, (*lines, *self.after[place]))
                return TableSaid(
                    result, tried, (said.reason,), tuple(m for m in missed if m.result != result)
                )
            if said.near:
                missed.append(said.near)
        return TableSaid(NO_RULE, _tried(self.table, NO_RULE, tuple(lines)), (), tuple(missed))


class Tracer:
    """A rulebook made ready for deciding."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.tables = {table.id: _TracedTable(table) for table in rulebook.tables}
        self.first = tuple(table.id for table in rulebook.tables if table.take == FIRST)
        self.facts = [(fact.id, fact.default, frozenset(fact.values)) for fact in rulebook.facts]

    def complete(self, facts: Mapping[str, str]) -> dict[str, str]:
        """Every fact with its value; those left out as if unanswered. ValueError on an unknown value."""
        values = {}
        for id, default, possible in self.facts:
            value = values[id] = facts.get(id, default)
            if value not in possible:
                raise ValueError(f"{id} cannot be {value!r}; it is one of {', '.join(sorted(possible))}.")
        return values

    def work_out(self, table: str, values: Mapping[str, str]) -> TableSaid:
        """One table on these values, which hold the results of earlier tables too."""
        return self.tables[table].work_out(values)


def _all(table: Table, rules: tuple[_TracedRule, ...], values: Mapping[str, str]) -> TableSaid:
    every = [traced.says(values) for traced in rules]
    reasons = tuple([said.reason for said in every if said.reason])
    return TableSaid(NO_RULE, _tried(table, NO_RULE, tuple([said.tried for said in every])), reasons, ())


def _tried(table: Table, result: str, lines: tuple[RuleTried, ...]) -> TableTried:
    return TableTried(table=table.id, result=result, rules=lines)


def condition_tried(condition: Condition, value: str) -> ConditionTried:
    """A condition beside a value."""
    return ConditionTried(
        fact=condition.fact, value=value, allowed=condition.allowed, held=held(condition, value)
    )


def held(condition: Condition, value: str) -> Held:
    """Did the condition hold? "Not sure" is never read as no: unless it is allowed, nobody knows."""
    if value in condition.allowed:
        return "yes"
    return "unknown" if value == UNSURE and not condition.of_table else "no"


def outcome_of(conditions: tuple[ConditionTried, ...]) -> Outcome:
    """One condition that failed fails the rule; otherwise one that nobody can tell leaves it unknown."""
    states = {condition.held for condition in conditions}
    if "no" in states:
        return "failed"
    return "unknown" if "unknown" in states else "applied"


def reason_of(rule: Rule, conditions: tuple[ConditionTried, ...]) -> Reason:
    """A rule that spoke."""
    return Reason(
        table=rule.table,
        rule=rule.id,
        result=rule.result,
        because=rule.because,
        do=rule.do,
        source=rule.source,
        against=rule.against,
        against_why=rule.against_why,
        conditions=conditions,
    )


@lru_cache(maxsize=8)
def tracer(rulebook: Rulebook) -> Tracer:
    """The tracer of an edition, made once."""
    return Tracer(rulebook)
