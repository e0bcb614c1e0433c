"""What a reading is made of: marked spans, suggestions and the reading itself, as plain frozen records.

In: nothing (built by `reader.read`). Out: `Span`, `Suggestion`, `Reading` and their JSON shapes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

STRENGTHS = ("clear", "likely", "hint")
"""How well the text supports a suggestion, strongest first. Words, because no percentage was measured."""


@dataclass(frozen=True, slots=True)
class Span:
    """A marked part of the text: `text[start:end]`, the lexicon term it matched and why it counts.

    `weight` is what it added to the suggestion it stands under (used for ordering, never shown as a figure).
    """

    start: int
    end: int
    text: str
    term: str
    why: str
    weight: float = 1.0

    def as_dict(self) -> dict[str, object]:
        """The span as JSON: start, end, text, term, why."""
        return {"start": self.start, "end": self.end, "text": self.text, "term": self.term, "why": self.why}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One suggested answer: `fact` is a question id, `value` what the form would hold for it.

    `value` is a value id, a list of ids or words (team, musts, success) or a mapping (budget, timeline).
    `words` says the value in a short phrase; `detail` keeps what the form has no field for (both ends of a
    range, a starting month); `supports` and `against` are the spans behind it.
    """

    fact: str
    value: object
    words: str
    strength: str
    supports: tuple[Span, ...]
    against: tuple[Span, ...] = ()
    detail: Mapping[str, object] | None = None

    def as_dict(self) -> dict[str, object]:
        """The suggestion as JSON; spans under `for` and `against`."""
        return {
            "fact": self.fact,
            "value": self.value,
            "words": self.words,
            "strength": self.strength,
            "for": [span.as_dict() for span in self.supports],
            "against": [span.as_dict() for span in self.against],
            "detail": dict(self.detail) if self.detail else None,
        }


@dataclass(frozen=True, slots=True)
class Reading:
    """What one text says: the suggestions, or that it is about another kind of work and why.

    When `refused`, suggestions about the work itself are left out; money, place and time stay readable.
    """

    suggestions: tuple[Suggestion, ...]
    refused: bool
    why: str
    trade: str = ""

    def suggestion(self, fact: str) -> Suggestion | None:
        """The suggestion for one question, or None where the text says nothing."""
        return next((one for one in self.suggestions if one.fact == fact), None)

    def answers(self) -> dict[str, object]:
        """The suggested answers in the shape of the form; questions the text is silent on are left out."""
        return {one.fact: one.value for one in self.suggestions}

    def as_dict(self) -> dict[str, object]:
        """The whole reading as JSON."""
        return {
            "refused": self.refused,
            "why": self.why,
            "trade": self.trade,
            "suggestions": [one.as_dict() for one in self.suggestions],
            "answers": self.answers(),
        }

    def marks(self) -> list[Mapping[str, object]]:
        """Every supporting span with its question, in text order, for colouring the text.

        A stretch claimed by two questions is given once, to the earlier suggestion; spans never overlap.
        """
        taken: list[tuple[int, int]] = []
        found: list[Mapping[str, object]] = []
        for suggestion in self.suggestions:
            for span in suggestion.supports:
                if span.end > span.start and not any(span.start < b and a < span.end for a, b in taken):
                    taken.append((span.start, span.end))
                    found.append({"fact": suggestion.fact, "words": suggestion.words, **span.as_dict()})
        return sorted(found, key=lambda mark: int(str(mark["start"])))
