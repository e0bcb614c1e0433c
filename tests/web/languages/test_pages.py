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

INNERMOST = re.compile(f"{OPEN}[^{OPEN}{SHUT}]*{SHUT}")
ENGLISH = re.compile(
    r"\b(the|of|is|are|and|or|to|not|for|with|you|your|has|have|this|that|from|an|by|who|what|no|yes)\b",
    re.IGNORECASE,
)
RULE_ID = re.compile(r"\b[a-z]+(-[a-z]+)+\b")


@cache
def unlike_german() -> set[str]:
    """The English texts of the catalogue that German says otherwise; a language is named in itself."""
    pairs = [pair for one in messages() for pair in zip(both(one.id), both(one.string), strict=True)]
    return {english for english, german in pairs if english != german} - {"English"}


def english_in(left: str) -> list[str]:
    """The texts that should have been German: all that is left, or three words within it."""
    found = [one for one in unlike_german() if one in left]
    return [one for one in found if one == left.strip() or len(one.split()) > 2]


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


def test_every_text_on_a_page_comes_out_of_the_catalogue(marked, german_pages):
    typed = (CHATBOT["project"], CHATBOT["client"], CHATBOT["description"], *CHATBOT["success"])
    for name, html in german_pages().items():
        for text in visible(html):
            left = unmarked(text)
            for known in (*own_names(), *typed):
                left = left.replace(known, " ")
            assert not english_in(left), (name, text)
            assert not ENGLISH.search(RULE_ID.sub(" ", left)), (name, text)


def test_amounts_and_dates_are_written_as_in_german():
    said = content(CHATBOT, language="de")
    assert said.meta[-1] == "26. November 2026"
    assert "GBP\u00a061.350 pro Jahr" in said.section("answers").blocks[0].items[6].words
