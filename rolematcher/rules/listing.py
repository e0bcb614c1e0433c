"""A rulebook for reading on paper or a terminal. In: a rulebook. Out: text, a table after the other.

Every rule says when it applies, what it gives, why, and who it is taken from.
"""

from __future__ import annotations

from collections.abc import Iterator

from .rulebook import FIRST, Rule, Rulebook, Table
from .wording import condition_label, source_words


def rulebook_listing(rulebook: Rulebook) -> str:
    """All tables with their rules, in the order they are worked out."""
    lines = [rulebook.title, ""]
    for table in rulebook.tables:
        lines += _table_lines(rulebook, table)
    return "\n".join(lines) + "\n"


def _table_lines(rulebook: Rulebook, table: Table) -> Iterator[str]:
    takes = "the first rule that matches wins" if table.take == FIRST else "every rule that matches speaks"
    yield f"{table.title} ({table.id}: {takes})"
    words = {choice.id: choice.words for choice in table.choices}
    for number, rule in enumerate(table.rules, start=1):
        yield f"  {number:>2}. {rule.id}"
        yield from (f"        {line}" for line in _rule_lines(rulebook, rule, words[rule.result]))
    yield ""


def _rule_lines(rulebook: Rulebook, rule: Rule, result: str) -> Iterator[str]:
    for condition in rule.when:
        yield f"when  {condition_label(rulebook, condition)} = {' or '.join(condition.allowed)}"
    if not rule.when:
        yield "in all other cases" if rulebook.table(rule.table).take == FIRST else "always"
    guess = ", provisional" if rule.provisional else ""
    asks = f", ask about: {rulebook.question(rule.ask).short}" if rule.ask else ""
    yield f"then  {result} ({rule.result}{guess}{asks})"
    yield f"      {rule.because}"
    if rule.do:
        yield f"do    {rule.do}"
    against = ", ".join(rulebook.source(key).publisher for key in rule.against)
    yield f"from  {source_words(rulebook, rule)}" + (f"; against: {against}" if against else "")
