"""Two decisions side by side: what follows for each, and the answers that differ. In words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from rolematcher.editions.services import rulebook_of
from rolematcher.rules import Answers
from rolematcher.rules.rulebook import Question
from rolematcher.web.names import ENGAGEMENT_TYPE, NOT_SURE, RECOMMENDATION, ROLE, SENIORITY, STATUS

from .decided import Decided
from .models import Decision
from .words import COVERS, answer_words, choice_words, estimate_words, label

OPEN = ("open", "undecided")
"""Choices that leave it to the rules: said in their own words."""


@dataclass(frozen=True)
class Row:
    """One thing said by both: what it is, before and after."""

    label: str
    before: str
    after: str

    @property
    def differs(self) -> bool:
        """Is it another after than before?"""
        return self.before != self.after


@dataclass(frozen=True)
class Comparison:
    """What follows (role, recommendation, pay ...) for both, and the answers that differ."""

    results: tuple[Row, ...]
    answers: tuple[Row, ...]

    @property
    def same(self) -> bool:
        """Nothing differs at all."""
        return not self.answers and not any(row.differs for row in self.results)


def decisions_compared(before: Decided, after: Decided) -> Comparison:
    """Results of both beside each other, and every answer that differs."""
    results = _rows(_results(before), _results(after))
    answers = _rows(_answers(before), _answers(after))
    return Comparison(results, tuple(row for row in answers if row.differs))


def version_before(decision: Decision) -> Decision | None:
    """The version this one followed."""
    return decision.versions().filter(version__lt=decision.version).last()


def _rows(before: dict[str, str], after: dict[str, str]) -> tuple[Row, ...]:
    return tuple(Row(name, before.get(name, "–"), after.get(name, "–")) for name in {**after, **before})


def _results(decided: Decided) -> dict[str, str]:
    verdict, pay = decided.verdict_typed, decided.pay_typed
    figure = estimate_words(pay.main)
    if pay.main.low is not None:
        figure = f"{figure} ({STATUS[pay.main.status]})"
    return {
        _("Role"): str(ROLE.get(verdict.role, verdict.role)),
        _("Recommendation"): str(RECOMMENDATION.get(verdict.recommendation, verdict.recommendation)),
        _("Firm or open"): _("firm") if verdict.firm else _("open"),
        _("Seniority"): str(SENIORITY.get(verdict.seniority, verdict.seniority)),
        _("Type of contract"): str(ENGAGEMENT_TYPE.get(verdict.engagement_type, verdict.engagement_type)),
        _("Pay figure"): figure,
        _("Budget"): str(dict(COVERS)[pay.budget.cover]),
        _("Rulebook"): str(decided.edition),
    }


def _answers(decided: Decided) -> dict[str, str]:
    """Each answered question in words, in the rulebook's order."""
    rulebook, answers = rulebook_of(decided.edition), decided.answers_typed
    asked = [question for question in rulebook.questions if not question.worked_out]
    shown = {label(rulebook, one.id): words for one in asked if (words := _answer(one, answers))}
    if answers.description:
        shown[_("Description")] = _("%(count)s characters") % {"count": len(answers.description)}
    return shown


def _answer(question: Question, answers: Answers) -> str:
    value = getattr(answers, question.id, None)
    if value == "unsure":
        return str(NOT_SURE)
    return choice_words(question, value) if value in OPEN else answer_words(question, answers)
