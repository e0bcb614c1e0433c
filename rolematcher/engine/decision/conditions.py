"""One condition against one answer. In: a rulebook and a condition. Out: for each value, a record in words.

Prepared once per rulebook: a fact has few values, so everything that can be said about a condition is
known beforehand and deciding only looks it up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from rolematcher.engine.model import UNSURE, Condition, Fact, Rulebook

Held = Literal["yes", "no", "unknown"]

TICK_WORDS = {"yes": "Yes", "no": "No", UNSURE: "Not sure"}
NO_ROW_WORDS = "No row fits"


@dataclass(frozen=True, slots=True)
class ConditionMet:
    """A condition with the value it was tried on. `held` is "unknown" when "not sure" decides nothing."""

    fact: str
    label: str
    value: str
    words: str
    allowed: tuple[str, ...]
    held: Held

    def as_dict(self) -> dict[str, object]:
        """As plain JSON."""
        return {
            "fact": self.fact,
            "label": self.label,
            "value": self.value,
            "words": self.words,
            "allowed": list(self.allowed),
            "held": self.held,
        }


def fact_label(rulebook: Rulebook, fact: Fact) -> str:
    """The short words for a fact: the question's, and the choice's where several can be ticked."""
    question = rulebook.question(fact.question)
    if not question.many:
        return question.short
    tick = fact.id.partition(".")[2]
    return f"{question.short}: {next(choice.words for choice in question.choices if choice.id == tick)}"


def fact_words(rulebook: Rulebook, fact: Fact) -> dict[str, str]:
    """Every value of a fact in words, as the form shows it."""
    question = rulebook.question(fact.question)
    if question.many:
        return dict(TICK_WORDS)
    return {choice.id: choice.words for choice in question.choices}


def condition_records(rulebook: Rulebook, condition: Condition) -> Mapping[str, ConditionMet]:
    """For every value the condition can be tried on, what is recorded. Tables before it count as facts."""
    table = next((table for table in rulebook.tables if table.id == condition.fact), None)
    if table:
        label = table.title
        words = {"": NO_ROW_WORDS} | {choice.id: choice.words for choice in table.choices}
    else:
        fact = rulebook.fact(condition.fact)
        label, words = fact_label(rulebook, fact), fact_words(rulebook, fact)
    return {
        value: ConditionMet(
            condition.fact,
            label,
            value,
            spoken,
            condition.allowed,
            held(condition, value, is_table=bool(table)),
        )
        for value, spoken in words.items()
    }


def held(condition: Condition, value: str, *, is_table: bool = False) -> Held:
    """Did the condition hold? "Not sure" is never read as no: unless it is allowed, nobody knows."""
    if value in condition.allowed:
        return "yes"
    return "unknown" if value == UNSURE and not is_table else "no"
