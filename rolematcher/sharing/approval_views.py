"""Approval on screen: whom to ask (recruiter), and the page where people answer, by link or signed in."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from rolematcher.accounts.requests import PageRequest, SignedRequest
from rolematcher.briefs.content import content_of
from rolematcher.decisions.approval import Approver
from rolematcher.decisions.approval_verbs import AnswerForm, ApprovalClosed, approval_withdraw, may_override
from rolematcher.decisions.models import Decision
from rolematcher.decisions.services import DecisionConflict
from rolematcher.decisions.versions import version_before
from rolematcher.decisions.views import visible_decision
from rolematcher.web.addresses import public_address
from rolematcher.web.once import sent_once
from rolematcher.web.rate_limit import TooMany
from rolematcher.web.shown_once import show_once

from .approvals import ApprovalForm, approval_reply, approval_send, approver_by, colleagues_of
from .links import LinkClosed, behind_link, private
from .views import done


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def approval(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """Whom to ask; begun with the people who were asked last."""
    shown = visible_decision(request.user, public_id)
    colleagues = list(colleagues_of(shown, request.user))
    form, status = ApprovalForm(colleagues=colleagues, initial=_asked_last(shown)), 200
    if request.method == "POST":
        form, status = ApprovalForm(request.POST, colleagues=colleagues), 422
        if form.is_valid():
            try:
                return _sent(request, shown, form)
            except (ValueError, TooMany) as wrong:
                form.add_error(None, str(wrong))
    context = {"here": "decision", "decision": shown, "form": form, "colleagues": colleagues}
    return render(request, "sharing/approval.html", context, status=status)


def _sent(request: SignedRequest, shown: Decision, form: ApprovalForm) -> HttpResponse:
    language, site = get_language() or "en", public_address(request, "/")
    sent = approval_send(shown, user=request.user, language=language, site=site, **form.sending)
    messages.success(request, _("It is sent for approval."))
    response = done(shown, "approval")
    show_once(request, response, "new_approval", {"row": sent.pk})
    return response


def _asked_last(shown: Decision) -> dict[str, str]:
    """Those of this version; of a new version, those of the one before it."""
    for one in (shown, version_before(shown)):
        last = one.approvals.first() if one else None
        if last is not None:
            begun = {"order": "order" if last.in_order else "once", "days": "14"}
            for row in last.approvers.select_related("user"):
                begun |= (
                    {f"colleague_{row.number}": row.user.username}
                    if row.user
                    else {f"name_{row.number}": row.name, f"email_{row.number}": row.email}
                )
            return begun
    return {}


@login_required
@require_POST
def withdraw(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """Nobody is asked any more; their links end."""
    shown = visible_decision(request.user, public_id)
    approval_withdraw(shown, user=request.user, language=get_language() or "en")
    messages.success(request, _("The approval is withdrawn; its links no longer work."))
    return done(shown, "approval")


@require_http_methods(["GET", "HEAD", "POST"])
@behind_link(approver_by, "approval link")
def by_link(request: PageRequest, approver: Approver) -> HttpResponse:
    """The client copy and the question, for somebody without an account. Opening it approves nothing."""
    return _answer_page(request, approver)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def colleague(request: SignedRequest, pk: int) -> HttpResponseBase:
    """The same for a colleague who is asked by her account."""
    known = Approver.objects.select_related("approval__asked_by", "approval__decision__owner", "user")
    approver = get_object_or_404(known, pk=pk, user=request.user, approval__decision__deleted_at=None)
    try:
        return private(_answer_page(request, approver))
    except LinkClosed:
        raise Http404 from None


def _answer_page(request: PageRequest, approver: Approver) -> HttpResponse:
    """The page, or thanks. Raises LinkClosed where an answer is not wanted any more."""
    given, decision = request.POST if request.method == "POST" else None, approver.approval.decision
    now, seen = decision.override or decision, decision.overrides.count()
    advised = {"role": now.role, "recommendation": now.recommendation, "seen": seen}
    name, other = approver.shown_name, may_override(approver)
    form = AnswerForm(given, initial=advised, name=name, may_override=other)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            approval_reply(approver, **form.cleaned_data)
        except ApprovalClosed:
            raise LinkClosed from None
        except PermissionDenied:
            form.add_error("answer", _("This answer is no longer possible. Choose another."))
        except DecisionConflict as conflict:
            form.add_error(None, str(conflict))
            form.data, status = {**form.data.dict(), "seen": str(seen)}, 409  # type: ignore[attr-defined]
        else:
            approver.refresh_from_db()
            return render(request, "sharing/approval_thanks.html", {"approver": approver})
    if status == 422 and not approver.may_answer:
        raise LinkClosed
    earlier = approver.approval.approvers.filter(number__lt=approver.number, answered_at=None)
    context = {
        "approver": approver,
        "before": [] if approver.asked_at else earlier,
        "form": form,
        "content": content_of(decision, audience="client"),
    }
    return render(request, "sharing/approve.html", context, status=status)
