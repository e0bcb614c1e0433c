"""The cost of the engagement in words. In: the stored money record. Out: `Cost`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from rolematcher.web.names import KIND, as_of_words, digits, money, money_range, said
from rolematcher.web.phrases import phrase, place_name

from .estimates import rests_on
from .shape_money import Cost, CostLine

LINE = {
    "base": lazy("Base"),
    "on_cost": lazy("Employer's on-cost"),
    "recruiter_fee": lazy("Recruiter's fee"),
    "recruiting_cost": lazy("Recruiting"),
    "provider_fee": lazy("Provider's fee"),
    "staffing_markup": lazy("Staffing firm's mark-up"),
    "marketplace_fee": lazy("Marketplace's fee"),
}


def cost(record: Mapping[str, Any], role: str, course: str, verdict: Mapping[str, Any]) -> Cost:
    """Base, on-cost, fees and total with their sources, and what is not in it."""
    own = record["cost"]
    missing = tuple(phrase(item) for item in own["not_included"])
    if role != verdict["role"]:
        return Cost("", (), (), (), _("The cost was worked out for the role the rules advised."))
    if not own["lines"]:
        return Cost("", (), missing, (), _("There is no sourced figure to work a cost out from."))
    lines = [_line(line, record["roles"][role]) for line in own["lines"]]
    period = phrase(own["period"])
    total = own["total"]
    if total:
        amount = money_range(total["low"], total["high"], total["currency"])
        lines.append(CostLine(_("Total"), amount, period, total=True))
    return Cost(period, tuple(lines), missing, tuple(_notes(own, course)), "")


def _line(line: Mapping[str, Any], estimate: Mapping[str, Any]) -> CostLine:
    name = str(LINE.get(line["name"], line["name"]))
    return CostLine(name, money_range(line["low"], line["high"], line["currency"]), _from(line, estimate))


def _from(line: Mapping[str, Any], estimate: Mapping[str, Any]) -> str:
    if line["name"] == "base":
        return f"{KIND[estimate['kind']]}, {rests_on(estimate)}"
    sources = "; ".join(
        dict.fromkeys(f"{source['publisher']}, {as_of_words(source['date'])}" for source in line["sources"])
    )
    words = line["words"]
    words = _on_cost(words, estimate["region"]) if line["name"] == "on_cost" else phrase(words)
    return f"{words} ({sources})" if sources else words


def _on_cost(words: str, region: str) -> str:
    """The share, the country it is for, and what the sources remark: `43 % of pay, United States (...)`."""
    share, _comma, rest = words.partition(", ")
    place, _bracket, remarks = rest.removesuffix(")").partition(" (")
    spoken = "; ".join(said(remark) for remark in remarks.split("; ")) if remarks else ""
    told = f"{phrase(share)}, {place_name(region, place)}"
    return f"{told} ({spoken})" if spoken else told


def _notes(own: Mapping[str, Any], course: str) -> list[str]:
    notes = [phrase(own["ask"])] if own.get("ask") else []
    if course == "hire_pair":
        notes.append(
            _("This is the cost of the first person; the second one's pay stands in the table above.")
        )
    even = own.get("break_even")
    if even:
        words = {
            "year": money(even["employee_year"], even["currency"]),
            "hour": money(even["contractor_hour"], even["currency"]),
            "hours": digits(even["hours"]),
        }
        notes.append(
            _(
                "An employee costs about %(year)s a year. At %(hour)s an hour a contractor costs as much "
                "after %(hours)s hours; for less work the contractor costs less."
            )
            % words
        )
    return notes
