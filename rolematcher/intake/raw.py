"""Form fields and answers, turned into each other without judging either.

In: what a browser posted (every value a text, even a wrong one), or a stored answers dict.
Out: the answers JSON of `docs/shapes.md`, or the field values that show those answers again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict

MANY = ("team",)
LINES = ("musts", "success")
BUDGET = {
    "amount": "budget_amount",
    "currency": "budget_currency",
    "per": "budget_per",
    "kind": "budget_kind",
}
TIMELINE = {"needed_by": "needed_by", "lasts": "lasts", "hours_a_week": "hours_a_week", "weeks": "weeks"}
"""Answer key -> field name, for the two answers that several fields make up."""

Fields = dict[str, Any]
"""Field name -> text, or a list of texts for what can be ticked several times."""


def fields_posted(data: QueryDict, names: Iterable[str]) -> Fields:
    """The posted values of these fields, as typed; a name that was not posted is left out."""
    return {name: data.getlist(name) if name in MANY else data[name] for name in names if name in data}


def answers_from(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The answers JSON that these field values say. Blank means left out; nothing is checked here."""
    answers: dict[str, Any] = {}
    grouped = {*BUDGET.values(), *TIMELINE.values()}
    for name, value in fields.items():
        if name in grouped or value in ("", None, []):
            continue
        if name in LINES:
            value = [line.strip() for line in str(value).splitlines() if line.strip()]
            if not value:
                continue
        answers[name] = value
    budget = _filled(fields, BUDGET)
    if "amount" in budget:
        answers["budget"] = budget
    if timeline := _filled(fields, TIMELINE):
        answers["timeline"] = timeline
    return answers


def fields_from(answers: Mapping[str, Any]) -> Fields:
    """The field values that show these answers, for a copy, a new version or a starting point."""
    fields: Fields = {}
    for key, value in answers.items():
        if value is None:
            continue
        if key == "budget":
            fields |= {BUDGET[part]: str(amount) for part, amount in value.items() if part in BUDGET}
        elif key == "timeline":
            fields |= {TIMELINE[part]: _shown(given) for part, given in value.items() if part in TIMELINE}
        elif key in MANY:
            fields[key] = list(value) or ["nobody"]
        elif key in LINES:
            fields[key] = "\n".join(value)
        else:
            fields[key] = _shown(value)
    return fields


def _filled(fields: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    given = {key: str(fields.get(name) or "").strip() for key, name in names.items()}
    return {key: value for key, value in given.items() if value}


def _shown(value: Any) -> str:
    return "" if value is None else str(value)
