"""Answers and figures in words, wherever a decision is shown. In: answers, estimates. Out: sentences."""

from __future__ import annotations

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from rolematcher.editions.services import text_said
from rolematcher.pay.report import Estimate
from rolematcher.rules import Answers, Rulebook
from rolematcher.rules.answers import Budget, Timeline
from rolematcher.rules.rulebook import Question
from rolematcher.values.amounts import Language
from rolematcher.values.message import Money
from rolematcher.web.names import (
    ENGAGEMENT_TYPE,
    NO_FIGURE,
    ROLE,
    SENIORITY,
    day_words,
    listed,
    place_name,
    upper_first,
)
from rolematcher.web.speech import money_words

COVERS = [
    ("covers", lazy("the budget covers it")),
    ("covers_part", lazy("the budget covers part of it")),
    ("below", lazy("the budget is too low")),
    ("buys", lazy("the budget buys some time")),
    ("needs", lazy("an answer is missing")),
    ("not_set", lazy("no budget given")),
]
GRADES = [(grade, grade) for grade in "ABCDE"] + [("", lazy("no figure"))]
PAY = {"pay": lazy("pay only"), "total": lazy("total cost to you")}
LASTS = {
    "one_off": lazy("a one-off"),
    "3_to_12_months": lazy("three to twelve months"),
    "ongoing": lazy("ongoing"),
}
LEFT_OPEN = (None, "", (), "unsure", "undecided", "open")


def amounts_language() -> Language:
    """How this page writes amounts: "1.250" is a thousand and more in German."""
    return "de" if (get_language() or "en").startswith("de") else "en"


def label(rulebook: Rulebook, question: str) -> str:
    """A question in a few words."""
    found = rulebook.question(question)
    return text_said(found.short or found.ask)


def answer_words(question: Question, answers: Answers) -> str:
    """One answer in words; "" where it was left open."""
    value = getattr(answers, question.id, None)
    if question.many and isinstance(value, tuple):
        return choice_words(question, ",".join(value or ("nobody",)))
    if value in LEFT_OPEN:
        return ""
    if question.many or not question.free:
        return choice_words(question, str(value))
    return place_name(str(value)) if question.id == "place" else _free(value)


def choice_words(question: Question, value: str) -> str:
    """A choice, or several ticks parted by commas, as people read them."""
    words = {choice.id: choice.words for choice in question.choices}
    return listed(text_said(words.get(part, part)) for part in value.split(","))


def budget_words(budget: Budget) -> str:
    """The budget as it was given: USD 120,000 a year, pay only."""
    money = Money(amount=budget.amount, high=budget.high, currency=budget.currency, unit=budget.unit)
    return ", ".join((money_words(money), *((str(PAY[budget.kind]),) if budget.kind else ())))


def timeline_words(timeline: Timeline) -> str:
    """Date, length and hours a week as far as they were given."""
    day, weeks, hours = timeline.needed_by, timeline.weeks, timeline.hours_a_week
    parts = (
        _("needed by %(day)s") % {"day": day_words(day)} if day else "",
        str(LASTS.get(timeline.lasts, "")),
        ngettext("%(n)s week", "%(n)s weeks", weeks) % {"n": weeks} if weeks else "",
        _hours(hours) if hours else "",
    )
    return upper_first("; ".join(filter(None, parts)))


def estimate_words(estimate: Estimate | None) -> str:
    """The range with currency and unit, or that there is none."""
    if estimate is None or estimate.low is None or estimate.high is None:
        return str(NO_FIGURE)
    money = Money(amount=estimate.low, high=estimate.high, currency=estimate.currency, unit=estimate.unit)
    return money_words(money)


def cell_words(estimate: Estimate) -> str:
    """The one cell: role, seniority, engagement type, place."""
    parts = (
        ROLE[estimate.role],
        SENIORITY.get(estimate.seniority, ""),
        ENGAGEMENT_TYPE.get(estimate.engagement_type, ""),
        place_name(estimate.place) if estimate.place else "",
    )
    return upper_first(", ".join(str(part) for part in parts if part))


def _free(value: object) -> str:
    match value:
        case Budget():
            return budget_words(value)
        case Timeline():
            return timeline_words(value)
        case int():
            return _hours(value)
        case tuple():
            return "; ".join(str(item) for item in value)
    return str(value)


def _hours(hours: int) -> str:
    return ngettext("%(n)s hour a week", "%(n)s hours a week", hours) % {"n": hours}
