"""The five steps to a brief: paste, check, questions, terms, make. In: a form. Out: the next step.

Each step has its own address, keeps the draft, and works without JavaScript. Autosave comes to `draft_keep`.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.db import IntegrityError
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rolematcher.accounts.requests import SignedRequest
from rolematcher.decisions.models import Decision
from rolematcher.decisions.services import DecisionConflict, decision_make
from rolematcher.rules import Rulebook
from rolematcher.web.keys import uuid_of

from .drafts import (
    DraftConflict,
    DraftTooLong,
    draft_begin,
    draft_delete,
    draft_done,
    draft_save,
    draft_undelete,
)
from .forms import DESCRIPTION_MOST, QuestionsForm
from .models import Draft, StartingPoint
from .raw import Fields, answers_from, fields_from
from .reading import description_read, found_in, not_found
from .sign_in import form_kept
from .starting_points import starting_answers
from .steps import NAMED, SHARPER, TERMS, Sheet
from .words import reading_words

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@form_kept
def brief_new(request: SignedRequest) -> HttpResponse:
    """Step 1: paste a text, or begin from a starting point, a copy, or nothing."""
    data = request.POST if request.method == "POST" else request.GET
    begun = _begun_from(request, data)
    sheet = Sheet(begun)
    form = QuestionsForm(sheet.rulebook, NAMED, begun, request.POST if request.method == "POST" else None)
    key = uuid_of(request.POST.get("key"))
    if request.method == "POST":
        typed = {name: value for name, value in form.raw().items() if value}
        if form.is_valid():
            try:
                draft = draft_begin(request.user, {**begun, **typed}, public_id=key, tab=_tab(request))
            except IntegrityError:  # somebody else's draft has this key
                draft = draft_begin(request.user, {**begun, **typed}, tab=_tab(request))
            return _to(_after_paste(draft, request.POST), draft)
    context = {
        "form": form,
        "key": key,
        "starting_points": StartingPoint.objects.filter(active=True),
        "from": data.get("from", ""),
        "copy": data.get("copy", ""),
        "keep_url": reverse("draft_keep", args=[key]),
        "seen": 0,
    }
    return _page(request, "intake/paste.html", context, step=1, status=422 if form.errors else 200)


@require_http_methods(METHODS)
@form_kept
def draft_text(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """Step 1 again, with the text as it was."""
    draft = _draft(request, public_id)
    return _form_step(request, draft, NAMED, "intake/text.html", step=1, then=lambda draft: "draft_check")


@form_kept
@require_safe
def draft(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """Resume where she left it; a draft that became a brief leads there."""
    saved = get_object_or_404(Draft, public_id=public_id, owner=request.user, deleted_at=None)
    if saved.became:
        return redirect(saved.became)
    if answers_from({name: value for name, value in saved.fields.items() if name != "description"}):
        return redirect("draft_make", public_id=public_id)
    return redirect("draft_check" if saved.fields.get("description") else "draft_text", public_id=public_id)


@require_http_methods(METHODS)
@form_kept
def draft_check(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """Step 2: what the text says, with the words it rests on; what is ticked fills the answers."""
    draft = _draft(request, public_id)
    sheet = Sheet(draft.raw, draft.declined)
    reading = description_read(str(draft.fields.get("description") or ""), sheet.today, _language())
    found = found_in(sheet.rulebook, reading, draft.fields)
    if request.method == "POST":
        taken = set(request.POST.getlist("take"))
        own = answers_from(draft.fields)
        given: Fields = {row.fact: row.raw for row in found if row.fact in taken}
        given |= {row.fact: "" for row in found if row.fact not in taken and own.get(row.fact) == row.raw}
        return _saved(request, draft, given, then="draft_questions") or _again(request, draft)
    context = {
        "draft": draft,
        "found": found,
        "not_found": not_found(sheet.rulebook, found),
        "read": reading_words(reading.message),
        "silent": not found,
    }
    return _page(request, "intake/check.html", context, step=2, draft=draft)


@require_http_methods(METHODS)
@form_kept
def draft_questions(request: SignedRequest, public_id: uuid.UUID, id: str = "") -> HttpResponse:
    """Step 3: the question that still changes most, or the one that is to be changed (`id`)."""
    draft = _draft(request, public_id)
    sheet = Sheet(draft.raw, draft.declined)
    id = id or request.POST.get("question", "") or sheet.next_id
    if not id:
        return _to("draft_terms", draft)
    ids = _ids_of(sheet.rulebook, [id])
    data = _unknown(request.POST, ids) if "dont_know" in request.POST else request.POST
    form = QuestionsForm(sheet.rulebook, ids, draft.raw, data if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        asked = id if id in sheet.deciding or id == "trade" else ""
        back = "draft_make" if request.GET.get("back") == "make" else "draft_questions"
        return _saved(request, draft, form.raw(), then=back, asked=[asked] if asked else []) or _again(
            request, draft
        )
    before = [one for one in draft.asked if one != id]
    context = {
        "form": form,
        "question": id,
        "number": len(before) + 1,
        "about": len(before) + sheet.open_count,
        "counted": id == sheet.next_id,
        "back": before[-1] if before else "",
    }
    return _page(request, "intake/question.html", context, step=3, draft=draft, sheet=sheet, form=form)


@require_http_methods(METHODS)
@form_kept
def draft_terms(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """Step 4: where, type of contract, how much, how long; the figure for exactly this beside it."""
    draft = _draft(request, public_id)
    return _form_step(request, draft, TERMS, "intake/terms.html", step=4, then=lambda draft: "draft_make")


@require_http_methods(METHODS)
@form_kept
def draft_all(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """All questions on one page."""
    draft = _draft(request, public_id)
    return _form_step(request, draft, all_ids(), "intake/all.html", step=0, then=lambda draft: "draft_make")


@require_http_methods(METHODS)
@form_kept
def draft_sharper(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """What sharpens a brief and changes no role: must-haves, the first 90 days, sensitivity."""
    draft = _draft(request, public_id)
    return _form_step(request, draft, SHARPER, "intake/all.html", step=0, then=lambda draft: "draft_make")


@require_http_methods(METHODS)
@form_kept
def draft_make(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """Step 5: every answer with a way to change it, then the brief."""
    draft = get_object_or_404(Draft, public_id=public_id, owner=request.user, deleted_at=None)
    if draft.became:
        return redirect(draft.became)
    context: dict[str, Any] = {}
    form = QuestionsForm(Sheet({}).rulebook, ("project", "client"), draft.raw)
    if request.method == "POST":
        form = QuestionsForm(form.rulebook, form.ids, draft.raw, request.POST)
        if form.is_valid():
            draft_save(draft, form.raw(), seen=draft.saved_version, tab=_tab(request), overwrite=True)
            try:
                made = _made(request, draft)
            except DecisionConflict as conflict:
                context["refused"] = str(conflict)
            else:
                if made:
                    return HttpResponseRedirect(made.get_absolute_url(), status=303)
    sheet = Sheet(draft.raw, draft.declined)
    rest = [id for id in all_ids() if id not in (*sheet.deciding, "trade", *TERMS, *NAMED)]
    context |= {
        "form": form,
        "groups": [
            (_("The work"), "draft_question", sheet.lines(sheet.deciding)),
            (_("Place, time and money"), "draft_terms", sheet.lines(TERMS)),
            (_("More detail"), "draft_question", [line for line in sheet.lines(tuple(rest)) if line.words]),
        ],
        "oddities": sheet.oddities(),
        "wrong": [line for line in sheet.lines(all_ids()) if line.error],
    }
    status = 200 if request.method != "POST" else 409 if "refused" in context else 422
    return _page(request, "intake/make.html", context, step=5, draft=draft, sheet=sheet, status=status)


@login_required
@require_POST
def draft_keep(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """Autosave: keep what is in the form now, and answer with the panel beside it."""
    rulebook = Sheet({}).rulebook
    ids = request.POST.get("ids", "").split()
    form = QuestionsForm(rulebook, _ids_of(rulebook, ids) if ids else (), {}, request.POST)
    given, key = form.raw(), public_id
    saved = Draft.objects.filter(public_id=public_id, owner=request.user).first()
    context: dict[str, Any] = {"key": key}
    try:
        if saved is None:
            begun = _begun_from(request, request.POST)
            draft = draft_begin(request.user, {**begun, **given}, public_id=public_id, tab=_tab(request))
        elif saved.became_id or saved.deleted_at:
            raise Http404
        else:
            seen, over = _number(request.POST.get("seen")), "overwrite" in request.POST
            draft = draft_save(saved, given, seen=seen, tab=_tab(request), overwrite=over)
    except DraftConflict as conflict:
        return render(request, "intake/live.html", context | {"conflict": conflict.draft})
    except DraftTooLong:
        return render(request, "intake/live.html", context | {"too_long": True})
    except (IntegrityError, Http404):
        return render(request, "intake/live.html", context | {"gone": True})
    context |= {"saved": draft, "panel": Sheet(draft.raw, draft.declined).panel()}
    return render(request, "intake/live.html", context)


@login_required
@require_safe
@never_cache
def form_token(request: SignedRequest) -> HttpResponse:
    """The form's CSRF token after signing in again in another tab: the open page goes on with it."""
    return HttpResponse(get_token(request), content_type="text/plain")


