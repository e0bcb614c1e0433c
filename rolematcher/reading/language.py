"""Which language a text is in. In: its words. Out: an ISO 639-1 code, "" where too few words tell.

A count of the small words that every text of a language has. English and German are read; the others are
named, so that the page can say that only amounts, dates and places were read.
"""

from __future__ import annotations

from collections.abc import Iterable

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
LEAST_WORDS, LEAST_SHARE, SURER = 2, 0.06, 1.5


def language_of(words: Iterable[str], text: str, hint: str = "") -> str:
    """The likeliest language of the words (lower case); `hint` decides a tie or a text of few words."""
    counts = dict.fromkeys(SMALL, 0)
    total = 0
    for word in words:
        total += 1
        for language, small in SMALL.items():
            counts[language] += word in small
    letters = sum(char.isalpha() for char in text)
    foreign = [char for char in text if char > "\u0370"]
    for language, reach in SCRIPTS.items():
        if foreign and sum(reach[0] <= char <= reach[2] for char in foreign) > 0.3 * letters:
            return language
    best = max(counts, key=lambda language: (counts[language], language == hint, language == "en"))
    known = max(READ, key=lambda language: counts[language])
    if best not in READ and counts[best] < SURER * counts[known] + 1:
        best = known
    if counts[best] < LEAST_WORDS or counts[best] < LEAST_SHARE * total:
        return hint or ("de" if any(char in "äöüß" for char in text) else "en" if total else "")
    return best
