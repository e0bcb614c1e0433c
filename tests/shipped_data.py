"""The data the product ships, put into a test's database quickly.

In: a database after `migrate`. Out: the same rows `manage.py setup_data` makes. The first call of a process
makes them through the product; later ones put the figures in as they were then, which is most of the work.
"""

from __future__ import annotations

from functools import cache

from django.db import connection, transaction

from rolematcher.editions.services import edition_first_load
from rolematcher.intake.starting_points import starting_points_load
from rolematcher.rates.models import ConversionFact, RateObservation
from rolematcher.rates.services import rates_load

FIGURES = (ConversionFact, RateObservation)


def shipped_data_load() -> None:
    """What `manage.py setup_data` loads into a database that has the groups already."""
    edition_first_load()
    if _figures.cache_info().currsize and not RateObservation.objects.exists():
        with transaction.atomic(), connection.cursor() as cursor:
            for statement, rows in _figures():
                cursor.executemany(statement, rows)
    else:
        rates_load()
        _figures()
    starting_points_load()


@cache
def _figures() -> list[tuple[str, list[tuple]]]:
    """The statement and the values that put each table of figures in again, its keys left to the database."""
    found = []
    for model in FIGURES:
        columns = [field.column for field in model._meta.concrete_fields if not field.primary_key]
        names = ", ".join(connection.ops.quote_name(column) for column in columns)
        table = connection.ops.quote_name(model._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {names} FROM {table} ORDER BY id")
            rows = cursor.fetchall()
        marks = ", ".join(["%s"] * len(columns))
        found.append((f"INSERT INTO {table} ({names}) VALUES ({marks})", rows))
    return found
