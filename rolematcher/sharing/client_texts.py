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


def _links(key: str) -> QuerySet[ShareLink]:
    return ShareLink.objects.filter(decision__client_key=key)


def _questions(key: str) -> QuerySet[ManagerRequest]:
    of = Q(decision__client_key=key) | Q(draft__became__client_key=key)
    return ManagerRequest.objects.filter(of).distinct()


@client_data
class SharedTexts(ClientData):
    """Share links and questions to hiring managers."""

    name = "links and questions"

    def held(self, key: str) -> Held:
        """All of them."""
        return [columns_of(row) for rows in (_links(key), _questions(key)) for row in rows]

    def erase(self, key: str, *, actor: User | None) -> int:
        """Remove them."""
        with transaction.atomic():
            keys = list(_questions(key).values_list("pk", flat=True))
            ManagerRequest.objects.filter(pk__in=keys).delete()
            links = list(_links(key).values_list("pk", flat=True))
            ShareLink.objects.filter(pk__in=links).delete()
            asked, _all = ApproverLink.objects.filter(approver__approval__decision__client_key=key).delete()
        return len(keys) + len(links) + asked

    def forget(self, before: dt.datetime, *, dry: bool) -> int:
        """Those that ended, and those of old decisions."""
        ended = timezone.now() - LINKS_KEPT
        links = ShareLink.objects.filter(Q(expires_at__lt=ended) | Q(decision__created_at__lt=before))
        asked = ManagerRequest.objects.filter(Q(expires_at__lt=ended) | Q(decision__created_at__lt=before))
        of_approvers = ApproverLink.objects.filter(expires_at__lt=ended)
        ended_ones = (links, asked, of_approvers)
        if dry:
            return sum(rows.count() for rows in ended_ones)
        with transaction.atomic():
            return sum(rows.delete()[0] for rows in ended_ones)
