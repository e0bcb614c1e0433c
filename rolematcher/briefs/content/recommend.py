"""The recommendation in one sentence, the first step, the question to take back. In: the decision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from rolematcher.web.names import (
    A_ROLE,
    BY_ENGAGEMENT_TYPE,
    RECOMMENDATION,
    ROLE,
    SENIORITY,
    number_words,
    said,
)

from .shape_money import Line

HIRE_ONE = {
    "ai_engineer": lazy("Hire one AI engineer"),
    "ml_engineer": lazy("Hire one ML engineer"),
    "automation_specialist": lazy("Hire one automation specialist"),
}
TEAM = {
    "automation": lazy("the person on your team who builds automations"),
    "ai": lazy("your own AI engineer"),
    "ml": lazy("your own ML engineer"),
}
TEAM_FOR = {
    "automation_specialist": ("automation", "ai"),
    "ai_engineer": ("ai",),
    "ml_engineer": ("ml",),
}
FIRST_STEP = {
    "hire": lazy(
        "Agree the must-haves and the outcomes for 90 days with the hiring manager, then publish the advert."
    ),
    "hire_then_review": lazy(
        "Collect fifty to a hundred real cases with the answer you would want, and agree which share of them "
        "must come out right."
    ),
    "hire_pair": lazy(
        "Have someone count the examples and spot-check the answers beside them, then start the first search."
    ),
    "own_team": lazy(
        "Agree the hours with that person and their manager, and put the first two weeks into the calendar."
    ),
    "buy": lazy("Start the product's trial this week on ten of your own real cases."),
    "collect_data_first": lazy(
        "From this week, write down for each case how it turned out, and agree who checks it."
    ),
    "ask_first": lazy("Send the question to the hiring manager today; advertise nothing before the reply."),
}
OPEN_POINTS = ("keeper", "lead", "harm", "sensitivity", "budget", "place", "timeline", "success", "musts")


def recommendation(
    role: str, course: str, verdict: Mapping[str, Any], answers: Mapping[str, Any], *, terms: bool = True
) -> str:
    """The advice in one sentence: role, level, engagement, length and course.

    `terms` leaves out level and engagement where they were worked out for another role (an override).
    """
    of = _terms(verdict, answers) if terms else ""
    later = _ml_later(role, verdict) if terms else ""
    if course == "hire_pair":
        return _(
            "Hire a pair: first an ML engineer to train the model, "
            "then an AI engineer to put it to use%(terms)s."
        ) % {"terms": of}
    if course in ("hire", "hire_then_review"):
        later = later or (_("; review on a measured result") if course == "hire_then_review" else "")
        return f"{HIRE_ONE[role]}{of}{later}."
    if course == "own_team":
        return _own_team(role, verdict, answers, later)
    if course == "buy":
        return _("Buy the ready-made product and take a few days of help to set it up; hire no engineer yet.")
    if course == "collect_data_first":
        return _(
            "Collect data first and hire nobody yet; "
            "%(role)s%(terms)s comes once there is something to train on."
        ) % {
            "role": A_ROLE[role],
            "terms": f"{of}," if of else "",
        }
    return _("Ask one question before you hire; as far as can be told it will be %(role)s%(terms)s.") % {
        "role": A_ROLE[role],
        "terms": of,
    }


def _terms(verdict: Mapping[str, Any], answers: Mapping[str, Any]) -> str:
    parts = [
        SENIORITY.get(verdict["level"], ""),
        BY_ENGAGEMENT_TYPE.get(verdict["basis"], ""),
        _length(verdict, answers),
    ]
    return "".join(f", {part}" for part in parts if part)


def _length(verdict: Mapping[str, Any], answers: Mapping[str, Any]) -> str:
    """How long, where it was said or follows; a permanent post has no length."""
    timeline = answers.get("timeline") or {}
    weeks, lasts = timeline.get("weeks"), timeline.get("lasts")
    if verdict["basis"] == "permanent":
        return ""
    tryout = answers.get("stage") == "prototype"
    if weeks:
        count = {"weeks": number_words(weeks)}
        if tryout:
            return (
                ngettext("for a try-out of %(weeks)s week", "for a try-out of %(weeks)s weeks", weeks) % count
            )
        return ngettext("for %(weeks)s week", "for %(weeks)s weeks", weeks) % count
    if tryout:
        return _("for a try-out")
    if lasts == "3_to_12_months":
        return _("for three to twelve months")
    return ""


def _ml_later(role: str, verdict: Mapping[str, Any]) -> str:
    if verdict["need"] not in ("existing_then_custom", "custom_without_data") or role != "ai_engineer":
        return ""
    return _("; decide about an ML engineer on a measured result after four to six weeks")


def _own_team(role: str, verdict: Mapping[str, Any], answers: Mapping[str, Any], later: str) -> str:
    team = answers.get("team") or []
    who = next((TEAM[member] for member in TEAM_FOR[role] if member in team), None)
    if who is None:
        return _("Use your own team and hire nobody now%(later)s.") % {"later": later}
    return _("Use your own team: %(who)s can do this; hire nobody now%(later)s.") % {
        "who": who,
        "later": later,
    }


def first_step(course: str, verdict: Mapping[str, Any]) -> str:
    """What to do this week: the rulebook's advice for its own course, else a standing one for the course."""
    if course == verdict["course"]:
        for advice in verdict["advice"]:
            if advice["result"] == "first_step" and advice["do"]:
                return said(advice["do"])
    return str(FIRST_STEP[course])


def question_back(
    verdict: Mapping[str, Any], answers: Mapping[str, Any], asks: Mapping[str, str]
) -> tuple[str, str]:
    """The one question worth taking back (its id and words); both empty where everything was answered.

    `asks` are the rulebook's questions as asked, by id.
    """
    upcoming = (verdict.get("firmness") or {}).get("next_question")
    for question in (*verdict["asks"], upcoming and upcoming["question"]):
        if question:
            return question, said(asks[question])
    for question in OPEN_POINTS:
        if question in asks and answers.get(question) in (None, "", [], "unsure", "undecided"):
            return question, said(asks[question])
    return "", ""


def replies(verdict: Mapping[str, Any], question: str) -> tuple[Line, ...]:
    """Which role and course each reply to the question leads to."""
    firmness = verdict.get("firmness") or {}
    upcoming = firmness.get("next_question")
    if upcoming and upcoming["question"] == question:
        answers = [(answer["words"], answer) for answer in upcoming["answers"]]
    else:
        answers = [
            (change["to_words"], change) for change in firmness["changes"] if change["question"] == question
        ]
    return tuple(Line(said(words), result_words(result)) for words, result in answers)


def result_words(result: Mapping[str, Any]) -> str:
    """A role and a course as they are named everywhere."""
    return f"{ROLE[result['role']]}, {RECOMMENDATION[result['course']]}"
