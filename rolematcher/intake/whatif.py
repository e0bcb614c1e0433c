"""What if: other answers beside a finished decision, kept as its new version or dropped; what changed."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rolematcher.accounts.requests import SignedRequest
from rolematcher.decisions.models import Decision
from rolematcher.decisions.services import DecisionConflict, decision_make, decision_work_out
from rolematcher.decisions.versions import decisions_compared, version_before
from rolematcher.decisions.views import visible_decision
from rolematcher.editions.models import Edition
from rolematcher.editions.services import rulebook_of
from rolematcher.engine.errors import AnswersInvalid
from rolematcher.web.keys import uuid_of
from rolematcher.web.once import sent_once

from .forms import IntakeForm, intake_html
from .models import Draft
from .raw import answers_from, fields_from, fields_posted
from .views import field_names, regions


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def what_if(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """The form with the decision's answers, the comparison beside it; POST keeps it as a new version."""
    shown = visible_decision(request.user, public_id)
    edition = Edition.objects.current()
    rulebook = rulebook_of(edition)
    if request.method != "POST":
        form = IntakeForm(rulebook, fields_from(shown.answers), regions=regions())
        return _page(request, shown, form, edition, key=uuid.uuid4().hex)
    key = uuid_of(request.POST.get("key")).hex
    form = IntakeForm(
        rulebook, fields_posted(request.POST, field_names(rulebook)), regions=regions(), bound=True
    )
    if not form.is_valid():
        return _page(request, shown, form, edition, key=key, status=422)
    try:
        made = decision_make(
            form.answers,
            user=request.user,
            key=key,
            on=timezone.localdate(),
            evidence=shown.evidence,
            version_of=shown,
            language=get_language() or "en",
        )
    except DecisionConflict as conflict:
        form.add_error(None, str(conflict))
        return _page(request, shown, form, edition, key=uuid.uuid4().hex, status=409)
    return HttpResponseRedirect(made.get_absolute_url(), status=303)


@login_required
@require_POST
def what_if_live(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """The comparison for the fields as they are now."""
    shown = visible_decision(request.user, public_id)
    edition = Edition.objects.current()
    fields = fields_posted(request.POST, field_names(rulebook_of(edition)))
    return render(request, "intake/comparison.html", _compared(shown, answers_from(fields), edition))


@login_required
@require_POST
@sent_once
def version_begin(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """Begin the next version as a draft, saved as she goes."""
    shown = visible_decision(request.user, public_id)
    draft = Draft.objects.create(owner=request.user, fields=fields_from(shown.answers), new_version_of=shown)
    return HttpResponseRedirect(reverse("draft", args=[draft.public_id]), status=303)


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


def _page(
    request: SignedRequest,
    shown: Decision,
    form: IntakeForm,
    edition: Edition,
    *,
    key: str,
    status: int = 200,
) -> HttpResponse:
    answers = answers_from(form.data or form.initial) if not form.is_bound else form.answers
    context = {"decision": shown, "form": form, "fields_html": intake_html(form), "key": key}
    return render(request, "intake/what_if.html", context | _compared(shown, answers, edition), status=status)


def _compared(shown: Decision, answers: dict[str, Any], edition: Edition) -> dict[str, Any]:
    """The stored decision beside what these answers would give now; wrong fields keep their stored answer."""
    try:
        work = decision_work_out(answers, edition=edition, on=timezone.localdate())
    except AnswersInvalid as invalid:
        for error in invalid.errors:
            field = error.field.partition(".")[0]
            answers = {**answers, field: shown.answers.get(field)}
        work = decision_work_out(answers, edition=edition, on=timezone.localdate())
    return {"compared": decisions_compared(shown, work)}
