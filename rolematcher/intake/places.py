"""Places by name. In: what was typed. Out: the code, and the names a page offers while typing."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale
from django.utils.translation import get_language

from rolematcher.values.places import ALSO_WRITTEN, COUNTRIES, GROUPS
from rolematcher.web.names import divisions, place_name


def places_offered() -> list[str]:
    """Every country and the named groups in the reader's language, sorted."""
    return sorted({place_name(code) for code in (*COUNTRIES, *GROUPS)})


def place_code(typed: str) -> str:
    """The code of a country or division named in the reader's language or in English; else what was typed."""
    named = _codes(get_language() or "en")
    return named.get(" ".join(typed.split()).casefold(), typed.strip())


@lru_cache(maxsize=8)
def _codes(_language: str) -> dict[str, str]:
    english = Locale("en").territories
    named = {row[to].casefold(): code for code, row in divisions().items() for to in ("en", "de")}
    named |= {place_name(code).casefold(): code for code in reversed(divisions())}
    named |= {english[code].casefold(): code for code in COUNTRIES if code in english}  # Georgia is a country
    named |= {place_name(code).casefold(): code for code in (*GROUPS, *COUNTRIES)}
    return named | {written.casefold(): code for written, code in ALSO_WRITTEN.items()}
