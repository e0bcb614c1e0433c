"""Handing a brief on: links and e-mails from the recruiter's side, and the page a link opens."""

from __future__ import annotations

import uuid
from smtplib import SMTPException

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rolematcher.accounts.requests import PageRequest, SignedRequest
from rolematcher.briefs.content import content_of
from rolematcher.briefs.files import brief_file
from rolematcher.briefs.models import Brief
from rolematcher.briefs.services import briefs_of
from rolematcher.briefs.views import decision_page
from rolematcher.decisions.models import Decision
from rolematcher.decisions.views import visible_decision
from rolematcher.web.addresses import public_address
from rolematcher.web.once import sent_once
from rolematcher.web.rate_limit import TooMany
from rolematcher.web.shown_once import show_once

from . import services
from .links import behind_link
from .models import ShareLink


@login_required
@require_POST
@sent_once
def share(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """Make a link; its address is shown once."""
    shown = visible_decision(request.user, public_id)
    form = services.ShareForm(request.POST)
    if form.is_valid():
        given = {"language": get_language() or "en", **form.cleaned_data}
        link, secret = services.share_make(shown, user=request.user, **given)
        address = public_address(request, reverse("shared", args=[secret]))
        response = done(shown, "share")
        show_once(request, response, "new_link", {"row": link.pk, "address": address})
        return response
    return decision_page(request, shown, status=422, share_form=form)


@login_required
@require_POST
def share_close(request: SignedRequest, public_id: uuid.UUID, pk: int) -> HttpResponse:
    """Withdraw a link."""
    shown = visible_decision(request.user, public_id)
    services.share_revoke(get_object_or_404(ShareLink, pk=pk, decision=shown), user=request.user)
    messages.success(request, _("The link no longer works."))
    return done(shown, "share")


@login_required
@require_POST
@sent_once
def mail(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """Send the brief as an e-mail."""
    shown = visible_decision(request.user, public_id)
    form = services.MailForm(request.POST)
    if form.is_valid():
        given = {"language": get_language() or "en", **form.cleaned_data}
        try:
            services.brief_mail(shown, user=request.user, **given)
        except (ValueError, TooMany) as wrong:
            form.add_error("to", str(wrong))
        except (OSError, SMTPException):
            fault = _("The mail server did not take it. Try again, or download the PDF and send it.")
            form.add_error(None, fault)
        else:
            if services.mail_is_printed():
                messages.warning(request, _("No mail server is set up: the mail was printed, not sent."))
            else:
                to = ", ".join(form.cleaned_data["to"])
                messages.success(request, _("Sent to %(to)s.") % {"to": to})
            return done(shown, "share")
    return decision_page(request, shown, status=422, mail_form=form)


@require_safe
@behind_link(services.share_by, "share")
def shared(request: PageRequest, link: ShareLink) -> HttpResponse:
    """The decision as its link shows it: to read, nothing to change."""
    content = content_of(link.decision, audience="client")
    context = {"link": link, "brief": _newest_brief(link.decision), "content": content}
    if request.htmx:
        return render(request, "sharing/shared_brief_state.html", context)
    link.openings.create(what="page")
    return render(request, "sharing/shared.html", context)


@require_safe
@behind_link(services.share_by, "share")
def shared_pdf(request: PageRequest, link: ShareLink) -> HttpResponseBase:
    """The PDF behind a link."""
    response = brief_file(_newest_brief(link.decision) or Brief())
    link.openings.create(what="pdf")
    return response


def done(shown: Decision, place: str) -> HttpResponse:
    """Back to the decision's page, at the part that was changed."""
    return HttpResponseRedirect(f"{shown.get_absolute_url()}#{place}", status=303)


def _newest_brief(shown: Decision) -> Brief | None:
    """The client copy of the decision as it stands now, in the reader's language if there is one."""
    return briefs_of(shown, language=get_language() or "en").get((Brief.CLIENT, Brief.PDF))
