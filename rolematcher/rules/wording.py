"""What rules read and rest on in the rulebook's own short words. In: a rulebook. Out: labels."""

from __future__ import annotations

from .rulebook import Condition, Fact, Rule, Rulebook


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
