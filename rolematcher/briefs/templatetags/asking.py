"""How soon a page asks again whether its PDF is ready: how often it asked in, milliseconds out.

Most briefs are ready a moment after the page is, none sooner than the first pause: it asks at short intervals
then, and ever more rarely.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()

PAUSES = ((1, 150), (9, 60), (15, 250), (40, 700))
"""Up to which question, and the pause before it."""
LAST_PAUSE = 2000


@register.simple_tag(takes_context=True)
def asked_before(context: Mapping[str, Any]) -> int:
    """How often this page has asked already."""
    request = context.get("request")
    count = request.GET.get("asked", "") if request else ""
    return min(int(count), 1000) if count.isascii() and count.isdigit() and len(count) < 5 else 0


@register.filter
def pause_before(asked: int) -> int:
    """The pause before the next question."""
    return next((pause for most, pause in PAUSES if asked < most), LAST_PAUSE)
