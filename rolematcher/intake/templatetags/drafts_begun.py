"""`{% drafts_begun as drafts %}`: what she has begun and not made yet, for the list of decisions."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

from rolematcher.intake.drafts import drafts_open
from rolematcher.intake.models import Draft

register = template.Library()


@register.simple_tag(takes_context=True)
def drafts_begun(context: Mapping[str, object]) -> list[Draft]:
    """Her open drafts, the last one first."""
    return drafts_open(context["request"].user)  # type: ignore[attr-defined]
