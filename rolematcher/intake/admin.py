"""Starting points in the admin: saved answers to begin a brief from, checked against the current rulebook."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from rolematcher.editions.models import Edition
from rolematcher.editions.services import rulebook_of
from rolematcher.editions.words import answers_words
from rolematcher.rules import AnswersInvalid, answers_read
from rolematcher.web.admin_lists import HouseAdmin

from .models import StartingPoint


class ReadableJson(forms.JSONField):
    """JSON with a line for each entry, so that it can be read and edited."""

    widget = forms.Textarea(attrs={"class": "code", "rows": 16, "spellcheck": "false"})

    def prepare_value(self, value: Any) -> Any:
        """As the field shows it; what was typed wrongly stays as typed."""
        if isinstance(value, dict | list):
            return json.dumps(value, ensure_ascii=False, indent=2)
        return super().prepare_value(value)


class StartingPointForm(forms.ModelForm):
    """A starting point; its answers must be ones the form can take."""

    answers = ReadableJson(label=_("Answers"))

    class Meta:
        model = StartingPoint
        fields = ("title", "slug", "summary", "answers", "order", "active")

    def clean_answers(self) -> dict[str, object]:
        """The answers as given, refused with every fault where the rulebook does not know them."""
        given = self.cleaned_data["answers"]
        edition = Edition.objects.published().first()
        if edition is None:
            return given
        try:
            answers_read(rulebook_of(edition), given)
        except AnswersInvalid as faults:
            raise forms.ValidationError([words for _field, words in answers_words(faults)]) from None
        return given


@admin.register(StartingPoint)
class StartingPointAdmin(HouseAdmin):
    """Support chatbot, lead routing, ...: what a recruiter may start from."""

    form = StartingPointForm
    list_display = ("title", "summary", "order", "active")
    list_filter = ("active",)
    prepopulated_fields = {"slug": ("title",)}
