"""German pages and papers hold no English: neither a text of the catalogue nor one that never got there."""

from __future__ import annotations

import csv
import re
from functools import cache

from babel import Locale

from rolematcher.packaged import packaged_text
from rolematcher.roles.profile import role_profiles
from rolematcher.rules import shipped_rulebook
from tests.briefs.made import CHATBOT, content

from .pages import OPEN, SHUT, visible
from .sources import both, messages
from .test_catalogue import SLOT

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
    rows = [
        row
        for name in ("facts.csv", "pay/observations.csv", "pay/dues.csv", "pay/transparency.csv")
        for row in csv.DictReader(packaged_text(name).splitlines())
    ]
    names = {row[key] for row in rows for key in ("publisher", "title", "note") if row.get(key)}
    profiles = role_profiles()
    for profile in profiles.role.values():
        names.update(profile.certifications.items)
    names.update(name for source in profiles.source.values() for name in (source.publisher, source.title))
    names.update(Locale("de").territories.values())
    sources = shipped_rulebook().sources
    names.update(name for source in sources for name in (source.publisher, source.title))
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
    typed = (CHATBOT["project"], CHATBOT["client"], CHATBOT["description"], *CHATBOT["success"])
    for name, html in german_pages().items():
        for text in visible(html):
            left = unmarked(text)
            if ENGLISH.search(left):
                for known in (*own_names(), *typed):
                    left = left.replace(known, " ")
                assert not ENGLISH.search(RULE_ID.sub(" ", left)), (name, text)


def test_amounts_and_dates_are_written_as_in_german():
    said = content(CHATBOT, language="de")
    assert said.meta[-1] == "26. November 2026"
    assert "GBP\u00a061.350 pro Jahr" in said.section("answers").blocks[0].items[6].words
