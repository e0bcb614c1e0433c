"""One page of a long list without counting it. In: who looks, filters, where the last page ended. Out: rows.

A page starts after a key, not at an offset, and each of "mine" and "my team's" is read in the order of its
own index and merged here, so the thousandth page costs what the first does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from rolematcher.accounts.models import User

from .models import Decision

SIZE = 25

LISTED = (
    "public_id", "client", "project", "created_at", "decided_on", "status", "role", "course", "firm", "grade",
    "budget_verdict", "overridden", "version", "version_of_id", "owner_id", "owner__first_name",
    "owner__last_name", "owner__username",
)  # fmt: skip
"""The short columns; the frozen copies stay in the database."""


@dataclass(frozen=True, slots=True)
class Sort:
    """An order: its column before the id, and which way both run."""

    column: str
    column_down: bool
    id_down: bool

    @property
    def order(self) -> list[str]:
        """For `order_by`."""
        down = "-" if self.id_down else ""
        first = [("-" if self.column_down else "") + self.column] if self.column else []
        return [*first, f"{down}id"]

    def after(self, key: tuple[str, int]) -> Q:
        """Rows that come after this one."""
        value, id = key
        by_id = Q(id__lt=id) if self.id_down else Q(id__gt=id)
        if not self.column:
            return by_id
        beyond = Q(**{f"{self.column}__{'lt' if self.column_down else 'gt'}": value})
        return beyond | (Q(**{self.column: value}) & by_id)

    def key(self, row: Decision) -> tuple[str, int]:
        """Where this row stands."""
        return (getattr(row, self.column) if self.column else "", row.pk)


SORTS = {
    "newest": Sort("", column_down=False, id_down=True),
    "oldest": Sort("", column_down=False, id_down=False),
    "client": Sort("client", column_down=False, id_down=True),
}


@dataclass(frozen=True, slots=True)
class Page:
    """The rows to show, and the key the next page starts after, "" on the last."""

    rows: list[Decision]
    next: str


def decisions_page(
    user: User,
    *,
    narrowed: Q,
    search: str = "",
    whose: str = "",
    sort: str = "newest",
    after: str = "",
    size: int = SIZE,
) -> Page:
    """The page of her decisions that starts after `after`."""
    order = SORTS.get(sort, SORTS["newest"])
    key = _key_read(after)
    found: list[Decision] = []
    for branch in _branches(user, whose):
        rows = branch.filter(narrowed)
        if search:
            rows = rows.found_by(search, most=2_000)
        if key:
            rows = rows.filter(order.after(key))
        found += rows.select_related("owner").only(*LISTED).order_by(*order.order)[: size + 1]
    found = _merged(found, order)
    more = len(found) > size
    rows_shown = found[:size]
    return Page(rows_shown, _key_text(order.key(rows_shown[-1])) if more else "")


def _branches(user: User, whose: str) -> list[Any]:
    """Her own and her team's, each readable in the order of an index; all at once for a reviewer."""
    mine: QuerySet[Decision] = Decision.objects.filter(owner=user)
    if whose == "mine":
        return [mine]
    if user.is_superuser or user.has_perm("decisions.review_decision"):
        return [Decision.objects.visible_to(user)]
    return [mine, Decision.objects.filter(team_id=user.team_id)] if user.team_id else [mine]


def _merged(rows: list[Decision], order: Sort) -> list[Decision]:
    once = {row.pk: row for row in rows}  # what is hers is her team's too
    rows = sorted(once.values(), key=lambda row: row.pk, reverse=order.id_down)
    if order.column:
        rows.sort(key=lambda row: getattr(row, order.column), reverse=order.column_down)
    return rows


def _key_text(key: tuple[str, int]) -> str:
    return f"{key[1]}.{key[0]}"


def _key_read(text: str) -> tuple[str, int] | None:
    id, _dot, value = text.partition(".")
    return (value, int(id)) if id.isascii() and id.isdigit() and len(id) < 18 else None
