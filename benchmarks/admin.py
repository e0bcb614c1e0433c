"""The admin and the recruiter's list with 100,000 decisions. In: how many. Out: milliseconds of each page.

    python -m benchmarks.admin [--rows 100000]        on the database that DATABASE_URL names, else SQLite

Each page is a whole request through every middleware, median of seven warm ones. The database should be
an empty one: it is filled and not emptied again.
"""

from __future__ import annotations

import datetime as dt
import logging
import random
import sys
from functools import partial
from uuid import uuid4

from django.conf import settings
from django.db import connection, models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from benchmarks.inner import BACKEND, SAMPLES, Decision, User, database_ready, decision_made
from benchmarks.measure import asked, in_turn, seconds, status

AIM_MS = 300
"""First page of the admin with 100,000 decisions on PostgreSQL."""
WORDS = ("assistant", "invoices", "churn", "forecast", "defects", "camera", "warehouse", "leads", "support")
RARE = "zeppelin"
"""A word that one row in 10,000 holds; "support" is in about one in nine."""
BATCH = 2_000
PERIOD = dt.timedelta(days=1095)


def rows_make(number: int, user: User) -> None:
    """Fill up to so many with copies of the samples, spread over three years; keys are made anew."""
    samples = [decision_made(answers, user) for answers in SAMPLES.values()]
    dice, first = random.Random(1), timezone.now() - PERIOD
    for start in range(Decision.objects.count(), number, BATCH):
        places = range(start, min(number, start + BATCH))
        rows = Decision.objects.bulk_create(_copy(samples, place, dice) for place in places)
        for place, row in zip(places, rows, strict=True):
            row.created_at = first + PERIOD * place / number  # what is made bears the hour it was made
        Decision.objects.bulk_update(rows, ["created_at"])


def _copy(samples: list[Decision], place: int, dice: random.Random) -> Decision:
    fields = [field for field in Decision._meta.concrete_fields if not field.primary_key]
    sample = samples[place % len(samples)]
    row = Decision(**{field.attname: getattr(sample, field.attname) for field in fields})
    for field in fields:
        if field.unique or "key" in field.name:
            setattr(row, field.attname, uuid4() if isinstance(field, models.UUIDField) else uuid4().hex)
    row.number = f"RM-{place}"
    row.client = f"Client {dice.randrange(2000)} {dice.choice(WORDS).title()}"
    row.project = dice.choice(WORDS) + (f" {RARE}" if place % 10_000 == 0 else "")
    return row


def pages() -> dict[str, str]:
    """By name, the addresses that are timed."""
    admin = f"admin:{Decision._meta.app_label}_decision"
    lists = reverse(f"{admin}_changelist")
    middle = Decision.objects.order_by("pk")[Decision.objects.count() // 2]
    return {
        "admin: first page": lists,
        "admin: filtered by role": f"{lists}?role__exact=ml_engineer",
        "admin: a rare word": f"{lists}?q={RARE}",
        "admin: a common word": f"{lists}?q=support",
        "admin: one decision": reverse(f"{admin}_change", args=[middle.pk]),
        "admin: overview": "/admin/",
        "recruiter: list": "/",
        "recruiter: a common word": "/?q=support",
        "recruiter: one decision": middle.get_absolute_url(),
    }


def opened(client: Client, address: str) -> None:
    """Open a page. Raises AssertionError where it is refused."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)


def main() -> int:
    """Fill, measure, print; status 1 where the aim is missed on PostgreSQL."""
    rows = asked(__doc__, rows=100_000).rows
    logging.disable(logging.CRITICAL)
    settings.ALLOWED_HOSTS = ["testserver"]
    user = database_ready()
    filled = seconds(lambda: rows_make(rows, user))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{connection.vendor}: {rows:,} decisions, filled in {filled:.0f} s")
    client = Client()
    client.force_login(user, backend=BACKEND)
    found = in_turn({name: partial(opened, client, address) for name, address in pages().items()}, 7)
    for name, took in found.items():
        print(f"  {name:28}{1000 * took:>9.1f} ms")
    missed = status([(found["admin: first page"] * 1000 < AIM_MS, f"first page under {AIM_MS} ms")])
    return missed if connection.vendor == "postgresql" else 0


if __name__ == "__main__":
    sys.exit(main())
