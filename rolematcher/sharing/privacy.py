"""Erasing what people wrote about a client, keeping what statistics and the audit trail need.

What goes: client, project, description, musts, success lines, evidence, override reasons, notes, drafts,
questions to managers, share links, briefs and their files. What stays: the choices that were ticked, the
verdict, the figures, who made it and when; so reports, replay and the audit chain (ids only) stay right.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from rolematcher.accounts.audit import audit
from rolematcher.accounts.models import User
from rolematcher.briefs.models import Brief
from rolematcher.decisions.models import Decision, Outcome, Override
from rolematcher.intake.models import Draft

from .models import ManagerRequest, ShareLink

BATCH = 100
"""Decisions a transaction: short enough that nobody waits for the lock."""

TEXT_ANSWERS = {"client": "", "project": "", "description": "", "musts": [], "success": []}
MERGE_AT_ONCE = 50_000
"""Up to so many decisions the search index is rewritten right after an erasure; above, by `retention`."""


@dataclass(slots=True)
class Erased:
    """How much was erased, and the other decisions whose text names the client, for somebody to read."""

    decisions: int = 0
    files: int = 0
    shares: int = 0
    drafts: int = 0
    requests: int = 0
    mentioned_by: list[int] = field(default_factory=list)


def client_keys(name: str) -> list[int]:
    """Keys of the decisions made for this client: the same name but for case and surrounding space."""
    wanted = _folded(name)
    if not wanted:
        return []
    exact = Decision.objects.filter(client=name.strip()).values_list("pk", "client")
    near = Decision.objects.found_by(name.strip()).values_list("pk", "client")
    return sorted({key for key, client in [*exact, *near] if _folded(client) == wanted})


def client_mentions(name: str) -> list[int]:
    """Keys of decisions for other clients whose client, project or description holds the name."""
    if len(_folded(name)) < 3:
        return []
    mine = set(client_keys(name))
    found = Decision.objects.found_by(name.strip()).values_list("pk", flat=True)[:1000]
    return sorted(set(found) - mine)


def client_drafts(name: str, keys: Iterable[int]) -> list[int]:
    """Keys of the drafts for this client, or that became or continue its decisions."""
    wanted, mine = _folded(name), set(keys)
    drafts = Draft.objects.values_list("pk", "fields__client", "became_id", "new_version_of_id")
    return [
        key
        for key, client, became, continues in drafts.iterator(chunk_size=2000)
        if became in mine or continues in mine or (wanted and _folded(str(client or "")) == wanted)
    ]


def client_erase(name: str, *, user: User) -> Erased:
    """Erase everything written about a client. Raises PermissionDenied without the right."""
    if not user.has_perm("decisions.erase_client"):
        raise PermissionDenied
    keys = client_keys(name)
    erased = decisions_erase(keys, actor=user, why="client", drafts=client_drafts(name, keys))
    erased.mentioned_by = client_mentions(name)
    return erased


def decisions_erase(
    keys: Iterable[int], *, actor: User | None, why: str, drafts: Iterable[int] = ()
) -> Erased:
    """Erase the texts of these decisions and remove these drafts, in short transactions.

    `why` is noted in the audit trail: "client" or "age". What was erased before is left as it is.
    """
    total = Erased()
    _forget_pages(True)
    try:
        for batch in _batches(keys):
            files = _batch_erase(batch, total, actor=actor, why=why)
            _files_remove(files, total)
        for batch in _batches(drafts):
            with transaction.atomic():
                total.requests += ManagerRequest.objects.filter(draft__in=batch).delete()[0]
                total.drafts += Draft.objects.filter(pk__in=batch).delete()[1].get("intake.Draft", 0)
    finally:
        _forget_pages(False)
    return total


def _batch_erase(batch: list[int], total: Erased, *, actor: User | None, why: str) -> list[str]:
    """One transaction. Returns the names of the files that no brief needs any more."""
    with transaction.atomic():
        decisions = list(Decision.objects.select_for_update().filter(pk__in=batch, erased_at=None))
        keys = [decision.pk for decision in decisions]
        now = timezone.now()
        for decision in decisions:
            decision.client = decision.project = decision.body_hash = ""
            decision.answers = {
                name: TEXT_ANSWERS.get(name, value) for name, value in decision.answers.items()
            }
            decision.evidence, decision.erased_at = {}, now
        Decision.objects.bulk_update(
            decisions, ["client", "project", "body_hash", "answers", "evidence", "erased_at"]
        )
        Override.objects.filter(decision__in=keys).update(reason="", agreed_with="")
        Outcome.objects.filter(decision__in=keys).update(note="")
        briefs = Brief.objects.filter(decision__in=keys)
        files = list(briefs.exclude(file="").values_list("file", flat=True))
        briefs.delete()
        total.shares += ShareLink.objects.filter(decision__in=keys).delete()[1].get("sharing.ShareLink", 0)
        asked = ManagerRequest.objects.filter(Q(decision__in=keys) | Q(draft__became__in=keys))
        total.requests += asked.delete()[0]
        total.drafts += (
            Draft.objects.filter(Q(became__in=keys) | Q(new_version_of__in=keys))
            .delete()[1]
            .get("intake.Draft", 0)
        )
        for decision in decisions:
            audit("decision.erased", decision, actor=actor, why=why)
        total.decisions += len(decisions)
    still_used = set(Brief.objects.filter(file__in=files).values_list("file", flat=True))
    return [name for name in files if name not in still_used]


def _files_remove(names: Iterable[str], total: Erased) -> None:
    for name in names:
        path = settings.BRIEFS_DIR / name
        if path.exists():
            path.unlink()
            total.files += 1


def orphan_files_remove(*, older_than: dt.timedelta, now: dt.datetime) -> int:
    """Remove PDFs that no brief names (a worker finished one whose decision was erased meanwhile)."""
    removed = 0
    for path in settings.BRIEFS_DIR.glob("*/*.pdf"):
        old = path.stat().st_mtime < (now - older_than).timestamp()
        name = path.relative_to(settings.BRIEFS_DIR).as_posix()
        if old and not Brief.objects.filter(file=name).exists():
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def search_forget() -> None:
    """Rewrite the search index so that pieces of erased texts leave its file (SQLite; PostgreSQL vacuums)."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO decision_search(decision_search) VALUES ('optimize')")


def _forget_pages(on: bool) -> None:
    """On SQLite: overwrite freed pages while erasing; afterwards empty the write-ahead log as well."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    if not on and Decision.objects.order_by().values("pk")[: MERGE_AT_ONCE + 1].count() <= MERGE_AT_ONCE:
        search_forget()
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA secure_delete = {'ON' if on else 'OFF'}")
        if not on:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _batches(keys: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(keys)
    while batch := list(islice(rest, BATCH)):
        yield batch
