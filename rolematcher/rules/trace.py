"""Tables worked through with their trace. In: a rulebook and values. Out: what each rule did, and why.

What a rule says of a combination of values never changes, so rules and tables keep the records they have
made, and a decision mostly looks them up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, partial
from typing import NamedTuple, TypeVar

from .rulebook import FIRST, NO_RULE, UNSURE, Condition, Rule, Rulebook, Table
from .verdict import ConditionTried, Held, Near, Outcome, Reason, RuleTried, TableTried

MOST_KEPT = 4_096
"""How many combinations of values a rule or table keeps records for; more are made anew each time."""

Said = TypeVar("Said")
Say = Callable[[Mapping[str, str]], Said]


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


def _kept(say: Say[Said], rules: Iterable[Rule]) -> Say[Said]:
    """What is said of values, made once for each combination of those that the rules read."""
    read = tuple(dict.fromkeys(condition.fact for rule in rules for condition in rule.when))
    made = lru_cache(MOST_KEPT)(lambda *values: say(dict(zip(read, values, strict=True))))
    return lambda values: made(*[values[fact] for fact in read])


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
    table: Table, rules: Sequence[Say[_RuleSaid]], unread: list[RuleTried], values: Mapping[str, str]
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


def _table(table: Table) -> Say[TableSaid]:
    """A table made ready: it takes values, which hold the results of earlier tables too."""
    rules = [_kept(partial(_tried, rule), [rule]) for rule in table.rules]
    unread = [RuleTried(rule=rule.id, result=rule.result, outcome="not_reached") for rule in table.rules]
    say = partial(_worked_out, table, rules, unread)
    return _kept(say, table.rules) if table.take == FIRST else say


@lru_cache(maxsize=8)
def tables_traced(rulebook: Rulebook) -> dict[str, Say[TableSaid]]:
    """Every table of an edition by its id, made ready once: it takes values and says what its rules did."""
    return {table.id: _table(table) for table in rulebook.tables}
