"""Raw answers, read as far as they are right. In: a draft's answers. Out: `Answers`, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rolematcher.decisions.words import amounts_language
from rolematcher.rules import Answers, AnswersInvalid, Rulebook, answers_json, answers_read
from rolematcher.values.message import Message

Fields = dict[str, Any]
"""Answers as they were typed, by question, in the shape `rules.answers_read` takes."""


def ids_asked(rulebook: Rulebook) -> tuple[str, ...]:
    """Every question that is asked, in the rulebook's order."""
    return tuple(question.id for question in rulebook.questions if not question.worked_out)


def answers_from(fields: Mapping[str, object]) -> Fields:
    """The answers of a draft's fields: those that were given."""
    return {name: value for name, value in fields.items() if value not in ("", None, [], {})}


def fields_from(answers: Mapping[str, object] | Answers) -> Fields:
    """A draft's fields that hold these answers; what was left open is left out, a team of nobody is not."""
    raw = dict(answers_json(answers) if isinstance(answers, Answers) else answers)
    if raw.get("team") == []:
        raw["team"] = ["nobody"]
    for name in ("budget", "timeline"):
        if isinstance(parts := raw.get(name), dict):
            raw[name] = {part: value for part, value in parts.items() if value is not None}
    open_still = ("unsure", "open", "undecided")
    return {name: value for name, value in answers_from(raw).items() if value not in open_still}


def answers_sound(
    rulebook: Rulebook, raw: Mapping[str, object]
) -> tuple[Answers, tuple[tuple[str, Message], ...]]:
    """The answers that are right, and an error (its field and message) for each that is not."""
    given, errors = answers_from(raw), ()
    try:
        return answers_read(rulebook, given, amounts_language()), errors
    except AnswersInvalid as invalid:
        wrong = {field.partition(".")[0] for field, _message in invalid.errors}
        known = {question.id for question in rulebook.questions} | set(Answers.model_fields)
        right = {name: value for name, value in given.items() if name not in wrong and name in known}
        return answers_read(rulebook, right, amounts_language()), invalid.errors
