"""The order and grouping of the intake form, as crispy layout objects. In: field names. Out: a FormHelper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout, LayoutObject
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

QUESTION = "intake/fields/question.html"

Words = str | Promise


class Section(LayoutObject):
    """A heading, a sentence, and fields under it."""

    def __init__(self, id: str, title: Words, intro: Words, *fields: Any) -> None:
        self.id, self.title, self.intro, self.fields = id, title, intro, list(fields)

    def render(self, form: Any, context: Any, template_pack: str = "bootstrap5", **kwargs: Any) -> SafeString:
        """Render the fields into the section's template."""
        inner = self.get_rendered_fields(form, context, template_pack, **kwargs)
        said = {"id": self.id, "title": self.title, "intro": self.intro, "fields": inner}
        return render_to_string("intake/fields/section.html", said)


class Together(LayoutObject):
    """Fields that make up one answer: one legend, one help text, controls in a row."""

    def __init__(self, id: str, legend: Words, help_text: Words, *names: str) -> None:
        self.id, self.legend, self.help_text, self.fields = id, legend, help_text, list(names)

    def render(self, form: Any, context: Any, template_pack: str = "bootstrap5", **kwargs: Any) -> SafeString:
        """Render the bound fields side by side."""
        bound = [form[name] for name in self.fields]
        form.rendered_fields.update(self.fields)
        return render_to_string(
            "intake/fields/together.html",
            {"id": self.id, "legend": self.legend, "help_text": self.help_text, "fields": bound},
        )


def intake_helper(deciding: Sequence[str], sharpening: Sequence[str], placed: Sequence[str]) -> FormHelper:
    """The page from top to bottom; questions the rulebook adds later fall into their section."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.form_show_errors = True
    helper.layout = Layout(
        Section(
            "project",
            _("The project"),
            "",
            Together("names", "", "", "project", "client"),
            Field("description", template="intake/fields/text.html"),
        ),
        Section(
            "role",
            _("What settles the role"),
            _("About a minute. Leave open what you do not know: “Not sure” is never read as no."),
            *[part for name in deciding for part in _with_hours(name)],
        ),
        Section(
            "terms",
            _("Place, budget and time"),
            _("With a place the rate appears beside the form."),
            Field("place", template="intake/fields/text.html"),
            *[_question(name) for name in placed],
            Together(
                "budget",
                _("Budget"),
                _("Leave the amount empty if none is set."),
                "budget_amount",
                "budget_currency",
                "budget_per",
                "budget_kind",
            ),
            _question("lasts"),
            Together("timeline", _("Dates and hours"), "", "needed_by", "hours_a_week", "weeks"),
        ),
        Section("sharpen", _("What sharpens the advice"), "", *[_question(name) for name in sharpening]),
        Section(
            "search",
            _("For the search"),
            "",
            Field("musts", template="intake/fields/text.html"),
            Field("success", template="intake/fields/text.html"),
        ),
    )
    return helper


def _question(name: str) -> Field:
    return Field(name, template=QUESTION)


def _with_hours(name: str) -> list[Field]:
    """The hours the team can spare stand right under the question about the team."""
    parts = [_question(name)]
    if name == "team":
        parts.append(Field("team_hours", template="intake/fields/text.html", wrapper_class="follows"))
    return parts
