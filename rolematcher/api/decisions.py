"""Calls about decisions: make, list, read, the documents, what is noted on one. By the pages' services."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router
from ninja.responses import Status

from rolematcher.briefs.content import content_of
from rolematcher.briefs.files import brief_file
from rolematcher.briefs.house import house_head
from rolematcher.briefs.models import Brief
from rolematcher.briefs.services import brief_request
from rolematcher.decisions.follow_up import OutcomeForm, outcome_record
from rolematcher.decisions.models import Decision
from rolematcher.decisions.override import OverrideForm, decision_override
from rolematcher.decisions.quote import QuoteForm, quote_lines
from rolematcher.decisions.services import decision_make
from rolematcher.decisions.status import StatusForm, decision_status_set
from rolematcher.decisions.views import decisions_found, page_of, visible_decision
from rolematcher.rules import Answers

from .bodies import answers_of, body_schema, fields_read, form_schema, key_read, language_of
from .problems import Problem, problem_of_form, valid
from .shapes import BriefJson, DecisionFull, DecisionPage, DecisionShort, Making, QuoteLine, full_of
from .tokens import MAKE, READ, REVIEW, CalledRequest

router = Router(tags=["decisions"])
ANSWERS = body_schema(Answers.model_json_schema())
KEY_HEADER = {
    "parameters": [
        {
            "in": "header",
            "name": "Idempotency-Key",
            "required": True,
            "schema": {"type": "string", "minLength": 1, "maxLength": 64},
            "description": "The same key with the same answers is the same decision.",
        }
    ]
}


@router.post("", auth=MAKE, response={201: DecisionFull}, openapi_extra=ANSWERS | KEY_HEADER)
def decision_post(request: CalledRequest, response: HttpResponse) -> Status:
    """Make a decision from an answer sheet. Its brief is being made from then on."""
    return _made(request, response, None)


@router.get("", auth=READ, response=DecisionPage)
def decision_list(
    request: CalledRequest,
    q: str = "",
    role: str = "",
    recommendation: str = "",
    status: str = "",
    firm: str = "",
    approval: str = "",
    whose: str = "",
    cursor: str = "",
) -> DecisionPage:
    """Decisions you may see, newest first, 25 a page; the filters of the page's list."""
    user = request.auth.owner
    page = page_of(decisions_found(request.GET, user), after=cursor)
    rows = [DecisionShort.model_validate(one, from_attributes=True) for one in page.rows]
    return DecisionPage(decisions=tuple(rows), next=str(page.after) if page.after else None)


@router.get("/{public_id}", auth=READ, response=DecisionFull)
def decision_get(request: CalledRequest, public_id: UUID) -> DecisionFull:
    """One decision with its answers, verdict and pay."""
    return full_of(visible_decision(request.auth.owner, public_id))


@router.post(
    "/{public_id}/versions", auth=MAKE, response={201: DecisionFull}, openapi_extra=ANSWERS | KEY_HEADER
)
def version_post(request: CalledRequest, response: HttpResponse, public_id: UUID) -> Status:
    """Decide again with other answers, under the same number."""
    return _made(request, response, visible_decision(request.auth.owner, public_id))


@router.post(
    "/{public_id}/override", auth=REVIEW, response=DecisionFull, openapi_extra=form_schema(OverrideForm)
)
def override_post(request: CalledRequest, public_id: UUID) -> DecisionFull:
    """Decide otherwise than the rules. `seen` is how many overrides you have seen (`overrides`)."""
    decision, user = visible_decision(request.auth.owner, public_id), request.auth.owner
    form = valid(OverrideForm(fields_read(request)), _("The override cannot be taken; nothing was changed."))
    decision_override(decision, user=user, language=language_of(), **form.cleaned_data)
    return full_of(visible_decision(user, public_id))


