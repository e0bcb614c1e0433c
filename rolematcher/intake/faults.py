"""Where a fault the engine found is shown. In: answers and an error. Out: a form field and a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rolematcher.engine.decision.answers import answers_read
from rolematcher.engine.errors import AnswerError, AnswersInvalid
from rolematcher.engine.model import Rulebook
from rolematcher.web.faults import fault
from rolematcher.web.names import upper_first

from .raw import BUDGET, TIMELINE

SOUND: Mapping[str, Mapping[str, str]] = {
    "budget": {"amount": "1", "currency": "EUR", "per": "day", "kind": "pay"},
    "timeline": {"needed_by": "2030-01-01", "lasts": "ongoing", "hours_a_week": "40", "weeks": "4"},
}
"""Answers of several fields with nothing wrong in them."""

FIELDS = {"budget": BUDGET, "timeline": TIMELINE}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something to put right: where a link leads, what the place is called, what to do."""

    target: str
    label: str
    message: str


def field_at_fault(rulebook: Rulebook, answers: Mapping[str, Any], error: AnswerError) -> str:
    """The form field an error is about. Of an answer that several fields make up, the one that is wrong."""
    answer = error.field.partition(".")[0]
    if answer not in FIELDS:
        return answer
    given = answers.get(answer) or {}
    parts = [part for part in SOUND[answer] if given.get(part)]
    wrong = [part for part in parts if not _sound(rulebook, answer, {**SOUND[answer], part: given[part]})]
    return FIELDS[answer][next(iter(wrong), next(iter(SOUND[answer])))]


def fault_words(error: AnswerError) -> str:
    """The engine's cure as a sentence of its own."""
    return upper_first(fault(error.message))


def _sound(rulebook: Rulebook, answer: str, value: Mapping[str, str]) -> bool:
    try:
        answers_read(rulebook, {answer: value})
    except AnswersInvalid:
        return False
    return True
