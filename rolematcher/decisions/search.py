"""Finding decisions by what people type. In: words. Out: a narrowed queryset; accents and one typo forgiven.

Each decision keeps its number, client, project and description folded (no accents, no capitals) in one
column, which every word must be part of. On PostgreSQL a trigram index serves that; SQLite looks through the
column. Only where nothing is found so is a typo looked for: with one wrong letter half of a word is right.
"""

from __future__ import annotations

import unicodedata
from itertools import islice
from typing import TYPE_CHECKING

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Q

if TYPE_CHECKING:
    from .models import DecisionQuerySet

MOST_LETTERS, MOST_WORDS = 200, 8
"""What is typed beyond that is not looked for."""
LEAST_TYPO = 4
"""Shorter words are taken as typed: with one letter changed they would be any word."""

LOOKED_THROUGH = 5_000
"""So many of the newest candidates are read for a typo."""


def folded(text: str) -> str:
    """The text without accents, capitals and doubled spaces: "Müller  & Søn" becomes "muller & søn"."""
    plain = unicodedata.normalize("NFKD", text.replace("\0", "").casefold())
    return " ".join("".join(one for one in plain if not unicodedata.combining(one)).split())


def matching(decisions: DecisionQuerySet, typed: str) -> DecisionQuerySet:
    """The decisions that hold all the words typed; where none does, those but for one letter each."""
    words = folded(typed[:MOST_LETTERS]).split()[:MOST_WORDS]
    exact = decisions.filter(*(Q(search_text__contains=word) for word in words))
    if not any(len(word) >= LEAST_TYPO for word in words) or exact.exists():
        return exact
    near = decisions.filter(*map(_halves, words))
    texts = near.order_by("-id").values_list("pk", "search_text")[:LOOKED_THROUGH].iterator(chunk_size=500)
    hits = (pk for pk, text in texts if all(_nearly_in(word, text) for word in words))
    return decisions.filter(pk__in=list(islice(hits, 200)))


def _halves(word: str) -> Q:
    if len(word) < LEAST_TYPO:
        return Q(search_text__contains=word)
    middle = len(word) // 2
    return Q(search_text__contains=word[:middle]) | Q(search_text__contains=word[middle:])


def _nearly_in(word: str, text: str) -> bool:
    typo = len(word) >= LEAST_TYPO
    return word in text or (typo and any(one_typo(word, other) for other in set(text.split())))


def one_typo(word: str, other: str) -> bool:
    """Is `other` the word, or its beginning, but for one letter left out, put in, wrong or swapped?"""
    start = next(
        (i for i, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other))
    )
    rest, others = word[start:], other[start:]
    if not others:
        return len(rest) <= 1
    return (
        others.startswith(rest[1:])
        or others[1:].startswith(rest)
        or others[1:].startswith(rest[1:])
        or (others[:2] == rest[1::-1] and others[2:].startswith(rest[2:]))
    )


def search_index_make(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """The trigram index (PostgreSQL). Making it on a full table takes longer than a page may."""
    if editor.connection.vendor == "postgresql":
        editor.execute("SET LOCAL statement_timeout = 0")
        editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        editor.execute(
            "CREATE INDEX IF NOT EXISTS decision_search ON decisions_decision"
            " USING gin (search_text gin_trgm_ops)"
        )


def search_index_remove(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take it away."""
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP INDEX IF EXISTS decision_search")
