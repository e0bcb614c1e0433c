"""Finding whole words in a text: terms such as "invoice*" or "chat bot" in, those that occur out."""

from __future__ import annotations

import re
from functools import cache

DENIED = re.compile(r"\b(?:no|not|without|never|kein|keine|keinen|nicht|ohne)(?:\s+[\w-]+)?\s+$")


@cache
def _pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    words = sorted(terms, key=len, reverse=True)
    return re.compile(
        r"(?<![\w-])(?:"
        + "|".join(rf"{_start(term)}{re.escape(term.strip('*'))}{_end(term)}" for term in words)
        + r")"
    )


def _start(term: str) -> str:
    return r"[\w-]*" if term.startswith("*") else ""


def _end(term: str) -> str:
    return r"\w*" if term.endswith("*") else r"(?!\w)"


def terms_found(terms: tuple[str, ...], text: str, *, denied_count: bool = True) -> tuple[str, ...]:
    """The different words of `text` that are one of `terms`, in small letters, in order.

    With `denied_count=False` a word is left out where it is denied just before ("no chatbot").
    """
    if not terms:
        return ()
    small = text.casefold()
    found = (
        match.group()
        for match in _pattern(terms).finditer(small)
        if denied_count or not DENIED.search(small[max(0, match.start() - 40) : match.start()])
    )
    return tuple(dict.fromkeys(found))
