"""What another rulebook would change: the cases that come out otherwise, and past decisions replayed.

Replay reads a decision as one number (its packed answer sheet) with its role and course, straight from an
index, without opening the rows; equal sheets are decided once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from rolematcher.engine.compiled import compiled_for_role
from rolematcher.engine.errors import EngineError
from rolematcher.engine.model import Rulebook
from rolematcher.models import Decision, Edition, User
from rolematcher.rulebooks import rulebook_of

LISTED = 500
"""Changed decisions shown by name; the counts are over all of them."""


@dataclass(frozen=True, slots=True)
class Change:
    """Sheets that come out otherwise: from which role and course to which, and how many decisions."""

    before: tuple[str, str]
    after: tuple[str, str]
    decisions: int


@dataclass(slots=True)
class Replay:
    """All past decisions under another text. `unreadable` have no sheet, or one the new text cannot take."""

    total: int = 0
    changed: int = 0
    unreadable: int = 0
    changes: list[Change] = field(default_factory=list)
    listed: list[tuple[Decision, tuple[str, str]]] = field(default_factory=list)


def edition_replay(edition: Edition, *, user: User) -> Replay:
    """Decide every stored sheet again under `edition`. Lists those of the changed ones this person may see.

    Raises RulebookError where the text does not read.
    """
    rulebook = rulebook_of(edition)
    replay, tally = Replay(), dict[tuple[tuple[str, str], tuple[str, str]], int]()
    sheets: dict[tuple[int, int], tuple[str, str]] = {}
    for pinned, rows in _sheets_by_edition():
        for packed, role, course, number, after in _decided_again(pinned, rulebook, rows):
            replay.total += number
            if after is None:
                replay.unreadable += number
            elif after != (role, course):
                replay.changed += number
                tally[(role, course), after] = tally.get(((role, course), after), 0) + number
                if len(sheets) < LISTED:
                    sheets[pinned.pk, packed] = after
    replay.changes = [
        Change(before, after, number)
        for (before, after), number in sorted(tally.items(), key=lambda entry: -entry[1])
    ]
    replay.listed = _named(sheets, user)
    return replay


def _sheets_by_edition() -> Iterator[tuple[Edition, Any]]:
    """For each edition that decided something, its distinct sheets: (packed, role, course, how many)."""
    for edition in Edition.objects.published().defer("text"):
        rows = (
            Decision.objects.filter(edition=edition)
            .order_by()
            .values_list("packed", "role", "course")
            .annotate(number=Count("*"))
        )
        yield edition, rows


def _decided_again(
    pinned: Edition, rulebook: Rulebook, rows: Any
) -> Iterator[tuple[int, str, str, int, tuple[str, str] | None]]:
    """Each distinct sheet with its result under the other rulebook; None where it cannot be decided."""
    layout = compiled_for_role(rulebook_of(pinned)).layout
    other = compiled_for_role(rulebook)
    for packed, role, course, number in rows.iterator(chunk_size=10_000):
        try:
            results = other.results(layout.unpack(packed))
            after = (results.get("role", ""), results.get("course", ""))
        except (EngineError, TypeError):
            after = None
        yield packed, role, course, number, after


def _named(
    sheets: dict[tuple[int, int], tuple[str, str]], user: User
) -> list[tuple[Decision, tuple[str, str]]]:
    """The newest of the changed decisions that this person may see, with what they would become."""
    found = Decision.objects.visible_to(user).filter(
        edition__in={edition for edition, _packed in sheets},
        packed__in={packed for _edition, packed in sheets},
    )
    short = found.select_related("owner").defer(
        "answers", "facts", "verdict", "money", "profiles", "evidence"
    )
    named = []
    for decision in short[: 2 * LISTED]:
        after = sheets.get((decision.edition_id, decision.packed or 0))
        if after and after != (decision.role, decision.course):
            named.append((decision, after))
    return named[:LISTED]


def cases_changed(old: Rulebook, new: Rulebook) -> Any:
    """Filled by the comparison of the two rulebooks."""
    return None
