"""What decisions hold on a client: found by its key, exported, erased. The choices and figures stay."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from rolematcher.accounts.audit import audit
from rolematcher.accounts.clients import ClientData, Held, client_data, columns_of
from rolematcher.accounts.models import User

from .approval import Approver
from .models import Decision, DecisionQuerySet, Outcome, Override
from .rows import search_text
from .search import folded
from .services import decisions_purge

BATCH = 100
"""Decisions a transaction: short enough that nobody waits for the lock."""

TYPED = {"client": "", "project": "", "description": "", "must_haves": [], "success": []}
"""Answers that people typed, and what is left of them."""


@client_data
class DecisionTexts(ClientData):
    """Decisions with their overrides and follow-ups."""

    name = "decisions"

    def held(self, key: str) -> Held:
        """Every version, deleted ones too."""
        rows = Decision.objects.filter(client_key=key).order_by("pk")
        return [_row(decision) for decision in rows.iterator(chunk_size=100)]

    def mentions(self, key: str) -> list[str]:
        """Decisions for other clients that have the name in their project or description."""
        text = folded(key)
        if len(text) < 3:
            return []
        others = Decision.objects.exclude(client_key=key).filter(search_text__contains=text)
        return [decision.number_words for decision in others.listed()[:100]]

    def erase(self, key: str, *, actor: User | None) -> int:
        """Erase their texts."""
        return texts_erase(Decision.objects.filter(client_key=key), actor=actor, why="client")

    def forget(self, before: dt.datetime, *, dry: bool) -> int:
        """Erase the texts of old ones, and purge what was deleted a week ago."""
        old = Decision.objects.filter(created_at__lt=before, erased_at=None)
        if dry:
            return old.count()
        decisions_purge(now=timezone.now())
        return texts_erase(old, actor=None, why="age")


def texts_erase(decisions: DecisionQuerySet, *, actor: User | None, why: str) -> int:
    """Erase what people typed, in short transactions; how many decisions. `why`: "client" or "age"."""
    keys = list(decisions.values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        with transaction.atomic():
            batch = keys[start : start + BATCH]
            rows = list(Decision.objects.select_for_update().filter(pk__in=batch))
            for decision in rows:
                _emptied(decision)
            columns = ["client", "client_key", "project", "body_hash", "answers", "evidence", "search_text"]
            Decision.objects.bulk_update(rows, [*columns, "erased_at"])
            Override.objects.filter(decision__in=batch).update(reason="", agreed_with="")
            Outcome.objects.filter(decision__in=batch).update(note="")
            Approver.objects.filter(approval__decision__in=batch).update(name="", email="", reason="")
            for decision in rows:
                audit("decision.erased", decision, actor=actor, why=why)
    return len(keys)


def _emptied(decision: Decision) -> None:
    decision.client = decision.client_key = decision.project = decision.body_hash = ""
    decision.answers = {name: TYPED.get(name, value) for name, value in decision.answers.items()}
    decision.evidence, decision.erased_at = {}, timezone.now()
    decision.search_text = search_text(decision)


def _row(decision: Decision) -> dict[str, object]:
    beside = {
        "overrides": decision.overrides.all(),
        "outcomes": Outcome.objects.filter(decision=decision),
        "approvers": Approver.objects.filter(approval__decision=decision),
    }
    return columns_of(decision) | {name: [*map(columns_of, rows)] for name, rows in beside.items()}
