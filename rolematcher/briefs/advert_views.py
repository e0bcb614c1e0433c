"""Around the search: advert as HTML, Word and JobPosting, the blank rating sheet, places side by side."""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from rolematcher.accounts.requests import SignedRequest
from rolematcher.decisions.models import Decision
from rolematcher.decisions.views import visible_decision
from rolematcher.editions.services import text_said
from rolematcher.web.names import ROLE

from .content import Advert
from .content.advert import advert_of
from .content.advice import Advice
from .files import TYPES
from .models import Brief
from .places import LEAST, place_choices, places_compared
from .posting import Record, job_posting_of, occupation_of
from .word import advert_docx, sheet_docx

NOBODY = "Nobody is to be hired on this decision, so there is no advert."


@login_required
@require_safe
@cache_control(private=True, no_store=True)
def job_posting(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """The advert as schema.org JobPosting; not found where nobody is to be hired."""
    shown = visible_decision(request.user, public_id)
    return _record(job_posting_of(shown), shown, "job-posting")


@login_required
@require_safe
@cache_control(private=True, no_store=True)
def occupation(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """The role with its estimate as schema.org Occupation."""
    shown = visible_decision(request.user, public_id)
    return _record(occupation_of(shown), shown, "occupation")


@login_required
@require_safe
@cache_control(private=True, no_store=True)
def advert(request: SignedRequest, public_id: uuid.UUID, form: str) -> HttpResponse:
    """The advert as a file: html, docx or txt."""
    shown = visible_decision(request.user, public_id)
    found = _advert(shown)
    language = get_language() or "en"
    if form == "docx":
        return _file(
            advert_docx(found, language, shown.created_at), TYPES[Brief.DOCX], f"advert-{_name(shown)}.docx"
        )
    if form == "txt":
        return _file(found.text.encode(), "text/plain; charset=utf-8", f"advert-{_name(shown)}.txt")
    if form == "html":
        page = render(request, "briefs/advert_file.html", {"advert": found, "language": language})
        page["Content-Disposition"] = f'attachment; filename="advert-{_name(shown)}.html"'
        return page
    raise Http404


@login_required
@require_safe
@cache_control(private=True, no_store=True)
def rating_sheet(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """A blank sheet to rate interviews with: printed from the page, or as Word. Nothing is kept."""
    shown = visible_decision(request.user, public_id)
    advice = Advice(shown, "house")
    if not advice.hiring or advice.fitted is None:
        raise Http404(NOBODY)
    title = _("Interview rating sheet: %(role)s") % {"role": ROLE[advice.role]}
    questions = [
        (text_said(one.ask), _("Listen for: %(what)s") % {"what": text_said(one.listen)})
        for one in advice.fitted.interview
    ]
    if request.GET.get("format") == "docx":
        data = sheet_docx(title, questions, get_language() or "en", shown.created_at)
        return _file(data, TYPES[Brief.DOCX], f"rating-sheet-{_name(shown)}.docx")
    context = {"here": "decision", "decision": shown, "title": title, "questions": questions}
    return render(request, "briefs/rating_sheet.html", context)


@login_required
@require_safe
@cache_control(private=True, no_store=True)
def places(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """The same role in two to ten places: pay and cost of the decided cell in each."""
    shown = visible_decision(request.user, public_id)
    if shown.role == "none":
        raise Http404
    chosen = request.GET.getlist("place")[:50]
    context: dict[str, object] = {"here": "decision", "decision": shown, "choices": place_choices()}
    try:
        context["rows"] = places_compared(shown, chosen) if len(chosen) >= LEAST else ()
    except ValueError as wrong:
        context["wrong"] = str(wrong)
    if len(chosen) == 1:
        context["wrong"] = _("Choose between two and ten places.")
    context["chosen"] = chosen or [shown.place]
    return render(request, "briefs/places.html", context)


def _advert(shown: Decision) -> Advert:
    advice = Advice(shown, "client")
    found = advert_of(advice) if advice.hiring else None
    if found is None:
        raise Http404(NOBODY)
    return found


def _name(shown: Decision) -> str:
    return f"{shown.number_words.replace(' ', '-')}-{timezone.localdate():%Y-%m-%d}"


def _file(data: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _record(record: Record | None, shown: Decision, kind: str) -> HttpResponse:
    if record is None:
        raise Http404(NOBODY)
    options = {"ensure_ascii": False, "indent": 2}
    response = JsonResponse(record, json_dumps_params=options, content_type="application/ld+json")
    response["Content-Disposition"] = f'attachment; filename="{_name(shown)}-{kind}.jsonld"'
    return response
