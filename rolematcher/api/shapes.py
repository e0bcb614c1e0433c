"""What calls answer with. Rows in, frozen classes out; verdict and pay are the product's own classes.

Where a field is named otherwise than the attribute of the row, an alias says which one it is read from.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated
from uuid import UUID

from pydantic import AliasPath, BeforeValidator, Field, JsonValue, TypeAdapter

from rolematcher.briefs.content.shape import Part
from rolematcher.decisions.models import Decision
from rolematcher.pay.offer import Side
from rolematcher.pay.report import PayReport
from rolematcher.rules import Answers, Verdict
from rolematcher.values.frozen import Frozen
from rolematcher.web.names import said

Said = Annotated[str, BeforeValidator(said)]
"""Words of the rulebook in the reader's language."""

PARTS = TypeAdapter(tuple[Part, ...])


class DecisionShort(Frozen):
    """A decision in a list."""

    id: UUID = Field(validation_alias="public_id")
    number: str
    version: int
    status: str
    client: str
    project: str
    decided_on: dt.date
    created_at: dt.datetime
    owner: str = Field(validation_alias="owner_name")
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
    page: Annotated[str, BeforeValidator(lambda find: find())] = Field(validation_alias="get_absolute_url")


class Overridden(Frozen):
    """What a person decided instead."""

    role: str
    recommendation: str
    reason: str
    agreed_with: str
    by: str = Field(validation_alias=AliasPath("by", "shown_name"))
    at: dt.datetime


class ApproverOut(Frozen):
    """Somebody who is asked to approve it; `answer` is approve, send_back or other, "" while open."""

    name: str = Field(validation_alias="shown_name")
    colleague: Annotated[bool, BeforeValidator(lambda user: user is not None)] = Field(
        validation_alias="user_id"
    )
    asked_at: dt.datetime | None
    answer: str
    reason: str
    answered_at: dt.datetime | None


class DecisionFull(DecisionShort):
    """A decision with all it rests on. `overrides` counts them: the `seen` of the next override."""

    edition: int = Field(validation_alias=AliasPath("edition", "number"))
    answers: Answers = Field(validation_alias="answers_typed")
    verdict: Verdict = Field(validation_alias="verdict_typed")
    pay: PayReport = Field(validation_alias="pay_typed")
    overrides: Annotated[int, BeforeValidator(lambda rows: rows.count())]
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
    words: Said


class QuestionOut(Frozen):
    """A question of the answer sheet; `many` where several replies may be ticked."""

    id: str
    ask: Said
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
    parts: Annotated[JsonValue, BeforeValidator(lambda parts: PARTS.dump_python(parts, mode="json"))] = Field(
        validation_alias="printed"
    )


def full_of(decision: Decision) -> DecisionFull:
    """Everything of one decision."""
    return DecisionFull.model_validate(decision, from_attributes=True)
