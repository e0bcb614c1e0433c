"""The budget in words: what it covers for a role, how it was compared, the ways on. In: the money record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from rolematcher.web.names import A_ROLE, money, money_range, upper_first
from rolematcher.web.phrases import phrase

from .shape_money import Line

WAY = {
    "smaller_tryout": lazy("A smaller try-out first"),
    "other_engagement": lazy("Another engagement"),
    "other_market": lazy("Another place"),
    "lower_level": lazy("A lower level"),
    "cheaper_role": lazy("A cheaper role"),
    "do_not_start": lazy("Do not start"),
}


def budget_verdict(role: str, record: Mapping[str, Any]) -> str:
    """What the budget covers for a role, in one sentence."""
    own = record["budget"]["roles"].get(role) or {"verdict": "not_set"}
    verdict, who = own["verdict"], A_ROLE[role]
    if verdict == "not_set":
        return _("No budget was given.")
    if verdict == "no_rate":
        return _("There is no sourced figure for %(role)s to compare the budget with.") % {"role": who}
    if verdict == "cannot_compare":
        return phrase(own["words"])
    figure = money_range(own["figure"], own["figure"], own["currency"], own["unit"])
    if own.get("converted"):
        figure = _("%(figure)s (converted)") % {"figure": figure}
    count, covered = own["of"], own["covered"]
    words = {"figure": figure, "covered": covered, "count": count, "role": who}
    if count == 1:
        only = own["sources"][0]
        words["source"] = f"{only['publisher']} ({money(only['figure'], own['currency'])})"
        if covered:
            return _("%(figure)s covers the only source for %(role)s, %(source)s.") % words
        return _("%(figure)s is below the only source for %(role)s, %(source)s.") % words
    if covered == count:
        return _("%(figure)s covers all %(count)s sources for %(role)s.") % words
    if covered:
        return _("%(figure)s covers %(covered)s of %(count)s sources for %(role)s.") % words
    lowest = min(own["sources"], key=lambda row: Decimal(row["figure"]))
    words["source"] = f"{lowest['publisher']} ({money(lowest['figure'], own['currency'])})"
    return _("%(figure)s is below all %(count)s sources for %(role)s; the lowest is %(source)s.") % words


def ways_out(ways: Iterable[Mapping[str, Any]]) -> tuple[Line, ...]:
    """The ways on from a budget that falls short, one line a kind of way, each way with its price."""
    kinds: dict[str, list[str]] = {}
    for way in ways:
        words = phrase(way["words"]).rstrip(".").removeprefix(str(WAY[way["id"]])).lstrip(" :,")
        priced = phrase(way["price"]) if way["id"] != "do_not_start" else ""
        kinds.setdefault(way["id"], []).append(
            _("%(way)s: %(price)s") % {"way": words, "price": priced} if priced else words
        )
    return tuple(Line(str(WAY[kind]), "; ".join(found)) for kind, found in kinds.items())


def steps_words(own: Mapping[str, Any]) -> str:
    """How the budget was turned into the sources' unit and kind of pay; "" where it was in them already."""
    words = "; ".join(phrase(step) for step in own.get("steps") or ())
    return f"{upper_first(words)}." if words else ""
