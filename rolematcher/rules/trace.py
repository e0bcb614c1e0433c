"""Tables worked through with their trace. In: a rulebook and values. Out: what each rule did, and why.

What a rule says of a combination of values never changes, so rules and tables keep the records they have
made, and a decision mostly looks them up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, partial
from operator import itemgetter
from typing import Generic, NamedTuple, TypeVar

from .rulebook import FIRST, NO_RULE, UNSURE, Condition, Rule, Rulebook, Table
from .verdict import ConditionTried, Held, Near, Outcome, Reason, RuleTried, TableTried

MOST_KEPT = 4_096
"""How many combinations of values a rule or table keeps records for; more are made anew each time."""

Said = TypeVar("Said")


class _RuleSaid(NamedTuple):
    """What one rule says of one combination: its line of the trace, its reason, its one missing condition."""

    tried: RuleTried
    reason: Reason | None
    near: Near | None


class TableSaid(NamedTuple):
    """A table worked through: its result ("" where all may speak), trace, who spoke, who just missed."""

    result: str
    tried: TableTried
    reasons: tuple[Reason, ...]
    nearly: tuple[Near, ...]


class _Kept(Generic[Said]):
    """What is said of values, once for each combination of those facts that it depends on."""

    def __init__(self, facts: Iterable[str], say: Callable[[Mapping[str, str]], Said]) -> None:
        read = tuple(dict.fromkeys(facts))
        self.key: Callable[[Mapping[str, str]], object] = itemgetter(*read) if read else _no_key
        self.say = say
        self.kept: dict[object, Said] = {}

    def __call__(self, values: Mapping[str, str]) -> Said:
        """What is said of these values."""
        key = self.key(values)
        found = self.kept.get(key)
        if found is None:
            found = self.say(values)
            if len(self.kept) < MOST_KEPT:
                self.kept[key] = found
        return found


def _no_key(values: Mapping[str, str]) -> object:
    return None


def _tried(rule: Rule, values: Mapping[str, str]) -> _RuleSaid:
    met = tuple(condition_tried(condition, values[condition.fact]) for condition in rule.when)
    outcome = outcome_of(met)
    missed = [number for number, one in enumerate(met) if one.held != "yes"]
    reason = near = None
    if outcome == "applied":
        reason = Reason(
            table=rule.table,
            rule=rule.id,
            result=rule.result,
            because=rule.because,
            do=rule.do,
            source=rule.source,
            against=rule.against,
            against_why=rule.against_why,
            conditions=met,
        )
    elif len(missed) == 1 and len(met) > 1 and not rule.when[missed[0]].of_table:
        near = Near(
            table=rule.table, rule=rule.id, result=rule.result, because=rule.because, missing=met[missed[0]]
        )
    return _RuleSaid(RuleTried(rule=rule.id, result=rule.result, outcome=outcome), reason, near)


def condition_tried(condition: Condition, value: str) -> ConditionTried:
    """A condition beside a value. "Not sure" is never read as no: unless it is allowed, nobody knows."""
    unknown = value == UNSURE and not condition.of_table
    held: Held = "yes" if value in condition.allowed else "unknown" if unknown else "no"
    return ConditionTried(fact=condition.fact, value=value, allowed=condition.allowed, held=held)


def outcome_of(conditions: tuple[ConditionTried, ...]) -> Outcome:
    """One condition that failed fails the rule; otherwise one that nobody can tell leaves it unknown."""
    states = {condition.held for condition in conditions}
    if "no" in states:
        return "failed"
    return "unknown" if "unknown" in states else "applied"


def _worked_out(
    table: Table, rules: Sequence[_Kept[_RuleSaid]], unread: list[RuleTried], values: Mapping[str, str]
) -> TableSaid:
    first = table.take == FIRST
    lines: list[RuleTried] = []
    reasons: list[Reason] = []
    nearly: list[Near] = []
    for rule in rules:
        said = rule(values)
        lines.append(said.tried)
        if said.reason:
            reasons.append(said.reason)
            if first:
                lines += unread[len(lines) :]
                break
        elif said.near:
            nearly.append(said.near)
    result = reasons[0].result if first and reasons else NO_RULE
    tried = TableTried(table=table.id, result=result, rules=tuple(lines))
    return TableSaid(result, tried, tuple(reasons), tuple([n for n in nearly if n.result != result]))


def _table(table: Table) -> Callable[[Mapping[str, str]], TableSaid]:
    """A table made ready: it takes values, which hold the results of earlier tables too."""
    rules = [_Kept((c.fact for c in rule.when), partial(_tried, rule)) for rule in table.rules]
    unread = [RuleTried(rule=rule.id, result=rule.result, outcome="not_reached") for rule in table.rules]
    say = partial(_worked_out, table, rules, unread)
    return _Kept((c.fact for rule in table.rules for c in rule.when), say) if table.take == FIRST else say


@lru_cache(maxsize=8)
def tables_traced(rulebook: Rulebook) -> dict[str, Callable[[Mapping[str, str]], TableSaid]]:
    """Every table of an edition by its id, made ready once: it takes values and says what its rules did."""
    return {table.id: _table(table) for table in rulebook.tables}
