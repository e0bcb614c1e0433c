"""The answers in words. In: a rulebook and typed answers. Out: each question with its answer."""

from __future__ import annotations

from rolematcher.decisions.words import answer_words, label
from rolematcher.rules import Answers, Rulebook
from rolematcher.web.names import NOT_SURE

from .shape import Item

ELSEWHERE = ("description", "client", "project")
"""Told in their own places of the brief."""


def answers_in_words(rulebook: Rulebook, answers: Answers) -> tuple[Item, ...]:
    """Every question that was answered, in the order of the form."""
    asked = [one for one in rulebook.questions if not one.worked_out and one.id not in ELSEWHERE]
    rows = [(label(rulebook, question.id), answer_words(question, answers)) for question in asked]
    return tuple(Item(words, name) for name, words in rows if words)


def left_open(rulebook: Rulebook, answers: Answers) -> tuple[str, ...]:
    """The questions nobody answered. The trade is asked only where the work is something else."""
    aside = ELSEWHERE if answers.work == "other" else (*ELSEWHERE, "trade")
    asked = [one for one in rulebook.questions if not one.worked_out and one.id not in aside]
    return tuple(label(rulebook, one.id) for one in asked if not answer_words(one, answers))


def answer_item(rulebook: Rulebook, answers: Answers, question: str) -> Item:
    """One answer beside its question."""
    words = answer_words(rulebook.question(question), answers)
    return Item(words or str(NOT_SURE), label(rulebook, question))
