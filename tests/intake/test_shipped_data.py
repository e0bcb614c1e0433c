"""The quick way tests load what the product ships gives the rows that the product's own command gives."""

from __future__ import annotations

from django.core.management import call_command
from django.db import transaction
from django.db.models import DateTimeField

from rolematcher.editions.models import Edition
from rolematcher.intake.models import StartingPoint
from rolematcher.rates.models import ConversionFact, RateObservation
from tests.shipped_data import shipped_data_load


def rows() -> dict[str, list[tuple]]:
    """Every loaded row without its keys and times."""
    found = {}
    for model in (Edition, ConversionFact, RateObservation, StartingPoint):
        fields = [field for field in model._meta.concrete_fields if not field.primary_key]
        names = [field.name for field in fields if not isinstance(field, DateTimeField)]
        found[model.__name__] = list(model.objects.order_by("id").values_list(*names))
    return found


def taken_back(load) -> dict[str, list[tuple]]:
    before = transaction.savepoint()
    load()
    found = rows()
    transaction.savepoint_rollback(before)
    return found


def test_quickly_loaded_data_is_what_the_command_loads(groups):
    first, later = taken_back(shipped_data_load), taken_back(shipped_data_load)
    assert len(first["RateObservation"]) > 100
    assert first == later == taken_back(lambda: call_command("setup_data", verbosity=0))
