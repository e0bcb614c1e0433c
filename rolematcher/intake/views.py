"""The first four steps to a brief: paste, check, questions, terms. In: a form. Out: the next step.

Each step has its own address, keeps the draft, and works without JavaScript. Autosave is `autosave.py`, the
fifth step `making.py`.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rolematcher.accounts.requests import SignedRequest
from rolematcher.web.addresses import uuid_of

from .drafts import draft_begin, draft_delete, draft_undelete
from .forms import QuestionsForm
from .models import Draft, StartingPoint
from .raw import Fields, answers_from, ids_asked
from .reading import Found, description_read, found_in, not_found, taken_from
from .sign_in import form_kept
from .step_pages import (
    METHODS,
    begun_from,
    ids_known,
    ids_sent,
    open_draft,
    page,
    saved,
    tab_of,
    text_language,
    to_step,
)
from .steps import NAMED, SHARPER, TERMS, Sheet
from .words import reading_words


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
    sent = request.POST if request.method == "POST" else None
    data = request.GET if sent is None else sent
    begun = begun_from(request, data)
    form = QuestionsForm(Sheet(begun).rulebook, NAMED, begun, sent)
    key = uuid_of(request.POST.get("key"))
    if sent is not None and form.is_valid():
        draft = _begun(request, {**begun, **answers_from(form.raw())}, key)
        after_text = "draft_check" if draft.fields.get("description") else "draft_questions"
        return to_step("draft_make" if sent.get("copy") else after_text, draft)
    context = {
        "key": key,
        "starting_points": StartingPoint.objects.filter(active=True),
        "from": data.get("from", ""),
        "copy": data.get("copy", ""),
        "keep_url": reverse("draft_keep", args=[key]),
        "seen": 0,
    }
    return page(request, "intake/paste.html", context, step=1, form=form)


def _begun(request: SignedRequest, raw: Fields, key: uuid.UUID) -> Draft:
    try:
        return draft_begin(request.user, raw, public_id=key, tab=tab_of(request))
    except IntegrityError:  # somebody else's draft has this key
        return draft_begin(request.user, raw, tab=tab_of(request))


@require_http_methods(METHODS)
@form_kept
def draft_check(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """Step 2: what the text says, with the words it rests on; what is ticked fills the answers.

    A text that does not tell what the thing should do gets that one question on the same page.
    """
    draft = open_draft(request, public_id)
    sheet = Sheet(draft.raw, draft.declined)
    reading = description_read(str(draft.fields.get("description") or ""), sheet.today, text_language())
    found = found_in(sheet.rulebook, reading, draft.fields)
    sent = request.POST if request.method == "POST" else None
    ids = ids_sent(request, sheet.rulebook) if sent is not None else _untold(draft, found)
    form = QuestionsForm(sheet.rulebook, ids, draft.raw, sent)
    if sent is not None and form.is_valid():
        own = answers_from(form.raw())
        given = own | _taken(found, draft, _ticked(found, sent))
        then = "draft_check" if "undo" in sent else "draft_questions"
        return saved(request, draft, given, then=then, asked=own)
    context = {
        "found": [row for row in found if row.strength != "hint"],
        "unsure": [row for row in found if row.strength == "hint"],
        "not_found": not_found(sheet.rulebook, found),
        "read": reading_words(reading.message),
    }
    return page(request, "intake/check.html", context, step=2, draft=draft, form=form)


def _untold(draft: Draft, found: list[Found]) -> tuple[str, ...]:
    """What the thing should do, asked beside what was found where the text does not tell."""
    told = draft.fields.get("work") or any(row.fact == "work" for row in found)
    return () if told else ("work",)


def _ticked(found: list[Found], sent: QueryDict) -> set[str]:
    """The questions whose findings are right, as the buttons and ticks say."""
    if "undo" in sent:
        return set()
    return {row.fact for row in found if "all" in sent or row.fact in sent.getlist("take")}


def _taken(found: list[Found], draft: Draft, facts: set[str]) -> Fields:
    """The answers that the ticks give; what was taken before and is ticked no more goes."""
    own = answers_from(draft.fields)
    gone = {row.fact: "" for row in found if row.fact not in facts and own.get(row.fact) == row.raw}
    return {row.fact: row.raw for row in found if row.fact in facts} | gone


@require_http_methods(METHODS)
@form_kept
def draft_questions(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """Step 3: the questions that can still change who to hire or whether to, most useful first."""
    draft = open_draft(request, public_id)
    sheet = Sheet(draft.raw, draft.declined)
    sent = request.POST if request.method == "POST" else None
    ids = sheet.next_ids if sent is None else ids_sent(request, sheet.rulebook)
    if not ids:
        return to_step("draft_terms", draft)
    form = QuestionsForm(sheet.rulebook, ids, draft.raw, sent)
    if sent is not None and form.is_valid():
        asked = [id for id in ids if id in (*sheet.deciding, "trade")]
        return saved(request, draft, form.raw(), then="draft_questions", asked=asked)
    context = {"asking": True, "taken": _taken_from_text(sheet, draft)}
    return page(request, "intake/questions.html", context, step=3, draft=draft, sheet=sheet, form=form)


def _taken_from_text(sheet: Sheet, draft: Draft) -> list[Found]:
    """What stands in the answers because the text says so."""
    text = str(draft.fields.get("description") or "")
    found = found_in(sheet.rulebook, description_read(text, sheet.today, text_language()), draft.fields)
    return taken_from(found, draft.fields)


@require_http_methods(METHODS)
@form_kept
def draft_question(request: SignedRequest, public_id: uuid.UUID, id: str) -> HttpResponse:
    """One answer to change; then back to where the link stood."""
    draft = open_draft(request, public_id)
    sheet = Sheet(draft.raw, draft.declined)
    sent = request.POST if request.method == "POST" else None
    form = QuestionsForm(sheet.rulebook, ids_known(sheet.rulebook, (id,)), draft.raw, sent)
    back = "draft_make" if request.GET.get("back") == "make" else "draft_questions"
    if sent is not None and form.is_valid():
        asked = [id] if id in (*sheet.deciding, "trade") else []
        return saved(request, draft, form.raw(), then=back, asked=asked)
    context = {"back": back if back == "draft_make" else "draft_check"}
    return page(request, "intake/question.html", context, step=3, draft=draft, sheet=sheet, form=form)


@require_http_methods(METHODS)
@form_kept
def draft_form(request: SignedRequest, public_id: uuid.UUID, name: str) -> HttpResponse:
    """A step that is a form, by its name among `FORMS`; `stay` shows it again."""
    draft, known = open_draft(request, public_id), FORMS[name]
    raw: Mapping[str, object] = draft.raw
    sent = request.POST if request.method == "POST" else None
    rulebook = Sheet(raw).rulebook
    form = QuestionsForm(rulebook, known.ids or ids_asked(rulebook), raw, sent)
    if sent is not None:
        if form.is_valid():
            return saved(request, draft, form.raw(), then=name if "stay" in sent else known.then)
        raw = {**raw, **form.raw()}
    sheet = Sheet(raw, draft.declined)
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
