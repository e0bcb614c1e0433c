"""A decision's PDF: asked for, while it is made, and the file. Only for those who may see the decision."""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from rolematcher.accounts.requests import SignedRequest
from rolematcher.briefs.files import brief_file
from rolematcher.briefs.models import Brief
from rolematcher.briefs.services import brief_request
from rolematcher.decisions.models import Decision
from rolematcher.decisions.views import visible_decision


@login_required
@require_safe
@cache_control(private=True, no_store=True)
def decision(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """The decision's page."""
    shown = visible_decision(request.user, public_id)
    return render(request, "briefs/decision.html", {"here": "decision", "decision": shown})


@login_required
@require_POST
def brief_ask(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """Ask for a PDF: the full one or the client copy, A4 or Letter."""
    shown = visible_decision(request.user, public_id)
    try:
        brief = brief_request(
            shown,
            user=request.user,
            variant=request.POST.get("variant", Brief.FULL),
            paper=request.POST.get("paper", Brief.A4),
            language=get_language() or "en",
        )
    except ValueError as wrong:
        return HttpResponse(str(wrong), status=400, content_type="text/plain; charset=utf-8")
    if request.htmx:
        return render(request, "briefs/brief_state.html", {"brief": brief})
    return HttpResponseRedirect(reverse("decision", args=[public_id]), status=303)


@login_required
@require_safe
@cache_control(private=True, no_store=True)
def brief_status(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """How far a PDF is: the page asks again until it is ready or has failed."""
    return render(request, "briefs/brief_state.html", {"brief": _visible_brief(request, public_id)})


@login_required
@require_safe
def brief_download(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse | FileResponse:
    """The finished file, under a name the server makes."""
    return brief_file(_visible_brief(request, public_id))


def _visible_brief(request: SignedRequest, public_id: uuid.UUID) -> Brief:
    visible = Decision.objects.visible_to(request.user)
    briefs = Brief.objects.select_related("decision__owner", "decision__edition")
    return get_object_or_404(briefs, public_id=public_id, decision__in=visible)
