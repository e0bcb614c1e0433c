"""A recruiter who reads German, decisions of every kind, and a catalogue that marks every text it gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import trans_real

from rolematcher.briefs.content import content_of
from rolematcher.briefs.pdf import brief_html
from rolematcher.web.names import HIRING
from tests.briefs.made import RECOMMENDED

from .pages import OPEN, SHUT
from .sources import messages


@pytest.fixture
def marked() -> Iterator[None]:
    """German in which every text of the catalogue is its English between marks; formats of dates stay."""
    texts: dict[str | tuple[str, int], Any] = {}
    for message in messages():
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
        asked["empty list"] = hers.get(reverse("decisions"))
        papers = {}
        for name, answers in RECOMMENDED.items():
            decision = decision_of(recruiter, **answers)
            asked[f"{name}, page"] = hers.get(decision.get_absolute_url())
            with translation.override("de"):
                for audience in ("house", "client"):
                    content = content_of(decision, audience=audience)
                    papers[f"{name}, paper for the {audience}"] = brief_html(content)
            if name in HIRING:
                for view in ("rating_sheet", "places", "quote"):
                    asked[f"{name}, {view}"] = hers.get(reverse(view, args=[decision.public_id]))
        asked["list"] = hers.get(reverse("decisions"))
        asked["words"], asked["nothing there"] = anybody.get(reverse("words")), anybody.get("/nothing/")
        return {name: answer.content.decode() for name, answer in asked.items()} | papers

    return open_them
