"""Calls about webhooks: the token's person makes, lists and removes hers. By the services of the page."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Router
from ninja.responses import Status
from pydantic import Field, JsonValue

from rolematcher.sharing.models import Webhook
from rolematcher.sharing.webhook_views import WebhookForm
from rolematcher.sharing.webhooks import webhook_make, webhook_remove
from rolematcher.values.frozen import Frozen
from rolematcher.web.addresses import public_address

from .access import MAKE, READ, CalledRequest
from .bodies import body_read, body_schema
from .problems import Problem, problem_of_form

router = Router(tags=["webhooks"])
EVENTS: list[JsonValue] = [event for event, _words in Webhook.EVENTS]


class WebhookIn(Frozen):
    """Where to send, and of what."""

    address: str = Field(max_length=500)
    events: tuple[str, ...] = Field(min_length=1, json_schema_extra={"items": {"enum": EVENTS}})


class WebhookOut(Frozen):
    """A webhook; `off_at` where it was switched off, `failures` in a row until now."""

    id: UUID
    address: str
    events: tuple[str, ...]
    created_at: dt.datetime
    off_at: dt.datetime | None
    failures: int


class WebhookMade(WebhookOut):
    """A new webhook with its secret, which is told this once."""

    secret: str


@router.get("", auth=READ, response=list[WebhookOut])
def webhooks_list(request: CalledRequest) -> list[WebhookOut]:
    """Your webhooks, the newest first."""
    return [WebhookOut.model_validate(_fields(one)) for one in request.auth.owner.webhooks.all()]


@router.post(
    "", auth=MAKE, response={201: WebhookMade}, openapi_extra=body_schema(WebhookIn.model_json_schema())
)
def webhook_post(request: CalledRequest) -> Status:
    """Have an https address told of what happens to decisions you may see."""
    body = body_read(request, WebhookIn)
    form = WebhookForm({"address": body.address, "events": list(body.events)})
    if not form.is_valid():
        raise problem_of_form(form, _("No webhook was made; fix what is named here."))
    try:
        made = webhook_make(user=request.auth.owner, site=public_address(request, "/"), **form.cleaned_data)
    except ValueError as wrong:
        raise Problem(409, str(wrong)) from None
    return Status(201, WebhookMade.model_validate(_fields(made) | {"secret": made.secret}))


@router.delete("/{public_id}", auth=MAKE, response={204: None})
def webhook_delete(request: CalledRequest, public_id: UUID) -> HttpResponse | Status:
    """Remove one of your webhooks with its messages."""
    webhook = get_object_or_404(Webhook, public_id=public_id, owner=request.auth.owner)
    webhook_remove(webhook, user=request.auth.owner)
    return Status(204, None)


def _fields(webhook: Webhook) -> dict[str, object]:
    names = ("address", "events", "created_at", "off_at", "failures")
    return {name: getattr(webhook, name) for name in names} | {"id": webhook.public_id}
