"""What if: other answers beside a finished decision, kept as its new version or dropped; what changed."""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rolematcher.accounts.requests import SignedRequest
from rolematcher.decisions.models import Decision
from rolematcher.decisions.services import DecisionConflict, decision_make
from rolematcher.decisions.versions import Comparison, decisions_compared, version_before
from rolematcher.decisions.views import visible_decision
from rolematcher.web.addresses import uuid_of
from rolematcher.web.once import sent_once

from .drafts import draft_begin
from .forms import QuestionsForm
from .raw import fields_from, ids_asked
from .sign_in import form_kept
from .step_pages import posted
from .steps import Sheet

BEGUN_AT = {"sharper": "draft_sharper", "terms": "draft_terms"}
"""Steps that a finished decision leads to: what makes a brief sharper; place, type, time and money."""


@require_http_methods(["GET", "HEAD", "POST"])
@form_kept
def what_if(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """All questions with the decision's answers, the comparison beside them; POST keeps a new version.

    The page's own script asks, after each change, for the comparison alone.
    """
    shown = visible_decision(request.user, public_id)
    form = _form(request, shown)
    if request.htmx:
        return render(request, "intake/comparison.html", {"compared": _compared(shown, form)})
    key, status = uuid_of(request.POST.get("key")).hex, 422 if form.errors else 200
    if form.is_valid() and "compare" not in request.POST:
        try:
            made = decision_make(
                Sheet(form.raw()).answers,
                user=request.user,
                key=key,
                on=timezone.localdate(),
                evidence=shown.evidence,
                version_of=shown,
                language=get_language() or "en",
            )
            return HttpResponseRedirect(made.get_absolute_url(), status=303)
        except DecisionConflict as conflict:
            form.add_error(None, str(conflict))
            key, status = uuid.uuid4().hex, 409
    context = {"decision": shown, "form": form, "key": key, "compared": _compared(shown, form)}
    return render(request, "intake/what_if.html", context, status=status)


@login_required
@require_POST
@sent_once
def version_begin(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """Begin the next version as a draft; `step` leads to one of its steps instead of the last."""
    shown = visible_decision(request.user, public_id)
    draft = draft_begin(request.user, fields_from(shown.answers_typed), version_of=shown)
    name = BEGUN_AT.get(request.POST.get("step", ""), "draft_make")
    return HttpResponseRedirect(reverse(name, args=[draft.public_id]), status=303)


@login_required
@require_safe
def version_changes(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """What changed between this version and the one before it."""
    shown = visible_decision(request.user, public_id)
    before = version_before(shown)
    if before is None:
        raise Http404
    compared = decisions_compared(before, shown)
    return render(request, "intake/changes.html", {"decision": shown, "before": before, "compared": compared})


def _form(request: SignedRequest, shown: Decision) -> QuestionsForm:
    """Every question with the decision's answers, or with those that were sent."""
    rulebook, before = Sheet({}).rulebook, fields_from(shown.answers_typed)
    return QuestionsForm(rulebook, ids_asked(rulebook), before, posted(request))


def _compared(shown: Decision, form: QuestionsForm) -> Comparison:
    """The stored decision beside what these answers would give now; a wrong one keeps its stored answer."""
    raw = form.raw() if form.is_bound else form.before
    wrong = {where.partition(".")[0] for where, _message in Sheet(raw).errors}
    sound = {**raw, **{id: form.before.get(id, "") for id in wrong}}
    return decisions_compared(shown, Sheet(sound).work)
