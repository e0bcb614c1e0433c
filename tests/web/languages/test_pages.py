"""German pages and papers hold no English: neither a text of the catalogue nor one that never got there."""

from __future__ import annotations

import csv
import re
from functools import cache
from io import BytesIO

import pypdf
import pytest
from babel import Locale
from django.utils import translation
from rolematcher.decisions.profiles import role_profiles

from rolematcher.briefs.content import content_of
from rolematcher.briefs.models import Brief
from rolematcher.briefs.pdf import brief_pdf
from rolematcher.packaged import packaged_text
from tests.briefs.made import COURSES, preview

from .pages import OPEN, READ, SHUT, visible
from .test_catalogue import SLOT, both, messages

INNERMOST = re.compile(f"{OPEN}[^{OPEN}{SHUT}]*{SHUT}")
ENGLISH = re.compile(
    r"\b(the|of|is|are|and|or|to|not|for|with|you|your|has|have|this|that|from|an|by|who|what|no|yes)\b",
    re.IGNORECASE,
)
RULE_ID = re.compile(r"\b[a-z]+(-[a-z]+)+\b")
LEAST_WORDS = 3
"""Shorter texts of the catalogue also occur inside titles of sources, which stay as they are printed."""


@cache
def english_texts() -> list[tuple[str, re.Pattern[str]]]:
    """Every English text of the catalogue with three words of its own: its longest stretch, an expression."""
    found = []
    for message in messages():
        for english, german in zip(both(message.id), both(message.string), strict=True):
            words = re.findall(r"[a-z]{2,}", SLOT.sub(" ", english), re.IGNORECASE)
            if english != german and len(words) >= LEAST_WORDS:
                parts = re.split(r"%\(\w+\)[sd]", " ".join(english.split()))
                whole = r"(?<!\w)" + ".+".join(re.escape(part) for part in parts) + r"(?!\w)"
                found.append((max(parts, key=len).strip(), re.compile(whole)))
    return found


def english_in(shown: str) -> list[str]:
    """The English texts of the catalogue in what is shown, the names of sources aside."""
    for name in own_names():
        shown = shown.replace(name, " ")
    return [text.pattern for stretch, text in english_texts() if stretch in shown and text.search(shown)]


@cache
def own_names() -> list[str]:
    """Names as they are printed in German: publishers, titles, certificates, countries; the longest first."""
    rows = [*csv.DictReader(packaged_text("rates.csv").splitlines())]
    rows += csv.DictReader(packaged_text("facts.csv").splitlines())
    names = {row[key] for row in rows for key in ("publisher", "title") if row.get(key)}
    for profile in role_profiles().values():
        names.update(profile["certifications"]["items"])
        names.update(source[key] for source in profile["sources"] for key in ("publisher", "title"))
    names.update(Locale("de").territories.values())
    names.update(re.findall(r'^(?:publisher|title) = "(.*)"$', packaged_text("rulebook.toml"), re.MULTILINE))
    return sorted((" ".join(name.split()) for name in names), key=len, reverse=True)


def unmarked(text: str) -> str:
    """What is left of a text when all that came out of the catalogue is taken away."""
    while OPEN in text:
        shorter = INNERMOST.sub(" ", text)
        if shorter == text:
            break
        text = shorter
    return text


def test_no_english_text_of_the_catalogue_is_on_a_german_page(german_pages):
    for name, html in german_pages().items():
        assert not english_in("\n".join(visible(html))), name


def test_every_text_on_a_page_comes_out_of_the_catalogue(marked, german_pages):
    typed = (COURSES["hire"]["project"], COURSES["hire"]["client"])
    for name, html in german_pages().items():
        for text in visible(html):
            left = RULE_ID.sub(" ", unmarked(text))
            if name == "refusal" or all(part in READ for part in text.split("; ")):
                continue
            if ENGLISH.search(left):
                for known in (*own_names(), *typed):
                    left = left.replace(known, " ")
                assert not ENGLISH.search(left), (name, text)


@pytest.mark.parametrize("course", sorted(COURSES))
def test_the_german_paper_says_so_and_is_german(course):
    with translation.override("de"):
        content = content_of(preview(**COURSES[course]))
    file = pypdf.PdfReader(BytesIO(brief_pdf(content).data))
    assert file.root_object["/Lang"] == "de"
    shown = " ".join(" ".join(page.extract_text() for page in file.pages).split())
    assert "Vergütung und Budget" in shown
    assert not english_in(shown)


def test_amounts_and_dates_are_written_as_in_german():
    with translation.override("de"):
        content = content_of(preview(**COURSES["hire"]))
    assert content.made_on == "21. November 2026"
    assert content.rates.budget == "USD\u00a0180.000 pro Jahr, nur Vergütung"
    assert "Recruiting From Scratch, 5. Juni 2026" in content.search.sources
    assert content.rates.market.startswith("Vereinigte Staaten")


def test_a_form_sent_in_german_makes_a_german_brief(loaded, recruiter, client):
    recruiter.language = "de"
    recruiter.save()
    client.force_login(recruiter, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post("/new/", {"key": "0" * 32, "work": "connect", "app": "no"})
    assert answer.status_code == 303
    assert Brief.objects.get().language == "de"


def test_a_starting_point_begins_in_the_readers_language(loaded, recruiter, client):
    recruiter.language = "de"
    recruiter.save()
    client.force_login(recruiter, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/new/", {"from": "lead-routing"}).content.decode()
    assert "Jede Anfrage ist innerhalb von fünf Minuten bei der richtigen Person" in page


def test_a_fault_keeps_what_was_typed_as_it_was_typed(loaded, recruiter, client):
    recruiter.language = "de"
    recruiter.save()
    client.force_login(recruiter, backend="django.contrib.auth.backends.ModelBackend")
    wrong = {"budget_amount": "45.000", "budget_currency": "EUR", "budget_per": "year", "budget_kind": "pay"}
    page = client.post("/new/", {"key": "1" * 32, "work": "connect", **wrong}).content.decode()
    assert "&#x27;45.000&#x27; lässt sich auf zwei Arten lesen" in page
