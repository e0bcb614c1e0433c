"""Decisions of earlier versions of the product, which hold their JSON at full length: packed in batches."""

from __future__ import annotations

from django.db import transaction

from rolematcher.models import Decision, record_columns

BATCH = 100
"""Decisions a transaction: short enough that nobody waits for the lock."""


def records_pack() -> int:
    """Pack what is not packed yet; every decision reads the same afterwards. Returns how many were packed."""
    packed = 0
    while True:
        with transaction.atomic():
            rows = list(Decision.objects.select_for_update().filter(record=None).order_by("pk")[:BATCH])
            for row in rows:
                for name, value in record_columns(row.verdict, row.money, row.profiles).items():
                    setattr(row, name, value)
            Decision.objects.bulk_update(rows, ["record", "verdict_plain", "money_plain", "profiles_plain"])
        packed += len(rows)
        if len(rows) < BATCH:
            return packed
