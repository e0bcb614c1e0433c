"""Step 5: every answer with a way to change it, then the brief. In: a draft. Out: the page, or a decision."""

from __future__ import annotations

import uuid

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rolematcher.accounts.requests import SignedRequest
from rolematcher.decisions.models import Decision
from rolematcher.decisions.services import DecisionConflict, decision_make

from .drafts import draft_save
from .forms import QuestionsForm
from .models import Draft
from .raw import ids_asked
from .reading import taken_from
from .sign_in import form_kept
from .step_pages import METHODS, page, posted, reading_of, tab_of
from .steps import NAMED, TERMS, Sheet


@require_http_methods(METHODS)
@form_kept
def draft_make(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """Look everything over, name client and project, make the brief."""
    draft = get_object_or_404(Draft, public_id=public_id, owner=request.user, deleted_at=None)
    if draft.became:
        return redirect(draft.became)
    sent, refused = posted(request), ""
    form = QuestionsForm(Sheet({}).rulebook, ("project", "client"), draft.raw, sent)
    if form.is_valid():
        draft_save(draft, form.raw(), seen=draft.saved_version, tab=tab_of(request), overwrite=True)
        try:
            if made := decision_of_draft(request, draft):
                return HttpResponseRedirect(made.get_absolute_url(), status=303)
        except DecisionConflict as conflict:
            refused = str(conflict)
    sheet = Sheet(draft.raw, draft.declined)
    status = 200 if sent is None else 409 if refused else 422
    context = {"form": form, "refused": refused, **answers_shown(sheet)}
    return page(request, "intake/make.html", context, step=5, draft=draft, sheet=sheet, status=status)


def answers_shown(sheet: Sheet) -> dict[str, object]:
    """The answers to look over, by heading; what was left open; what is wrong or odd."""
    every = ids_asked(sheet.rulebook)
    rest = tuple(id for id in every if id not in (*sheet.deciding, "trade", *TERMS, *NAMED))
    groups = [
        (_("The work"), sheet.lines(sheet.deciding)),
        (_("Place, time and money"), sheet.lines(TERMS)),
        (_("More detail"), sheet.lines(rest)),
    ]
    return {
        "groups": [(title, [line for line in lines if line.words]) for title, lines in groups],
        "left_open": [line for _title, lines in groups[:2] for line in lines if not line.words],
        "oddities": sheet.oddities(),
        "wrong": [line for line in sheet.lines(every) if line.error],
    }


def decision_of_draft(request: SignedRequest, draft: Draft) -> Decision | None:
    """The decision of a draft; None where nothing is answered or one is wrong. Raises DecisionConflict."""
    sheet = Sheet(draft.raw)
    if sheet.errors or not sheet.anything:
        return None
    fields = {**draft.fields, "description": sheet.answers.description}
    taken = taken_from(reading_of(sheet.rulebook, fields)[1], fields)
    made = decision_make(
        sheet.answers,
        user=request.user,
        key=draft.public_id.hex,
        on=timezone.localdate(),
        evidence={row.fact: {"words": row.words, "strength": row.strength} for row in taken},
        version_of=draft.new_version_of,
        language=get_language() or "en",
    )
    Draft.objects.filter(pk=draft.pk).update(became=made)  # it leaves the list, and stays as history
    return made
