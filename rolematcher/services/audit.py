"""Writing the audit trail: a verb and an object in, one row chained to the one before it out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection, models, transaction
from django.utils import timezone

from rolematcher.models import AuditEvent
from rolematcher.models.audit import FIRST_HASH, event_hash

if TYPE_CHECKING:
    from rolematcher.models import User

CHAIN_LOCK = 7_301_204
"""PostgreSQL advisory lock that lets one transaction at a time append; SQLite has one writer anyway."""


def audit(verb: str, obj: models.Model, *, actor: User | None, **detail: Any) -> AuditEvent:
    """Append what `actor` (None: the product itself) did to `obj`.

    Call it last in the transaction that does the thing, so both stand or fall together and the chain is
    held for the shortest time. `detail` takes ids and choices only, never text people typed.

    Raises TransactionManagementError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("audit() belongs in the transaction it records.")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
    last = AuditEvent.objects.order_by("-id").values_list("hash", flat=True).first()
    event = AuditEvent(
        at=timezone.now(),
        actor_id=actor.pk if actor else None,
        verb=verb,
        object_type=obj._meta.model_name or "",
        object_id=str(obj.pk),
        detail=detail,
        previous_hash=last or FIRST_HASH,
    )
    event.hash = event_hash(event)
    event.save(force_insert=True)
    return event
