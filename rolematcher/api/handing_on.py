"""Calls that hand a decision on: ask for approval, make a link. By the services that the pages use."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Router
from ninja.responses import Status
from pydantic import Field

from rolematcher.decisions.models import Decision
from rolematcher.decisions.views import visible_decision
from rolematcher.sharing.approval_forms import ApprovalForm
from rolematcher.sharing.approvals import approval_send, colleagues_of, links_to_hand_on
from rolematcher.sharing.forms import ShareForm
from rolematcher.sharing.services import share_make
from rolematcher.values.frozen import Frozen
from rolematcher.web.addresses import public_address

from .access import MAKE, CalledRequest
from .bodies import body_read, body_schema, language_of
from .problems import Problem, problem_of_form
from .shapes import DecisionFull, full_of

router = Router(tags=["decisions"])


class ApproverIn(Frozen):
    """Somebody to ask: the sign-in name of a colleague, or a name with or without an e-mail address."""

    name: str = Field("", max_length=120)
    email: str = Field("", max_length=200)
    colleague: str = Field("", max_length=150)


class ApprovalIn(Frozen):
    """Whom to ask, one after the other or all at once, and for how many days their links work."""

    approvers: tuple[ApproverIn, ...] = Field(min_length=1, max_length=5)
    order: str = Field("order", pattern="^(order|once)$")
    days: int = Field(14, json_schema_extra={"enum": [7, 14, 30, 90]})


class ShareIn(Frozen):
    """For whom the link is, and for how many days it works."""

    label: str = Field(min_length=1, max_length=100)
    days: int = Field(14, json_schema_extra={"enum": [7, 14, 30, 90]})


class HandOn(Frozen):
    """A link to send to somebody yourself. It is told this once."""

    name: str
    address: str
    expires_at: dt.datetime


class ApprovalOut(Frozen):
    """The decision, and the links for approvers whom no mail reaches."""

    decision: DecisionFull
    links: tuple[HandOn, ...]


@router.post(
    "/{public_id}/approvals",
    auth=MAKE,
    response={201: ApprovalOut},
    openapi_extra=body_schema(ApprovalIn.model_json_schema()),
)
def approvals_post(request: CalledRequest, public_id: UUID) -> Status:
    """Ask people to approve it. Those with an e-mail address or an account are mailed."""
    user = request.auth.owner
    decision = visible_decision(user, public_id)
    body = body_read(request, ApprovalIn)
    form = ApprovalForm(_rows(body), colleagues=list(colleagues_of(decision, user)))
    if not form.is_valid():
        raise problem_of_form(form, _("Nobody was asked; fix what is named here."))
    try:
        approval = approval_send(
            decision,
            user=user,
            people=form.people,
            in_order=form.in_order,
            days=form.cleaned_data["days"],
            language=language_of(),
            site=public_address(request, "/"),
        )
    except ValueError as wrong:
        raise Problem(409, str(wrong)) from None
    links = [
        HandOn(name=one.shown_name, address=address, expires_at=one.link.expires_at)
        for one, address in links_to_hand_on(approval)
    ]
    asked = full_of(visible_decision(user, public_id))
    return Status(201, ApprovalOut(decision=asked, links=tuple(links)))


@router.post(
    "/{public_id}/share-links",
    auth=MAKE,
    response={201: HandOn},
    openapi_extra=body_schema(ShareIn.model_json_schema()),
)
def share_links_post(request: CalledRequest, public_id: UUID) -> Status:
    """A read-only link to the client copy, for somebody without an account."""
    user = request.auth.owner
    decision: Decision = visible_decision(user, public_id)
    body = body_read(request, ShareIn)
    form = ShareForm({"label": body.label, "days": str(body.days)})
    if not form.is_valid():
        raise problem_of_form(form, _("No link was made; fix what is named here."))
    try:
        link, secret = share_make(decision, user=user, language=language_of(), **form.cleaned_data)
    except ValueError as wrong:
        raise Problem(409, str(wrong)) from None
    address = public_address(request, reverse("shared", args=[secret]))
    return Status(201, HandOn(name=link.label, address=address, expires_at=link.expires_at))


def _rows(body: ApprovalIn) -> dict[str, str]:
    """The body as the fields of the page's form."""
    rows = {"order": body.order, "days": str(body.days)}
    for number, one in enumerate(body.approvers, start=1):
        rows |= {
            f"colleague_{number}": one.colleague,
            f"name_{number}": one.name,
            f"email_{number}": one.email,
        }
    return rows
