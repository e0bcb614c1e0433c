"""`{% once %}` in a form: its key, so that sending it twice does it once (`rolematcher/web/once.py`)."""

from __future__ import annotations

import uuid

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def once() -> SafeString:
    """The hidden field with a key that no other form has."""
    return format_html('<input type="hidden" name="once" value="{}">', uuid.uuid4().hex)
