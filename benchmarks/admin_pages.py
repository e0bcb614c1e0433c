"""One size and database (from the environment), filled; then each measure that is asked for, run and timed.

The process that asks takes turns between the sizes, so that a busy moment of the machine falls on all alike.
"""

from __future__ import annotations

# ruff: noqa: E402
import csv
import io
import json
import logging
import os
import resource
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import django

django.setup()

from django.contrib import admin
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client, RequestFactory

from benchmarks.admin_rows import RARE, rows_make, rows_there, weights
from rolematcher.models import Decision, Edition, User
from rolematcher.services.editions import edition_draft, text_plain
from rolematcher.services.editions_compare import edition_replay
from rolematcher.services.exports import COLUMNS, export_csv, export_xlsx

LIST = "/admin/rolematcher/decision/"
PAGES = {
    "first page": LIST,
    "filtered: role": LIST + "?role__exact=ml_engineer",
    "filtered: role, grade, status": LIST + "?role__exact=ml_engineer&grade__exact=A&status__exact=sent",
    "filtered: a month": LIST + "?made_from=2025-06-01&made_to=2025-06-30",
    "page 1,000": LIST + "?p=1000",
    "search: a rare word": LIST + f"?q={RARE}",
    "search: a common word": LIST + "?q=support",
}
EXPORTED = 100_000
WEIGHTS = (
    "what a decision rests on: KB as JSON",
    "what a decision rests on: KB as stored",
    "what a decision takes: KB of the database",
)


class StockAdmin(admin.ModelAdmin):
    """The list as Django makes it when the same columns are asked for without a thought of size."""

    list_display = (
        "id", "created_at", "client", "project", "role", "course", "firm", "grade", "budget_verdict", "owner",
        "edition", "status",
    )  # fmt: skip
    list_filter = (
        "role",
        "course",
        "firm",
        "grade",
        "budget_verdict",
        "overridden",
        "status",
        "owner",
        "edition",
    )
    list_select_related = ("owner", "edition")
    search_fields = ("client", "project", "answers")
    date_hierarchy = "created_at"
    list_per_page = 50


def apart(work: Callable[[], Any]) -> tuple[float, float]:
    """Milliseconds and megabytes above the start, in a forked child, so that one does not pay for another."""
    reading, writing = os.pipe()
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if child == 0:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        began = time.perf_counter()
        work()
        taken = time.perf_counter() - began
        above = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        os.write(writing, json.dumps([taken * 1000, above / 1024]).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        taken, above = json.loads(answer.read())
    os.waitpid(child, 0)
    return taken, above


def unhurried() -> None:
    """Let a peer take longer than the product lets a statement take (PostgreSQL)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")


def export_lean() -> None:
    sink = io.StringIO()
    for line in export_csv(Decision.objects.order_by("-id")[:EXPORTED]):
        sink.seek(0)
        sink.write(line)


def export_excel() -> None:
    export_xlsx(Decision.objects.order_by("-id")[:EXPORTED]).close()


def export_list() -> None:
    """The usual export action: a list of objects, and attributes of each."""
    unhurried()
    sink = io.StringIO()
    writer = csv.writer(sink)
    writer.writerow(COLUMNS.values())
    related = ("owner", "team", "edition", "outcome")
    rows = Decision.objects.order_by("-id").select_related(*related).defer("edition__text")
    for row in list(rows[:EXPORTED]):
        sink.seek(0)
        writer.writerow([_reached(row, path) for path in COLUMNS])


EXPORTS = {"export": export_lean, "export by list()": export_list, "export as Excel": export_excel}


def _reached(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name, None)
        if row is None:
            return ""
    return row


def stock(query: str, user: User) -> Any:
    unhurried()
    request = RequestFactory().get("/", dict(part.split("=") for part in query.split("&") if part))
    request.user = user
    site = admin.AdminSite()
    site.register(Decision, StockAdmin)
    return site._registry[Decision].changelist_view(request).render()


def measures(size: int, user: User) -> dict[str, Callable[[], Any]]:
    """What is timed, by name, in the order of the table."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    def page(path: str) -> None:
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)

    def anew(path: str) -> None:
        cache.clear()
        page(path)

    timed: dict[str, Callable[[], Any]] = {
        name: partial(page, path) for name, path in PAGES.items() if name != "page 1,000" or size >= 50_000
    }
    return timed | {
        "detail": lambda: page(f"{LIST}{size // 2}/change/"),
        "overview, counted anew": lambda: anew("/admin/"),
        "overview, counts kept": lambda: page("/admin/"),
        "overrides report": lambda: page("/admin/reports/overrides/"),
        "outcomes report, counted anew": lambda: anew("/admin/reports/outcomes/"),
        "replay of all under a changed rulebook": lambda: edition_replay(changed(user), user=user),
        "Django's default: first page": lambda: stock("", user),
        "Django's default: icontains, common word": lambda: stock("q=support", user),
        "Django's default: icontains, rare word": lambda: stock(f"q={RARE}", user),
    }


def main(size: int, minutes: float) -> None:
    """Fill the database, then answer each line "NAME" on standard input with the milliseconds it took.

    Says nothing and ends where filling takes longer than `minutes`.
    """
    logging.disable(logging.CRITICAL)
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    call_command("setup_data", verbosity=0)
    if not rows_there(size) and not rows_make(size, minutes=minutes):
        say([])
        return
    user = User.objects.get_or_create(username="bench", defaults={"is_staff": True, "is_superuser": True})[0]
    timed = measures(size, user)
    say([*timed, *EXPORTS, *WEIGHTS])
    for line in sys.stdin:
        name = line.strip()
        if name in EXPORTS:
            say(apart(EXPORTS[name]))
            continue
        if name in WEIGHTS:
            say(weights()[WEIGHTS.index(name)])
            continue
        if name not in timed:
            say(None)
            continue
        began = time.perf_counter()
        timed[name]()
        say((time.perf_counter() - began) * 1000)


def say(what: Any) -> None:
    """One line of JSON to the process that asks."""
    print(json.dumps(what), flush=True)


def changed(user: User) -> Edition:
    """A draft that sends what is built on an existing model to another role; the same one each time."""
    text = Edition.objects.get(number=1).text
    start = text.index('then = { role = "ai_engineer" }')
    other = text_plain(text[:start] + text[start:].replace('role = "ai_engineer"', 'role = "ml_engineer"', 1))
    drafts = Edition.objects.filter(state=Edition.DRAFT)
    return drafts.first() or edition_draft(user, text=other)


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
