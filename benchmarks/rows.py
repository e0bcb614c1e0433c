"""A number in, so many decisions in the database out: copies of the samples, spread over three years."""

from __future__ import annotations

import datetime as dt
import random
from uuid import uuid4

from django.db import models
from django.utils import timezone

from benchmarks.inner import SAMPLES, Decision, User, decision_made

WORDS = ("assistant", "invoices", "churn", "forecast", "defects", "camera", "warehouse", "leads", "support")
RARE = "zeppelin"
"""A word that one row in 10,000 holds; "support" is in about one in nine."""
BATCH = 2_000


def rows_make(number: int, user: User) -> None:
    """Fill up to so many. Whatever must be unique is made anew, everything else is a sample's."""
    samples = [decision_made(answers, user) for answers in SAMPLES.values()]
    fields = [field for field in Decision._meta.concrete_fields if not field.primary_key]
    unique = [field for field in fields if field.unique or "key" in field.name]
    dice, first = random.Random(1), timezone.now() - dt.timedelta(days=1095)
    there = Decision.objects.count()
    for start in range(there, number, BATCH):
        rows = []
        for place in range(start, min(number, start + BATCH)):
            sample = samples[place % len(samples)]
            row = Decision(**{field.attname: getattr(sample, field.attname) for field in fields})
            for field in unique:
                setattr(row, field.attname, uuid4() if isinstance(field, models.UUIDField) else uuid4().hex)
            row.number = f"RM-{place}"
            row.client = f"Client {dice.randrange(2000)} {dice.choice(WORDS).title()}"
            row.project = dice.choice(WORDS) + (f" {RARE}" if place % 10_000 == 0 else "")
            rows.append(row)
        Decision.objects.bulk_create(rows)
    step = dt.timedelta(days=1095) / max(1, number)
    keys = Decision.objects.order_by("pk").values_list("pk", flat=True)
    for start in range(0, number, BATCH):
        batch = [
            Decision(pk=key, created_at=first + step * (start + n))
            for n, key in enumerate(keys[start:][:BATCH])
        ]
        Decision.objects.bulk_update(batch, ["created_at"])
