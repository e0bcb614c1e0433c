"""A number in, so many decisions in the database out, made in bulk for the admin's benchmarks.

Answer sheets are random and decided by the shipped rulebook, so lists, replay and reports have something
to find. The short columns, the answers and a description of some 150 characters are as in life; what each
rested on (trace, estimates with sources, profiles: some 9 KB packed) is that of one of the dozen shipped
samples, so rows are as long as in life. Rows spread over three years; 5 % have an outcome, 2 % an override.
Filling can stop after any batch and go on in a later run; the rows are the same.
"""

# ruff: noqa: SIM905
from __future__ import annotations

import datetime as dt
import json
import random
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.utils import timezone

from rolematcher.engine.model import Rulebook
from rolematcher.engine.sheets.bulk import replay
from rolematcher.engine.sheets.compiled import compiled_for_role
from rolematcher.models import Decision, Edition, Team, User, record_columns
from rolematcher.models.search import search_install, search_remove
from rolematcher.packaged import packaged_text
from rolematcher.rulebooks import rulebook_of
from rolematcher.services.decisions import decision_work_out

PEOPLE, TEAMS, CLIENTS, DAYS, BATCH = 200, 20, 2000, 1095, 20_000
WORDS = tuple(
    """assistant invoices churn forecast defects camera warehouse leads calendar support tickets reports
    meeting notes contracts routing mailbox scans parts pricing clinics logistics energy retail insurance
    travel property payroll""".split()
)
COLUMNS = tuple(
    """id public_id owner_id team_id client project created_at decided_on status edition_id need role course
    level basis firm grade budget_verdict packed overridden need_rule role_rule course_rule version
    idempotency_key body_hash answers facts verdict money profiles evidence record""".split()
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
SAMPLES = 12
RARE = "zeppelin"
"""A word that one row in 10,000 holds; "support" is in about one in eight."""


def rows_there(number: int) -> bool:
    """Whether all the rows are in the database, and their search index."""
    return _last() == number and "decision_search" in connection.introspection.table_names()


def _last() -> int:
    return Decision.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def rows_make(number: int, *, minutes: float = float("inf")) -> bool:
    """Fill a database that `setup_data` has run on, or go on filling it. False where time ran out."""
    until = time.monotonic() + minutes * 60
    edition = Edition.objects.current()
    people, samples = _people(), _samples(edition)
    with connection.schema_editor() as editor:
        search_remove(editor)
    for batch in _batches(number, _last(), rulebook_of(edition), edition.pk, people):
        with transaction.atomic():
            _insert("rolematcher_decision", COLUMNS, batch, samples)
            _afterwards(batch)
        if time.monotonic() > until:
            return False
    with connection.schema_editor() as editor:
        search_install(editor)
    _sequences()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET statement_timeout = 0")
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute("ANALYZE")
    return True


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


def _samples(edition: Edition) -> list[bytes]:
    """What the shipped samples rest on, packed."""
    records = []
    for sample in tomllib.loads(packaged_text("demo.toml"))["decision"]:
        work = decision_work_out(sample["answers"], edition=edition, on=dt.date(2026, 11, 21))
        records.append(record_columns(work.verdict, work.money, work.profiles)["record"])
    return records


def weights() -> tuple[float, float, float]:
    """Kilobytes: what the shipped samples rest on as JSON and as stored; the database for each decision."""
    edition, plain, stored = Edition.objects.current(), 0, 0
    samples = tomllib.loads(packaged_text("demo.toml"))["decision"]
    for sample in samples:
        work = decision_work_out(sample["answers"], edition=edition, on=dt.date(2026, 11, 21))
        parts = (work.verdict, work.money, work.profiles)
        columns = record_columns(*parts)
        plain += sum(len(json.dumps(part)) for part in parts)
        stored += len(columns.pop("record")) + sum(len(json.dumps(value)) for value in columns.values())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
            size = cursor.fetchone()[0]
        else:
            size = Path(connection.settings_dict["NAME"]).stat().st_size
    return plain / len(samples) / 1000, stored / len(samples) / 1000, size / _last() / 1000


def _batches(
    number: int, made_before: int, rulebook: Rulebook, edition: int, people: list[tuple[int, int]]
) -> Iterator[list[tuple[Any, ...]]]:
    packed = sheets_random(number, rulebook)
    decided = replay(packed, rulebook)
    rules = {(table.id, rule.result): rule.id for table in rulebook.tables for rule in reversed(table.rules)}
    facts = json.dumps({f"fact_{place}": "an_answer" for place in range(20)})
    first = timezone.now() - dt.timedelta(days=DAYS)
    for start in range(made_before, number, BATCH):
        end, pick = min(number, start + BATCH), random.Random(start)
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
                    facts, "{}", "{}", "{}", "{}", key % SAMPLES,
                )
            )  # fmt: skip
        yield batch


def _afterwards(batch: list[tuple[Any, ...]]) -> None:
    """Outcomes and overrides of some of them."""
    now, pick = timezone.now(), random.Random(batch[0][0])
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


def _insert(table: str, columns: Any, rows: list[tuple[Any, ...]], samples: Any = ()) -> None:
    """Insert the rows; with `samples`, their last column holds the place of one of them."""
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            if samples:
                _insert_with_samples(cursor, table, columns, rows, samples)
                return
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(columns))
        plain = [
            tuple(value.replace(tzinfo=None) if isinstance(value, dt.datetime) else value for value in row)
            for row in rows
        ]
        if samples:
            plain = [(*row[:-1], samples[row[-1]]) for row in plain]
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", plain)


def _insert_with_samples(cursor: Any, table: str, columns: Any, rows: Any, samples: list[bytes]) -> None:
    """By way of a table without the long column, so that the samples go to the server once."""
    *short, long = columns
    names = ", ".join(short)
    cursor.execute(
        f"CREATE TEMP TABLE short ON COMMIT DROP AS SELECT {names}, 0 AS sample FROM {table} LIMIT 0"
    )
    cursor.execute("CREATE TEMP TABLE long (sample int, body bytea) ON COMMIT DROP")
    cursor.executemany("INSERT INTO long VALUES (%s, %s)", list(enumerate(samples)))
    with cursor.copy(f"COPY short ({names}, sample) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    cursor.execute(
        f"INSERT INTO {table} ({names}, {long}) SELECT {names}, body FROM short JOIN long USING (sample)"
    )


def _sequences() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            sequence = "pg_get_serial_sequence('rolematcher_decision', 'id')"
            cursor.execute(f"SELECT setval({sequence}, max(id)) FROM rolematcher_decision")
