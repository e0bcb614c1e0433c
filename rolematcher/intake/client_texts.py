"""Drafts for a client, or that became or continue its decisions: exported and removed with it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from rolematcher.accounts.clients import ClientData, Held, client_data, client_key, columns_of
from rolematcher.accounts.models import User

from .models import Draft


def _keys(key: str) -> list[int]:
    """Keys of the drafts on this client; compared as text here, never inside JSON by the database."""
    rows = Draft.objects.values_list("pk", "client", "became__client_key", "new_version_of__client_key")
    return [pk for pk, client, *of in rows.iterator(chunk_size=500) if key in of or client_key(client) == key]


@client_data
class DraftTexts(ClientData):
    """Drafts."""

    name = "drafts"

    def held(self, key: str) -> Held:
        """All of them."""
        return [columns_of(row) for row in Draft.objects.filter(pk__in=_keys(key))]

    def erase(self, key: str, *, actor: User | None) -> int:
        """Remove them."""
        with transaction.atomic():
            keys = _keys(key)
            Draft.objects.filter(pk__in=keys).delete()
        return len(keys)

    def forget(self, before: dt.datetime, *, dry: bool) -> int:
        """Those nobody touched for so long."""
        old = Draft.objects.filter(changed_at__lt=before)
        return old.count() if dry else old.delete()[1].get("intake.Draft", 0)
