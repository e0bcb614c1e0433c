"""One estimate in words: its range, and what it rests on. In: an estimate of the money record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rolematcher.web.names import NO_FIGURE, digits, from_to, money_range


def figure_words(estimate: Mapping[str, Any]) -> str:
    """Range, unit and typical figure of an estimate; that there is none, where there is none."""
    if estimate["status"] == "none":
        return str(NO_FIGURE)
    words = money_range(estimate["low"], estimate["high"], estimate["currency"], estimate["unit"])
    if estimate["low"] == estimate["high"]:
        return words
    return _("%(range)s, typically %(typical)s") % {"range": words, "typical": digits(estimate["typical"])}


def grade_words(estimate: Mapping[str, Any]) -> str:
    """What the grade of this figure means for it."""
    grade, publishers = estimate["grade"], estimate["publishers"]
    if grade == "A":
        return _("three or more publishers that agree")
    if grade == "B":
        return _("two publishers") if publishers == 2 else _("sources some way apart")
    if grade == "C":
        return _("one publisher") if publishers < 2 else _("sources far apart")
    if estimate["status"] == "derived":
        return _("derived from another sourced figure")
    return _("for a neighbouring occupation")


def source_count(estimate: Mapping[str, Any]) -> str:
    """How many sources a figure rests on."""
    if estimate["status"] == "derived":
        return _("one derived figure")
    count = estimate.get("counted") or estimate["publishers"]
    return ngettext("%(count)s source", "%(count)s sources", count) % {"count": count}


def rests_on(estimate: Mapping[str, Any]) -> str:
    """How many sources of which dates a figure rests on, or how it was derived."""
    if estimate["status"] == "none":
        return str(NO_FIGURE)
    dates = from_to(estimate["oldest"], estimate["newest"])
    if estimate["status"] == "derived":
        return _("derived in one step from another sourced figure, %(dates)s") % {"dates": dates}
    counted = [source for source in estimate["sources"] if source["counted"]]
    if len(counted) == 1:
        return _("one source: %(publisher)s, %(dates)s") % {
            "publisher": counted[0]["publisher"],
            "dates": dates,
        }
    return ngettext("%(count)s source, %(dates)s", "%(count)s sources, %(dates)s", len(counted)) % {
        "count": len(counted),
        "dates": dates,
    }
