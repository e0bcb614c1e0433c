"""From answers to the facts rules read. In: a rulebook, answers, the day. Out: fact id -> value."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from rolematcher.values.places import market_of

from .answers import Answers, Timeline
from .rulebook import NOBODY, UNSURE, Question, Rulebook

SOON_DAYS = 60
FULL_TIME_HOURS = 30
LITTLE_TEAM_HOURS = 10
YEAR_WEEKS, QUARTER_WEEKS = 52, 12
PART = re.compile(r"[\s-]+")


def facts_of(rulebook: Rulebook, answers: Answers, on: date) -> dict[str, str]:
    """Every fact of the rulebook, from answers as they stand on a day.

    What the figures on file decide (budget cover, weight of the figure, time to search) keeps its default;
    `conclude` fills it in.
    """
    worked_out = _worked_out(rulebook, answers, on)
    facts = {}
    for fact in rulebook.facts:
        question = rulebook.question(fact.question)
        if question.many:
            facts[fact.id] = _tick(answers, question, fact.id.partition(".")[2])
        elif question.worked_out:
            facts[fact.id] = worked_out.get(fact.id, fact.default)
        else:
            value = str(getattr(answers, fact.id, fact.default))
            facts[fact.id] = value if value in fact.values else fact.default
    return facts


def must_haves_by_role(rulebook: Rulebook, must_haves: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """For every role with a skill on the list the must-haves that name one, in the order of [skills].

    The longest name wins: "LLM fine-tuning" is one skill, not two. Skills the roles share are nobody's.
    """
    shape, owner = _skills(rulebook)
    found: dict[str, list[str]] = {role: [] for role in rulebook.skills}
    for line in must_haves:
        names = (owner[PART.sub(" ", match.group(1))] for match in shape.finditer(line.casefold()))
        for role in dict.fromkeys(names):
            found[role].append(line)
    return {role: tuple(named) for role, named in found.items() if named}


def _tick(answers: Answers, question: Question, choice: str) -> str:
    ticked = getattr(answers, question.id, None)
    if ticked is None or ticked == UNSURE:
        return UNSURE
    if isinstance(ticked, str):
        ticked = () if ticked == NOBODY else ticked.split(",")
    return "yes" if choice in ticked else "no"


def _worked_out(rulebook: Rulebook, answers: Answers, on: date) -> dict[str, str]:
    timeline = answers.timeline or Timeline()
    roles = must_haves_by_role(rulebook, answers.must_haves)
    return {
        "lasts": _lasts(timeline),
        "deadline": _deadline(answers.timeline, on),
        "hours": _split(timeline.hours_a_week, FULL_TIME_HOURS, below="part_time", above="full_time"),
        "team_time": _split(answers.team_hours, LITTLE_TEAM_HOURS, below="little", above="enough"),
        "market": market_of(answers.place),
        "must_haves_mix": ("none", "one_role", "two_roles")[min(2, len(roles))],
    }


def _lasts(timeline: Timeline) -> str:
    """What was said about the length; else what the number of weeks says."""
    if timeline.lasts != UNSURE or timeline.weeks is None:
        return timeline.lasts
    if timeline.weeks > YEAR_WEEKS:
        return "ongoing"
    return "3_to_12_months" if timeline.weeks > QUARTER_WEEKS else "one_off"


def _deadline(timeline: Timeline | None, on: date) -> str:
    if timeline is None:
        return UNSURE
    if timeline.needed_by is None:
        return "none"
    return "under_60_days" if (timeline.needed_by - on).days < SOON_DAYS else "later"


def _split(number: int | None, limit: int, *, below: str, above: str) -> str:
    if number is None:
        return UNSURE
    return below if number < limit else above


@lru_cache(maxsize=8)
def _skills(rulebook: Rulebook) -> tuple[re.Pattern[str], dict[str, str]]:
    owner = {
        PART.sub(" ", word.casefold()): role for role, words in rulebook.skills.items() for word in words
    }
    longest_first = sorted(owner, key=len, reverse=True)
    each = "|".join(r"[\s-]+".join(map(re.escape, word.split(" "))) for word in longest_first) or r"(?!)"
    return re.compile(rf"(?<!\w)({each})s?(?!\w)"), owner
