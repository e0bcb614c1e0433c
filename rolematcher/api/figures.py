"""Calls that make nothing: reading a text, estimates, coverage, the rulebook, health."""

from __future__ import annotations

from typing import Literal

from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router
from ninja.responses import Status

from rolematcher.decisions.services import standing
from rolematcher.editions.services import rulebook_of
from rolematcher.editions.words import rules_words
from rolematcher.outbox import health
from rolematcher.pay.market import Market
from rolematcher.pay.report import Estimate
from rolematcher.reading.read import read
from rolematcher.reading.record import Reading
from rolematcher.values.message import Message
from rolematcher.values.places import place_read

from .bodies import body_schema, fields_read
from .problems import Problem, Wrong
from .shapes import Coverage, Health, QuestionOut, RulebookOut
from .tokens import READ, CalledRequest

router = Router(tags=["figures and rules"])
MOST_TEXT = 20_000
TEXT = body_schema(
    {
        "type": "object",
        "properties": {"text": {"type": "string", "maxLength": MOST_TEXT}},
        "required": ["text"],
    }
)


@router.post("/readings", auth=READ, response=Reading, openapi_extra=TEXT)
def reading_post(request: CalledRequest) -> Reading:
    """Suggested answers from a pasted description, each with the words that say it and where they stand."""
    text = fields_read(request).get("text")
    if not isinstance(text, str) or len(text) > MOST_TEXT:
        cure = _("Send a text of at most %(most)s characters.") % {"most": MOST_TEXT}
        raise Problem(422, cure, (Wrong(field="text", cure=cure),))
    return read(text.encode("utf-8", "replace").decode(), on=timezone.localdate())


@router.get("/estimates", auth=READ, response=Estimate)
def estimate_get(
    request: CalledRequest,
    role: Literal["ai_engineer", "ml_engineer", "automation_specialist"],
    place: str,
    engagement_type: Literal[
        "permanent", "contract", "freelance_marketplace", "embedded_offshore", "agency", "contract_payroll"
    ],
    seniority: Literal["all", "junior", "mid", "senior"] = "all",
) -> Estimate:
    """What such a person is paid or costs there: range, currency, unit, how sure that is, the sources."""
    code = place_read(place)
    if isinstance(code, Message):
        cure = rules_words(code)
        raise Problem(422, cure, (Wrong(field="place", cure=cure),))
    market = Market(standing().figures, timezone.localdate())
    return market.estimate(role, code, engagement_type, seniority)


@router.get("/rates/coverage", auth=READ, response=list[Coverage])
def coverage_get(request: CalledRequest) -> list[Coverage]:
    """The cells with figures of their own on file; for others an estimate is derived or modelled."""
    cells = standing().figures.observations.items()
    return [
        Coverage(
            role=role,
            place=place,
            engagement_type=engagement_type,
            observations=len(rows),
            publishers=len({row.publisher for row in rows}),
            newest=max(str(row.as_of) for row in rows),
        )
        for (role, place, engagement_type), rows in sorted(cells)
    ]


@router.get("/rulebook", auth=READ, response=RulebookOut)
def rulebook_get(request: CalledRequest) -> RulebookOut:
    """The rulebook that decides now: its questions with their replies, and its whole text."""
    edition = standing().edition
    asked = [one for one in rulebook_of(edition).questions if not one.worked_out]
    return RulebookOut(
        edition=edition.number or 0,
        title=edition.title,
        sha256=edition.sha256,
        published_at=edition.published_at,
        questions=tuple(QuestionOut.model_validate(one, from_attributes=True) for one in asked),
        text=edition.text,
    )


@router.get("/health", auth=None, response={200: Health, 503: Health})
def health_get(request: CalledRequest) -> Status:
    """Can decisions be made? Needs no token."""
    state = health.overall(health.parts())
    return Status(503 if state == health.DOWN else 200, Health(state=state))
