"""What calls answer with. Rows in, frozen classes out; verdict and pay are the product's own classes."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from pydantic import JsonValue

from rolematcher.decisions.approval import Approver
from rolematcher.decisions.models import Decision
from rolematcher.decisions.models import Override as OverrideRow
from rolematcher.pay.offer import Side
from rolematcher.pay.report import PayReport
from rolematcher.rules import Answers, Verdict
from rolematcher.values.frozen import Frozen


class DecisionShort(Frozen):
    """A decision in a list."""

    id: UUID
    number: str
    version: int
    status: str
    client: str
    project: str
    decided_on: dt.date
    created_at: dt.datetime
    owner: str
    role: str
    recommendation: str
    seniority: str
    engagement_type: str
    place: str
    firm: bool
    figure_status: str
    grade: str
    budget_cover: str
    overridden: bool
    approval: str
    page: str


class Overridden(Frozen):
    """What a person decided instead."""

    role: str
    recommendation: str
    reason: str
    agreed_with: str
    by: str
    at: dt.datetime


class ApproverOut(Frozen):
    """Somebody who is asked to approve it; `answer` is approve, send_back or other, "" while open."""

    name: str
    colleague: bool
    asked_at: dt.datetime | None
    answer: str
    reason: str
    answered_at: dt.datetime | None


class DecisionFull(DecisionShort):
    """A decision with all it rests on. `overrides` counts them: the `seen` of the next override."""

    edition: int
    answers: Answers
    verdict: Verdict
    pay: PayReport
    overrides: int
    override: Overridden | None
    approvers: tuple[ApproverOut, ...]


class DecisionPage(Frozen):
    """Decisions, and the cursor of the next ones, None on the last page."""

    decisions: tuple[DecisionShort, ...]
    next: str | None


class Making(Frozen):
    """A document that is not ready: ask again after `Retry-After` seconds."""

    state: str


class QuoteLine(Frozen):
    """A line of a checked quote (rate, currency, unit, fee, dues), how it lies to what is usual, in words."""

    id: str
    side: Side
    words: str


class Coverage(Frozen):
    """Observations on file for one cell; `newest` is the date of the youngest."""

    role: str
    place: str
    engagement_type: str
    observations: int
    publishers: int
    newest: str


class ChoiceOut(Frozen):
    """One reply."""

    id: str
    words: str


class QuestionOut(Frozen):
    """A question of the answer sheet; `many` where several replies may be ticked."""

    id: str
    ask: str
    many: bool
    choices: tuple[ChoiceOut, ...]


class RulebookOut(Frozen):
    """The edition that decides now."""

    edition: int
    title: str
    sha256: str
    published_at: dt.datetime | None
    questions: tuple[QuestionOut, ...]
    text: str


class Health(Frozen):
    """up, degraded (documents wait) or down."""

    state: str


class BriefJson(Frozen):
    """A brief as data: the finished words in the order they are printed."""

    language: str
    number: str
    title: str
    role: str
    recommendation: str
    headline: str
    firm: bool
    parts: JsonValue


def short_of(decision: Decision) -> dict[str, object]:
    """The fields of a decision in a list."""
    names = [name for name in DecisionShort.model_fields if name not in ("id", "owner", "page")]
    return {name: getattr(decision, name) for name in names} | {
        "id": decision.public_id,
        "owner": decision.owner_name,
        "page": decision.get_absolute_url(),
    }


def full_of(decision: Decision) -> DecisionFull:
    """Everything of one decision."""
    return DecisionFull.model_validate(
        short_of(decision)
        | {
            "edition": decision.edition.number,
            "answers": decision.answers_typed,
            "verdict": decision.verdict_typed,
            "pay": decision.pay_typed,
            "overrides": decision.overrides.count(),
            "override": _overridden(decision.override),
            "approvers": [_approver(row) for row in decision.approvers],
        }
    )


def _approver(row: Approver) -> ApproverOut:
    return ApproverOut(
        name=row.shown_name,
        colleague=row.user_id is not None,
        asked_at=row.asked_at,
        answer=row.answer,
        reason=row.reason,
        answered_at=row.answered_at,
    )


def _overridden(row: OverrideRow | None) -> Overridden | None:
    if row is None:
        return None
    return Overridden(
        role=row.role,
        recommendation=row.recommendation,
        reason=row.reason,
        agreed_with=row.agreed_with,
        by=row.by.shown_name,
        at=row.at,
    )
