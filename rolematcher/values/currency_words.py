"""The pattern for a currency in a text, and the code of what it found."""

from __future__ import annotations

import re

from .currencies import CURRENCIES, EVERYDAY, SHARED_WORDS, SIGNS, WORDS

_SIGNS = "|".join(sorted(map(re.escape, SIGNS), key=len, reverse=True))
_CODES = "|".join(code for code in CURRENCIES if code not in EVERYDAY)
_CAPITALS = "|".join(code for code in CURRENCIES if code in EVERYDAY - {"ALL", "TOP"})
_WORDS = "|".join((*WORDS, *SHARED_WORDS))
CURRENCY = (
    rf"(?:{_SIGNS}|(?:(?<![^\W\d_])|(?<=[0-9 ][tk]))(?:{_WORDS}|{_CODES}|RM|(?-i:{_CAPITALS}))(?![^\W\d_]))"
)
"""Used inside patterns that ignore case. Words and codes stand alone, but for TEUR; signs may touch."""

_BY_WORD = tuple((re.compile(shape, re.IGNORECASE), code) for shape, code in WORDS.items())
_BY_SIGN = {sign.casefold(): code for sign, code in SIGNS.items()} | {"rm": "MYR"}


def currency_named(sign: str) -> str:
    """The ISO code of a sign, word or code as written; "" where none or several currencies share it."""
    if not sign:
        return ""
    if sign.upper() in CURRENCIES:
        return sign.upper()
    if sign.casefold() in _BY_SIGN:
        return _BY_SIGN[sign.casefold()]
    return next((code for shape, code in _BY_WORD if shape.fullmatch(sign)), "")
