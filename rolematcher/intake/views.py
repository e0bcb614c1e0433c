"""The intake form: begun, saved as she goes, resumed, sent. In: field values. Out: a page or a decision."""

from __future__ import annotations

import uuid
from functools import lru_cache, partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rolematcher.accounts.requests import SignedRequest
from rolematcher.decisions.models import Decision
from rolematcher.decisions.services import DecisionConflict, decision_make, decision_work_out
from rolematcher.editions.models import Edition
from rolematcher.editions.services import rulebook_of
from rolematcher.engine.errors import AnswersInvalid
from rolematcher.engine.model import Rulebook
from rolematcher.rates.services import figures_on_file
from rolematcher.web.keys import uuid_of

from .blank import blank_page
from .drafts import DraftConflict, DraftTooLong, draft_delete, draft_done, draft_save
from .faults import fault_words
from .forms import IntakeForm, intake_html
from .hints import evidence_of, hints_of
from .models import Draft, StartingPoint
from .panel import panel_of
from .raw import Fields, answers_from, fields_from, fields_posted
from .starting_points import starting_answers


@require_http_methods(["GET", "HEAD", "POST"])
def brief_new(request: SignedRequest) -> HttpResponse:
    """An empty form, one begun from a starting point or a copy, or (POST) the brief it makes."""
    if not request.user.is_authenticated:
        # Signed out in the middle of a form: signing in again leads to its draft.
        key = request.POST.get("key")
        return redirect_to_login(reverse("draft", args=[uuid_of(key)]) if key else request.get_full_path())
    if request.method == "POST":
        return _made(request, Edition.objects.current())
    if not request.GET:
        return blank_page(request, partial(_blank, request))
    edition = Edition.objects.current()
    fields: Fields = {}
    if slug := request.GET.get("from"):
        fields = fields_from(starting_answers(get_object_or_404(StartingPoint, slug=slug, active=True)))
    elif copied := request.GET.get("copy"):
        fields = fields_from(_visible(request, copied).answers)
    form = IntakeForm(rulebook_of(edition), fields, regions=regions())
    return _page(request, form, key=uuid.uuid4(), seen=0, fields=fields, edition=edition)


def _blank(request: SignedRequest, key: uuid.UUID, tab: str) -> HttpResponse:
    edition = Edition.objects.current()
    form = IntakeForm(rulebook_of(edition), regions=regions())
    return _page(request, form, key=key, tab=tab, seen=0, fields={}, edition=edition)


