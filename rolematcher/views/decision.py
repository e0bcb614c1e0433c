"""A finished decision: its page, its PDF while it is made, and the file. Only for those who may see it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth.decorators import login_required
from django.forms.models import model_to_dict
from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from rolematcher.content import content_of
from rolematcher.forms.aftermath import MailForm, OutcomeForm, OverrideForm, ShareForm
from rolematcher.models import Brief, Decision, Outcome
from rolematcher.services.briefs import brief_request

from .files import brief_file
from .listing import OUTCOME_AFTER
from .requests import SignedRequest


def visible_decision(request: SignedRequest, public_id: uuid.UUID) -> Decision:
    """The decision, where this person may see it; for anybody else it does not exist."""
    decisions = Decision.objects.visible_to(request.user).select_related("owner", "edition", "version_of")
    return get_object_or_404(decisions, public_id=public_id)


@login_required
@require_safe
@cache_control(private=True, no_store=True)
def decision(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """Everything the brief says, on one page."""
    shown = visible_decision(request, public_id)
    return render(request, "pages/decision.html", decision_context(request, shown))


def decision_context(request: SignedRequest, shown: Decision, **more: Any) -> dict[str, Any]:
    """What the decision's page needs; a form that was refused comes in `more` and takes its place."""
    now = {"role": shown.role, "course": shown.course, "seen": shown.overrides.count()}
    outcome = Outcome.objects.filter(decision=shown).first()
    context = {
        "here": "decision",
        "decision": shown,
        "content": content_of(shown),
        "brief": newest_brief(shown),
        "client_brief": newest_brief(shown, Brief.CLIENT),
        "versions": _versions(shown),
        "may_override": request.user.has_perm("rolematcher.override_decision"),
        "statuses": Decision.STATUSES,
        "shares": shown.shares.prefetch_related("openings").select_related("created_by"),
        "new_link": _new_link(request, shown),
        "outcome": outcome,
        "outcome_due": timezone.now() - shown.created_at > OUTCOME_AFTER,
        "override_form": OverrideForm(initial=now),
        "outcome_form": OutcomeForm(initial=model_to_dict(outcome) if outcome else {}),
        "share_form": ShareForm(),
        "mail_form": MailForm(),
    }
    return context | more


@login_required
@require_POST
def brief_ask(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """Ask for a PDF: the full one or the client copy, A4 or Letter."""
    shown = visible_decision(request, public_id)
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
        return render(request, "parts/brief_state.html", {"brief": brief})
    return HttpResponseRedirect(reverse("decision", args=[public_id]), status=303)


@login_required
@require_safe
@cache_control(private=True, no_store=True)
def brief_status(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """How far a PDF is: the page asks again until it is ready or has failed."""
    return render(request, "parts/brief_state.html", {"brief": _visible_brief(request, public_id)})


@login_required
@require_safe
def brief_download(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse | FileResponse:
    """The finished file, under a name the server makes."""
    return brief_file(_visible_brief(request, public_id))


def newest_brief(shown: Decision, variant: str = Brief.FULL) -> Brief | None:
    """The brief of the decision as it stands now, in the reader's language if there is one."""
    briefs = shown.briefs.filter(variant=variant, content_version=1 + shown.overrides.count()).order_by("-id")
    mine = [brief for brief in briefs if brief.language == (get_language() or "en")]
    return next(iter(mine or briefs), None)


def _visible_brief(request: SignedRequest, public_id: uuid.UUID) -> Brief:
    visible = Decision.objects.visible_to(request.user)
    briefs = Brief.objects.select_related("decision__owner", "decision__edition")
    return get_object_or_404(briefs, public_id=public_id, decision__in=visible)


def _new_link(request: SignedRequest, shown: Decision) -> dict[str, Any] | None:
    """The address of a link just made, shown once."""
    new = request.session.get("new_link")
    return request.session.pop("new_link") if new and new["decision"] == shown.pk else None


def _versions(shown: Decision) -> list[Decision]:
    """All versions of this decision, the first one first."""
    first = shown.version_of or shown
    later = first.later_versions.only(
        "public_id", "version", "role", "course", "created_at", "version_of_id", "decided_on"
    )
    return [first, *later.order_by("version")]
