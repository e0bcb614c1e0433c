"""Answers in batch lines that are not made yet, by client: exported, erased before they are made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import gettext as _

from rolematcher.accounts.audit import audit
from rolematcher.accounts.clients import ClientData, Held, client_data, client_key, columns_of
from rolematcher.accounts.models import User

from .models import Batch, BatchLine


@client_data
class BatchTexts(ClientData):
    """Lines that wait. A made line holds no answers any more: its decision does."""

    name = "lines of batches"

    def held(self, key: str) -> Held:
        """All that are of this client."""
        return [columns_of(line) | {"batch": str(line.batch.public_id)} for line in _waiting(key)]

    def mentions(self, key: str) -> list[str]:
        """Batches whose name has the client's name in it."""
        names = Batch.objects.exclude(name="").values_list("name", flat=True)
        return sorted({name for name in names.iterator(chunk_size=500) if key in client_key(name)})

    def erase(self, key: str, *, actor: User | None) -> int:
        """Empty and end them: no decision is made of them any more."""
        erased = 0
        with transaction.atomic():
            of_batch: dict[Batch, list[int]] = {}
            for line in _waiting(key):
                of_batch.setdefault(line.batch, []).append(line.pk)
            for batch, lines in of_batch.items():
                # A worker may have made some meanwhile; their decisions are erased as decisions.
                waiting = BatchLine.objects.filter(pk__in=lines, ended=False)
                erased += waiting.update(answers={}, evidence={}, ended=True, error=_("erased"))
                audit("batch.erased", batch, actor=actor, lines=len(lines))
        return erased

    def forget(self, before: dt.datetime, *, dry: bool) -> int:
        """Batches that are so old, with their names and lines; the decisions stay."""
        old = Batch.objects.filter(created_at__lt=before)
        return old.count() if dry else old.delete()[1].get("api.Batch", 0)


def _waiting(key: str) -> Iterator[BatchLine]:
    """This client's lines with answers; names are compared here, never inside JSON by the database."""
    lines = BatchLine.objects.filter(ended=False).select_related("batch").order_by("pk")
    for line in lines.iterator(chunk_size=500):
        if client_key(str(line.answers.get("client") or "")) == key:
            yield line
