"""A decision's page and documents, and for the search: advert, JobPosting, rating sheet, places."""

from __future__ import annotations

import json
import uuid

from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rolematcher.accounts.requests import SignedRequest
from rolematcher.decisions.models import Decision
from rolematcher.decisions.views import visible_decision
from rolematcher.editions.services import text_said
from rolematcher.web.names import ROLE
from rolematcher.web.shown_once import forget_shown, shown_once

from .content import content_of
from .content.advert import advert_of
from .content.advice import Advice
from .files import TYPES, brief_file
from .house import house_head
from .models import Brief
from .places import place_choices, places_compared
from .posting import job_posting_of, occupation_of
from .services import brief_request, briefs_of
from .word import advert_docx

NOBODY = "Nobody is to be hired on this decision, so there is no advert."


@login_required
@require_safe
def decision(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """The decision's page: the same words as its document, and what can be done with it."""
    return decision_page(request, visible_decision(request.user, public_id))


def decision_page(
    request: SignedRequest, shown: Decision, *, status: int = 200, **forms: Form
) -> HttpResponse:
    """The page of a decision she may see; `forms` are those of the page that were refused, as posted."""
    made = briefs_of(shown, language=get_language() or "en")
    context = {
        "here": "decision",
        "decision": shown,
        "content": content_of(shown, house=house_head()),
        "pdf": made.get((Brief.HOUSE, Brief.PDF)),
        "word": made.get((Brief.HOUSE, Brief.DOCX)),
        "client_pdf": made.get((Brief.CLIENT, Brief.PDF)),
        "versions": shown.versions(),
        "new_approval": shown_once(request, "new_approval").get("row"),
        **forms,
    }
    response = render(request, "briefs/decision.html", context, status=status)
    forget_shown(request, response)
    return response


@login_required
@require_POST
def brief_ask(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """Ask for a document: full or client copy, PDF or Word, A4 or Letter."""
    shown = visible_decision(request.user, public_id)
    try:
        brief = brief_request(
            shown,
            user=request.user,
            audience=request.POST.get("audience", Brief.HOUSE),
            format=request.POST.get("format", Brief.PDF),
            paper=request.POST.get("paper", Brief.A4),
            language=get_language() or "en",
        )
    except ValueError as wrong:
        return HttpResponse(str(wrong), status=400, content_type="text/plain; charset=utf-8")
    if request.htmx:
        return render(request, "briefs/brief_state.html", {"brief": brief})
    return HttpResponseRedirect(reverse("decision", args=[public_id]), status=303)


@login_required
@require_safe
def brief_status(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """How far a document is: the page asks again until it is ready or has failed."""
    return render(request, "briefs/brief_state.html", {"brief": _visible_brief(request, public_id)})


@login_required
@require_safe
def brief_download(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse | FileResponse:
    """The finished file, under a name the server makes."""
    return brief_file(_visible_brief(request, public_id))


def _visible_brief(request: SignedRequest, public_id: uuid.UUID) -> Brief:
    visible = Decision.objects.visible_to(request.user)
    briefs = Brief.objects.select_related("decision__owner", "decision__edition", "job")
    return get_object_or_404(briefs, public_id=public_id, decision__in=visible)


@login_required
@require_safe
def job_record(request: SignedRequest, public_id: uuid.UUID, kind: str) -> HttpResponse:
    """The advert as schema.org JobPosting, or the role as Occupation; not found where there is none."""
    shown = visible_decision(request.user, public_id)
    record = job_posting_of(shown) if kind == "job-posting" else occupation_of(shown)
    if record is None:
        raise Http404(NOBODY)
    data = json.dumps(record, ensure_ascii=False, indent=2).encode()
    return _file(data, "application/ld+json", f"{_name(shown)}-{kind}.jsonld")


@login_required
@require_safe
def advert(request: SignedRequest, public_id: uuid.UUID, form: str) -> HttpResponse:
    """The advert as a file: html, docx or txt."""
    shown = visible_decision(request.user, public_id)
    advice, language = Advice(shown, "client"), get_language() or "en"
    found = advert_of(advice) if advice.hiring else None
    if found is None:
        raise Http404(NOBODY)
    if form == "docx":
        data, kind = advert_docx(found, language, shown.created_at), TYPES[Brief.DOCX]
    elif form == "txt":
        data, kind = found.text.encode(), "text/plain; charset=utf-8"
    elif form == "html":
        context = {"advert": found, "language": language}
        data, kind = render(request, "briefs/advert_file.html", context).content, "text/html; charset=utf-8"
    else:
        raise Http404
    return _file(data, kind, f"advert-{_name(shown)}.{form}")


@login_required
@require_safe
def rating_sheet(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """A blank sheet to rate interviews with, printed from the page. Nothing is kept."""
    shown = visible_decision(request.user, public_id)
    advice = Advice(shown, "house")
    if not advice.hiring or advice.fitted is None:
        raise Http404(NOBODY)
    title = _("Interview rating sheet: %(role)s") % {"role": ROLE[advice.role]}
    questions = [
        (text_said(one.ask), _("Listen for: %(what)s") % {"what": text_said(one.listen)})
        for one in advice.fitted.interview
    ]
    context = {"here": "decision", "decision": shown, "title": title, "questions": questions}
    return render(request, "briefs/rating_sheet.html", context)


@login_required
@require_safe
def places(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """The same role in two to ten places: pay and cost of the decided cell in each."""
    shown = visible_decision(request.user, public_id)
    if shown.role == "none":
        raise Http404
    chosen = request.GET.getlist("place")
    context: dict[str, object] = {"here": "decision", "decision": shown, "choices": place_choices()}
    context["chosen"] = chosen or [shown.place]
    try:
        context["rows"] = places_compared(shown, chosen) if chosen else ()
    except ValueError as wrong:
        context["wrong"] = str(wrong)
    return render(request, "briefs/places.html", context)


def _name(shown: Decision) -> str:
    return f"{shown.number_words.replace(' ', '-')}-{timezone.localdate():%Y-%m-%d}"


def _file(data: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        data, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