@router.post("/{public_id}/status", auth=MAKE, response=DecisionFull, openapi_extra=form_schema(StatusForm))
def status_post(request: CalledRequest, public_id: UUID) -> DecisionFull:
    """Mark it made, sent, accepted, filled or dropped (shown as cancelled)."""
    decision, user = visible_decision(request.auth.owner, public_id), request.auth.owner
    form = valid(StatusForm(fields_read(request)), _("The status cannot be taken; nothing was changed."))
    decision_status_set(decision, user=user, **form.cleaned_data)
    return full_of(decision)


@router.post(
    "/{public_id}/follow-up", auth=MAKE, response=DecisionFull, openapi_extra=form_schema(OutcomeForm)
)
def follow_up_post(request: CalledRequest, public_id: UUID) -> DecisionFull:
    """Note what came of it: was it the right role, what was agreed."""
    decision, user = visible_decision(request.auth.owner, public_id), request.auth.owner
    form = valid(OutcomeForm(fields_read(request)), _("The follow-up cannot be taken; nothing was changed."))
    outcome_record(decision, user=user, **form.cleaned_data)
    return full_of(decision)


@router.post("/{public_id}/quote", auth=READ, response=list[QuoteLine], openapi_extra=form_schema(QuoteForm))
def quote_post(request: CalledRequest, public_id: UUID) -> list[QuoteLine]:
    """Hold a received quote or an agreed offer against the figure, line by line. Nothing is kept."""
    form = QuoteForm(fields_read(request))
    check = form.checked(visible_decision(request.auth.owner, public_id).pay_typed)
    if check is None:
        raise problem_of_form(form, _("The quote cannot be checked."))
    names = zip(check.lines, quote_lines(check), strict=True)
    return [QuoteLine(id=line.id, side=line.side, words=words) for line, (_name, _lies, words) in names]


@router.get("/{public_id}/brief.json", auth=READ, response=BriefJson)
def brief_json(
    request: CalledRequest, public_id: UUID, audience: Literal["house", "client"] = "house"
) -> BriefJson:
    """The brief as data, in the words that are printed."""
    decision = visible_decision(request.auth.owner, public_id)
    content = content_of(decision, audience=audience, house=house_head())
    return BriefJson.model_validate(content, from_attributes=True)


@router.get("/{public_id}/brief.pdf", auth=READ, response={200: bytes, 202: Making})
def brief_pdf(
    request: CalledRequest,
    response: HttpResponse,
    public_id: UUID,
    audience: Literal["house", "client"] = "house",
    paper: Literal["a4", "letter"] = "a4",
) -> Status | HttpResponseBase:
    """The brief as PDF; 202 while it is being made."""
    return _document(request, response, public_id, Brief.PDF, audience, paper)


@router.get("/{public_id}/brief.docx", auth=READ, response={200: bytes, 202: Making})
def brief_docx(
    request: CalledRequest,
    response: HttpResponse,
    public_id: UUID,
    audience: Literal["house", "client"] = "house",
    paper: Literal["a4", "letter"] = "a4",
) -> Status | HttpResponseBase:
    """The brief for Word; 202 while it is being made."""
    return _document(request, response, public_id, Brief.DOCX, audience, paper)


def _made(request: CalledRequest, response: HttpResponse, version_of: Decision | None) -> Status:
    key, answers, user, day = key_read(request), answers_of(request), request.auth.owner, timezone.localdate()
    decision = decision_make(
        answers, user=user, key=key, on=day, version_of=version_of, language=language_of()
    )
    response["Location"] = reverse("api:decision_get", args=[decision.public_id])
    return Status(201, full_of(decision))


def _document(
    request: CalledRequest, response: HttpResponse, public_id: UUID, format: str, audience: str, paper: str
) -> Status | HttpResponseBase:
    decision = visible_decision(request.auth.owner, public_id)
    brief = brief_request(
        decision,
        user=request.auth.owner,
        audience=audience,
        format=format,
        paper=paper,
        language=language_of(),
    )
    if brief.state == Brief.READY:
        return brief_file(brief)
    if brief.state == Brief.FAILED:
        raise Problem(409, _("This document could not be made. A reviewer can have it tried again."))
    response["Retry-After"] = "2"
    return Status(202, Making(state=brief.state))
