"""The audit trail: a verb and an object in, one row chained to the one before it out; and its check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection, models, transaction
from django.utils import timezone

from .models import FIRST_HASH, AuditEvent, event_hash

if TYPE_CHECKING:
    from .models import User

MOST_FAULTS = 100
MOST_VALUE, MOST_WHY = 300, 500
"""Characters that are noted of a value and of a reason."""

CHAIN_LOCK = 7_301_204
"""PostgreSQL advisory lock that lets one transaction at a time append; SQLite has one writer anyway."""


def audit(verb: str, obj: models.Model, *, actor: User | None, **detail: object) -> AuditEvent:
    """Append what `actor` (None: the product itself) did to `obj`.

    Call it last in the transaction that does the thing, so both stand or fall together and the chain is
    held for the shortest time. `detail` takes ids and choices only, never text people typed.

    Raises TransactionManagementError outside a transaction.
    """
    return audit_many(verb, [(obj, detail)], actor=actor)[0]


def audit_many(
    verb: str, noted: Sequence[tuple[models.Model, Mapping[str, object]]], *, actor: User | None
) -> list[AuditEvent]:
    """Append the same verb for many objects, each with its detail, in one go; as `audit` does for one."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("audit() belongs in the transaction it records.")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
    previous = AuditEvent.objects.order_by("-id").values_list("hash", flat=True).first() or FIRST_HASH
    events = []
    for obj, detail in noted:
        event = AuditEvent(
            at=timezone.now(),
            actor_id=actor.pk if actor else None,
            verb=verb,
            object_type=obj._meta.model_name or "",
            object_id=str(obj.pk),
            detail=dict(detail),
            previous_hash=previous,
        )
        event.hash = previous = event_hash(event)
        events.append(event)
    return AuditEvent.objects.bulk_create(events)


def audit_change(
    obj: models.Model, old: Mapping[str, object], new: Mapping[str, object], *, why: str, actor: User | None
) -> AuditEvent | None:
    """Note what of a rule, a rate or another shared thing changed: each value before and after, and why.

    `old` is empty for something new, `new` for something removed. Nothing is noted where nothing changed.
    Not for things that people write about clients: what is noted here is never erased.
    """
    fields = [name for name in {**old, **new} if _noted(old.get(name)) != _noted(new.get(name))]
    if not fields and old and new:
        return None
    verb = "changed" if old and new else "added" if new else "removed"
    changed = {name: [_noted(old.get(name)), _noted(new.get(name))] for name in fields}
    return audit(f"{obj._meta.model_name}.{verb}", obj, actor=actor, changed=changed, why=why[:MOST_WHY])


def values_of(obj: models.Model) -> dict[str, object]:
    """The columns of a row, as `audit_change` compares them."""
    return {column.attname: getattr(obj, column.attname) for column in obj._meta.concrete_fields}


def _noted(value: object) -> str | int | bool | None:
    return value if value is None or isinstance(value, bool | int) else str(value)[:MOST_VALUE]


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What a check of the whole trail found: how many events, the last seal, and a sentence a fault."""

    events: int
    head: str
    faults: tuple[str, ...]


def audit_verify(*, noted_head: str = "") -> ChainReport:
    """Follow the chain from the first event to the last.

    An edited event breaks its own seal, a removed or inserted one the link after it. Events cut off at the
    end break nothing; against that, note the head somewhere else and give it here as `noted_head`.
    """
    faults: list[str] = []
    previous, events, head_seen = FIRST_HASH, 0, not noted_head
    for event in AuditEvent.objects.order_by("id").iterator(chunk_size=2000):
        events += 1
        if event.previous_hash != previous:
            faults.append(
                f"Event {event.pk}: it does not follow the one before it; one is missing or was put in."
            )
        if event_hash(event) != event.hash:
            faults.append(f"Event {event.pk}: it is not as it was written.")
        previous = event.hash
        head_seen = head_seen or event.hash == noted_head
    if not head_seen:
        faults.append(
            f"The noted event {noted_head[:12]} is gone: the end of the trail was cut off or rewritten."
        )
    return ChainReport(events, previous, tuple(faults[:MOST_FAULTS]))
