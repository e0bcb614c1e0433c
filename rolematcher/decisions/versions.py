"""Two decisions side by side: their contents in, what differs between them in words out."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from rolematcher.briefs.content import Content
from rolematcher.web.names import RECOMMENDATION, ROLE

from .models import Decision


@dataclass(frozen=True, slots=True)
class Row:
    """One thing said by both: what it is, before and after."""

    label: str
    before: str
    after: str

    @property
    def differs(self) -> bool:
        """Is it another after than before?"""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Comparison:
    """What follows (role, course, rate, ...) for both, and the answers that differ."""

    results: tuple[Row, ...]
    answers: tuple[Row, ...]

    @property
    def same(self) -> bool:
        """Nothing differs at all."""
        return not self.answers and not any(row.differs for row in self.results)


def contents_compared(before: Content, after: Content) -> Comparison:
    """Results of both beside each other, and every answer that differs."""
    return Comparison(results=tuple(_results(before, after)), answers=tuple(_answers(before, after)))


def version_before(decision: Decision) -> Decision | None:
    """The version this one followed."""
    if decision.version_of_id is None:
        return None
    first = decision.version_of
    earlier = (
        Decision.objects.filter(version_of=first, version__lt=decision.version).order_by("-version").first()
    )
    return earlier or first


def _results(before: Content, after: Content) -> list[Row]:
    rows = [
        Row(_("Role"), str(ROLE[before.role]), str(ROLE[after.role])),
        Row(_("What to do"), str(RECOMMENDATION[before.course]), str(RECOMMENDATION[after.course])),
        Row(_("In one sentence"), before.recommendation, after.recommendation),
        Row(_("Firm or open"), before.firmness.word, after.firmness.word),
        Row(_("Rate"), _rate(before), _rate(after)),
        Row(_("Budget"), _budget(before), _budget(after)),
    ]
    if before.edition != after.edition:
        rows.append(Row(_("Rulebook"), before.edition, after.edition))
    return rows


def _rate(content: Content) -> str:
    own = content.rates.own
    if own is None:
        return content.rates.missing or _("no sourced figure")
    return f"{own.figure}, {own.kind}" if own.kind and own.kind not in own.figure else own.figure


def _budget(content: Content) -> str:
    return (
        f"{content.rates.budget}. {content.rates.verdict}"
        if content.rates.budget_set
        else content.rates.budget
    )


def _answers(before: Content, after: Content) -> list[Row]:
    """By the order of the newer one; a question only one of them had stands with a dash in the other."""
    old = {answer.question: answer.answer for answer in before.answers}
    new = {answer.question: answer.answer for answer in after.answers}
    questions = [*new, *(question for question in old if question not in new)]
    rows = [Row(question, old.get(question, "–"), new.get(question, "–")) for question in questions]
    if before.description != after.description:
        rows.append(Row(_("Description"), _size(before.description), _size(after.description)))
    return [row for row in rows if row.differs]


def _size(text: str) -> str:
    return _("%(count)s characters") % {"count": len(text)} if text else _("none")
