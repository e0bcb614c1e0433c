"""Some questions of the rulebook as a form. In: raw answers or a POST. Out: raw answers, what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import TypedDict

from crispy_forms.helper import FormHelper
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from rolematcher.editions.services import text_said
from rolematcher.editions.words import rules_words
from rolematcher.rules import Rulebook
from rolematcher.rules.rulebook import Question
from rolematcher.values.message import Message, Money
from rolematcher.web.names import place_name
from rolematcher.web.names import upper_first as upper
from rolematcher.web.speech import money_words

from .places import place_code, places_offered
from .raw import Fields, answers_sound

LISTED = ("trade", "engagement_type", "remote")
"""Questions shown as a list that opens."""
LINES = ("must_haves", "success")
TIMELINE = ("needed_by", "lasts", "hours_a_week")
DESCRIPTION_MOST = 5_000
LENGTH = {"client": 200, "project": 200, "description": DESCRIPTION_MOST}


class Shown(TypedDict):
    """What every field of a question is made with."""

    label: str
    help_text: str
    required: bool


class Choice(forms.ChoiceField):
    """One of several; a value that is not offered is passed on, for the rules to refuse in words."""

    def validate(self, value: object) -> None:
        """Leave it to the rules."""


class Ticks(forms.MultipleChoiceField):
    """Any of several, likewise unjudged."""

    def validate(self, value: object) -> None:
        """Leave it to the rules."""


class PlacesInput(forms.TextInput):
    """A text with every country offered while typing."""

    template_name = "intake/places_input.html"

    def get_context(self, name: str, value: object, attrs: dict[str, object] | None) -> dict[str, object]:
        """With the names."""
        return super().get_context(name, value, attrs) | {"places": places_offered()}


class QuestionsForm(forms.Form):
    """The questions `ids`. Valid means: the rules take these answers."""

    def __init__(
        self, rulebook: Rulebook, ids: Iterable[str], raw: Mapping[str, object], data: QueryDict | None = None
    ) -> None:
        """`raw` are the answers so far; `data` is what was sent, to be judged."""
        self.rulebook, self.before, self.ids = rulebook, dict(raw), tuple(ids)
        super().__init__(data=data, initial=_initial(raw), label_suffix="")
        self.names: dict[str, tuple[str, ...]] = {}
        for id in self.ids:
            fields = _fields(rulebook.question(id))
            self.names[id] = tuple(fields)
            self.fields |= fields
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.render_hidden_fields = False

    def clean(self) -> dict[str, object]:
        """Let the rules judge; each error stands at its field."""
        _answers, errors = answers_sound(self.rulebook, {**self.before, **self.raw()})
        for where, message in errors:
            if (field := self._field(where)) in self.fields and field not in self.errors:
                self.add_error(field, _sentence(message))
        return self.cleaned_data

    def raw(self) -> Fields:
        """The answers of these questions as `rules.answers_read` takes them; "" where nothing was given."""
        return {id: self._raw(id) for id in self.ids}

    @property
    def blocks(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Each question with its fields, of which a budget and a timeline have several."""
        return [(id, [self[name] for name in self.names[id]]) for id in self.ids]

    def _raw(self, id: str) -> object:
        if self.rulebook.question(id).many:
            return self.data.getlist(id)  # type: ignore[attr-defined]
        text = str(self.data.get(id, "")).strip()
        if id == "budget":
            kind = self.data.get("budget_kind", "")
            return ({"amount": text, "kind": kind} if kind else {"amount": text}) if text else ""
        if id == "timeline":
            return self._timeline()
        if id in LINES:
            return [line.strip() for line in text.splitlines() if line.strip()]
        return place_code(text) if id == "place" else text.replace("\r\n", "\n")

    def _timeline(self) -> object:
        """What was said of the time; a number of weeks that was read from the text stays with it."""
        typed = {name: str(self.data.get(name, "")).strip() for name in TIMELINE}
        filled = {name: value for name, value in typed.items() if value not in ("", "unsure")}
        before = self.before.get("timeline")
        weeks = before.get("weeks") if isinstance(before, dict) else None
        return (filled | {"weeks": weeks} if weeks and filled else filled) or ""

    def _field(self, where: str) -> str:
        answer, _dot, part = where.partition(".")
        if answer == "timeline":
            return part if part in TIMELINE else "needed_by"
        return "budget_kind" if where == "budget.kind" else answer


