"""For the approver: the three roles side by side, the cost, and two people in order. In: stored records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from rolematcher.engine.model import Rulebook

from .asked import label
from .figures import figure_words, rests_on
from .names import KIND, ROLE, ROLES, as_of_words, listed, money_range, said, upper_first
from .shape import Compared, Cost, CostLine, Line

LINE = {
    "base": lazy("Base"),
    "on_cost": lazy("Employer's on-cost"),
    "recruiter_fee": lazy("Recruiter's fee"),
    "recruiting_cost": lazy("Recruiting"),
    "provider_fee": lazy("Provider's fee"),
    "staffing_markup": lazy("Staffing firm's mark-up"),
    "marketplace_fee": lazy("Marketplace's fee"),
}


def compared(
    role: str,
    rulebook: Rulebook,
    verdict: Mapping[str, Any],
    money: Mapping[str, Any],
    profiles: Mapping[str, Any],
) -> tuple[Compared, ...]:
    """The three roles: what each does, delivers and costs, when it is right, and how far it is from here."""
    columns = []
    for other in (role, *(name for name in ROLES if name != role)):
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
        f"\u201c{label(rulebook, step['question'])}: {said(step['to_words'])}\u201d"
        for step in way["changes"]
    )
    count = way["answers"]
    return ngettext(
        "One other answer away: %(answers)s.", "%(count)s other answers away: %(answers)s.", count
    ) % {"count": count, "answers": questions}


def cost(money: Mapping[str, Any], role: str, course: str, verdict: Mapping[str, Any]) -> Cost:
    """Base, on-cost, fees and total with their sources, and what is not in it."""
    record = money["cost"]
    if role != verdict["role"]:
        return Cost("", (), (), (), _("The cost was worked out for the role the rules advised."))
    if not record["lines"]:
        return Cost(
            "",
            (),
            tuple(said(item) for item in record["not_included"]),
            (),
            _("There is no sourced figure to work a cost out from."),
        )
    lines = [
        CostLine(
            str(LINE.get(line["name"], line["name"])),
            money_range(line["low"], line["high"], line["currency"]),
            _line_source(line, money["roles"][role]),
        )
        for line in record["lines"]
    ]
    total = record["total"]
    if total:
        lines.append(
            CostLine(
                _("Total"),
                money_range(total["low"], total["high"], total["currency"]),
                record["period"],
                total=True,
            )
        )
    notes = [said(record["ask"])] if record.get("ask") else []
    if course == "hire_pair":
        notes.append(
            _("This is the cost of the first person; the second one's pay stands in the table above.")
        )
    if record.get("break_even"):
        notes.append(said(record["break_even"]["words"]))
    return Cost(
        said(record["period"]),
        tuple(lines),
        tuple(said(item) for item in record["not_included"]),
        tuple(notes),
        "",
    )


def _line_source(line: Mapping[str, Any], estimate: Mapping[str, Any]) -> str:
    if line["name"] == "base":
        return f"{KIND[estimate['kind']]}, {rests_on(estimate)}"
    sources = "; ".join(
        dict.fromkeys(f"{source['publisher']}, {as_of_words(source['date'])}" for source in line["sources"])
    )
    return f"{said(line['words'])} ({sources})" if sources else said(line["words"])


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
