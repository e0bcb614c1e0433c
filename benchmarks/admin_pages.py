"""One size and database (from the environment): filled, measured, printed as one JSON object of milliseconds.

Keys that begin with "=" are ratios, peer / ours for time (more is better) and ours / peer for memory.
"""

from __future__ import annotations

# ruff: noqa: E402
import csv
import io
import json
import logging
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import django

django.setup()

from django.contrib import admin
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client, RequestFactory

from benchmarks.admin_rows import RARE, rows_make
from rolematcher.models import Decision, Edition, User
from rolematcher.services.editions import edition_draft, text_plain
from rolematcher.services.editions_compare import edition_replay
from rolematcher.services.exports import COLUMNS, export_csv

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
RUNS = 9


class StockAdmin(admin.ModelAdmin):
    """The list as Django makes it when the same columns and filters are asked for without a thought of size."""

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


def median(work: Callable[[], Any], runs: int = RUNS, warm: int = 1) -> float:
    """Milliseconds."""
    for _run in range(warm):
        work()
    times = []
    for _run in range(runs):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1000


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


def export_lean() -> None:
    sink = io.StringIO()
    for line in export_csv(Decision.objects.order_by("-id")[:EXPORTED]):
        sink.seek(0)
        sink.write(line)


def export_list() -> None:
    """The usual export action: a list of objects, and attributes of each."""
    sink = io.StringIO()
    writer = csv.writer(sink)
    writer.writerow(COLUMNS.values())
    related = ("owner", "team", "edition", "outcome")
    for row in list(Decision.objects.order_by("-id").select_related(*related)[:EXPORTED]):
        sink.seek(0)
        writer.writerow([_reached(row, path) for path in COLUMNS])


def _reached(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name, None)
        if row is None:
            return ""
    return row


def stock(query: str, user: User) -> Any:
    request = RequestFactory().get("/", dict(part.split("=") for part in query.split("&") if part))
    request.user = user
    site = admin.AdminSite()
    site.register(Decision, StockAdmin)
    return site._registry[Decision].changelist_view(request).render()


def main(size: int) -> None:
    logging.disable(logging.CRITICAL)
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    call_command("setup_data", verbosity=0)
    if Decision.objects.order_by("-pk").values_list("pk", flat=True).first() != size:
        rows_make(size)
    user = User.objects.get_or_create(username="bench", defaults={"is_staff": True, "is_superuser": True})[0]
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    def page(path: str) -> None:
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)

    found: dict[str, float | None] = {}
    for name, path in PAGES.items():
        found[name] = None if name == "page 1,000" and size < 50_000 else median(lambda path=path: page(path))
    found["detail"] = median(lambda: page(f"{LIST}{size // 2}/change/"))
    found["overview, counted anew"] = median(lambda: (cache.clear(), page("/admin/")), runs=3)
    found["overview, counts kept"] = median(lambda: page("/admin/"))
    found["overrides report"] = median(lambda: page("/admin/reports/overrides/"), runs=3)
    found["outcomes report, counted anew"] = median(
        lambda: (cache.clear(), page("/admin/reports/outcomes/")), runs=3
    )
    found["replay of all under a changed rulebook"] = median(
        lambda: edition_replay(changed(user), user=user), runs=5
    )
    runs = 1 if size > 100_000 else 3
    found["Django's default: first page"] = median(lambda: stock("", user), runs=runs, warm=1)
    found["Django's default: icontains search"] = median(lambda: stock("q=support", user), runs=runs, warm=1)
    found["Django's default: rare word"] = median(lambda: stock(f"q={RARE}", user), runs=runs, warm=0)
    ours, our_memory = apart(export_lean)
    theirs, their_memory = apart(export_list)
    found[f"export of {min(size, EXPORTED):,} rows"] = None
    found["export, at most 100,000 rows"] = ours
    found["export by list(), same rows"] = theirs
    found["export: MB above the start"] = our_memory
    found["export by list(): MB above the start"] = their_memory
    del found[f"export of {min(size, EXPORTED):,} rows"]
    found["=first page, default / ours"] = _ratio(found["Django's default: first page"], found["first page"])
    found["=search, icontains / ours, common word"] = _ratio(
        found["Django's default: icontains search"], found["search: a common word"]
    )
    found["=search, icontains / ours, rare word"] = _ratio(
        found["Django's default: rare word"], found["search: a rare word"]
    )
    found["=export, list() / ours, time"] = _ratio(theirs, ours)
    found["=export, ours / list(), memory"] = _ratio(our_memory, their_memory)
    print(json.dumps(found))


def _ratio(more: float | None, less: float | None) -> float | None:
    return more / less if more and less else None


def changed(user: User) -> Edition:
    """A draft that sends what is built on an existing model to another role; the same one each time."""
    text = Edition.objects.get(number=1).text
    start = text.index('then = { role = "ai_engineer" }')
    other = text_plain(text[:start] + text[start:].replace('role = "ai_engineer"', 'role = "ml_engineer"', 1))
    drafts = Edition.objects.filter(state=Edition.DRAFT)
    return drafts.first() or edition_draft(user, text=other)


if __name__ == "__main__":
    main(int(sys.argv[1]))
