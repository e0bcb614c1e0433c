"""Audit rows stay as they were written. In: a database connection. Out: triggers that refuse every change.

The product's own code never changes a row; the triggers hold against everything else that speaks SQL
with the product's rights. SQLite needs `recursive_triggers` for it (settings): INSERT OR REPLACE would
otherwise delete a row without a trigger noticing. Whoever owns the database can drop the triggers, which
the hash chain then shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "accounts_auditevent"
REFUSAL = "audit events are never changed or removed"

SQLITE_ON = tuple(
    f"CREATE TRIGGER IF NOT EXISTS audit_no_{change.lower()} BEFORE {change} ON {TABLE}"
    f" BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for change in ("UPDATE", "DELETE")
)
SQLITE_OFF = ("DROP TRIGGER IF EXISTS audit_no_update", "DROP TRIGGER IF EXISTS audit_no_delete")

POSTGRES_ON = (
    f"CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS"
    f" $$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    f"CREATE OR REPLACE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON {TABLE}"
    " FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    f"CREATE OR REPLACE TRIGGER audit_no_truncate BEFORE TRUNCATE ON {TABLE}"
    " FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
)
POSTGRES_OFF = (
    f"DROP TRIGGER IF EXISTS audit_no_change ON {TABLE}",
    f"DROP TRIGGER IF EXISTS audit_no_truncate ON {TABLE}",
)


def guard_on(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers; twice is harmless. Raises KeyError on other databases."""
    _run(connection, sqlite=SQLITE_ON, postgresql=POSTGRES_ON)


def guard_off(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers: for undoing the migration and for emptying a test database."""
    _run(connection, sqlite=SQLITE_OFF, postgresql=POSTGRES_OFF)


@contextmanager
def guard_lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Without the triggers inside, with them again afterwards."""
    guard_off(connection)
    try:
        yield
    finally:
        guard_on(connection)


def _run(connection: BaseDatabaseWrapper, **statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)