@login_required
@require_safe
def draft(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """Resume a form where she left it; one that became a brief leads there."""
    saved = get_object_or_404(Draft, public_id=public_id, owner=request.user)
    if saved.became:
        return redirect(saved.became)
    edition = Edition.objects.current()
    form = IntakeForm(rulebook_of(edition), saved.fields, regions=regions())
    return _page(
        request,
        form,
        key=saved.public_id,
        seen=saved.saved_version,
        fields=saved.fields,
        edition=edition,
        draft=saved,
    )


@login_required
@require_POST
def draft_keep(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """Save what is in the form now and answer with the panel beside it."""
    edition = Edition.objects.current()
    rulebook = rulebook_of(edition)
    fields = fields_posted(request.POST, field_names(rulebook))
    context = _panel_context(fields, edition)
    hints = hints_of(rulebook, fields, on=timezone.localdate())
    if hints.state != request.POST.get("hints"):
        context["hints"] = hints
    try:
        saved = draft_save(
            public_id,
            user=request.user,
            fields=fields,
            seen=_number(request.POST.get("seen")),
            tab=request.POST.get("tab", "")[:36],
            overwrite="overwrite" in request.POST,
        )
    except DraftConflict as conflict:
        context |= {"conflict": conflict.draft, "key": public_id}
        return render(request, "intake/intake_live.html", context)
    except DraftTooLong:
        return render(request, "intake/intake_live.html", context | {"too_long": True, "key": public_id})
    except Draft.DoesNotExist:
        return render(request, "intake/intake_live.html", context | {"gone": True, "key": public_id})
    response = render(request, "intake/intake_live.html", context | {"saved": saved, "key": public_id})
    response["HX-Replace-Url"] = reverse("draft", args=[public_id])
    return response


@login_required
@require_safe
@never_cache
def form_token(request: SignedRequest) -> HttpResponse:
    """The form's CSRF token after signing in again in another tab: the open page goes on with it."""
    return HttpResponse(get_token(request), content_type="text/plain")


@login_required
@require_POST
def draft_drop(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """Throw a draft away."""
    draft_delete(get_object_or_404(Draft, public_id=public_id, owner=request.user, became=None))
    return redirect("decisions")


def _made(request: SignedRequest, edition: Edition) -> HttpResponse:
    """Make the brief, or show the form again with what to put right and everything typed."""
    rulebook = rulebook_of(edition)
    fields = fields_posted(request.POST, field_names(rulebook))
    key = uuid_of(request.POST.get("key"))
    form = IntakeForm(rulebook, fields, regions=regions(), bound=True)
    saved = Draft.objects.filter(public_id=key, owner=request.user).select_related("new_version_of").first()
    context: dict[str, Any] = {
        "key": key,
        "seen": saved.saved_version if saved else 0,
        "fields": fields,
        "edition": edition,
        "draft": saved,
    }
    if not form.is_valid():
        return _page(request, form, **context, status=422)
    earlier = saved.new_version_of if saved else None
    if version_of := request.POST.get("version_of"):
        earlier = _visible(request, version_of)
    try:
        decision = decision_make(
            form.answers,
            user=request.user,
            key=key.hex,
            on=timezone.localdate(),
            evidence=evidence_of(fields, on=timezone.localdate()),
            version_of=earlier,
            language=get_language() or "en",
        )
    except DecisionConflict as conflict:
        first = Decision.objects.filter(owner=request.user, idempotency_key=key.hex).first()
        context |= {"key": uuid.uuid4(), "seen": 0, "draft": None}
        return _page(request, form, **context, refused=str(conflict), made=first, status=409)
    except AnswersInvalid as invalid:  # the edition changed between reading and deciding
        form.add_error(None, str(invalid))
        return _page(request, form, **context, status=422)
    draft_done(key, user=request.user, decision=decision)
    return HttpResponseRedirect(decision.get_absolute_url(), status=303)


def _page(
    request: SignedRequest,
    form: IntakeForm,
    *,
    fields: Fields,
    edition: Edition,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    context = {"tab": uuid.uuid4().hex} | context | _panel_context(fields, edition)
    context |= {"form": form, "fields_html": intake_html(form), "here": "brief_new"}
    context["reread"] = bool(fields.get("description"))
    if not fields:
        context["starting_points"] = StartingPoint.objects.filter(active=True)
    return render(request, "intake/intake.html", context, status=status)


def _panel_context(fields: Fields, edition: Edition) -> dict[str, Any]:
    """What is known so far. A field that is wrong while being typed is left out, not complained about."""
    answers = answers_from(fields)
    try:
        work = decision_work_out(answers, edition=edition, on=timezone.localdate())
    except AnswersInvalid as invalid:
        wrong = {error.field.partition(".")[0] for error in invalid.errors}
        answers = {key: value for key, value in answers.items() if key not in wrong}
        work = decision_work_out(answers, edition=edition, on=timezone.localdate())
        faults = {error.field: fault_words(error) for error in invalid.errors}
        return panel_of(work, rulebook_of(edition), begun=True, faults=faults)
    return panel_of(work, rulebook_of(edition), begun=bool(answers))


def _visible(request: SignedRequest, public_id: str) -> Decision:
    return get_object_or_404(Decision.objects.visible_to(request.user), public_id=uuid_of(public_id))


@lru_cache(maxsize=8)
def field_names(rulebook: Rulebook) -> tuple[str, ...]:
    """Every field of the form."""
    return tuple(IntakeForm(rulebook, regions=()).fields)


def regions() -> list[str]:
    """Places with rate figures on file."""
    return sorted({row.region for row in figures_on_file().observations})


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0
