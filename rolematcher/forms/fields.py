"""Fields that take whatever was posted: the engine judges answers, and words its own cures."""

from __future__ import annotations

from typing import Any

from django import forms

from rolematcher.engine.model import Question


class Pick(forms.ChoiceField):
    """One of several; a value that is not offered is passed on, for the engine to refuse in words."""

    def validate(self, value: Any) -> None:
        """Leave it to the engine."""


class Ticks(forms.MultipleChoiceField):
    """Any of several, likewise unjudged."""

    def validate(self, value: Any) -> None:
        """Leave it to the engine."""


def question_field(question: Question, *, number: int | None) -> forms.Field:
    """The field of one question of the rulebook. `number` is printed before the question."""
    choices = [(choice.id, choice.words) for choice in question.choices]
    kind, widget = (Ticks, forms.CheckboxSelectMultiple) if question.many else (Pick, forms.RadioSelect)
    field = kind(
        label=question.ask, help_text=question.help, choices=choices, widget=widget(), required=False
    )
    field.number = number
    return field


def text_field(label: str, *, help_text: str = "", lines: int = 0, **attrs: Any) -> forms.CharField:
    """A text of any length, kept as typed. `lines` makes it a box of that height."""
    widget = forms.Textarea(attrs={"rows": lines, **attrs}) if lines else forms.TextInput(attrs=attrs)
    return forms.CharField(label=label, help_text=help_text, required=False, strip=False, widget=widget)
