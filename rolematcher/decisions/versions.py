"""Two decisions side by side: what follows for each, and the answers that differ. In words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from rolematcher.editions.services import rulebook_of
from rolematcher.pay.report import Estimate
from rolematcher.rules import Rulebook, answers_json
from rolematcher.values.message import Money
from rolematcher.web.names import (
    ENGAGEMENT_TYPE,
    NO_FIGURE,
    NOT_SURE,
    RECOMMENDATION,
    ROLE,
    SENIORITY,
    STATUS,
    listed,
    said,
)
from rolematcher.web.speech import money_words

from .decided import Decided
from .models import Decision
from .words import COVERS


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
    pairs = zip(_results(before), _results(after), strict=True)
    results = tuple(Row(label, old, new) for (label, old), (_label, new) in pairs)
    old, new = _answers(before), _answers(after)
    answers = [Row(label, old.get(label, "–"), new.get(label, "–")) for label in {**new, **old}]
    return Comparison(results, tuple(row for row in answers if row.differs))


def version_before(decision: Decision) -> Decision | None:
    """The version this one followed."""
    return decision.versions().filter(version__lt=decision.version).last()


def _results(decided: Decided) -> Iterator[tuple[str, str]]:
    verdict, pay = decided.verdict_typed, decided.pay_typed
    yield _("Role"), str(ROLE.get(verdict.role, verdict.role))
    yield _("Recommendation"), str(RECOMMENDATION.get(verdict.recommendation, verdict.recommendation))
    yield _("Firm or open"), _("firm") if verdict.firm else _("open")
    yield _("Seniority"), str(SENIORITY.get(verdict.seniority, verdict.seniority))
    yield _("Type of contract"), str(ENGAGEMENT_TYPE.get(verdict.engagement_type, verdict.engagement_type))
    yield _("Pay figure"), pay_words(pay.main)
    yield _("Budget"), str(dict(COVERS)[pay.budget.cover])
    yield _("Rulebook"), str(decided.edition)


def pay_words(estimate: Estimate) -> str:
    """The range of a figure and what kind of figure it is."""
    if estimate.low is None or estimate.high is None:
        return str(NO_FIGURE)
    spoken = Money(amount=estimate.low, high=estimate.high, currency=estimate.currency, unit=estimate.unit)
    return f"{money_words(spoken)} ({STATUS[estimate.status]})"


def _answers(decided: Decided) -> dict[str, str]:
    """Each answered question in words, in the rulebook's order."""
    rulebook = rulebook_of(decided.edition)
    raw = answers_json(decided.answers_typed)
    shown = {}
    for question in rulebook.questions:
        value = raw.get(question.id)
        if question.worked_out or value in (None, "", []):
            continue
        shown[said(question.short or question.ask)] = _answer(rulebook, question.id, value)
    if decided.answers_typed.description:
        count = len(decided.answers_typed.description)
        shown[_("Description")] = _("%(count)s characters") % {"count": count}
    return shown


def _answer(rulebook: Rulebook, id: str, value: object) -> str:
    question = rulebook.question(id)
    words = {choice.id: said(choice.words) for choice in question.choices}
    if isinstance(value, list):
        return listed(words.get(str(one), str(one)) for one in value)
    if isinstance(value, dict):
        return ", ".join(str(part) for part in value.values() if part is not None)
    if value == "unsure":
        return str(NOT_SURE)
    return words.get(str(value), str(value))
