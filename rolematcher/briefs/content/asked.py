"""The form's answers in words. In: a rulebook and clean answers. Out: each question with its answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from rolematcher.engine.model import Question, Rulebook
from rolematcher.web.names import NOT_SURE, day_words, listed, money, said

from .shape import Answer
from .shape_money import Line

PER = {
    "hour": lazy("an hour"),
    "day": lazy("a day"),
    "month": lazy("a month"),
    "year": lazy("a year"),
    "project": lazy("for the whole project"),
}
PAY = {"pay": lazy("pay only"), "total": lazy("everything included")}
LASTS = {
    "one_off": lazy("a one-off"),
    "3_to_12_months": lazy("three to twelve months"),
    "ongoing": lazy("ongoing"),
}
ELSEWHERE = ("description", "client", "project")
"""Told in their own places of the brief."""


def label(rulebook: Rulebook, question: str) -> str:
    """A question in a few words."""
    found = rulebook.question(question)
    return said(found.short or found.ask)


def answers_in_words(rulebook: Rulebook, answers: Mapping[str, Any], region_name: str) -> tuple[Answer, ...]:
    """Every question that was asked, in the order of the form; open ones marked."""
    rows = []
    for question in rulebook.questions:
        if question.worked_out or question.id in ELSEWHERE:
            continue
        words = answer_words(question, answers, region_name)
        rows.append(Answer(label(rulebook, question.id), words or str(NOT_SURE), not words))
    return tuple(rows)


def answer_words(question: Question, answers: Mapping[str, Any], region_name: str) -> str:
    """One answer in words; "" where it was left open."""
    value = answers.get(question.id)
    if question.many:
        return _ticked(question, value)
    if question.free:
        return _free(question.id, value, region_name)
    if value in (None, "", "unsure", "undecided"):
        return ""
    return said(next((choice.words for choice in question.choices if choice.id == value), str(value)))


def answer_line(rulebook: Rulebook, answers: Mapping[str, Any], question: str, region_name: str) -> Line:
    """One answer beside its question, as page 1 prints it."""
    words = answer_words(rulebook.question(question), answers, region_name)
    return Line(label(rulebook, question), words or str(NOT_SURE))


def _ticked(question: Question, ticked: list[str] | None) -> str:
    if ticked is None:
        return ""
    words = {choice.id: choice.words for choice in question.choices}
    if not ticked:
        return said(words.get("nobody", "Nobody"))
    return listed(said(words.get(choice, choice)) for choice in ticked)


def _free(question: str, value: Any, region_name: str) -> str:
    if value in (None, "", [], {}):
        return ""
    if question == "budget":
        return budget_words(value)
    if question == "place":
        return region_name or str(value)
    if question == "timeline":
        return timeline_words(value)
    if question == "team_hours":
        return ngettext("%(count)s hour a week", "%(count)s hours a week", value) % {"count": value}
    if isinstance(value, list):
        return "; ".join(str(item) for item in value)
    return str(value)


def budget_words(budget: Mapping[str, Any]) -> str:
    """The budget as it was given: USD 120,000 a year, pay only."""
    return f"{money(budget['amount'], budget['currency'])} {PER[budget['per']]}, {PAY[budget['kind']]}"


def timeline_words(timeline: Mapping[str, Any]) -> str:
    """Date, length and hours a week as far as they were given."""
    parts = []
    if timeline.get("needed_by"):
        parts.append(_("usable by %(day)s") % {"day": day_words(date.fromisoformat(timeline["needed_by"]))})
    if timeline.get("lasts") in LASTS:
        parts.append(str(LASTS[timeline["lasts"]]))
    if timeline.get("weeks"):
        weeks = timeline["weeks"]
        parts.append(ngettext("%(count)s week", "%(count)s weeks", weeks) % {"count": weeks})
    if timeline.get("hours_a_week"):
        hours = timeline["hours_a_week"]
        parts.append(ngettext("%(count)s hour a week", "%(count)s hours a week", hours) % {"count": hours})
    return "; ".join(parts)
