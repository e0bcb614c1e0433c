"""The intake form of one edition. In: a rulebook, field values. Out: a form, its faults, its answers."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from crispy_forms.utils import render_crispy_form
from django import forms
from django.core.cache import cache
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rolematcher.engine.decision.answers import answers_read
from rolematcher.engine.errors import AnswersInvalid
from rolematcher.engine.model import Question, Rulebook
from rolematcher.web.names import said

from . import choices
from .faults import Fault, fault_words, field_at_fault
from .fields import Pick, question_field, text_field
from .layout import intake_helper
from .raw import MANY, Fields, answers_from

PLACED = ("remote", "engagement")
"""Choice questions that stand with place and budget, not among those that sharpen the advice."""

FORM_VERSION = 4


class IntakeForm(forms.Form):
    """Every question of the rulebook on one page. Valid means: the engine takes these answers."""

    def __init__(
        self, rulebook: Rulebook, fields: Fields | None = None, *, regions: Sequence[str], bound: bool = False
    ) -> None:
        """`fields` are raw values to show; `bound` says that they were sent and are to be judged."""
        self.rulebook = rulebook
        values = _multi(fields or {})
        super().__init__(data=values if bound else None, initial=dict(fields or {}), label_suffix="")
        asked = [q for q in rulebook.questions if q.choices and not q.worked_out]
        deciding = [q for q in asked if q.deciding]
        sharpening = [q for q in asked if not q.deciding and q.id not in PLACED]
        placed = [q for q in asked if q.id in PLACED]
        for number, question in enumerate((*deciding, *sharpening), start=1):
            self.fields[question.id] = question_field(question, number=number)
        for question in placed:
            self.fields[question.id] = question_field(question, number=None)
        self.fields.update(_free_fields(rulebook, regions))
        self.helper = intake_helper(
            [q.id for q in deciding], [q.id for q in sharpening], [q.id for q in placed]
        )

    def clean(self) -> dict[str, Any]:
        """Ask the engine; show each of its faults at the field it is about."""
        self.answers: dict[str, Any] = answers_from(self.cleaned_data)
        try:
            answers_read(self.rulebook, self.answers)
        except AnswersInvalid as invalid:
            for error in invalid.errors:
                name = field_at_fault(self.rulebook, self.answers, error)
                self.add_error(name if name in self.fields else None, fault_words(error))
        return self.cleaned_data

    def faults(self) -> list[Fault]:
        """Every fault in the order of the page, each with the id of the control it is about."""
        if not self.is_bound:
            return []
        found = [Fault("", "", str(message)) for message in self.non_field_errors()]
        for name in self.fields:
            for message in self.errors.get(name, ()):
                found.append(Fault(_control_id(self[name]), self.short(name), str(message)))
        return found

    def short(self, name: str) -> str:
        """What a field is called in a list."""
        known = {question.id: said(question.short) for question in self.rulebook.questions}
        return known.get(name) or str(self.fields[name].label)


def intake_html(form: IntakeForm) -> SafeString:
    """The form's fields as HTML. The empty form is rendered once per rulebook, places and language."""
    if form.is_bound or form.initial:
        return render_crispy_form(form)
    places = form.fields["place"].choices  # type: ignore[attr-defined]
    said = f"{FORM_VERSION} {form.rulebook.sha256} {get_language()} {places}"
    key = "intake:" + hashlib.sha256(said.encode()).hexdigest()
    html = cache.get(key)
    if html is None:
        html = str(render_crispy_form(form))
        cache.set(key, html, timeout=None)
    return mark_safe(html)  # noqa: S308 (it is our own template's output, from no user's text)


def _free_fields(rulebook: Rulebook, regions: Sequence[str]) -> dict[str, forms.Field]:
    """The questions that take an amount, a place, a date or text."""
    free = {question.id: question for question in rulebook.questions if question.free}
    fields: dict[str, forms.Field] = {
        "client": text_field(_("Client"), autocomplete="off"),
        "project": text_field(_("Project"), autocomplete="off"),
        "description": text_field(
            _("Project description"),
            help_text=_("Optional. Paste what the client sent you, as it is; 5,000 characters at most."),
            lines=5,
            dir="auto",
        ),
        "place": Pick(label=_ask(free, "place"), choices=choices.places(regions), required=False),
        "budget_amount": text_field(_("Amount"), inputmode="decimal", autocomplete="off"),
        "budget_currency": Pick(label=_("Currency"), choices=choices.currencies(), required=False),
        "budget_per": Pick(label=_("For"), choices=choices.periods(), required=False),
        "budget_kind": Pick(label=_("Covers"), choices=choices.kinds(), required=False),
        "needed_by": text_field(_("Usable by"), type="date"),
        "hours_a_week": text_field(_("Hours a week"), inputmode="numeric", autocomplete="off"),
        "weeks": text_field(_("For how many weeks"), inputmode="numeric", autocomplete="off"),
        "lasts": Pick(
            label=_("How long is the work?"),
            choices=choices.lengths(),
            widget=forms.RadioSelect(),
            required=False,
        ),
        "team_hours": text_field(_ask(free, "team_hours"), inputmode="numeric", autocomplete="off"),
        "musts": text_field(_ask(free, "musts"), help_text=_("One a line."), lines=5, dir="auto"),
        "success": text_field(_ask(free, "success"), help_text=_("One a line."), lines=3, dir="auto"),
    }
    return fields


def _ask(free: Mapping[str, Question], id: str) -> str:
    return said(free[id].ask) if id in free else id


def _multi(fields: Fields) -> MultiValueDict:
    """Field values in the shape Django's widgets read posted data from."""
    return MultiValueDict(
        {name: [str(v) for v in value] if name in MANY else [_text(value)] for name, value in fields.items()}
    )


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _control_id(bound: forms.BoundField) -> str:
    """The id a link must lead to: the first choice of a group, else the control itself."""
    grouped = isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    return f"{bound.auto_id}_0" if grouped else str(bound.auto_id)
