"""What a pasted description suggests, beside the questions. In: field values. Out: hints, marked text.

Nothing is filled in silently: a hint is a button. What she has answered the same way counts as borne out by
the description and is kept with the decision as evidence.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from rolematcher.briefs.content.asked import answer_words
from rolematcher.engine.model import UNSURE, Question, Rulebook
from rolematcher.engine.reader.record import Reading, Suggestion
from rolematcher.web.faults import refusal
from rolematcher.web.names import said

from .choices import place_names
from .raw import Fields, fields_from
from .reading import description_read

SHOWN_SPANS = 3

ENOUGH_WORDS = 8
"""A text shorter than this is still being typed: nothing is said against it."""

SLOTLESS = ("client", "project", "description")
"""Fields with no place for a hint beside them."""

PRESET = ("budget_currency", "budget_per", "budget_kind")
"""Selects that say something before anybody touched them."""


@dataclass(frozen=True, slots=True)
class Hint:
    """A suggestion that the form does not say yet. `fields` is what its button fills in, as JSON."""

    name: str
    label: str
    words: str
    strength: str
    spans: tuple[str, ...]
    fields: str
    otherwise: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the description; `says` is what it was read as, "" where it was not."""

    text: str
    says: str = ""


@dataclass(frozen=True, slots=True)
class Hints:
    """All hints, the places without one, the marked text, and a fingerprint to tell what changed."""

    hints: tuple[Hint, ...]
    empty: tuple[str, ...]
    clear: str
    marked: tuple[Stretch, ...]
    refused: str
    state: str


def hints_of(rulebook: Rulebook, fields: Fields, *, on: date) -> Hints:
    """What the description in these fields suggests that the other fields do not say."""
    text = str(fields.get("description") or "")
    reading = _read(text, on)
    hints = [
        _hint(rulebook, suggestion, fields)
        for suggestion in reading.suggestions
        if not _agrees(suggestion, fields) and suggestion.fact not in SLOTLESS
    ]
    places = [question.id for question in rulebook.questions if not question.worked_out]
    filled = {hint.name for hint in hints}
    clear = [json.loads(hint.fields) for hint in hints if hint.strength == "clear" and not hint.otherwise]
    state = hashlib.sha256(repr((text, hints)).encode()).hexdigest()[:16]
    return Hints(
        hints=tuple(hints),
        empty=tuple(name for name in places if name not in filled and name not in SLOTLESS),
        clear=json.dumps({name: value for given in clear for name, value in given.items()}) if clear else "",
        marked=tuple(_marked(rulebook, text, reading)),
        refused=refusal(reading.why) if reading.refused and len(text.split()) >= ENOUGH_WORDS else "",
        state=state,
    )


def evidence_of(fields: Fields, *, on: date) -> dict[str, Any]:
    """For every answer that the description bears out: the suggestion and the words it rests on."""
    reading = _read(str(fields.get("description") or ""), on)
    borne_out = [suggestion for suggestion in reading.suggestions if _agrees(suggestion, fields)]
    return {
        suggestion.fact: {
            "words": suggestion.words,
            "strength": suggestion.strength,
            "for": [span.as_dict() for span in suggestion.supports],
        }
        for suggestion in borne_out
    }


@lru_cache(maxsize=200)
def _read(text: str, on: date) -> Reading:
    """The same text is looked at with every change of another field; it is read once."""
    return description_read(text, on=on)


def _filling(suggestion: Suggestion) -> Fields:
    """The field values a suggestion stands for; parts it is silent on stay as they are."""
    fields = fields_from({suggestion.fact: suggestion.value})
    return {name: value for name, value in fields.items() if value not in ("", None)}


def _agrees(suggestion: Suggestion, fields: Mapping[str, Any]) -> bool:
    return all(_same(fields.get(name), value) for name, value in _filling(suggestion).items())


def _same(now: Any, suggested: Any) -> bool:
    if isinstance(suggested, list):
        return sorted(now or []) == sorted(suggested)
    return _plain(now) == _plain(suggested)


def _plain(value: Any) -> str:
    return " ".join(str(value or "").replace(",", "").split())


def _hint(rulebook: Rulebook, suggestion: Suggestion, fields: Mapping[str, Any]) -> Hint:
    filling = _filling(suggestion)
    question = _question(rulebook, suggestion.fact)
    answered = [fields.get(name) for name in filling if name not in PRESET]
    spans = dict.fromkeys(" ".join(span.text.split()) for span in suggestion.supports)
    return Hint(
        name=suggestion.fact,
        label=said(question.short) if question else suggestion.fact,
        words=_words(rulebook, suggestion),
        strength=suggestion.strength,
        spans=tuple(spans)[:SHOWN_SPANS],
        fields=json.dumps(filling),
        otherwise=any(value and value != [] and value not in (UNSURE, [UNSURE]) for value in answered),
    )


def _question(rulebook: Rulebook, fact: str) -> Question | None:
    return next((one for one in rulebook.questions if one.id == fact), None)


def _words(rulebook: Rulebook, suggestion: Suggestion) -> str:
    """What was suggested, as the form words it; what the form has no words for, as the reader does."""
    question, value = _question(rulebook, suggestion.fact), suggestion.value
    if suggestion.fact == "place":
        return place_names().get(str(value), suggestion.words)
    if question is None or (isinstance(value, Mapping) and None in value.values() and "amount" in value):
        return said(suggestion.words)
    return answer_words(question, {suggestion.fact: value}, "") or said(suggestion.words)


def _marked(rulebook: Rulebook, text: str, reading: Reading) -> list[Stretch]:
    """The text in stretches, those that were read with what they were read as."""
    words = {suggestion.fact: _words(rulebook, suggestion) for suggestion in reading.suggestions}
    stretches, at = [], 0
    for mark in reading.marks():
        start, end = int(str(mark["start"])), int(str(mark["end"]))
        stretches += [Stretch(text[at:start]), Stretch(text[start:end], words[str(mark["fact"])])]
        at = end
    return [stretch for stretch in (*stretches, Stretch(text[at:])) if stretch.text] if stretches else []
