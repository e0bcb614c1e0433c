"""Calls that hand a decision on: approval, links, webhooks. By the services that the pages use."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Router
from ninja.responses import Status
from pydantic import Field, JsonValue

from rolematcher.decisions.views import visible_decision
from rolematcher.sharing.approvals import ApprovalForm, approval_send, colleagues_of, links_to_hand_on
from rolematcher.sharing.models import Webhook
from rolematcher.sharing.services import ShareForm, share_make
from rolematcher.sharing.webhook_views import WebhookForm
from rolematcher.sharing.webhooks import webhook_make, webhook_remove
from rolematcher.values.frozen import Frozen
from rolematcher.web.addresses import public_address

from .bodies import body_read, body_schema, language_of
from .problems import Problem, valid
from .shapes import DecisionFull, full_of
from .tokens import MAKE, READ, CalledRequest

router, webhooks = Router(tags=["decisions"]), Router(tags=["webhooks"])
DAYS: dict[str, JsonValue] = {"enum": [7, 14, 30, 90]}
EVENTS: list[JsonValue] = [event for event, _words in Webhook.EVENTS]


class ApproverIn(Frozen):
    """Somebody to ask: the sign-in name of a colleague, or a name with or without an e-mail address."""

    name: str = Field("", max_length=120)
    email: str = Field("", max_length=200)
    colleague: str = Field("", max_length=150)


class ApprovalIn(Frozen):
    """Whom to ask, one after the other or all at once, and for how many days their links work."""

    approvers: tuple[ApproverIn, ...] = Field(min_length=1, max_length=5)
    order: str = Field("order", pattern="^(order|once)$")
    days: int = Field(14, json_schema_extra=DAYS)


class ShareIn(Frozen):
    """For whom the link is, and for how many days it works."""

    label: str = Field(min_length=1, max_length=100)
    days: int = Field(14, json_schema_extra=DAYS)


class HandOn(Frozen):
    """A link to send to somebody yourself. It is told this once."""

    name: str
    address: str
    expires_at: dt.datetime


class ApprovalOut(Frozen):
    """The decision, and the links for approvers whom no mail reaches."""

    decision: DecisionFull
    links: tuple[HandOn, ...]


class WebhookIn(Frozen):
    """Where to send, and of what."""

    address: str = Field(max_length=500)
    events: tuple[str, ...] = Field(min_length=1, json_schema_extra={"items": {"enum": EVENTS}})


class WebhookOut(Frozen):
    """A webhook; `off_at` where it was switched off, `failures` in a row until now."""

    id: UUID = Field(validation_alias="public_id")
    address: str
    events: tuple[str, ...]
    created_at: dt.datetime
    off_at: dt.datetime | None
    failures: int


class WebhookMade(WebhookOut):
    """A new webhook with its secret, which is told this once."""

    secret: str


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
    rows = {"order": body.order, "days": str(body.days)}
    for number, one in enumerate(body.approvers, start=1):
        rows |= {f"{name}_{number}": value for name, value in one}
    form = ApprovalForm(rows, colleagues=list(colleagues_of(decision, user)))
    valid(form, _("Nobody was asked; fix what is named here."))
    try:
        site, language = public_address(request, "/"), language_of()
        approval = approval_send(decision, user=user, language=language, site=site, **form.sending)
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
    decision, user = visible_decision(request.auth.owner, public_id), request.auth.owner
    body = body_read(request, ShareIn)
    form = valid(ShareForm(body.model_dump()), _("No link was made; fix what is named here."))
    link, secret = share_make(decision, user=user, language=language_of(), **form.cleaned_data)
    address = public_address(request, reverse("shared", args=[secret]))
    return Status(201, HandOn(name=link.label, address=address, expires_at=link.expires_at))


@webhooks.get("", auth=READ, response=list[WebhookOut])
def webhooks_list(request: CalledRequest) -> list[WebhookOut]:
    """Your webhooks, the newest first."""
    mine = request.auth.owner.webhooks.all()
    return [WebhookOut.model_validate(one, from_attributes=True) for one in mine]


@webhooks.post(
    "", auth=MAKE, response={201: WebhookMade}, openapi_extra=body_schema(WebhookIn.model_json_schema())
)
def webhook_post(request: CalledRequest) -> Status:
    """Have an https address told of what happens to decisions you may see."""
    body = body_read(request, WebhookIn)
    form = valid(WebhookForm(body.model_dump()), _("No webhook was made; fix what is named here."))
    try:
        made = webhook_make(user=request.auth.owner, site=public_address(request, "/"), **form.cleaned_data)
    except ValueError as wrong:
        raise Problem(409, str(wrong)) from None
    return Status(201, WebhookMade.model_validate(made, from_attributes=True))


@webhooks.delete("/{public_id}", auth=MAKE, response={204: None})
def webhook_delete(request: CalledRequest, public_id: UUID) -> HttpResponse | Status:
    """Remove one of your webhooks with its messages."""
    webhook = get_object_or_404(Webhook, public_id=public_id, owner=request.auth.owner)
    webhook_remove(webhook, user=request.auth.owner)
    return Status(204, None)
