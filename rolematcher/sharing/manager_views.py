"""Questions only the hiring manager can answer: the recruiter's page, and the page behind the link."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from rolematcher.accounts.requests import PageRequest, SignedRequest
from rolematcher.decisions.models import Decision
from rolematcher.decisions.views import visible_decision
from rolematcher.editions.models import Edition
from rolematcher.editions.services import rulebook_of
from rolematcher.intake.models import Draft
from rolematcher.intake.raw import answers_from, answers_sound
from rolematcher.rules.rulebook import Question
from rolematcher.web.addresses import public_address
from rolematcher.web.names import said
from rolematcher.web.once import sent_once
from rolematcher.web.shown_once import forget_shown, show_once, shown_once

from . import managers
from .links import LinkClosed, behind_link, days_read
from .models import ManagerRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def ask_about_draft(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """The open questions of a draft: messages to copy, a link to make, replies to accept."""
    draft = get_object_or_404(Draft, public_id=public_id, owner=request.user)
    return _ask(request, draft, answers_from(draft.raw), back=reverse("draft", args=[public_id]))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def ask_about_decision(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """The same for a finished decision; accepted replies begin its next version."""
    decision = visible_decision(request.user, public_id)
    return _ask(request, decision, decision.answers, back=decision.get_absolute_url())


def _ask(
    request: SignedRequest, about: Draft | Decision, answers: dict[str, object], *, back: str
) -> HttpResponse:
    rulebook = rulebook_of(Edition.objects.current())
    sound, _errors = answers_sound(rulebook, answers)  # while some answer is wrong, it counts as open
    questions = managers.questions_open(rulebook, sound, on=timezone.localdate())
    others = managers.questions_other(rulebook, answers, questions)
    picked, wrong = list(questions), ""
    if request.method == "POST":
        wanted = request.POST.getlist("question")
        picked = [question for question in [*questions, *others] if question.id in wanted]
        try:
            if "write" not in request.POST:
                return _link_made(request, about, picked)
            wrong = "" if picked else _("Select at least one question to send.")
        except ValueError as refused:
            wrong = str(refused)
    asked = list(about.manager_requests.all())
    context = {
        "wrong": wrong,
        "about": about,
        "project": about.project,
        "back": back,
        "questions": questions,
        "others": others,
        "asks_others": any(question in others for question in picked),
        "picked": [question.id for question in picked],
        "message": managers.message_words(str(about.project), picked) if picked else "",
        "asked": [(row, _reply_lines(row, answers) if row.answered_at else []) for row in asked],
        "new": _new_message(request, asked, [*questions, *others]),
        "rulebook": rulebook,
    }
    page = render(request, "sharing/ask.html", context, status=422 if wrong else 200)
    forget_shown(request, page)
    return page


def _link_made(request: SignedRequest, about: Draft | Decision, picked: list[Question]) -> HttpResponse:
    """Make the link and lead back to the page, which shows it once. Raises ValueError with what to mend."""
    days = days_read(request.POST.get("days", ""))
    made, secret = managers.manager_request_make(about, user=request.user, questions=picked, days=days)
    address = public_address(request, reverse("manager_reply", args=[secret]))
    response = HttpResponseRedirect(request.path, status=303)
    ids = [question.id for question in picked]
    show_once(request, response, "new_ask", {"row": made.pk, "ids": ids, "address": address})
    return response


def _new_message(request: SignedRequest, asked: list[ManagerRequest], questions: Sequence[Question]) -> str:
    """The message with the link that was made just now; empty where none was."""
    new = shown_once(request, "new_ask")
    made = next((row for row in asked if row.pk == new.get("row")), None)
    picked = [question for question in questions if question.id in new.get("ids", ())]
    return managers.message_words(made.project, picked, link=new["address"]) if made else ""


def _reply_lines(asked: ManagerRequest, answers: dict[str, object]) -> list[dict[str, str]]:
    """Each reply beside what the form says now."""
    lines = []
    for question in asked.questions:
        id, words = question["id"], {id: said(shown) for id, shown in question["choices"]}
        if id in asked.answers:
            reply, now = _in_words(asked.answers[id], words), _in_words(answers.get(id) or "unsure", words)
            lines.append({"id": id, "ask": said(question["ask"]), "reply": reply, "now": now})
    return lines


def _in_words(value: object, words: dict[str, str]) -> str:
    values = value if isinstance(value, list) else [value]
    return ", ".join(words.get(str(one), str(one)) for one in values)


@login_required
@require_POST
def ask_close(request: SignedRequest, pk: int) -> HttpResponse:
    """Withdraw a link."""
    asked = _mine(request, pk)
    managers.manager_request_revoke(asked, user=request.user)
    messages.success(request, _("The link no longer works."))
    return redirect(asked.page)


@login_required
@require_POST
@sent_once
def ask_settle(request: SignedRequest, pk: int) -> HttpResponse:
    """Take over the replies she accepts; the form then shows them."""
    asked, accepted = _mine(request, pk), request.POST.getlist("accept")
    try:
        draft = managers.manager_reply_settle(asked, user=request.user, accepted=accepted)
    except LinkClosed:
        return redirect(asked.page)
    if accepted:
        messages.success(request, _("The accepted replies are in the form."))
    return redirect("draft", public_id=draft.public_id)


def _mine(request: SignedRequest, pk: int) -> ManagerRequest:
    """What was asked about a draft of hers, or a decision she may see."""
    hers = Q(draft__owner=request.user) | Q(decision__in=Decision.objects.visible_to(request.user))
    return get_object_or_404(ManagerRequest.objects.select_related("draft", "decision").filter(hers), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@behind_link(managers.manager_request_by, "ask")
def manager_reply(request: PageRequest, asked: ManagerRequest) -> HttpResponse:
    """What the hiring manager sees: the open questions of one project, without an account."""
    form = managers.ReplyForm(request.POST if request.method == "POST" else None, questions=asked.questions)
    if form.is_valid():
        managers.manager_answer(asked, form.answers, note=form.told)
        return render(request, "sharing/manager_thanks.html", {"asked": asked})
    if not asked.open:
        raise LinkClosed
    context, status = {"asked": asked, "form": form}, 422 if form.is_bound else 200
    return render(request, "sharing/manager.html", context, status=status)
