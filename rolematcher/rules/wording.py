"""A rulebook in its own short words. In: a rulebook. Out: labels, or all of it as a text."""

from __future__ import annotations

from collections.abc import Iterator

from .rulebook import FIRST, Condition, Fact, Rule, Rulebook, Table


def fact_label(rulebook: Rulebook, fact: Fact) -> str:
    """The short words for a fact: the question's, and the choice's where several can be ticked."""
    question = rulebook.question(fact.question)
    if not question.many:
        return question.short
    tick = fact.id.partition(".")[2]
    return f"{question.short}: {next(choice.words for choice in question.choices if choice.id == tick)}"


def condition_label(rulebook: Rulebook, condition: Condition) -> str:
    """The short words for what a condition reads."""
    if condition.of_table:
        return rulebook.table(condition.fact).title
    return fact_label(rulebook, rulebook.fact(condition.fact))


def source_words(rulebook: Rulebook, rule: Rule) -> str:
    """Publisher, title and date of a rule's source; "Our guideline" where it has none."""
    if not rule.source:
        return "Our guideline"
    source = rulebook.source(rule.source)
    return f"{source.publisher}, {source.title}, {source.date}"


def rulebook_listing(rulebook: Rulebook) -> str:
    """All tables in order; every rule says when it applies, what it gives, why, and who it is taken from."""
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
