"""A rulebook for reading on paper or a terminal. In: a rulebook. Out: text, a table after the other.

Every row says when it applies, what it gives, why, and who it is taken from.
"""

from __future__ import annotations

from collections.abc import Iterator

from rolematcher.engine.decision.conditions import fact_label
from rolematcher.engine.model import FIRST, Condition, Rule, Rulebook, Table


def rulebook_listing(rulebook: Rulebook) -> str:
    """All tables with their rows, in the order they are worked out."""
    lines = [rulebook.title, ""]
    for table in rulebook.tables:
        lines += _table_lines(rulebook, table)
    return "\n".join(lines) + "\n"


def _table_lines(rulebook: Rulebook, table: Table) -> Iterator[str]:
    takes = "the first row that matches wins" if table.take == FIRST else "every row that matches speaks"
    yield f"{table.title} ({table.id}: {takes})"
    words = {choice.id: choice.words for choice in table.choices}
    for number, rule in enumerate(table.rules, start=1):
        yield f"  {number:>2}. {rule.id}"
        yield from (f"        {line}" for line in _row_lines(rulebook, rule, words[rule.result]))
    yield ""


def _row_lines(rulebook: Rulebook, rule: Rule, result: str) -> Iterator[str]:
    yield from (f"when  {_condition(rulebook, condition)}" for condition in rule.when)
    if not rule.when:
        yield "in all other cases" if rulebook.table(rule.table).take == FIRST else "always"
    guess = ", provisional" if rule.provisional else ""
    asks = f", ask about: {rulebook.question(rule.ask).short}" if rule.ask else ""
    yield f"then  {result} ({rule.result}{guess}{asks})"
    yield f"      {rule.because}"
    if rule.do:
        yield f"do    {rule.do}"
    yield f"from  {_source(rulebook, rule)}"


def _condition(rulebook: Rulebook, condition: Condition) -> str:
    table = next((table for table in rulebook.tables if table.id == condition.fact), None)
    label = table.title if table else fact_label(rulebook, rulebook.fact(condition.fact))
    return f"{label} = {' or '.join(condition.allowed)}"


def _source(rulebook: Rulebook, rule: Rule) -> str:
    if not rule.source:
        return "house rule"
    source = rulebook.source(rule.source)
    against = ", ".join(rulebook.source(key).publisher for key in rule.against)
    return f"{source.publisher}, {source.title}, {source.date}" + (f"; against: {against}" if against else "")
