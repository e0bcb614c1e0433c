"""What the panel beside the form shows. In: a decision worked out but not saved. Out: template context."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from rolematcher.briefs.content.asked import budget_words
from rolematcher.decisions.services import WorkedOut
from rolematcher.engine.model import UNSURE, Rulebook
from rolematcher.rates.models import ROLES
from rolematcher.web.names import ENGAGEMENT_TYPE, KIND, NO_FIGURE, money_range, said, upper_first
from rolematcher.web.phrases import region_name

ROLE_NAMES = dict(ROLES)


def panel_of(
    work: WorkedOut, rulebook: Rulebook, *, begun: bool, faults: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Roles still possible, whether that is settled, what to ask next, what disagrees, and the rate."""
    firmness = work.verdict["firmness"]
    firm = bool(firmness["firm"])
    return {
        "begun": begun,
        "firm": firm,
        "roles": [
            _role_line(role, work.verdict["role"] if begun else "", firmness["possible_roles"], firm)
            for role in ROLE_NAMES
        ],
        "course": said(work.verdict["words"].get("course", "")),
        "next": _next(firmness["next_question"], rulebook) if not firm else None,
        "unanswered": len(firmness["unknowns"]),
        "disagreements": _disagreements(work.verdict),
        "rate": _rate(work.money, work.verdict["role"]),
        "budget_words": _budget_words(work.money, work.answers.get("budget"), faults or {}),
        "budget_wrong": "budget" in (faults or {}),
        "said": _said(work.verdict, firm, begun),
    }


def _role_line(role: str, leading: str, possible: list[str], firm: bool) -> dict[str, str]:
    if role == leading:
        state, words = ("firm", _("settled")) if firm else ("leaning", _("leaning"))
    elif role in possible:
        state, words = "possible", _("possible")
    else:
        state, words = "out", _("ruled out")
    return {"id": role, "name": str(ROLE_NAMES[role]), "state": state, "words": words}


def _next(question: Mapping[str, Any] | None, rulebook: Rulebook) -> dict[str, Any] | None:
    """The question worth asking next and which role each reply leads to."""
    if not question:
        return None
    asked = rulebook.question(question["question"])
    leads: dict[str, list[str]] = {}
    for answer in question["answers"]:
        leads.setdefault(answer["role"], []).append(said(answer["words"]))
    return {
        "id": asked.id,
        "ask": said(asked.ask),
        "leads": [{"role": str(ROLE_NAMES[role]), "answers": words} for role, words in leads.items()],
    }


def _disagreements(verdict: Mapping[str, Any]) -> list[str]:
    """Sentences about answers that cannot all be meant: a need left unclear although nothing is unknown."""
    found = [
        said(reason["because"])
        for reason in verdict["reasons"]
        if reason["table"] == "need"
        and reason["result"] == "unclear"
        and len(reason["conditions"]) > 1
        and all(condition["value"] != UNSURE for condition in reason["conditions"])
    ]
    return found + [said(row["because"]) for row in verdict["advice"] if row["result"] == "contradiction"]


def _rate(money: Mapping[str, Any], role: str) -> dict[str, Any]:
    """The rate in one sentence, with a bar drawn to scale among the three roles."""
    estimate = money["roles"].get(role) or {}
    if estimate.get("low") is None:
        return {"words": "", "missing": upper_first(str(NO_FIGURE))}
    highs = [Decimal(row["high"]) for row in money["roles"].values() if row.get("high")]
    most = max(highs) if highs else Decimal(1)
    low, high = (Decimal(estimate[end]) / most * 100 for end in ("low", "high"))
    market = [region_name(money), str(ENGAGEMENT_TYPE.get(money["engagement"], "")), KIND[estimate["kind"]]]
    return {
        "role": str(ROLE_NAMES[role]),
        "words": money_range(estimate["low"], estimate["high"], estimate["currency"], estimate["unit"]),
        "market": ", ".join(str(part) for part in market if part),
        "grade": estimate["grade"],
        "bar_from": f"{low:.1f}",
        "bar_width": f"{max(high - low, Decimal(2)):.1f}",
        "missing": "",
    }


def _budget_words(
    money: Mapping[str, Any], budget: Mapping[str, Any] | None, faults: Mapping[str, str]
) -> str:
    if "budget" in faults:
        return faults["budget"]
    return budget_words(budget) if money["budget"]["set"] and budget else ""


def _said(verdict: Mapping[str, Any], firm: bool, begun: bool) -> str:
    """One sentence for people who cannot see the panel change."""
    if not begun:
        return ""
    role = str(ROLE_NAMES[verdict["role"]])
    if firm:
        return _("Firm: %(role)s. You can stop here.") % {"role": role}
    return _("Leaning: %(role)s. Still open.") % {"role": role}
