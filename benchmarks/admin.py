"""The admin and the recruiter's list with 100,000 decisions. In: how many. Out: milliseconds of each page.

    python -m benchmarks.admin [--rows 100000]        on the database that DATABASE_URL names, else SQLite

Each page is a whole request through every middleware, median of seven warm ones. The database should be
an empty one: it is filled and not emptied again.
"""

from __future__ import annotations

import logging
import sys
import time
from functools import partial

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from benchmarks.inner import Decision, database_ready
from benchmarks.measure import asked, in_turn, status
from benchmarks.rows import RARE, rows_make

AIM_MS = 300
"""First page of the admin with 100,000 decisions on PostgreSQL."""


def pages() -> dict[str, str]:
    """By name, the addresses that are timed."""
    lists = reverse(f"admin:{Decision._meta.app_label}_decision_changelist")
    middle = Decision.objects.order_by("pk")[Decision.objects.count() // 2]
    return {
        "admin: first page": lists,
        "admin: filtered by role": f"{lists}?role__exact=ml_engineer",
        "admin: a rare word": f"{lists}?q={RARE}",
        "admin: a common word": f"{lists}?q=support",
        "admin: one decision": reverse(f"admin:{Decision._meta.app_label}_decision_change", args=[middle.pk]),
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
    user, begun = database_ready(), time.monotonic()
    rows_make(rows, user)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{connection.vendor}: {rows:,} decisions, filled in {time.monotonic() - begun:.0f} s")
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    found = in_turn({name: partial(opened, client, address) for name, address in pages().items()}, 7)
    for name, took in found.items():
        print(f"  {name:28}{1000 * took:>9.1f} ms")
    first = 1000 * found["admin: first page"]
    missed = status([(first < AIM_MS, f"first page under {AIM_MS} ms on PostgreSQL")])
    return missed if connection.vendor == "postgresql" else 0


if __name__ == "__main__":
    sys.exit(main())
