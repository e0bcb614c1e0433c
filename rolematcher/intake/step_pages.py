"""What the views of the steps share. In: a request and a draft. Out: a page, or the way to the next step."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping

from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from rolematcher.accounts.requests import SignedRequest
from rolematcher.decisions.models import Decision
from rolematcher.reading.read import read
from rolematcher.reading.record import Reading
from rolematcher.rules import Rulebook
from rolematcher.values.numbers import whole_read
from rolematcher.web.addresses import uuid_of

from .drafts import DraftConflict, draft_save
from .forms import QuestionsForm
from .models import Draft, StartingPoint
from .raw import Fields, fields_from, ids_asked
from .reading import Found, found_in
from .sign_in import fields_sent
from .starting_points import starting_answers
from .steps import Sheet

METHODS = ["GET", "HEAD", "POST"]


def page(
    request: SignedRequest,
    template: str,
    context: Mapping[str, object],
    *,
    step: int,
    draft: Draft | None = None,
    sheet: Sheet | None = None,
    form: QuestionsForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """A step; with `sheet` the panel stands beside it, with `form` its errors decide the status."""
    shown: dict[str, object] = {"step": step, "steps": 5, "tab": tab_of(request), "here": "brief_new"}
    shown |= {"draft": draft, "form": form, "money": form is not None and "budget" in form.ids}
    if draft:
        shown |= {"seen": draft.saved_version, "keep_url": reverse("draft_keep", args=[draft.public_id])}
    if sheet:
        shown |= {"panel": sheet.panel(), "sheet": sheet}
    if form is not None and form.is_bound and form.errors:
        status = 422
    return render(request, template, {**shown, **context}, status=status)


def saved(
    request: SignedRequest, draft: Draft, given: Mapping[str, object], *, then: str, asked: Iterable[str] = ()
) -> HttpResponse:
    """Save and go to the next step; where another window was quicker, let her choose between the two."""
    seen = number_of(request.POST.get("seen")) or draft.saved_version
    over = "overwrite" in request.POST
    try:
        draft_save(draft, given, seen=seen, tab=tab_of(request), asked=asked, overwrite=over)
    except DraftConflict:
        kept = fields_sent(request, but=("csrfmiddlewaretoken", "overwrite"))
        return render(request, "intake/conflict.html", {"draft": draft, "kept": kept}, status=409)
    return to_step(then, draft)


def to_step(name: str, draft: Draft) -> HttpResponse:
    """The way to a step of this draft."""
    return HttpResponseRedirect(reverse(name, args=[draft.public_id]), status=303)


def open_draft(request: SignedRequest, public_id: uuid.UUID) -> Draft:
    """Her open draft; one that became a brief is not edited any more. Raises Http404."""
    return get_object_or_404(Draft, public_id=public_id, owner=request.user, became=None, deleted_at=None)


def ids_sent(request: SignedRequest, rulebook: Rulebook) -> tuple[str, ...]:
    """The questions on the page that was sent. Raises Http404 where one is none that can be answered."""
    return ids_known(rulebook, tuple(dict.fromkeys(" ".join(request.POST.getlist("ids")).split())))


def ids_known(rulebook: Rulebook, ids: tuple[str, ...]) -> tuple[str, ...]:
    """These ids. Raises Http404 where one is no question that can be answered."""
    if not set(ids) <= set(ids_asked(rulebook)):
        raise Http404
    return ids


def begun_from(request: SignedRequest, data: Mapping[str, str]) -> Fields:
    """The answers to begin with: of a starting point, of a decision to copy, or none."""
    if slug := data.get("from"):
        return fields_from(starting_answers(get_object_or_404(StartingPoint, slug=slug, active=True)))
    if copied := data.get("copy"):
        visible = Decision.objects.visible_to(request.user)
        return fields_from(get_object_or_404(visible, public_id=uuid_of(copied)).answers_typed)
    return {}


def tab_of(request: SignedRequest) -> str:
    """The name of the browser tab; a new one for a page that has none yet."""
    return request.POST.get("tab", "")[:36] or uuid.uuid4().hex


def posted(request: SignedRequest) -> QueryDict | None:
    """What was sent, None where the page is only looked at."""
    return request.POST if request.method == "POST" else None


def reading_of(rulebook: Rulebook, fields: Mapping[str, object]) -> tuple[Reading, list[Found]]:
    """What the description of a draft says, and what of it answers which question."""
    text, language = str(fields.get("description") or ""), (get_language() or "en")[:2]
    reading = read(text, on=timezone.localdate(), language_hint=language)
    return reading, found_in(rulebook, reading, fields)


def number_of(text: str | None) -> int:
    """A count that a form sent back; 0 where it is none."""
    read = whole_read(text, least=0, most=999_999_999)
    return read if isinstance(read, int) else 0
