"""The whole database in, files out, and back. Online: people keep working while it is copied.

SQLite copies its pages under its own locks; from PostgreSQL every table is read in one snapshot. Neither
needs a program beside Python.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction

from rolematcher.accounts.audit_guard import guard_lifted
from rolematcher.accounts.models import FIRST_HASH

SQLITE_FILE = "database.sqlite3"


@dataclass(frozen=True, slots=True)
class Saved:
    """What is in a copy: decisions, the last seal of the audit trail, the documents its rows name."""

    migrations: dict[str, str]
    decisions: int
    audit_head: str
    files: tuple[str, ...]


def database_save(folder: Path) -> Saved:
    """Copy the database as it is at one moment into `folder`. Raises OSError, DatabaseError."""
    if connection.vendor == "sqlite":
        return _sqlite_save(folder / SQLITE_FILE)
    return _postgres_save(folder)


def _saved(read: Callable[[str], Sequence[tuple[Any, ...]]]) -> Saved:
    """Read from the copy, or in the moment the copy is of."""
    migrations = read("SELECT app, name FROM django_migrations ORDER BY id")
    head = read("SELECT hash FROM accounts_auditevent ORDER BY id DESC LIMIT 1")
    return Saved(
        migrations=dict(sorted((app, name) for app, name in migrations)),
        decisions=read("SELECT count(*) FROM decisions_decision")[0][0],
        audit_head=head[0][0] if head else FIRST_HASH,
        files=tuple(name for (name,) in read("SELECT DISTINCT file FROM briefs_brief WHERE file <> ''")),
    )


def database_load(folder: Path, *, migrations: dict[str, str]) -> None:
    """Replace the database by the copy in `folder`, then bring it up to this version of the product."""
    if connection.vendor == "sqlite":
        _sqlite_load(folder / SQLITE_FILE)
    else:
        _postgres_load(folder, migrations)
    call_command("migrate", verbosity=0, interactive=False)


def _sqlite_save(path: Path) -> Saved:
    connection.ensure_connection()
    with sqlite3.connect(path) as copy:
        connection.connection.backup(copy)
        saved = _saved(lambda sql: copy.execute(sql).fetchall())
    copy.close()
    return saved


def _sqlite_load(path: Path) -> None:
    connection.ensure_connection()
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as copy:
        copy.backup(connection.connection)
    copy.close()


def _postgres_save(folder: Path) -> Saved:
    def read(sql: str) -> list[tuple[Any, ...]]:
        cursor.execute(sql)
        return cursor.fetchall()

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SET LOCAL statement_timeout = 0")
        for table in sorted(connection.introspection.table_names(cursor)):
            described = connection.introspection.get_table_description(cursor, table)
            columns = ", ".join(_quoted(column.name) for column in described)
            statement = f"COPY {_quoted(table)} ({columns}) TO STDOUT"
            with (folder / f"{table}.copy").open("wb") as out, cursor.copy(statement) as rows:
                out.write(f"{columns}\n".encode())
                for block in rows:
                    out.write(block)
        return _saved(read)


def _postgres_load(folder: Path, migrations: dict[str, str]) -> None:
    for app, name in migrations.items():
        call_command("migrate", app, name, verbosity=0, interactive=False)
    tables = [path.stem for path in sorted(folder.glob("*.copy"))]
    with guard_lifted(connection), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(f"TRUNCATE {', '.join(_quoted(table) for table in tables)} CASCADE")
        for table in tables:
            with (folder / f"{table}.copy").open("rb") as rows:
                columns = rows.readline().decode().strip()
                with cursor.copy(f"COPY {_quoted(table)} ({columns}) FROM STDIN") as out:
                    shutil.copyfileobj(rows, out)
        models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
