"""Published editions are frozen by the database itself: no code, shell or plain SQL changes one.

Removing one is refused by the decisions pinned to it; one without decisions may go with its database.
"""

from __future__ import annotations

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

WORDS = "a published edition never changes"

SQLITE = [
    f"""CREATE TRIGGER IF NOT EXISTS edition_frozen BEFORE UPDATE OF text, sha256, number, state
    ON editions_edition WHEN old.state = 'published' BEGIN SELECT RAISE(ABORT, '{WORDS}'); END""",
]

POSTGRESQL = [
    f"""CREATE OR REPLACE FUNCTION edition_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    "DROP TRIGGER IF EXISTS edition_frozen ON editions_edition",
    """CREATE TRIGGER edition_frozen BEFORE UPDATE OF text, sha256, number, state ON editions_edition
    FOR EACH ROW WHEN (old.state = 'published') EXECUTE FUNCTION edition_refuse()""",
]


def edition_guard_on(editor: BaseDatabaseSchemaEditor) -> None:
    """Make the trigger. Twice is harmless; call it again after a migration that rebuilds the table."""
    for statement in SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL:
        editor.execute(statement)


def edition_guard_off(editor: BaseDatabaseSchemaEditor) -> None:
    """Take the trigger away."""
    on = "" if editor.connection.vendor == "sqlite" else " ON editions_edition"
    editor.execute(f"DROP TRIGGER IF EXISTS edition_frozen{on}")
