"""A finished decision: its page, its PDF while it is made, and the file. Only for those who may see it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth.decorators import login_required
from django.forms.models import model_to_dict
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from rolematcher.accounts.requests import SignedRequest
from rolematcher.briefs.content import content_of
from rolematcher.briefs.models import Brief

from .forms import MailForm, OutcomeForm, OverrideForm, ShareForm
from .listing import OUTCOME_AFTER
from .models import Decision, Outcome


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
    return render(request, "decisions/decision.html", decision_context(request, shown))


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
        "may_override": request.user.has_perm("decisions.override_decision"),
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


def newest_brief(shown: Decision, variant: str = Brief.FULL) -> Brief | None:
    """The brief of the decision as it stands now, in the reader's language if there is one."""
    briefs = shown.briefs.filter(variant=variant, content_version=1 + shown.overrides.count()).order_by("-id")
    mine = [brief for brief in briefs if brief.language == (get_language() or "en")]
    return next(iter(mine or briefs), None)


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
