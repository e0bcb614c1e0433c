"""Everything held on a client as one ZIP: a JSON file that says it all, and the PDFs."""

from __future__ import annotations

import json
import zipfile
from typing import IO, Any

from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Model, QuerySet

from rolematcher.accounts.audit import audit
from rolematcher.accounts.models import AuditEvent, User
from rolematcher.briefs.models import Brief
from rolematcher.decisions.models import Decision, Outcome, Override
from rolematcher.intake.models import Draft

from .models import ManagerRequest, ShareLink
from .privacy import client_drafts, client_keys, client_mentions

KEPT_OUT = {"secret_hash", "token", "hash", "previous_hash", "idempotency_key", "body_hash"}
"""Columns that say nothing about the client: secrets, locks and checksums."""

PACKED = {"record", "money_asked"}
"""Columns of a decision that are written as what they hold."""


@transaction.atomic
def client_copy(name: str, *, user: User, file: IO[bytes]) -> int:
    """Write the ZIP into `file`; returns how many decisions are in it.

    Raises PermissionDenied without the right to erase a client (the same people answer both requests).
    """
    if not user.has_perm("decisions.erase_client"):
        raise PermissionDenied
    keys = client_keys(name)
    briefs = Brief.objects.filter(decision__in=keys)
    drafts = client_drafts(name, keys)
    held: dict[str, Any] = {
        "client": name,
        "decisions": _rows(Decision.objects.filter(pk__in=keys)),
        "overrides": _rows(Override.objects.filter(decision__in=keys)),
        "outcomes": _rows(Outcome.objects.filter(decision__in=keys)),
        "briefs": _rows(briefs),
        "share_links": _rows(ShareLink.objects.filter(decision__in=keys)),
        "questions_to_managers": _rows(
            ManagerRequest.objects.filter(decision__in=keys) | ManagerRequest.objects.filter(draft__in=drafts)
        ),
        "drafts": _rows(Draft.objects.filter(pk__in=drafts)),
        "events": _rows(
            AuditEvent.objects.filter(object_type="decision", object_id__in=[str(key) for key in keys])
        ),
        "other_decisions_that_name_the_client": client_mentions(name),
    }
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        text = json.dumps(held, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
        packed.writestr("held.json", text)
        for brief in briefs.exclude(file="").select_related("decision").iterator(chunk_size=100):
            if brief.path and brief.path.exists():
                packed.write(brief.path, f"briefs/{brief.decision.number}-{brief.pk}.pdf")
    audit("client.exported", user, actor=user, decisions=len(keys))
    return len(keys)


def _rows(queryset: QuerySet[Any]) -> list[dict[str, Any]]:
    return [_row(row) for row in queryset.order_by("pk").iterator(chunk_size=500)]


def _row(row: Model) -> dict[str, Any]:
    said = {
        column.attname: getattr(row, column.attname)
        for column in row._meta.concrete_fields
        if column.attname not in KEPT_OUT | PACKED
    }
    if isinstance(row, Decision):
        said |= {"verdict": row.verdict, "money": row.money, "profiles": row.profiles}
    return said
