"""What a reading is made of. In: nothing. Out: `Span`, `Suggestion`, `Reading`, all frozen."""

from __future__ import annotations

from typing import Literal

from rolematcher.rules.answers import Budget, Timeline
from rolematcher.values.frozen import Frozen
from rolematcher.values.message import Message

Strength = Literal["clear", "likely", "hint"]
"""How well the text supports a suggestion. A hint is shown and fills in nothing."""
Value = str | Budget | Timeline | tuple[str, ...]


class Span(Frozen):
    """A marked stretch of the pasted text: `text` is what stands from `start` up to `end`."""

    start: int
    end: int
    text: str


class Suggestion(Frozen):
    """One suggested answer: `fact` is a question id of the rulebook, `value` what the form would hold.

    `words` are the words of the text that say it, `spans` where they stand.
    Two amounts that contradict each other stand as two hints for the same fact.
    """

    fact: str
    value: Value
    strength: Strength
    words: str
    spans: tuple[Span, ...]

    @property
    def raw(self) -> object:
        """The value as `rules.answers_read` takes it."""
        if isinstance(self.value, tuple):
            return list(self.value)
        return self.value if isinstance(self.value, str) else self.value.model_dump(mode="json")


class Reading(Frozen):
    """What one text says.

    `role` is None where another trade is asked for (then `trade` names it) or where the text does not tell.
    `ask` is the question to ask first, None where the text is enough or about another trade. `message` says
    why the text leads there, or why the reader is silent. `language` is an ISO 639 code, "" if unknown.
    """

    suggestions: tuple[Suggestion, ...]
    role: str | None
    role_strength: Strength | None
    trade: str | None
    language: str
    message: Message
    ask: str | None

    def suggestion(self, fact: str) -> Suggestion | None:
        """The suggestion for one question, the strongest first; None where the text is silent."""
        return next((one for one in self.suggestions if one.fact == fact), None)

    def raw_answers(self) -> dict[str, object]:
        """The clear and likely suggestions as `rules.answers_read` takes them; hints fill in nothing."""
        return {one.fact: one.raw for one in self.suggestions if one.strength != "hint"}
