"""`{% once %}` in a form: its key, so that sending it twice does it once (`rolematcher/web/once.py`)."""

from __future__ import annotations

import uuid

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from rolematcher.web.shown_once import HandedOn, shown_once

register = template.Library()


@register.simple_tag(takes_context=True)
def handed_on(context: Context, name: str) -> HandedOn:
    """What the request before handed on to this page (`rolematcher/web/shown_once.py`)."""
    request = context.get("request")
    return shown_once(request, name) if request else {}


@register.simple_tag
def once() -> SafeString:
    """The hidden field with a key that no other form has."""
    return format_html('<input type="hidden" name="once" value="{}">', uuid.uuid4().hex)
