"""A number in, so many decisions in the database out, made in bulk for the admin's benchmarks.

Answer sheets are random and decided by the shipped rulebook, so lists, replay and reports have something
to find. The short columns, the answers and a description of some 150 characters are as in life; the three
long frozen columns (verdict, money, profiles: some 140 KB of JSON in life) hold a stand-in of 2 KB, so
that a million rows fit on a laptop. Rows spread over three years; 5 % have an outcome, 2 % an override.
"""

# ruff: noqa: SIM905
from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Iterator
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.utils import timezone

from rolematcher.engine.model import Rulebook
from rolematcher.engine.sheets.bulk import replay
from rolematcher.engine.sheets.compiled import compiled_for_role
from rolematcher.models import Edition, Team, User
from rolematcher.models.search import search_install, search_remove
from rolematcher.rulebooks import rulebook_of

PEOPLE, TEAMS, CLIENTS, DAYS, BATCH = 200, 20, 2000, 1095, 20_000
WORDS = tuple(
    """assistant invoices churn forecast defects camera warehouse leads calendar support tickets reports
    meeting notes contracts routing mailbox scans parts pricing clinics logistics energy retail insurance
    travel property payroll""".split()
)
COLUMNS = tuple(
    """id public_id owner_id team_id client project created_at decided_on status edition_id need role course
    level basis firm grade budget_verdict packed overridden need_rule role_rule course_rule version
    idempotency_key body_hash answers facts verdict money profiles evidence""".split()
)
STATUSES = ("made", "made", "sent", "accepted", "filled", "dropped")
GRADES = ("A", "B", "C", "C", "D", "")
BUDGETS = ("covers_all", "covers_some", "below_all", "not_set")
RIGHT = ("yes", "yes", "yes", "no", "too_early")
OUTCOME = tuple(
    """decision_id right_role hired_role agreed_currency agreed_unit agreed_kind days_to_fill note by_id
    at""".split()
)
OVERRIDE = tuple("decision_id number role course reason agreed_with by_id at".split())
RARE = "zeppelin"
"""A word that one row in 10,000 holds; "support" is in about one in eight."""


def rows_make(number: int, *, seed: int = 7) -> None:
    """Fill an empty, migrated database that `setup_data` has run on."""
    pick = random.Random(seed)
    edition = Edition.objects.current()
    people = _people()
    with connection.schema_editor() as editor:
        search_remove(editor)
    made = 0
    for batch in _batches(number, rulebook_of(edition), edition.pk, people, pick):
        with transaction.atomic():
            _insert("rolematcher_decision", COLUMNS, batch)
            _afterwards(batch, pick)
        made += len(batch)
    with connection.schema_editor() as editor:
        search_install(editor)
    _sequences()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET statement_timeout = 0")
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute("ANALYZE")


def sheets_random(number: int, rulebook: Rulebook, seed: int = 7) -> Any:
    """So many packed answer sheets, each question answered at random."""
    generator = np.random.default_rng(seed)
    packed = np.zeros(number, dtype=np.int64)
    for axis, start, _width in compiled_for_role(rulebook).layout.packing:
        places = np.array(
            [place for place, state in enumerate(axis.states) if axis.bits[state] & axis.possible],
            dtype=np.int64,
        )
        packed |= places[generator.integers(0, len(places), number)] << start
    return packed


def _people() -> list[tuple[int, int]]:
    teams = [Team.objects.get_or_create(name=f"Team {number}")[0] for number in range(TEAMS)]
    names = [f"recruiter{number}" for number in range(PEOPLE)]
    User.objects.bulk_create(
        [User(username=name, team=teams[place % TEAMS], password="!") for place, name in enumerate(names)],
        ignore_conflicts=True,
    )
    return list(User.objects.filter(username__in=names).values_list("pk", "team_id"))


def _batches(
    number: int, rulebook: Rulebook, edition: int, people: list[tuple[int, int]], pick: random.Random
) -> Iterator[list[tuple[Any, ...]]]:
    packed = sheets_random(number, rulebook)
    decided = replay(packed, rulebook)
    rules = {(table.id, rule.result): rule.id for table in rulebook.tables for rule in reversed(table.rules)}
    long = json.dumps({"stand_in": "x" * 2000})
    first = timezone.now() - dt.timedelta(days=DAYS)
    for start in range(0, number, BATCH):
        end = min(number, start + BATCH)
        results = {
            table: [decided.names[table][place] for place in decided.results[table][start:end].tolist()]
            for table in ("need", "role", "course")
        }
        batch = []
        for offset, sheet in enumerate(packed[start:end].tolist()):
            key = start + offset + 1
            owner, team = people[pick.randrange(len(people))]
            words = " ".join(pick.choices(WORDS, k=20)) + (f" {RARE}" if key % 10_000 == 0 else "")
            client = f"Client {pick.randrange(CLIENTS)} {WORDS[key % len(WORDS)].title()}"
            need, role, course = (results[table][offset] for table in ("need", "role", "course"))
            made = first + dt.timedelta(days=DAYS * key / (number + 1))
            batch.append(
                (
                    key, f"{pick.getrandbits(128):032x}", owner, team, client, " ".join(words.split()[:3]),
                    made, made.date(), pick.choice(STATUSES), edition, need, role, course, "mid", "permanent",
                    pick.random() < 0.6, pick.choice(GRADES), pick.choice(BUDGETS), sheet, key % 50 == 0,
                    rules.get(("need", need), ""), rules.get(("role", role), ""),
                    rules.get(("course", course), ""), 1, f"{key:032x}", f"{key:064x}",
                    json.dumps({"work": "language", "description": words, "client": client}),
                    "{}", long, "{}", "{}", "{}",
                )
            )  # fmt: skip
        yield batch


def _afterwards(batch: list[tuple[Any, ...]], pick: random.Random) -> None:
    """Outcomes, overrides and briefs of some of them."""
    now = timezone.now()
    by_key = {row[0]: row for row in batch}
    outcomes = [
        (key, pick.choice(RIGHT), row[11], "", "", "", pick.randrange(5, 90), "", row[2], now)
        for key, row in by_key.items()
        if key % 20 == 0
    ]
    reason = "The client insists on one person for all of it."
    overrides = [
        (key, 1, "ai_engineer", "hire", reason, "", row[2], row[6]) for key, row in by_key.items() if row[19]
    ]
    _insert("rolematcher_outcome", OUTCOME, outcomes)
    _insert("rolematcher_override", OVERRIDE, overrides)


def _insert(table: str, columns: Any, rows: list[tuple[Any, ...]]) -> None:
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(columns))
        plain = [
            tuple(value.replace(tzinfo=None) if isinstance(value, dt.datetime) else value for value in row)
            for row in rows
        ]
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", plain)


def _sequences() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            sequence = "pg_get_serial_sequence('rolematcher_decision', 'id')"
            cursor.execute(f"SELECT setval({sequence}, max(id)) FROM rolematcher_decision")
