"""The admin and the recruiter's list with 100,000 decisions. In: how many. Out: milliseconds of each page.

    python -m benchmarks.admin [--rows 100000]        on the database that DATABASE_URL names, else SQLite

Each page is a whole request through every middleware, median of seven warm ones. The database should be
an empty one: it is filled and not emptied again.
"""

from __future__ import annotations

import logging
import random
import sys
from copy import copy
from functools import partial
from uuid import uuid4

from django.conf import settings
from django.db import connection, models
from django.test import Client

from benchmarks.inner import BACKEND, SAMPLES, Decision, User, database_ready, decision_made
from benchmarks.measure import asked, in_turn, seconds, status

AIM_MS = 300
"""First page of the admin with 100,000 decisions on PostgreSQL."""
WORDS = ("assistant", "invoices", "churn", "forecast", "defects", "camera", "warehouse", "leads", "support")
BATCH = 2_000
LIST = "/admin/decisions/decision/"
RARE = "zeppelin"
"""A word that one row in 10,000 holds; "support" is in about one in nine."""


def rows_make(number: int, user: User) -> None:
    """Fill up to so many with copies of the samples; keys are made anew."""
    samples = [decision_made(answers, user) for answers in SAMPLES.values()]
    dice = random.Random(1)
    for start in range(Decision.objects.count(), number, BATCH):
        places = range(start, min(number, start + BATCH))
        Decision.objects.bulk_create(_copied(samples[place % len(samples)], place, dice) for place in places)


def _copied(sample: Decision, place: int, dice: random.Random) -> Decision:
    row = copy(sample)
    row.pk, row.number = None, f"RM-{place}"
    for field in row._meta.concrete_fields:
        if not field.primary_key and (field.unique or "key" in field.name):
            setattr(row, field.attname, uuid4() if isinstance(field, models.UUIDField) else uuid4().hex)
    row.client = f"Client {dice.randrange(2000)} {dice.choice(WORDS).title()}"
    row.project = dice.choice(WORDS) + (f" {RARE}" if place % 10_000 == 0 else "")
    return row


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
    middle = Decision.objects.order_by("pk")[rows // 2]
    pages = {
        "admin: first page": LIST,
        "admin: filtered by role": f"{LIST}?role__exact=ml_engineer",
        "admin: a rare word": f"{LIST}?q={RARE}",
        "admin: a common word": f"{LIST}?q=support",
        "admin: one decision": f"{LIST}{middle.pk}/change/",
        "admin: overview": "/admin/",
        "recruiter: list": "/",
        "recruiter: a common word": "/?q=support",
        "recruiter: one decision": middle.get_absolute_url(),
    }
    found = in_turn({name: partial(opened, client, address) for name, address in pages.items()}, 7)
    for name, took in found.items():
        print(f"  {name:28}{1000 * took:>9.1f} ms")
    missed = status([(found["admin: first page"] * 1000 < AIM_MS, f"first page under {AIM_MS} ms")])
    return missed if connection.vendor == "postgresql" else 0


if __name__ == "__main__":
    sys.exit(main())
