"""A recruiter who reads German, decisions of every course, and a catalogue that marks every text it gives."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from babel.messages.pofile import read_po
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import trans_real
from rolematcher.briefs.pdf.render import brief_html

from rolematcher.briefs.content import content_of
from rolematcher.editions.models import Edition
from rolematcher.editions.rulebooks import rulebook_of
from rolematcher.sharing.managers import manager_request_make
from tests.briefs.made import COURSES

from .pages import OPEN, READ, SHUT
from .sources import catalogues


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """Pages kept by another test may be in another language."""
    cache.clear()


@pytest.fixture
def marked() -> Iterator[None]:
    """German in which every text of the catalogue is its English between marks; formats of dates stay."""
    messages = [
        message
        for path in catalogues("po")
        for message in read_po(path.read_text().splitlines(True), locale="de")
        if message.id
    ]
    texts: dict[str | tuple[str, int], Any] = {}
    for message in messages:
        if isinstance(message.id, str):
            name = f"{message.context}\x04{message.id}" if message.context else message.id
            is_format = "format" in (message.context or "") or message.id.startswith(("j M", "j F"))
            texts[name] = message.string if is_format else f"{OPEN}{message.id}{SHUT}"
        else:
            texts |= {
                (message.id[0], number): f"{OPEN}{text}{SHUT}" for number, text in enumerate(message.id)
            }
    asked = vars(trans_real.translation("de"))["_catalog"]._catalogs
    asked.insert(0, texts)
    yield
    asked.remove(texts)


@pytest.fixture
def german_pages(loaded, recruiter, decision_of) -> Callable[[], dict[str, str]]:
    """The recruiter's pages and papers in German, by name, as HTML."""

    def open_them() -> dict[str, str]:
        recruiter.language = "de"
        recruiter.save()
        hers, anybody = Client(), Client(headers={"Accept-Language": "de"})
        hers.force_login(recruiter, backend="django.contrib.auth.backends.ModelBackend")
        asked = {"sign in": anybody.get(reverse("login")), "password": anybody.get(reverse("password_reset"))}
        asked["empty list"] = hers.get(reverse("briefs"))
        asked["form"] = hers.get(reverse("brief_new"), {"from": "support-chatbot"})
        papers = {}
        for course, answers in COURSES.items():
            decision = decision_of(recruiter, **answers)
            asked[f"{course}, page"] = hers.get(decision.get_absolute_url())
            asked[f"{course}, questions"] = hers.get(
                reverse("manager_ask_decision", args=[decision.public_id])
            )
            with translation.override("de"):
                papers[f"{course}, paper"] = brief_html(content_of(decision), annex=True)
        asked["what if"] = hers.get(reverse("what_if", args=[decision.public_id]))
        asked["list"] = hers.get(reverse("briefs"))
        asked["panel"] = hers.post(reverse("draft_keep", args=[uuid.uuid4()]), panel_fields(READ))
        asked["refusal"] = hers.post(
            reverse("draft_keep", args=[uuid.uuid4()]), panel_fields("A plumber who can weld.")
        )
        asked["faults"] = hers.post(reverse("brief_new"), faulty_fields())
        rulebook = rulebook_of(Edition.objects.current())
        questions = [
            question for question in rulebook.questions if question.choices and not question.worked_out
        ]
        _request, secret = manager_request_make(decision, user=recruiter, questions=questions, days=14)
        asked["manager's page"] = anybody.get(reverse("manager_reply", args=[secret]))
        asked["nothing there"] = anybody.get("/nothing/")
        return {name: answer.content.decode() for name, answer in asked.items()} | papers

    return open_them


def panel_fields(description: str) -> dict[str, str]:
    """What the form sends while somebody types."""
    money = {"budget_amount": "50000", "budget_currency": "USD", "budget_per": "year", "budget_kind": "pay"}
    return {"work": "connect", "wish": "scratch", "place": "US", "description": description, **money}


def faulty_fields() -> dict[str, str]:
    """A form with a fault of every kind in it."""
    money = {"budget_amount": "45.000", "budget_currency": "USD", "budget_per": "year", "budget_kind": "pay"}
    wrong = {"needed_by": "soon", "weeks": "x", "musts": "\n".join("abcdef"), "client": "x" * 300}
    return {"key": str(uuid.uuid4()), "work": "language", **money, **wrong}
