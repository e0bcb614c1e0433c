"""What another rulebook would change: past decisions decided again, a million in well under a second.

A past decision is read as one number, its packed answer sheet, straight from an index and without opening
the row; equal sheets are counted by the database and decided once, all of them together (`engine.bulk`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice, product
from typing import Any

from django.db import connection
from django.db.models import Count

from rolematcher.accounts.models import User
from rolematcher.decisions.models import LONG_COLUMNS, Decision
from rolematcher.engine.errors import RulebookError
from rolematcher.engine.model import Rulebook
from rolematcher.engine.sheets.bulk import facts_not_packed, replay

from .models import Edition
from .rulebooks import rulebook_of

LISTED = 500
"""Changed decisions shown by name; the counts are over all of them."""

LOOKED_THROUGH = 50_000
"""Where very many sheets change, the newest so many decisions are looked through for the list."""

Pair = tuple[str, str]
"""Role and course."""


@dataclass(frozen=True, slots=True)
class Change:
    """Decisions that come out otherwise: from which role and course to which, and how many."""

    before: Pair
    after: Pair
    decisions: int


@dataclass(slots=True)
class Replay:
    """All past decisions under another text.

    `unreadable` have no answer sheet, or one of no edition on file. `assumed` are facts the other text
    reads that old sheets do not hold; they counted as unanswered.
    """

    total: int = 0
    changed: int = 0
    unreadable: int = 0
    assumed: tuple[str, ...] = ()
    changes: list[Change] = field(default_factory=list)
    listed: list[tuple[Decision, Pair]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Group:
    """Decisions of one edition, role and course: distinct sheets and how often each was decided."""

    edition: Edition
    before: Pair
    sheets: Any
    numbers: Any


def edition_replay(edition: Edition, *, user: User) -> Replay:
    """Decide every stored sheet again under `edition`. Lists those of the changed ones this person may see.

    Raises RulebookError where the text does not read.
    """
    rulebook = rulebook_of(edition)
    done, moved = Replay(), Counter[tuple[Pair, Pair]]()
    becomes: dict[tuple[int, Pair], dict[int, Pair]] = {}
    assumed: set[str] = set()
    for group in _groups():
        number = int(group.numbers.sum())
        done.total += number
        pinned = rulebook_of(group.edition)
        try:
            after = _decided(group, rulebook, pinned)
        except RulebookError:
            done.unreadable += number
            continue
        assumed.update(facts_not_packed(rulebook, packed_by=pinned))
        for pair, which in after:
            count = int(group.numbers[which].sum())
            moved[group.before, pair] += count
            sheets = group.sheets[which].tolist()
            becomes.setdefault((group.edition.pk, group.before), {}).update(dict.fromkeys(sheets, pair))
    without = Decision.objects.filter(packed=None).count()
    done.total, done.unreadable = done.total + without, done.unreadable + without
    done.changed, done.assumed = sum(moved.values()), tuple(sorted(assumed))
    done.changes = [Change(before, after, number) for (before, after), number in moved.most_common()]
    done.listed = list(_named(becomes, user))
    return done


def _decided(group: _Group, rulebook: Rulebook, pinned: Rulebook) -> list[tuple[Pair, Any]]:
    """The new results that differ, each with a mask of its sheets."""
    # Imported where it is used: every command and worker would load it with the admin otherwise.
    import numpy as np

    again = replay(group.sheets, rulebook, packed_by=pinned)
    roles, courses = again.names["role"], again.names["course"]
    both = again.results["role"].astype(np.int64) * len(courses) + again.results["course"]
    pairs = [
        (value, (roles[value // len(courses)], courses[value % len(courses)])) for value in np.unique(both)
    ]
    return [(pair, both == value) for value, pair in pairs if pair != group.before]


def _groups() -> Iterator[_Group]:
    """All decisions that have a sheet, by edition, role and course: one index, read alone.

    Every role and course an edition can give is asked for by name, because PostgreSQL would walk through
    the whole index to find out which of them there are.
    """
    for edition in Edition.objects.published().defer("text", "reason"):
        if not Decision.objects.filter(edition=edition).exists():
            continue
        results = [
            [choice.id for choice in rulebook_of(edition).table(id).choices] for id in ("role", "course")
        ]
        for role, course in product(*results):
            rows = Decision.objects.filter(edition=edition, role=role, course=course, packed__isnull=False)
            counted = rows.order_by().values_list("packed").annotate(how_many=Count("*"))
            found = _fetched(counted)
            if len(found):
                yield _Group(edition, (role, course), found[:, 0].copy(), found[:, 1])


def _fetched(rows: Any) -> Any:
    """All rows of two numbers as an array, without an object for each."""
    import numpy as np

    sql, values = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found = cursor.fetchall()
    flat = np.fromiter(chain.from_iterable(found), dtype=np.int64, count=2 * len(found))
    return flat.reshape(-1, 2)


def _named(becomes: dict[tuple[int, Pair], dict[int, Pair]], user: User) -> Iterator[tuple[Decision, Pair]]:
    """The newest changed decisions that this person may see, with what they would become."""
    visible = Decision.objects.visible_to(user)
    if sum(map(len, becomes.values())) <= LISTED:
        keys: list[int] = []
        for (edition, (role, course)), sheets in becomes.items():
            found = visible.filter(edition=edition, role=role, course=course, packed__in=list(sheets))
            keys += found.order_by("-pk").values_list("pk", flat=True)[:LISTED]
    else:
        columns = ("pk", "edition_id", "role", "course", "packed")
        newest = visible.order_by("-pk").values_list(*columns)[:LOOKED_THROUGH].iterator(chunk_size=2000)
        changed = (
            key for key, edition, *pair, sheet in newest if sheet in becomes.get((edition, tuple(pair)), ())
        )
        keys = list(islice(changed, LISTED))
    shown = visible.filter(pk__in=sorted(keys, reverse=True)[:LISTED]).select_related("owner")
    for decision in shown.defer(*LONG_COLUMNS).order_by("-pk"):
        before = (decision.role, decision.course)
        yield decision, becomes[decision.edition_id, before][decision.packed or 0]
