"""Many PDFs at once: pick briefs in the list, watch them being made, fetch one ZIP."""

from __future__ import annotations

import hashlib
from collections import Counter

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rolematcher.accounts.requests import SignedRequest
from rolematcher.decisions.models import Decision
from rolematcher.outbox.models import Job
from rolematcher.web.addresses import uuid_of

from .files import brief_file_name, bundle
from .models import Brief
from .services import brief_request

MOST_BRIEFS = 200


@login_required
@require_POST
def bulk(request: SignedRequest) -> HttpResponse:
    """Ask for the PDFs of the picked briefs; those that were made before are not made again."""
    picked = {uuid_of(text) for text in request.POST.getlist("pick")[: MOST_BRIEFS + 1]}
    decisions = list(Decision.objects.visible_to(request.user).filter(public_id__in=picked).order_by("pk"))
    if not decisions or len(picked) > MOST_BRIEFS:
        too_many = _("Select at most %(most)s briefs.") % {"most": MOST_BRIEFS}
        messages.warning(request, too_many if picked else _("Select a brief first."), "warning")
        return redirect("decisions")
    language = get_language() or "en"
    briefs = [
        brief_request(decision, user=request.user, language=language, priority=Job.BATCH)
        for decision in decisions
    ]
    # The same briefs asked for again are the same ZIP.
    key = hashlib.sha256(repr([brief.pk for brief in briefs]).encode()).hexdigest()[:12]
    kept = request.session.get("bulk", {})
    request.session["bulk"] = {**dict(list(kept.items())[-9:]), key: [brief.pk for brief in briefs]}
    return redirect("bulk_state", key=key)


@login_required
@require_safe
def bulk_state(request: SignedRequest, key: str) -> HttpResponse:
    """How many of them are ready; the page asks again until all are."""
    states = Counter(brief.state for brief in _briefs(request, key))
    context = {
        "key": key,
        "here": "briefs",
        "ready": states[Brief.READY],
        "failed": states[Brief.FAILED],
        "of": states.total(),
        "done": states.total() == states[Brief.READY] + states[Brief.FAILED],
    }
    return render(request, "briefs/bulk_state.html" if request.htmx else "briefs/bulk.html", context)


@login_required
@require_safe
def bulk_download(request: SignedRequest, key: str) -> FileResponse:
    """The ZIP of those that are ready."""
    ready = [brief for brief in _briefs(request, key) if brief.state == Brief.READY]
    if not ready:
        raise Http404
    file = bundle((brief_file_name(brief), brief.file) for brief in ready)
    return FileResponse(file, as_attachment=True, filename=f"briefs-{timezone.localdate()}.zip")


def _briefs(request: SignedRequest, key: str) -> list[Brief]:
    """The briefs of this bundle she may (still) see."""
    ids = request.session.get("bulk", {}).get(key)
    if not ids:
        raise Http404
    visible = Decision.objects.visible_to(request.user)
    briefs = Brief.objects.filter(pk__in=ids, decision__in=visible).select_related(
        "decision__owner", "decision__edition", "job"
    )
    return list(briefs.order_by("id"))
