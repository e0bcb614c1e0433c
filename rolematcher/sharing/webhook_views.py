"""A person's webhooks: made with a secret shown once, switched on and off, removed; what was tried."""

from __future__ import annotations

import uuid

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST

from rolematcher.accounts.requests import SignedRequest
from rolematcher.editions.fields import TextField
from rolematcher.web.addresses import public_address
from rolematcher.web.once import sent_once
from rolematcher.web.shown_once import forget_shown, show_once, shown_once

from .models import Webhook
from .webhook_send import MOST_ADDRESS, Refused, address_checked
from .webhooks import webhook_make, webhook_remove, webhook_switch

SHOWN_MESSAGES = 10


class WebhookForm(forms.Form):
    """Where to send, and what to tell."""

    address = TextField(
        label=lazy("Address"), most=MOST_ADDRESS, help_text=lazy("It begins with https:// and is public.")
    )
    events = forms.MultipleChoiceField(
        label=lazy("Tell it when"),
        choices=Webhook.EVENTS,
        widget=forms.CheckboxSelectMultiple(),
        error_messages={"required": lazy("Tick at least one.")},
    )

    def clean_address(self) -> str:
        """An https address."""
        try:
            return address_checked(self.cleaned_data["address"])
        except Refused as wrong:
            raise forms.ValidationError(str(wrong)) from None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def webhooks(request: SignedRequest) -> HttpResponse:
    """Hers, with what was sent last, and a form for a new one."""
    form, status = WebhookForm(initial={"events": [event for event, _words in Webhook.EVENTS]}), 200
    if request.method == "POST":
        form, status = WebhookForm(request.POST), 422
        if form.is_valid():
            try:
                made = webhook_make(user=request.user, site=public_address(request, "/"), **form.cleaned_data)
            except ValueError as wrong:
                form.add_error(None, str(wrong))
            else:
                response = HttpResponseRedirect(reverse("webhooks"), status=303)
                show_once(request, response, "new_webhook", {"row": made.pk})
                return response
    mine = list(request.user.webhooks.all())
    new = next((one for one in mine if one.pk == shown_once(request, "new_webhook").get("row")), None)
    shown = [(one, one.messages.prefetch_related("tries")[:SHOWN_MESSAGES]) for one in mine]
    context = {"here": "webhooks", "form": form, "webhooks": shown, "new": new}
    page = render(request, "sharing/webhooks.html", context, status=status)
    forget_shown(request, page)
    return page


@login_required
@require_POST
def webhook_on(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """Switch one of hers on again, or off (`on` is "no")."""
    webhook = get_object_or_404(Webhook, public_id=public_id, owner=request.user)
    webhook_switch(webhook, user=request.user, on=request.POST.get("on") != "no")
    return redirect("webhooks")


@login_required
@require_POST
def remove(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """Take one of hers away."""
    webhook = get_object_or_404(Webhook, public_id=public_id, owner=request.user)
    webhook_remove(webhook, user=request.user)
    messages.success(request, _("The webhook is removed."))
    return redirect("webhooks")
