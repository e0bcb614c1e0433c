"""How good a counted result was: "nine out of ten", "71 percent". In: a sentence. Out: mentions.

From 85 % on the share is high, below 70 % low; between them it says nothing. "Wrong in 1 of 200": few errors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .patterns import table
from .phrases import Mention, Token

NUMBERS: dict[str, int] = table("numbers")
_FIGURE = r"[0-9]{1,6}|" + "|".join(sorted(NUMBERS, key=len, reverse=True))
COUNTED = re.compile(
    rf"(?<![\w.,])(?P<part>{_FIGURE})(?: times| mal)? (?:out of|of|von|in)(?: the| den| those)? "
    rf"(?P<whole>{_FIGURE})(?![\w%])"
    r"|(?<![\w.,])(?P<percent>[0-9]{1,3})(?:[.,][0-9])? ?(?:%|per ?cent|prozent)",
    re.IGNORECASE,
)
HIGH, LOW = 0.85, 0.7
WRONG, WRONG_BACK = (
    re.compile(r"\b(?:wrong|errs?|error|mistakes?|fails?|falsch|fehler\w*|daneben)\b", re.IGNORECASE),
    24,
)
"""What makes the share behind it one of errors."""


def shares_in(text: str, start: int, end: int, tokens: tuple[Token, ...]) -> Iterator[Mention]:
    """The shares in this stretch of the text, as mentions of `share_high` or `share_low`."""
    places = {token.start: at for at, token in enumerate(tokens)}
    for match in COUNTED.finditer(text, start, end):
        share, at = _share(match), places.get(match.start())
        concept = "share_high" if share >= HIGH else "share_low" if share < LOW else ""
        if share <= 1 - HIGH and WRONG.search(text, max(start, match.start() - WRONG_BACK), match.start()):
            concept = "few_errors"
        if concept and share <= 1 and at is not None:
            yield Mention(concept, at, at + 1, match.group())


def _share(match: re.Match[str]) -> float:
    if match["percent"]:
        return int(match["percent"]) / 100
    return _number(match["part"]) / max(_number(match["whole"]), 1)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word.lower()]
