"""Small words for the templates: ids and amounts in, what people read out."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest

register = template.Library()

THEMES = ("light", "dark")


@register.filter
def theme_of(request: HttpRequest | None) -> str:
    """The colours this browser asked for: light, dark, or "" for what the device prefers."""
    chosen = request.COOKIES.get("theme", "") if request else ""
    return chosen if chosen in THEMES else ""


@register.filter
def faults_of(form: Any) -> list[dict[str, str]]:
    """Everything to put right in a form: `target` (the control's id), `label` and `message`."""
    if form is None or not form.is_bound:
        return []
    if hasattr(form, "faults"):
        return form.faults()
    found = [{"target": "", "label": "", "message": str(message)} for message in form.non_field_errors()]
    for bound in form:
        for message in bound.errors:
            found.append({"target": bound.auto_id, "label": str(bound.label), "message": str(message)})
    return found
