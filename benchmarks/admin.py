"""The admin and the recruiter's list with 100,000 decisions. In: how many. Out: milliseconds of each page.

    python -m benchmarks.admin [--rows 100000]        on the database that DATABASE_URL names, else SQLite

Each page is a whole request through every middleware, median of seven warm ones. The database should be
an empty one: it is filled and not emptied again.
"""

from __future__ import annotations

import argparse
import logging
import statistics
import sys
import time

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from benchmarks.inner import Decision, database_ready
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


def milliseconds(client: Client, address: str) -> float:
    """The median of seven, after one that warms. Raises AssertionError where the page is refused."""
    taken = []
    for _turn in range(8):
        begun = time.perf_counter()
        answer = client.get(address)
        taken.append(1000 * (time.perf_counter() - begun))
        assert answer.status_code == 200, (address, answer.status_code)
    return statistics.median(taken[1:])


def main() -> int:
    """Fill, measure, print; status 1 where the aim is missed on PostgreSQL."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rows", type=int, default=100_000)
    rows = parser.parse_args().rows
    logging.disable(logging.CRITICAL)
    settings.ALLOWED_HOSTS = ["testserver"]
    user, begun = database_ready(), time.monotonic()
    rows_make(rows, user)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{connection.vendor}: {rows:,} decisions, filled in {time.monotonic() - begun:.0f} s")
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    found = {name: milliseconds(client, address) for name, address in pages().items()}
    for name, took in found.items():
        print(f"  {name:28}{took:>9.1f} ms")
    good = found["admin: first page"] < AIM_MS
    print(f"aim: first page under {AIM_MS} ms on PostgreSQL: {'met' if good else 'MISSED'}")
    return int(connection.vendor == "postgresql" and not good)


if __name__ == "__main__":
    sys.exit(main())