def _initial(raw: Mapping[str, object]) -> dict[str, object]:
    shown = dict(raw)
    budget, timeline = raw.get("budget"), raw.get("timeline")
    if isinstance(budget, dict):
        shown["budget"], shown["budget_kind"] = _budget_typed(budget), budget.get("kind")
    if isinstance(timeline, dict):
        shown |= {name: timeline.get(name) for name in TIMELINE}
    if raw.get("place"):
        code = str(raw["place"])
        shown["place"] = place_name(code) if place_code(place_name(code)) == code else code
    listed = {name: raw.get(name) for name in LINES}
    return shown | {name: "\n".join(rows) for name, rows in listed.items() if isinstance(rows, list | tuple)}


def _budget_typed(budget: Mapping[str, object]) -> str:
    """The amount in one line, as somebody would type it and the rules read it again."""
    with suppress(ValueError):
        parts = {name: budget.get(name) for name in ("amount", "high", "currency", "unit")}
        return money_words(Money.model_validate(parts))
    amount, high = str(budget.get("amount") or ""), str(budget.get("high") or "")
    text = f"{amount}-{high}" if high else amount
    if currency := budget.get("currency"):
        text = f"{currency} {text}"
    return f"{text} / {budget['unit']}" if budget.get("unit") else text


def _fields(question: Question) -> dict[str, forms.Field]:
    label, help_text = text_said(question.ask), text_said(question.help) if question.help else ""
    shown: Shown = {"label": label, "help_text": help_text, "required": False}
    if question.id in FREE_FIELDS:
        return FREE_FIELDS[question.id](shown)
    choices = [(choice.id, text_said(choice.words)) for choice in question.choices]
    if question.many:
        return {question.id: Ticks(**shown, choices=choices, widget=forms.CheckboxSelectMultiple())}
    if question.id in LISTED:
        # A list shows its first choice where none is set: what stands for "nobody said" is set.
        first = [("", _("Choose"))] if question.id == "trade" else []
        return {question.id: Choice(**shown, choices=[*first, *choices], initial=question.default)}
    return {question.id: Choice(**shown, choices=choices, widget=forms.RadioSelect())}


def _budget_fields(shown: Shown) -> dict[str, forms.Field]:
    kinds = [("", _("Not sure")), ("pay", _("Pay only")), ("total", _("Total cost to you"))]
    return {
        "budget": forms.CharField(**shown, max_length=100, widget=forms.TextInput({"autocomplete": "off"})),
        "budget_kind": Choice(label=_("What the budget includes"), choices=kinds, required=False),
    }


def _timeline_fields(shown: Shown) -> dict[str, forms.Field]:
    lengths = [
        ("", _("Not sure")),
        ("one_off", _("A one-off")),
        ("3_to_12_months", _("Three to twelve months")),
        ("ongoing", _("Ongoing")),
    ]
    date = forms.TextInput({"type": "date"})
    hours = forms.TextInput({"inputmode": "numeric", "autocomplete": "off"})
    return {
        "needed_by": forms.CharField(label=_("Needed by"), required=False, widget=date, max_length=40),
        "lasts": Choice(label=_("How long the work lasts"), choices=lengths, required=False),
        "hours_a_week": forms.CharField(label=_("Hours a week"), required=False, widget=hours, max_length=20),
    }


def _text(id: str, rows: int = 0, most: int = 2_000) -> Callable[[Shown], dict[str, forms.Field]]:
    def field(shown: Shown) -> dict[str, forms.Field]:
        limit = LENGTH.get(id, most)
        widget = (
            forms.Textarea(
                {"rows": rows, "data-most": limit, "data-too-long": _("Too long by %s characters.") % 0}
            )
            if rows
            else forms.TextInput()
        )
        return {id: forms.CharField(**shown, strip=False, widget=widget)}

    return field


FREE_FIELDS: dict[str, Callable[[Shown], dict[str, forms.Field]]] = {
    "budget": _budget_fields,
    "timeline": _timeline_fields,
    "place": lambda shown: {
        "place": forms.CharField(
            **shown, max_length=100, widget=PlacesInput({"list": "id_place_list", "autocomplete": "off"})
        )
    },
    "must_haves": _text("must_haves", rows=5),
    "success": _text("success", rows=3),
    "description": _text("description", rows=9),
    "client": _text("client"),
    "project": _text("project"),
    "team_hours": _text("team_hours", most=20),
}


def _sentence(message: Message) -> str:
    return upper(rules_words(message))
