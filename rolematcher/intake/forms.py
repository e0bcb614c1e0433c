"""Some questions of the rulebook as a form. In: raw answers or a POST. Out: raw answers, what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress

from crispy_forms.helper import FormHelper
from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from rolematcher.decisions.words import LASTS, PAY
from rolematcher.editions.services import text_said
from rolematcher.editions.words import rules_words
from rolematcher.rules import Rulebook
from rolematcher.rules.rulebook import Question
from rolematcher.values.message import Money
from rolematcher.web.names import NOT_SURE, place_name, upper_first
from rolematcher.web.speech import money_words

from .places import place_code, places_offered
from .raw import Fields, answers_from, answers_sound
from .reading import Found

LISTED = ("trade", "engagement_type", "remote")
"""Questions shown as a list that opens."""
LINES = ("must_haves", "success")
TIMELINE = ("needed_by", "lasts", "hours_a_week")
DESCRIPTION_MOST = 5_000
ROWS = {"must_haves": 5, "success": 3, "description": 9}
"""Lines of a text box; other texts have one."""
NO_HELP = {"autocomplete": "off"}


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
                self.add_error(field, upper_first(rules_words(message)))
        return self.cleaned_data

    def raw(self) -> Fields:
        """The answers of these questions as `rules.answers_read` takes them; "" where nothing was given."""
        return {id: self._raw(id) for id in self.ids}

    def hint(self, found: Iterable[Found]) -> None:
        """Say beside a question that is still open what the text may say of it."""
        answered = answers_from(self.before)
        for row in found:
            if row.fact in self.fields and row.fact not in answered:
                said = _("Your text may mean: %(value)s (“%(words)s”).") % {
                    "value": row.value,
                    "words": row.words,
                }
                self.fields[row.fact].help_text = f"{self.fields[row.fact].help_text} {said}".strip()

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
    """The fields of a question by their names; the one named like it is labelled with what it asks."""
    fields = _fields_bare(question)
    if question.id in fields:
        fields[question.id].label = text_said(question.ask)
        fields[question.id].help_text = text_said(question.help)
    return fields


def _fields_bare(question: Question) -> dict[str, forms.Field]:
    id, choices = question.id, [(choice.id, text_said(choice.words)) for choice in question.choices]
    if id == "budget":
        kind = Choice(label=_("What the budget includes"), choices=_or_unsure(PAY), required=False)
        return {id: _line(100, NO_HELP), "budget_kind": kind}
    if id == "timeline":
        return {
            "needed_by": _line(40, {"type": "date"}, _("Needed by")),
            "lasts": Choice(label=_("How long the work lasts"), choices=_or_unsure(LASTS), required=False),
            "hours_a_week": _line(20, {"inputmode": "numeric", **NO_HELP}, _("Hours a week")),
        }
    if id == "place":
        places = PlacesInput({"list": "id_place_list", **NO_HELP})
        return {id: forms.CharField(max_length=100, widget=places, required=False)}
    if question.many:
        return {id: Ticks(choices=choices, widget=forms.CheckboxSelectMultiple(), required=False)}
    if id in LISTED:
        # A list shows its first choice where none is set: what stands for "nobody said" is set.
        first = [("", _("Choose"))] if id == "trade" else []
        return {id: Choice(choices=[*first, *choices], initial=question.default, required=False)}
    if choices:
        return {id: Choice(choices=choices, widget=forms.RadioSelect(), required=False)}
    box = {
        "rows": ROWS.get(id),
        "data-most": DESCRIPTION_MOST if id == "description" else 2_000,
        "data-too-long": _("Too long by %s characters.") % 0,
    }
    widget = forms.Textarea(box) if id in ROWS else forms.TextInput()
    return {id: forms.CharField(strip=False, widget=widget, required=False)}


def _or_unsure(choices: Mapping[str, Promise]) -> list[tuple[str, str]]:
    """A list that may be left at "not sure"."""
    return [(id, upper_first(str(words))) for id, words in (("", NOT_SURE), *choices.items())]


def _line(most: int, attrs: dict[str, str], label: str = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.TextInput(attrs), required=False)
