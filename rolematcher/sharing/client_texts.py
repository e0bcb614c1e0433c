"""Links and questions that name a client or lead to its decisions: exported and removed with it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from rolematcher.accounts.clients import ClientData, Held, client_data, columns_of
from rolematcher.accounts.models import User

from .models import ApproverLink, ManagerRequest, ShareLink

LINKS_KEPT = dt.timedelta(days=30)
"""An ended link stays so long, so that its opener can be told that it ended."""


@client_data
class SharedTexts(ClientData):
    """Share links and questions to hiring managers."""

    name = "links and questions"

    def held(self, key: str) -> Held:
        """All of them."""
        return [columns_of(row) for rows in _of(key) for row in rows]

    def erase(self, key: str, *, actor: User | None) -> int:
        """Remove them, and the links of approvers."""
        return _removed(*_of(key), ApproverLink.objects.filter(approver__approval__decision__client_key=key))

    def forget(self, before: dt.datetime, *, dry: bool) -> int:
        """Those that ended, and those of old decisions."""
        ended = Q(expires_at__lt=timezone.now() - LINKS_KEPT)
        old = ended | Q(decision__created_at__lt=before)
        gone = (
            ShareLink.objects.filter(old),
            ManagerRequest.objects.filter(old),
            ApproverLink.objects.filter(ended),
        )
        return sum(rows.count() for rows in gone) if dry else _removed(*gone)


def _of(key: str) -> tuple[QuerySet[ShareLink], QuerySet[ManagerRequest]]:
    asked = ManagerRequest.objects.filter(Q(decision__client_key=key) | Q(draft__became__client_key=key))
    return ShareLink.objects.filter(decision__client_key=key), asked


@transaction.atomic
def _removed(*kinds: QuerySet) -> int:
    """How many are gone, what hangs on them not counted."""
    return sum(rows.delete()[1].get(rows.model._meta.label, 0) for rows in kinds)
