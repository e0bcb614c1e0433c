"""Decisions to write briefs of, worked out by the shipped rulebook and figures without a database."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from functools import cache
from typing import Any

from django.utils import translation

from rolematcher.briefs.content import Content, DecisionPreview, content_of
from rolematcher.briefs.pdf import BriefFile, brief_pdf
from rolematcher.decisions.preview import preview_of
from rolematcher.decisions.services import decision_work_out
from rolematcher.editions.models import Edition
from rolematcher.editions.rulebooks import text_hash
from rolematcher.packaged import packaged_text
from rolematcher.rates.services import figures_packaged

ON = dt.date(2026, 11, 21)

CHATBOT = {
    "work": "language",
    "evidence": "untested",
    "team": [],
    "wish": "no",
    "app": "yes",
    "platform": "code",
    "stage": "production",
    "place": "US",
    "engagement": "permanent",
    "budget": {"amount": "180000", "currency": "USD", "per": "year", "kind": "pay"},
    "client": "Müller & Søn <Ltd>",
    "project": "Answers for the service desk",
}
COURSES: dict[str, dict[str, Any]] = {
    "hire": CHATBOT,
    "hire_then_review": CHATBOT | {"wish": "finetune", "stage": "prototype", "engagement": "open"},
    "hire_pair": {
        "work": "vision_special",
        "data": "labelled",
        "stage": "production",
        "team": [],
        "place": "GB",
        "engagement": "contract",
        "budget": {"amount": "550", "currency": "GBP", "per": "day", "kind": "total"},
    },
    "own_team": {
        "work": "language",
        "app": "no",
        "platform": "no_code",
        "evidence": "untested",
        "wish": "no",
        "team": ["automation"],
        "place": "DE",
    },
    "buy": {"work": "language", "evidence": "buy", "team": [], "place": "DE"},
    "collect_data_first": {"work": "predict", "data": "raw", "team": ["developers"], "place": "IN"},
    "ask_first": {"work": "unsure", "place": "US"},
}
"""Answers that lead to each course."""


@cache
def _stand() -> tuple[Edition, Any]:
    text = packaged_text("rulebook.toml")
    edition = Edition(number=1, state=Edition.PUBLISHED, text=text, sha256=text_hash(text))
    return edition, figures_packaged()


def preview(**answers: Any) -> DecisionPreview:
    """A decision on these answers, not saved."""
    edition, figures = _stand()
    return preview_of(decision_work_out(answers, edition=edition, on=ON, figures=figures))


def content(language: str = "en", **answers: Any) -> Content:
    """What the brief of these answers says."""
    with translation.override(language):
        return content_of(preview(**answers))


def brief(variant: str = "full", paper: str = "a4", language: str = "en", **answers: Any) -> BriefFile:
    """The PDF of these answers."""
    return brief_pdf(content(language, **answers), variant=variant, paper=paper, language=language)


def brief_kept(variant: str = "full", paper: str = "a4", language: str = "en", **answers: Any) -> BriefFile:
    """The same, made once a process: for tests that only read it."""
    asked = json.dumps([variant, paper, language, answers], sort_keys=True)
    if asked not in _made:
        _made[asked] = brief(variant, paper, language, **answers)
    return _made[asked]


_made: dict[str, BriefFile] = {}


def with_text(
    said: Content, text: str, fields: tuple[str, ...] = ("client", "project", "description")
) -> Content:
    """The same content with this text where people typed, past every check at the door."""
    return replace(said, **dict.fromkeys(fields, text))
