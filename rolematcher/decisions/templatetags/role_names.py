"""Ids in, their words out, for the admin's templates: the same words as on page and paper."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext

from rolematcher.decisions.models import BUDGET_VERDICTS
from rolematcher.web.names import ENGAGEMENT_TYPE, RECOMMENDATION, ROLE, SENIORITY

register = template.Library()


@register.filter
def role_name(id: str) -> Any:
    """AI engineer, ML engineer or automation specialist."""
    return ROLE.get(id, id)


@register.filter
def course_name(id: str) -> Any:
    """Hire, buy, ask first ..."""
    return RECOMMENDATION.get(id, id)


@register.filter
def level_name(id: str) -> Any:
    """Junior, mid-level, senior."""
    return SENIORITY.get(id, id)


@register.filter
def basis_name(id: str) -> Any:
    """Permanent, contract ..."""
    return ENGAGEMENT_TYPE.get(id, id)


@register.filter
def budget_words(id: str) -> Any:
    """Covers all sources, not set ..."""
    return dict(BUDGET_VERDICTS).get(id, id)


@register.filter
def held_words(held: str) -> str:
    """Whether a condition held, in a word."""
    return {"yes": gettext("held"), "no": gettext("failed"), "unknown": gettext("unknown")}.get(held, held)


@register.filter
def tried_words(outcome: str) -> str:
    """How a row of a table fared, in words."""
    return {
        "applied": gettext("applied"),
        "failed": gettext("did not apply"),
        "unknown": gettext("unknown: an answer is missing"),
        "not_reached": gettext("not reached"),
    }.get(outcome, outcome)
