"""Finding decisions by a piece of text: a trigram index beside the table, kept in step by the database.

In: words a person typed. Out: SQL that gives the ids of matching decisions, newest first. SQLite uses an
FTS5 table, PostgreSQL a table with a pg_trgm index; both hold client, project and description, and both
are written by triggers, so that no way of changing a decision (bulk, erasure, plain SQL) can miss them.
"""

from __future__ import annotations

import re

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.expressions import RawSQL

SHORTEST = 3
"""A trigram index knows nothing of shorter pieces."""

MOST_WORDS = 8

WILD = re.compile(r"[\\%_]")
"""What stands for something else in a LIKE pattern."""

SQLITE = [
    "CREATE VIRTUAL TABLE IF NOT EXISTS decision_search USING fts5(body, tokenize='trigram')",
    "DELETE FROM decision_search",
    "INSERT INTO decision_search(rowid, body) SELECT id, client || char(10) || project || char(10) ||"
    " coalesce(json_extract(answers, '$.description'), '') FROM decisions_decision",
    """CREATE TRIGGER IF NOT EXISTS decision_search_insert AFTER INSERT ON decisions_decision BEGIN
        INSERT INTO decision_search(rowid, body) VALUES (new.id, new.client || char(10) || new.project
            || char(10) || coalesce(json_extract(new.answers, '$.description'), ''));
    END""",
    """CREATE TRIGGER IF NOT EXISTS decision_search_update
    AFTER UPDATE OF client, project, answers ON decisions_decision BEGIN
        UPDATE decision_search SET body = new.client || char(10) || new.project || char(10)
            || coalesce(json_extract(new.answers, '$.description'), '') WHERE rowid = new.id;
    END""",
    """CREATE TRIGGER IF NOT EXISTS decision_search_delete AFTER DELETE ON decisions_decision BEGIN
        DELETE FROM decision_search WHERE rowid = old.id;
    END""",
]

POSTGRESQL = [
    # Filling and indexing a large table takes longer than any page may.
    "SET LOCAL statement_timeout = 0",
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE TABLE IF NOT EXISTS decision_search (id bigint PRIMARY KEY, body text NOT NULL)",
    "DELETE FROM decision_search",
    "INSERT INTO decision_search(id, body) SELECT id, client || chr(10) || project || chr(10) ||"
    " coalesce(answers->>'description', '') FROM decisions_decision",
    "CREATE INDEX IF NOT EXISTS decision_search_body ON decision_search USING gin (body gin_trgm_ops)",
    """CREATE OR REPLACE FUNCTION decision_search_follow() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            DELETE FROM decision_search WHERE id = old.id;
            RETURN old;
        END IF;
        INSERT INTO decision_search(id, body) VALUES (new.id, new.client || chr(10) || new.project
            || chr(10) || coalesce(new.answers->>'description', ''))
        ON CONFLICT (id) DO UPDATE SET body = excluded.body;
        RETURN new;
    END $$""",
    "DROP TRIGGER IF EXISTS decision_search_write ON decisions_decision",
    """CREATE TRIGGER decision_search_write AFTER INSERT OR DELETE OR UPDATE OF client, project, answers
    ON decisions_decision FOR EACH ROW EXECUTE FUNCTION decision_search_follow()""",
]


def search_install(editor: BaseDatabaseSchemaEditor) -> None:
    """Make the index and its triggers, and fill it. Twice is harmless.

    A later migration that makes SQLite rebuild the decision table has to call this again, because
    the rebuilt table comes without triggers (a test notices).
    """
    for statement in SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL:
        editor.execute(statement)


def search_remove(editor: BaseDatabaseSchemaEditor) -> None:
    """Take the index and its triggers away."""
    if editor.connection.vendor == "sqlite":
        for name in ("insert", "update", "delete"):
            editor.execute(f"DROP TRIGGER IF EXISTS decision_search_{name}")
    else:
        editor.execute("DROP TRIGGER IF EXISTS decision_search_write ON decisions_decision")
        editor.execute("DROP FUNCTION IF EXISTS decision_search_follow()")
    editor.execute("DROP TABLE IF EXISTS decision_search")


def search_words(typed: str) -> list[str]:
    """The pieces that are looked for: at least three characters each, at most eight of them."""
    return [word for word in typed.replace("\0", "").split() if len(word) >= SHORTEST][:MOST_WORDS]


def ids_matching(words: list[str], connection: BaseDatabaseWrapper, *, most: int | None) -> RawSQL:
    """A subquery for `id__in`: decisions that hold all the words, the newest `most` of them (None: all)."""
    limit = f" ORDER BY 1 DESC LIMIT {int(most)}" if most else ""
    if connection.vendor == "sqlite":
        match = " AND ".join('"' + word.replace('"', '""') + '"' for word in words)
        return RawSQL(f"SELECT rowid FROM decision_search WHERE decision_search MATCH %s{limit}", [match])  # noqa: S608, S611
    where = " AND ".join(["body ILIKE %s"] * len(words))
    patterns = ["%" + WILD.sub(r"\\\g<0>", word) + "%" for word in words]
    return RawSQL(f"SELECT id FROM decision_search WHERE {where}{limit}", patterns)  # noqa: S608, S611
