"""The wording of an advert: neutral titles, and phrases that say nothing."""

from __future__ import annotations

import re

from rolematcher.values.frozen import Frozen

from .content import content
from .terms import terms_found

GERMAN_MARK = "(m/w/d)"
GENDER_MARK = re.compile(r"\(\s*(?:[mwfdxgn]\s*[/|,]\s*){1,3}[mwfdxgn]\s*\)", re.IGNORECASE)


class VaguePhrase(Frozen):
    """A phrase as it stands in the advert, and what to write instead."""

    phrase: str
    why: str


def neutral_title(title: str, language: str) -> str:
    """The title for an advert in `language` (such as "de-AT"): in German with the mark for all genders."""
    if not language.casefold().startswith("de") or GENDER_MARK.search(title):
        return title
    return f"{title} {GERMAN_MARK}"


def vague_phrases(text: str) -> tuple[VaguePhrase, ...]:
    """The phrases of an advert that say nothing or shut people out, each once, in whatever language it is."""
    return tuple(
        VaguePhrase(phrase=phrase, why=vague.why)
        for vague in content().vague
        for phrase in terms_found(vague.terms, text)
    )