@login_required
@require_POST
def draft_drop(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """Delete a draft; for a week it can be brought back."""
    draft = get_object_or_404(Draft, public_id=public_id, owner=request.user, became=None)
    draft_delete(draft)
    return render(request, "intake/deleted.html", {"draft": draft})


@login_required
@require_POST
def draft_bring_back(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """Undo deleting."""
    draft_undelete(get_object_or_404(Draft, public_id=public_id, owner=request.user, became=None))
    messages.success(request, _("The draft is back."))
    return redirect("draft", public_id=public_id)


def all_ids() -> tuple[str, ...]:
    """Every question that is asked, in the rulebook's order."""
    return tuple(question.id for question in Sheet({}).rulebook.questions if not question.worked_out)


def _made(request: SignedRequest, draft: Draft) -> Decision | None:
    """The decision of a draft; None where nothing is answered or an answer is wrong."""
    sheet = Sheet(draft.raw)
    if sheet.errors or not sheet.anything:
        return None
    text = sheet.answers.description
    reading = description_read(text, sheet.today, _language())
    evidence = {
        row.fact: {"words": row.words, "strength": row.strength}
        for row in found_in(sheet.rulebook, reading, draft.fields)
        if answers_from(draft.fields).get(row.fact) == row.raw
    }
    made = decision_make(
        sheet.answers,
        user=request.user,
        key=draft.public_id.hex,
        on=timezone.localdate(),
        evidence=evidence,
        version_of=draft.new_version_of,
        language=get_language() or "en",
    )
    draft_done(draft, decision=made)
    return made


def _form_step(
    request: SignedRequest, draft: Draft, ids: tuple[str, ...], template: str, *, step: int, then: Any
) -> HttpResponse:
    sheet = Sheet(draft.raw, draft.declined)
    form = QuestionsForm(sheet.rulebook, ids, draft.raw, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if form.is_valid():
            here = request.resolver_match
            to = (here.url_name or "") if here and "stay" in request.POST else then(draft)
            return _saved(request, draft, form.raw(), then=to) or _again(request, draft)
        sheet = Sheet({**draft.raw, **form.raw()}, draft.declined)
    return _page(request, template, {"form": form}, step=step, draft=draft, sheet=sheet, form=form)


def _saved(
    request: SignedRequest,
    draft: Draft,
    given: Mapping[str, Any],
    *,
    then: str,
    asked: list[str] | None = None,
) -> HttpResponse | None:
    """Save and go to the next step; None where another tab was quicker."""
    seen = _number(request.POST.get("seen")) or draft.saved_version
    over = "overwrite" in request.POST
    try:
        draft_save(draft, given, seen=seen, tab=_tab(request), asked=asked or (), overwrite=over)
    except DraftConflict:
        return None
    except DraftTooLong as long:
        raise BadRequest(_("The answers are too long to keep; shorten the description.")) from long
    return _to(then, draft)


def _again(request: SignedRequest, draft: Draft) -> HttpResponse:
    """Another tab saved meanwhile: show what is there now and what was sent, and let her choose."""
    own = ("csrfmiddlewaretoken", "overwrite")
    kept = [(name, value) for name in request.POST if name not in own for value in request.POST.getlist(name)]
    return render(request, "intake/conflict.html", {"draft": draft, "kept": kept}, status=409)


def _after_paste(draft: Draft, posted: QueryDict) -> str:
    if posted.get("copy"):
        return "draft_make"
    return "draft_check" if draft.fields.get("description") else "draft_questions"


def _begun_from(request: SignedRequest, data: QueryDict) -> Fields:
    """The answers to begin with: of a starting point, of a decision to copy, or none."""
    if slug := data.get("from"):
        return fields_from(starting_answers(get_object_or_404(StartingPoint, slug=slug, active=True)))
    if copied := data.get("copy"):
        visible = Decision.objects.visible_to(request.user)
        return fields_from(get_object_or_404(visible, public_id=uuid_of(copied)).answers_typed)
    return {}


def _page(
    request: SignedRequest,
    template: str,
    context: dict[str, Any],
    *,
    step: int,
    draft: Draft | None = None,
    sheet: Sheet | None = None,
    form: QuestionsForm | None = None,
    status: int = 200,
) -> HttpResponse:
    shown: dict[str, Any] = {"step": step, "steps": 5, "tab": _tab(request), "most": DESCRIPTION_MOST}
    shown |= {"here": "brief_new", "draft": draft}
    if draft:
        shown |= {"seen": draft.saved_version, "keep_url": reverse("draft_keep", args=[draft.public_id])}
    if sheet:
        shown |= {"panel": sheet.panel(), "sheet": sheet}
    if form is not None and form.is_bound and form.errors:
        status = 422
    return render(request, template, shown | context, status=status)


def _to(name: str, draft: Draft) -> HttpResponse:
    return HttpResponseRedirect(reverse(name, args=[draft.public_id]), status=303)


def _draft(request: SignedRequest, public_id: uuid.UUID) -> Draft:
    """Her open draft; one that became a brief is not edited any more. Raises Http404."""
    return get_object_or_404(Draft, public_id=public_id, owner=request.user, became=None, deleted_at=None)


def _ids_of(rulebook: Rulebook, ids: list[str]) -> tuple[str, ...]:
    """Those of the ids that are questions one can answer. Raises Http404 where one is none."""
    known = {question.id for question in rulebook.questions if not question.worked_out}
    if not ids or not set(ids) <= known:
        raise Http404
    return tuple(ids)


def _unknown(posted: QueryDict, ids: tuple[str, ...]) -> QueryDict:
    """The same with "I don't know" for an answer."""
    data = posted.copy()
    for id in ids:
        data.pop(id, None)
    return data


def _tab(request: SignedRequest) -> str:
    return request.POST.get("tab", "")[:36] or uuid.uuid4().hex


def _language() -> str:
    return (get_language() or "en")[:2]


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0
