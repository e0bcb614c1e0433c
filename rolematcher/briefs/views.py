"""A decision's page and documents: shown, asked for, while they are made, and the file."""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from rolematcher.accounts.requests import SignedRequest
from rolematcher.decisions.models import Decision
from rolematcher.decisions.views import visible_decision
from rolematcher.web.shown_once import forget_shown, shown_once

from .content import content_of
from .files import brief_file
from .house import house_head
from .models import Brief
from .services import brief_request, briefs_of
from .waiting import Waiting, waiting_of


@login_required
@require_safe
@cache_control(private=True, no_store=True)
def decision(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """The decision's page: the same words as its document, and what can be done with it."""
    return decision_page(request, visible_decision(request.user, public_id))


def decision_page(
    request: SignedRequest, shown: Decision, *, status: int = 200, **forms: Form
) -> HttpResponse:
    """The page of a decision she may see; `forms` are those of the page that were refused, as posted."""
    made = briefs_of(shown, language=get_language() or "en")
    pdf, word = made.get((Brief.HOUSE, Brief.PDF)), made.get((Brief.HOUSE, Brief.DOCX))
    client = made.get((Brief.CLIENT, Brief.PDF))
    content = content_of(shown, house=house_head())
    context = {
        "here": "decision",
        "decision": shown,
        "content": content,
        "pdf": pdf,
        "pdf_waiting": _waiting(pdf),
        "word": word,
        "word_waiting": _waiting(word),
        "client_pdf": client,
        "client_waiting": _waiting(client),
        "versions": shown.versions(),
        "new_approval": shown_once(request, "new_approval").get("row"),
        **forms,
    }
    response = render(request, "briefs/decision.html", context, status=status)
    forget_shown(request, response)
    return response


@login_required
@require_POST
def brief_ask(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """Ask for a document: full or client copy, PDF or Word, A4 or Letter."""
    shown = visible_decision(request.user, public_id)
    try:
        brief = brief_request(
            shown,
            user=request.user,
            audience=request.POST.get("audience", Brief.HOUSE),
            format=request.POST.get("format", Brief.PDF),
            paper=request.POST.get("paper", Brief.A4),
            language=get_language() or "en",
        )
    except ValueError as wrong:
        return HttpResponse(str(wrong), status=400, content_type="text/plain; charset=utf-8")
    if request.htmx:
        return render(request, "briefs/brief_state.html", {"brief": brief, "waiting": _waiting(brief)})
    return HttpResponseRedirect(reverse("decision", args=[public_id]), status=303)


@login_required
@require_safe
@cache_control(private=True, no_store=True)
def brief_status(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """How far a document is: the page asks again until it is ready or has failed."""
    brief = _visible_brief(request, public_id)
    return render(request, "briefs/brief_state.html", {"brief": brief, "waiting": _waiting(brief)})


@login_required
@require_safe
def brief_download(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse | FileResponse:
    """The finished file, under a name the server makes."""
    return brief_file(_visible_brief(request, public_id))


def _waiting(brief: Brief | None) -> Waiting | None:
    return waiting_of(brief) if brief and brief.state in (Brief.QUEUED, Brief.RENDERING) else None


def _visible_brief(request: SignedRequest, public_id: uuid.UUID) -> Brief:
    visible = Decision.objects.visible_to(request.user)
    briefs = Brief.objects.select_related("decision__owner", "decision__edition", "job")
    return get_object_or_404(briefs, public_id=public_id, decision__in=visible)
