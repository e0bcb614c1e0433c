"""Handing a brief on: links and e-mails from the recruiter's side, and the page a link opens."""

from __future__ import annotations

import uuid
from smtplib import SMTPException

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from rolematcher.accounts.requests import PageRequest, SignedRequest
from rolematcher.briefs.content import content_of
from rolematcher.briefs.files import brief_file, brief_file_name
from rolematcher.briefs.models import Brief
from rolematcher.briefs.services import brief_request, content_version
from rolematcher.briefs.views import decision_page
from rolematcher.decisions.models import Decision
from rolematcher.decisions.views import visible_decision
from rolematcher.web.addresses import public_address
from rolematcher.web.once import sent_once
from rolematcher.web.proxies import client_address
from rolematcher.web.shown_once import show_once

from .forms import MailForm, ShareForm
from .links import LinkClosed, TooMany, days_read, slow_down
from .models import ShareLink
from .services import (
    PAGE,
    PDF,
    brief_mail,
    mail_is_printed,
    mail_note,
    recipients_read,
    share_by,
    share_make,
    share_opened,
    share_revoke,
)

OPENINGS = {"most": 60, "seconds": 60}
MAILS = {"most": 20, "seconds": 3600}


@login_required
@require_POST
@sent_once
def share(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """Make a link; its address is shown once."""
    shown = visible_decision(request.user, public_id)
    form = ShareForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            link, secret = share_make(
                shown,
                user=request.user,
                label=given["label"],
                days=days_read(given["days"], default=14),
                language=get_language() or "en",
            )
        except ValueError as wrong:
            form.add_error(None, str(wrong))
        else:
            address = public_address(request, reverse("shared", args=[secret]))
            response = done(shown, "share")
            show_once(request, response, "new_link", {"row": link.pk, "address": address})
            return response
    return refused(request, shown, share_form=form)


@login_required
@require_POST
def share_close(request: SignedRequest, public_id: uuid.UUID, pk: int) -> HttpResponse:
    """Withdraw a link."""
    shown = visible_decision(request.user, public_id)
    share_revoke(get_object_or_404(ShareLink, pk=pk, decision=shown), user=request.user)
    messages.success(request, _("The link no longer works."))
    return done(shown, "share")


@login_required
@require_POST
@sent_once
def mail(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """Send the brief as an e-mail."""
    shown = visible_decision(request.user, public_id)
    form = MailForm(request.POST)
    if form.is_valid():
        try:
            sent = _mailed(request, shown, form)
        except (ValueError, TooMany) as wrong:
            form.add_error("to", str(wrong))
        except (OSError, SMTPException):
            form.add_error(
                None, _("The mail server did not take it. Try again, or download the PDF and send it.")
            )
        else:
            if mail_is_printed():
                messages.warning(request, _("No mail server is set up: the mail was printed, not sent."))
            else:
                messages.success(request, _("Sent to %(to)s.") % {"to": ", ".join(sent)})
            return done(shown, "share")
    return refused(request, shown, mail_form=form)


def _mailed(request: SignedRequest, shown: Decision, form: MailForm) -> list[str]:
    given = form.cleaned_data
    to = recipients_read(given["to"])
    slow_down("mail", str(request.user.pk), **MAILS)
    brief = brief_request(
        shown,
        user=request.user,
        audience=given["copy"],
        format=given["format"],
        language=get_language() or "en",
    )
    content = content_of(shown, audience=given["copy"])
    note = given["note"] or mail_note(content)
    brief_mail(
        brief,
        user=request.user,
        to=to,
        subject=f"{content.title}: {content.project or content.client or content.headline}"[:150],
        note=f"{note}\n\n{request.user.shown_name}",
        file_name=brief_file_name(brief),
    )
    return to


@require_safe
@cache_control(private=True, no_store=True)
def shared(request: PageRequest, secret: str) -> HttpResponseBase:
    """The decision as its link shows it: to read, nothing to change."""
    try:
        link = _opened(request, secret)
    except (LinkClosed, TooMany) as closed:
        return link_closed(request, closed)
    brief = newest_brief(link.decision, Brief.CLIENT)
    if not request.htmx:
        share_opened(link, what=PAGE, agent=request.headers.get("User-Agent", ""))
    context = {
        "link": link,
        "secret": secret,
        "brief": brief,
        "content": content_of(link.decision, audience="client"),
    }
    template = "sharing/shared_brief_state.html" if request.htmx else "sharing/shared.html"
    return private(render(request, template, context))


@require_safe
def shared_pdf(request: PageRequest, secret: str) -> HttpResponseBase:
    """The PDF behind a link."""
    try:
        link = _opened(request, secret)
    except (LinkClosed, TooMany) as closed:
        return link_closed(request, closed)
    brief = newest_brief(link.decision, Brief.CLIENT)
    response = brief_file(brief or Brief())
    share_opened(link, what=PDF, agent=request.headers.get("User-Agent", ""))
    return private(response)


def _opened(request: PageRequest, secret: str) -> ShareLink:
    """The link of this secret. A right one is never shut out by others: only wrong ones are counted."""
    try:
        return share_by(secret)
    except LinkClosed:
        slow_down("share", client_address(request), **OPENINGS)
        raise


def link_closed(request: PageRequest, closed: Exception) -> HttpResponseBase:
    """One answer for links that never were, have expired or were withdrawn; another for too many tries."""
    hurried = isinstance(closed, TooMany)
    context = {"words": str(closed) if hurried else ""}
    response = render(request, "sharing/link_closed.html", context, status=429 if hurried else 404)
    if hurried:
        response["Retry-After"] = "60"
    return private(response)


def private(response: HttpResponseBase) -> HttpResponseBase:
    """Keep the address to ourselves: no referrer to other sites, no search engine, no cache.

    Not `no-referrer`: a browser then posts a form with the origin "null", which the CSRF check refuses.
    """
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "private, no-store"
    return response


def done(shown: Decision, place: str) -> HttpResponse:
    """Back to the decision's page, at the part that was changed."""
    return HttpResponseRedirect(f"{shown.get_absolute_url()}#{place}", status=303)


def refused(request: SignedRequest, shown: Decision, **forms_given: forms.Form) -> HttpResponse:
    """The decision's page again, with what was typed and what is wrong with it."""
    return decision_page(request, shown, status=422, **forms_given)


def newest_brief(shown: Decision, audience: str) -> Brief | None:
    """The brief of the decision as it stands now, in the reader's language if there is one."""
    now = content_version(shown, audience)
    briefs = shown.briefs.filter(audience=audience, format=Brief.PDF, content_version=now).order_by("-id")
    mine = [brief for brief in briefs if brief.language == (get_language() or "en")]
    return next(iter(mine or briefs), None)
