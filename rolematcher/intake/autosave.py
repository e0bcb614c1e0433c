"""Autosave: what is in the form goes into the draft. In: the form as it is now. Out: the panel beside it."""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_required
from django.db import IntegrityError
from django.http import Http404, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from rolematcher.accounts.requests import SignedRequest

from .drafts import DraftConflict, DraftTooLong, draft_begin, draft_save
from .forms import QuestionsForm
from .models import Draft
from .raw import Fields, answers_from
from .step_pages import begun_from, ids_sent, number_of, tab_of
from .steps import Sheet


@login_required
@require_POST
def draft_keep(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """Keep what is in the form now, and answer with the panel; on step 3 also with what is asked next."""
    rulebook = Sheet({}).rulebook
    form = QuestionsForm(rulebook, ids_sent(request, rulebook), {}, request.POST)
    context: dict[str, object] = {"key": public_id}
    try:
        draft = _kept(request, public_id, form.raw())
    except DraftConflict as conflict:
        return render(request, "intake/live.html", context | {"conflict": conflict.draft})
    except DraftTooLong:
        return render(request, "intake/live.html", context | {"too_long": True})
    except (IntegrityError, Http404):
        return render(request, "intake/live.html", context | {"gone": True})
    sheet = Sheet(draft.raw, draft.declined)
    context |= {"saved": draft, "draft": draft, "sheet": sheet, "panel": sheet.panel()}
    context["money"] = "budget" in form.ids
    if "asking" in request.POST:
        context |= {"asking": True, "form": QuestionsForm(rulebook, sheet.next_ids, draft.raw)}
    return render(request, "intake/live.html", context)


def _kept(request: SignedRequest, public_id: uuid.UUID, given: Fields) -> Draft:
    """The draft with these answers. Raises DraftConflict, DraftTooLong, Http404 where it is open no more."""
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
