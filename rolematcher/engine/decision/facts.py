"""From clean answers to the facts rules read. In: a rulebook, answers, the day. Out: fact id -> value."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from rolematcher.engine.model import UNSURE, Rulebook
from rolematcher.engine.regions import market_of

from .skills import musts_by_role

SOON_DAYS = 60
FULL_TIME_HOURS = 30
LITTLE_TEAM_HOURS = 10


def facts_of(rulebook: Rulebook, answers: Mapping[str, Any], *, on: date) -> dict[str, str]:
    """Every fact of the rulebook, from answers in their clean form as they stand on a day.

    What the figures on file decide (budget cover, weight of the figure, search time) keeps its default;
    the estimate fills it in later.
    """
    worked_out = _worked_out(rulebook, answers, on)
    facts = {}
    for fact in rulebook.facts:
        question = rulebook.question(fact.question)
        if question.many:
            facts[fact.id] = _tick(answers.get(question.id), fact.id.partition(".")[2])
        elif question.worked_out:
            facts[fact.id] = worked_out.get(fact.id, fact.default)
        else:
            facts[fact.id] = answers.get(fact.id) or fact.default
    return facts


def _tick(ticked: list[str] | None, choice: str) -> str:
    if ticked is None:
        return UNSURE
    return "yes" if choice in ticked else "no"


def _worked_out(rulebook: Rulebook, answers: Mapping[str, Any], on: date) -> dict[str, str]:
    timeline: Mapping[str, Any] = answers.get("timeline") or {}
    return {
        "lasts": _lasts(timeline),
        "deadline": _deadline(timeline, on),
        "hours": _split(timeline.get("hours_a_week"), FULL_TIME_HOURS, below="part_time", above="full_time"),
        "team_time": _split(answers.get("team_hours"), LITTLE_TEAM_HOURS, below="little", above="enough"),
        "market": market_of(answers.get("place")),
        "musts_mix": _musts_mix(rulebook, answers.get("musts") or ()),
    }


def _lasts(timeline: Mapping[str, Any]) -> str:
    """What was said about the length; else what the number of weeks says."""
    said = timeline.get("lasts") or UNSURE
    weeks = timeline.get("weeks")
    if said != UNSURE or weeks is None:
        return str(said)
    if weeks > 52:
        return "ongoing"
    return "3_to_12_months" if weeks > 12 else "one_off"


def _deadline(timeline: Mapping[str, Any], on: date) -> str:
    if not timeline:
        return UNSURE
    if not timeline.get("needed_by"):
        return "none"
    days = (date.fromisoformat(timeline["needed_by"]) - on).days
    return "under_60_days" if days < SOON_DAYS else "later"


def _split(number: int | None, limit: int, *, below: str, above: str) -> str:
    if number is None:
        return UNSURE
    return below if number < limit else above


def _musts_mix(rulebook: Rulebook, musts: list[str] | tuple[()]) -> str:
    return ("none", "one_role", "two_roles")[min(2, len(musts_by_role(rulebook, musts)))]
