"""Documents of a client's decisions: exported, and removed with their files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import IO

from django.db import transaction
from django.db.models import QuerySet

from rolematcher.accounts.clients import Held, client_data, columns_of
from rolematcher.accounts.models import User

from .models import Brief


class BriefTexts:
    """Briefs and their files. A worker that finishes one meanwhile finds no row and keeps nothing."""

    name = "documents"

    def held(self, key: str) -> Held:
        """Their rows."""
        return [columns_of(brief) for brief in Brief.objects.filter(decision__client_key=key)]

    def files(self, key: str) -> Iterator[tuple[str, IO[bytes]]]:
        """The finished files."""
        for brief in Brief.objects.filter(decision__client_key=key).exclude(file=""):
            if brief.path and brief.path.exists():
                yield f"{brief.pk}-{brief.path.name}", brief.path.open("rb")

    def mentions(self, key: str) -> list[str]:
        """None."""
        return []

    def erase(self, key: str, *, actor: User | None) -> int:
        """Remove rows and files."""
        return _removed(Brief.objects.filter(decision__client_key=key))

    def forget(self, before: dt.datetime, *, dry: bool) -> int:
        """Those of old decisions."""
        old = Brief.objects.filter(decision__created_at__lt=before)
        return old.count() if dry else _removed(old)


def _removed(briefs: QuerySet[Brief]) -> int:
    with transaction.atomic():
        rows = list(briefs)
        Brief.objects.filter(pk__in=[brief.pk for brief in rows]).delete()
    used = set(Brief.objects.filter(file__in=[brief.file for brief in rows]).values_list("file", flat=True))
    for brief in rows:
        if brief.path and brief.file not in used:
            brief.path.unlink(missing_ok=True)
    return len(rows)


client_data(BriefTexts())
