"""Fields that take whatever was posted: the engine judges answers, and words its own cures."""

from __future__ import annotations

from typing import Any

from django import forms

from rolematcher.engine.model import Question
from rolematcher.web.names import said

SHORT = 32
"""Letters of a choice that fit half a line."""


class Pick(forms.ChoiceField):
    """One of several; a value that is not offered is passed on, for the engine to refuse in words."""

    number: int | None = None
    """Printed before the question, where it has one."""

    short: bool = False
    """All its choices are a few words, so that two fit a line."""

    def validate(self, value: Any) -> None:
        """Leave it to the engine."""


class Ticks(forms.MultipleChoiceField):
    """Any of several, likewise unjudged."""

    number: int | None = None
    short: bool = False

    def validate(self, value: Any) -> None:
        """Leave it to the engine."""


def question_field(question: Question, *, number: int | None) -> forms.Field:
    """The field of one question of the rulebook. `number` is printed before the question."""
    choices = [(choice.id, said(choice.words)) for choice in question.choices]
    shown: dict[str, Any] = {
        "label": said(question.ask),
        "help_text": said(question.help),
        "choices": choices,
    }
    field = (
        Ticks(**shown, widget=forms.CheckboxSelectMultiple(), required=False)
        if question.many
        else Pick(**shown, widget=forms.RadioSelect(), required=False)
    )
    field.number = number
    field.short = all(len(words) <= SHORT for _id, words in choices)
    return field


def text_field(label: str, *, help_text: str = "", lines: int = 0, **attrs: Any) -> forms.CharField:
    """A text of any length, kept as typed. `lines` makes it a box of that height."""
    widget = forms.Textarea(attrs={"rows": lines, **attrs}) if lines else forms.TextInput(attrs=attrs)
    return forms.CharField(label=label, help_text=help_text, required=False, strip=False, widget=widget)
