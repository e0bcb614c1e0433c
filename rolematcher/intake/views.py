"""The first four steps to a brief: paste, check, questions, terms. In: a form. Out: the next step.

Each step has its own address, keeps the draft, and works without JavaScript; with it the form saves itself.
The fifth step is `making.py`.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError
from django.http import Http404, HttpResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rolematcher.accounts.requests import SignedRequest
from rolematcher.web.addresses import uuid_of

from .drafts import DraftConflict, draft_begin, draft_delete, draft_save, draft_undelete
from .forms import QuestionsForm
from .models import Draft, StartingPoint
from .raw import Fields, answers_from, ids_asked
from .reading import Found, not_found, taken_from
from .sign_in import form_kept
from .step_pages import (
    METHODS,
    begun_from,
    ids_known,
    ids_sent,
    number_of,
    open_draft,
    page,
    posted,
    reading_of,
    saved,
    tab_of,
    to_step,
)
from .steps import NAMED, SHARPER, TERMS, Sheet
from .words import reading_words

MOST_KEPT = 60_000
"""Characters of one form that are kept before anything is judged. The longest valid one has about 7,000."""


class FormStep(NamedTuple):
    """A step that is nothing but a form: its questions (none: all of them) and the step after it."""

    ids: tuple[str, ...]
    template: str
    step: int
    then: str


FORMS = {
    "draft_text": FormStep(NAMED, "intake/text.html", 1, "draft_check"),
    "draft_terms": FormStep(TERMS, "intake/terms.html", 4, "draft_make"),
    "draft_all": FormStep((), "intake/all.html", 0, "draft_make"),
    "draft_sharper": FormStep(SHARPER, "intake/all.html", 0, "draft_make"),
}


@require_http_methods(METHODS)
@form_kept
def brief_new(request: SignedRequest) -> HttpResponse:
    """Step 1: paste a text, or begin from a starting point, a copy, or nothing."""
    sent, data = posted(request), request.POST or request.GET
    begun = begun_from(request, data)
    form = QuestionsForm(Sheet(begun).rulebook, NAMED, begun, sent)
    key = uuid_of(request.POST.get("key"))
    if form.is_valid():
        raw, tab = {**begun, **answers_from(form.raw())}, tab_of(request)
        try:
            draft = draft_begin(request.user, raw, public_id=key, tab=tab)
        except IntegrityError:  # somebody else's draft has this key
            draft = draft_begin(request.user, raw, tab=tab)
        after_text = "draft_check" if draft.fields.get("description") else "draft_questions"
        return to_step("draft_make" if data.get("copy") else after_text, draft)
    context = {
        "key": key,
        "starting_points": StartingPoint.objects.filter(active=True),
        "from": data.get("from", ""),
        "copy": data.get("copy", ""),
        "keep_url": reverse("draft_keep", args=[key]),
        "seen": 0,
    }
    return page(request, "intake/paste.html", context, step=1, form=form)


@require_http_methods(METHODS)
@form_kept
def draft_check(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """Step 2: what the text says, with the words it rests on; what is ticked fills the answers.

    A text that does not tell what the thing should do gets that one question on the same page.
    """
    draft, sent = open_draft(request, public_id), posted(request)
    rulebook = Sheet({}).rulebook
    reading, found = reading_of(rulebook, draft.fields)
    told = draft.fields.get("work") or any(row.fact == "work" for row in found)
    untold = () if told else ("work",)
    ids = untold if sent is None else ids_sent(request, rulebook)
    form = QuestionsForm(rulebook, ids, draft.raw, sent)
    if sent is not None and form.is_valid():
        own = answers_from(form.raw())
        then = "draft_check" if "undo" in sent else "draft_questions"
        return saved(request, draft, own | _ticked(found, draft, sent), then=then, asked=own)
    context = {
        "found": [row for row in found if row.strength != "hint"],
        "unsure": [row for row in found if row.strength == "hint"],
        "not_found": not_found(rulebook, found),
        "read": reading_words(reading.message),
    }
    return page(request, "intake/check.html", context, step=2, draft=draft, form=form)


def _ticked(found: list[Found], draft: Draft, sent: QueryDict) -> Fields:
    """The answers that buttons and ticks give; what was taken before and is ticked no more goes."""
    left = {row.fact: "" for row in taken_from(found, draft.fields)}
    if "undo" in sent:
        return left
    picked = sent.getlist("take")
    return left | {row.fact: row.raw for row in found if "all" in sent or row.fact in picked}


@require_http_methods(METHODS)
@form_kept
def draft_questions(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """Step 3: the questions that can still change who to hire or whether to, most useful first."""
    draft = open_draft(request, public_id)
    sheet = Sheet(draft.raw, draft.declined)
    ids = sheet.next_ids if posted(request) is None else ids_sent(request, sheet.rulebook)
    if not ids:
        return to_step("draft_terms", draft)
    _reading, found = reading_of(sheet.rulebook, draft.fields)
    context = {"asking": True, "taken": taken_from(found, draft.fields)}
    return _asked(request, draft, sheet, ids, "intake/questions.html", context, then="draft_questions")


@require_http_methods(METHODS)
@form_kept
def draft_question(request: SignedRequest, public_id: uuid.UUID, id: str) -> HttpResponse:
    """One answer to change; then back to where the link stood."""
    draft = open_draft(request, public_id)
    sheet = Sheet(draft.raw, draft.declined)
    making = request.GET.get("back") == "make"
    context = {"back": "draft_make" if making else "draft_check"}
    then = "draft_make" if making else "draft_questions"
    ids = ids_known(sheet.rulebook, (id,))
    return _asked(request, draft, sheet, ids, "intake/question.html", context, then=then)


def _asked(
    request: SignedRequest,
    draft: Draft,
    sheet: Sheet,
    ids: tuple[str, ...],
    template: str,
    context: Mapping[str, object],
    *,
    then: str,
) -> HttpResponse:
    """These questions; the deciding ones among them are not put to her again."""
    form = QuestionsForm(sheet.rulebook, ids, draft.raw, posted(request))
    if form.is_valid():
        asked = [id for id in ids if id in (*sheet.deciding, "trade")]
        return saved(request, draft, form.raw(), then=then, asked=asked)
    return page(request, template, context, step=3, draft=draft, sheet=sheet, form=form)


@require_http_methods(METHODS)
@form_kept
def draft_form(request: SignedRequest, public_id: uuid.UUID, name: str) -> HttpResponse:
    """A step that is a form, by its name among `FORMS`; `stay` shows it again."""
    draft, known, rulebook = open_draft(request, public_id), FORMS[name], Sheet({}).rulebook
    form = QuestionsForm(rulebook, known.ids or ids_asked(rulebook), draft.raw, posted(request))
    if form.is_valid():
        return saved(request, draft, form.raw(), then=name if "stay" in request.POST else known.then)
    if known.ids == TERMS:
        form.hint(reading_of(rulebook, draft.fields)[1])
    sheet = Sheet({**draft.raw, **(form.raw() if form.is_bound else {})}, draft.declined)
    return page(request, known.template, {}, step=known.step, draft=draft, sheet=sheet, form=form)


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


@login_required
@require_POST
def draft_keep(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """Keep what is in the form now, and answer with the panel; on step 3 also with what is asked next."""
    rulebook = Sheet({}).rulebook
    form = QuestionsForm(rulebook, ids_sent(request, rulebook), {}, request.POST)
    context: dict[str, object] = {"key": public_id}
    if sum(len(str(value)) for value in form.raw().values()) > MOST_KEPT:
        return render(request, "intake/live.html", context | {"too_long": True})
    try:
        draft = _kept(request, public_id, form.raw())
    except DraftConflict as conflict:
        return render(request, "intake/live.html", context | {"conflict": conflict.draft})
    except (IntegrityError, Http404):
        return render(request, "intake/live.html", context | {"gone": True})
    sheet = Sheet(draft.raw, draft.declined)
    context |= {"saved": draft, "draft": draft, "sheet": sheet, "panel": sheet.panel()}
    context["money"] = "budget" in form.ids
    if "asking" in request.POST:
        context |= {"asking": True, "form": QuestionsForm(rulebook, sheet.next_ids, draft.raw)}
    return render(request, "intake/live.html", context)


def _kept(request: SignedRequest, public_id: uuid.UUID, given: Fields) -> Draft:
    """The draft with these answers. Raises DraftConflict, Http404 where it is open no more."""
    saved = Draft.objects.filter(public_id=public_id, owner=request.user).first()
    if saved is None:
        begun = begun_from(request, request.POST)
        return draft_begin(request.user, {**begun, **given}, public_id=public_id, tab=tab_of(request))
    if saved.became_id or saved.deleted_at:
        raise Http404
    seen, over = number_of(request.POST.get("seen")), "overwrite" in request.POST
    asked = answers_from(given) if "asking" in request.POST else ()
    return draft_save(saved, given, seen=seen, tab=tab_of(request), asked=asked, overwrite=over)


@login_required
@require_safe
@never_cache
def form_token(request: SignedRequest) -> HttpResponse:
    """The form's CSRF token after signing in again in another tab: the open page goes on with it."""
    return HttpResponse(get_token(request), content_type="text/plain")
