"""Decisions on given answers, not saved, and their documents, for the tests of this room."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import json
from collections.abc import Iterator
from functools import cache

from django.utils import translation
from docx import Document
from pypdf import PdfReader

from rolematcher.briefs.content import Content, content_of
from rolematcher.briefs.pdf import BriefFile, brief_pdf
from rolematcher.decisions.decided import WorkedOut
from rolematcher.decisions.services import decision_work_out
from rolematcher.editions.services import edition_packaged, rulebook_of
from rolematcher.pay.figures import figures_packaged
from rolematcher.rules import answers_read
from rolematcher.values.message import Money
from rolematcher.web.speech import money_words

ON = dt.date(2026, 11, 26)
CHATBOT: dict[str, object] = {
    "work": "language",
    "evidence": "untested",
    "app": "yes",
    "team": ["nobody"],
    "platform": "code",
    "stage": "production",
    "place": "GB",
    "engagement_type": "permanent",
    "budget": {"amount": "61350", "currency": "GBP", "unit": "year", "kind": "pay"},
    "client": "Harbour Dental",
    "project": "Answer and book calls",
    "description": "zebra-description: the phone rings all day.",
    "success": ["nine calls in ten are booked"],
}
RECOMMENDED: dict[str, dict[str, object]] = {
    "hire": CHATBOT,
    "hire_then_review": CHATBOT | {"evidence": "failed", "data": "none", "engagement_type": "contract"},
    "hire_pair": {
        "work": "vision_special",
        "data": "labelled",
        "stage": "production",
        "team": ["nobody"],
        "place": "GB",
        "engagement_type": "contract",
    },
    "use_team": {
        "work": "language",
        "app": "no",
        "platform": "no_code",
        "team": ["automation"],
        "place": "DE",
    },
    "buy": {"work": "language", "evidence": "buy", "team": ["nobody"], "place": "DE"},
    "collect_data": {"work": "predict", "data": "raw", "team": ["developers"], "place": "IN"},
    "ask_first": {"place": "US"},
    "look_elsewhere": {"work": "other", "trade": "mobile_app", "place": "US"},
}
"""Answers that lead to each recommendation."""


@cache
def _worked_out(asked: str) -> WorkedOut:
    edition = edition_packaged()
    answers = answers_read(rulebook_of(edition), json.loads(asked))
    return decision_work_out(answers, edition=edition, on=ON, figures=figures_packaged())


def worked_out(answers: dict[str, object]) -> WorkedOut:
    """A decision on these answers, not saved."""
    return _worked_out(json.dumps(answers, sort_keys=True))


def figure(answers: dict[str, object]) -> str:
    """The pay of its cell as it is printed."""
    main = worked_out(answers).pay_typed.main
    return money_words(Money(amount=main.low, high=main.high, currency=main.currency, unit=main.unit))


def content(answers: dict[str, object], audience: str = "house", language: str = "en") -> Content:
    """What its brief says."""
    with translation.override(language):
        return content_of(worked_out(answers), audience=audience)  # type: ignore[arg-type]


@cache
def _pdf(asked: str, audience: str, language: str) -> BriefFile:
    return brief_pdf(content(json.loads(asked), audience, language))


def pdf(answers: dict[str, object], audience: str = "house", language: str = "en") -> BriefFile:
    """Its PDF, printed once."""
    return _pdf(json.dumps(answers, sort_keys=True), audience, language)


def pdf_text(data: bytes) -> str:
    """All words of a PDF."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def docx_text(data: bytes) -> str:
    """All words of a Word file, tables and footer included."""
    document = Document(io.BytesIO(data))
    found = [paragraph.text for paragraph in document.paragraphs]
    found += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    found += [paragraph.text for paragraph in document.sections[0].footer.paragraphs]
    return "\n".join(found)


def strings(part: object) -> Iterator[str]:
    """Every text inside."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, (tuple, list)):
        for one in part:
            yield from strings(one)
    elif isinstance(part, dict):
        yield from strings(tuple(part.values()))
    elif dataclasses.is_dataclass(part):
        yield from strings(tuple(getattr(part, field.name) for field in dataclasses.fields(part)))
    elif isinstance(part, int):
        yield str(part)
    elif hasattr(part, "model_dump"):
        yield from strings(part.model_dump(exclude={"sources", "source"}))
