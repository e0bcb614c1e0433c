"""Small words for the templates: ids and amounts in, what people read out."""

from __future__ import annotations

from typing import Protocol

from django import forms, template
from django.http import HttpRequest
from django.utils.translation import gettext as _

from rolematcher.web.names import RECOMMENDATION, ROLE, as_of_words
from rolematcher.web.names import said as said_words

register = template.Library()
register.filter(as_of_words)

THEMES = ("light", "dark")


class Named(Protocol):
    """Something kept for a client and a project."""

    project: str
    client: str


@register.filter
def theme_of(request: HttpRequest | None) -> str:
    """The colours this browser asked for: light, dark, or "" for what the device prefers."""
    chosen = request.COOKIES.get("theme", "") if request else ""
    return chosen if chosen in THEMES else ""


@register.filter
def faults_of(form: forms.BaseForm | None) -> list[dict[str, str]]:
    """Everything to put right in a form: `target` (the control's id), `label` and `message`."""
    if not form or not form.is_bound:
        return []
    found = [("", "", message) for message in form.non_field_errors()]
    found += [(bound.auto_id, str(bound.label).rstrip("?."), said) for bound in form for said in bound.errors]
    return [{"target": target, "label": label, "message": str(message)} for target, label, message in found]


@register.filter
def said(text: str) -> str:
    """A sentence of the rulebook in the reader's language."""
    return said_words(text)


@register.filter
def draft_name(draft: Named) -> str:
    """What a draft is called in a list: its project, its client, or "Untitled"."""
    return draft.project or draft.client or _("Untitled")


@register.filter
def role_word(id: str) -> str:
    """The name of a role."""
    return str(ROLE.get(id, id))


@register.filter
def recommendation_word(id: str) -> str:
    """What to do, in a word or two."""
    return str(RECOMMENDATION.get(id, id))
