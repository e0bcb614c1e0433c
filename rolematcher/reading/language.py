"""Which language a text is in. In: its words. Out: an ISO 639-1 code, "" where too few words tell.

A count of the small words that every text of a language has. English and German are read; the others are
named, so that the page can say that only amounts, dates and places were read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from .patterns import table

READ = ("en", "de")
SCRIPTS = {
    "ru": "\u0400-\u04ff",
    "ar": "\u0600-\u06ff",
    "he": "\u0590-\u05ff",
    "el": "\u0370-\u03ff",
    "hi": "\u0900-\u097f",
    "ja": "\u3040-\u30ff",
    "ko": "\uac00-\ud7af",
    "zh": "\u4e00-\u9fff",
    "th": "\u0e00-\u0e7f",
}
"""Languages told by their letters alone: the first and the last letter."""
SMALL = {language: frozenset(words) for language, words in table("small_words").items()}
LEAST_WORDS, LEAST_SHARE, SURER, LEAST_FOREIGN = 2, 0.06, 1.5, 0.3


def language_of(words: Iterable[str], text: str, hint: str = "") -> str:
    """The likeliest language of the words (lower case); `hint` decides a tie or a text of few words."""
    said = Counter(words)
    counts = {language: sum(said[word] for word in small) for language, small in SMALL.items()}
    if script := _by_script(text):
        return script
    best = _likeliest(counts, hint)
    if counts[best] >= LEAST_WORDS and counts[best] >= LEAST_SHARE * said.total():
        return best
    return hint or _by_letters(text, said.total())


def _by_script(text: str) -> str:
    """The language that the letters alone tell, "" for the Latin ones."""
    foreign = [char for char in text if char > "\u0370"]
    if not foreign:
        return ""
    most = LEAST_FOREIGN * sum(map(str.isalpha, text))
    told = (
        language
        for language, reach in SCRIPTS.items()
        if sum(reach[0] <= char <= reach[2] for char in foreign) > most
    )
    return next(told, "")


def _likeliest(counts: Mapping[str, int], hint: str) -> str:
    """The language with the most small words; one that is not read must lead by enough."""
    best = max(counts, key=lambda language: (counts[language], language == hint, language == "en"))
    known = max(READ, key=lambda language: counts[language])
    return known if best not in READ and counts[best] < SURER * counts[known] + 1 else best


def _by_letters(text: str, total: int) -> str:
    """German by its letters, else English; "" without a word."""
    if any(char in "äöüß" for char in text):
        return "de"
    return "en" if total else ""
