"""A command line in, its exit status out; what stops a command is said with its cure."""

from __future__ import annotations

import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import DatabaseError, OperationalError, connection

_NOT_MADE = ("no such table", "no such column", "undefinedtable", "undefinedcolumn")


def run(arguments: list[str]) -> None:
    """Run a management command. What stops it is a sentence and exit status 1, not a traceback."""
    try:
        execute_from_command_line(arguments)
    except ImproperlyConfigured as error:
        sys.exit(f"Settings: {error}")
    except OSError as error:
        if error.filename is None:
            raise
        sys.exit(f"{error.filename} cannot be used: {error.strerror}.")
    except DatabaseError as error:
        cure = _cure(error)
        if not cure:
            raise
        sys.exit(cure)


def _cure(error: DatabaseError) -> str:
    """What to do about a database that is not made or does not answer; empty for any other fault."""
    said = f"{type(error.__cause__).__name__} {error}".lower()
    if any(sign in said for sign in _NOT_MADE):
        return "The database is not up to date: run `manage.py migrate`, then `manage.py setup_data`."
    try:
        connection.ensure_connection()
    except OperationalError:
        return "The database does not answer: see that it runs and that DATABASE_URL names it."
    return ""
