"""Documents of a client's decisions: exported, and removed with their files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import suppress
from typing import IO

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet

from rolematcher.accounts.clients import ClientData, Held, client_data, columns_of
from rolematcher.accounts.models import User
from rolematcher.outbox.models import Job
from rolematcher.outbox.services import job_cancel
from rolematcher.web.files import file_discard, files_of

from .models import Brief


@client_data
class BriefTexts(ClientData):
    """Briefs and their files. A worker that finishes one meanwhile finds no row and keeps nothing."""

    name = "documents"

    def held(self, key: str) -> Held:
        """Their rows."""
        return [columns_of(brief) for brief in Brief.objects.filter(decision__client_key=key)]

    def files(self, key: str) -> Iterator[tuple[str, IO[bytes]]]:
        """The finished files."""
        for brief in Brief.objects.filter(decision__client_key=key).exclude(file=""):
            with suppress(OSError):  # gone from the storage already
                yield f"{brief.pk}.{brief.format}", default_storage.open(brief.file)

    def erase(self, key: str, *, actor: User | None) -> int:
        """Remove rows and files."""
        return _removed(Brief.objects.filter(decision__client_key=key))

    def forget(self, before: dt.datetime, *, dry: bool) -> int:
        """Those of old decisions."""
        old = Brief.objects.filter(decision__created_at__lt=before)
        return old.count() if dry else _removed(old)


def _removed(briefs: QuerySet[Brief]) -> int:
    """Cancel what is under way first: a worker that is about to finish then has nothing to finish."""
    with transaction.atomic():
        job_cancel(Job.objects.filter(brief__in=briefs))
        rows = list(briefs)
        Brief.objects.filter(pk__in=[brief.pk for brief in rows]).delete()
    for name in {brief.file for brief in rows if brief.file}:
        file_discard(name)
    return len(rows)


def _in_use(names: list[str]) -> set[str]:
    return set(Brief.objects.filter(file__in=names).values_list("file", flat=True))


files_of("briefs", _in_use)
