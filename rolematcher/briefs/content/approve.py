"""For the approver: the three roles side by side, and two people in order. In: the stored records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rolematcher.engine.model import Rulebook
from rolematcher.web.names import ROLE, listed, quoted, recommended_first, said, upper_first

from .asked import label
from .estimates import figure_words
from .shape import Compared
from .shape_money import Line


def compared(
    role: str,
    rulebook: Rulebook,
    verdict: Mapping[str, Any],
    money: Mapping[str, Any],
    profiles: Mapping[str, Any],
) -> tuple[Compared, ...]:
    """The three roles: what each does, delivers and costs, when it is right, and how far it is from here."""
    columns = []
    for other in recommended_first(role):
        profile = profiles[other]
        estimate = money["roles"][other]
        costs = figure_words(estimate)
        if estimate["status"] != "none":
            costs = _("%(figure)s, grade %(grade)s") % {"figure": costs, "grade": estimate["grade"]}
        columns.append(
            Compared(
                role=other,
                name=upper_first(str(ROLE[other])),
                recommended=other == role,
                does=said(profile["in_short"][0]),
                delivers="; ".join(said(item) for item in profile["deliverables"]["items"][:2]),
                costs=upper_first(costs),
                right_when=said(profile["right_when"]),
                here=_here(other, role, rulebook, verdict),
            )
        )
    return tuple(columns)


def _here(other: str, role: str, rulebook: Rulebook, verdict: Mapping[str, Any]) -> str:
    if other == role:
        return _("Recommended.") if role == verdict["role"] else _("Chosen by override.")
    if other == verdict["role"]:
        return _("What the rules advised.")
    way = verdict["firmness"]["distance"].get(other)
    if not way:
        return _("No set of answers to these questions leads here.")
    questions = listed(
        quoted(f"{label(rulebook, step['question'])}: {said(step['to_words'])}") for step in way["changes"]
    )
    count = way["answers"]
    return ngettext(
        "One other answer away: %(answers)s.", "%(count)s other answers away: %(answers)s.", count
    ) % {"count": count, "answers": questions}


def pair(
    course: str, verdict: Mapping[str, Any], profiles: Mapping[str, Any]
) -> tuple[str, tuple[Line, ...]]:
    """Two people or a later decision: order, gate and measure. Empty where one person is the whole answer."""
    lines = [
        Line(said(row["title"]), said(row["do"] or row["because"]))
        for row in verdict["advice"]
        if row["result"] in ("order", "review")
    ]
    if course == "hire_pair":
        lines.append(Line(_("Working together"), said(profiles["ml_engineer"]["works_with"]["ai_engineer"])))
        return _("Two people: order, gate, measure"), tuple(lines)
    return (_("After the first weeks"), tuple(lines)) if lines else ("", ())
