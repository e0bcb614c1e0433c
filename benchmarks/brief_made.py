"""Three real briefs to measure with: answers in, content out, by the shipped rulebook and rates."""

from __future__ import annotations

import os
import tempfile
from datetime import date
from functools import cache
from typing import Any

ON = date(2026, 11, 21)
ANSWERS: dict[str, dict[str, Any]] = {
    "hire, 12 sources": {
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
        "client": "Northwind Trading",
        "project": "Answers for the service desk",
    },
    "hire a pair, one source": {
        "work": "vision_special",
        "data": "labelled",
        "stage": "production",
        "team": [],
        "place": "GB",
        "engagement": "contract",
        "budget": {"amount": "550", "currency": "GBP", "per": "day", "kind": "total"},
        "client": "Müller & Søn <Ltd>",
    },
    "ask first, nothing known": {"work": "unsure", "place": "US"},
}


def django_ready() -> None:
    """Set the product up in a data folder of its own."""
    os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="hiring-bench-"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hiring.settings")
    import django

    django.setup()


@cache
def content_made(name: str) -> Any:
    """What the brief of these answers says, in English."""
    django_ready()
    from django.utils import translation

    from rolematcher.content import content_of
    from rolematcher.models import Edition
    from rolematcher.packaged import packaged_text
    from rolematcher.rulebooks import text_hash
    from rolematcher.services.decisions import decision_work_out
    from rolematcher.services.preview import preview_of
    from rolematcher.services.rates import figures_packaged

    text = packaged_text("rulebook.toml")
    edition = Edition(number=1, state=Edition.PUBLISHED, text=text, sha256=text_hash(text))
    work = decision_work_out(ANSWERS[name], edition=edition, on=ON, figures=figures_packaged())
    with translation.override("en"):
        return content_of(preview_of(work))
