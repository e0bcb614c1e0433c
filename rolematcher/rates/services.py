"""The figures a decision is made with: rows on file (or the packaged data) in, one frozen `Figures` out.

Also the first load of the packaged data. Importing, exporting and coverage have files of their own.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.db.models import Count, Max

from rolematcher.engine.errors import FigureError
from rolematcher.engine.money.conversion import ConversionFact, Exchange, conversion_read, conversion_row
from rolematcher.engine.money.observation import COLUMNS, Observation, observation_read
from rolematcher.engine.money.places import Places, places_read
from rolematcher.engine.money.rate_index import RateIndex
from rolematcher.engine.money.weights import DEFAULT, Weights, weights_read
from rolematcher.packaged import packaged_text

from .house_rates import house_observations, house_version
from .models import ConversionFact as FactRow
from .models import ExchangeRate, RateObservation


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything money is worked out from. `observations` can be walked through and looked up by cell."""

    observations: RateIndex
    facts: tuple[ConversionFact, ...]
    weights: Weights
    exchange: tuple[Exchange, ...]
    places: Places


_kept: dict[tuple[Any, ...], Figures] = {}
"""The figures of the last data version: reading 100,000 rows takes seconds, checking the version does not."""


def figures_on_file() -> Figures:
    """The figures in the database, read again only after something changed."""
    version = _version()
    figures = _kept.get(version)
    if figures is None:
        figures = _read()
        _kept.clear()
        _kept[version] = figures
    return figures


@cache
def figures_packaged() -> Figures:
    """The figures that ship with the product, for use without a database."""
    return Figures(
        observations=RateIndex(packaged_observations()),
        facts=tuple(packaged_facts()),
        weights=DEFAULT,
        exchange=(),
        places=packaged_places(),
    )


@transaction.atomic
def rates_load() -> int:
    """Load the packaged observations and facts where there are none yet; afterwards the operator owns them.

    Returns how many observations were added.
    """
    if not FactRow.objects.exists():
        FactRow.objects.bulk_create(FactRow(**conversion_row(fact)) for fact in packaged_facts())
    if RateObservation.objects.exists():
        return 0
    rows = [RateObservation(**columns_of(observation)) for observation in packaged_observations()]
    return len(RateObservation.objects.bulk_create(rows))


def packaged_observations() -> Iterator[Observation]:
    """The observations that ship with the product. Raises FigureError where one is wrong."""
    return (observation_read(row) for row in csv.DictReader(io.StringIO(packaged_text("rates.csv"))))


def packaged_facts() -> Iterator[ConversionFact]:
    """The conversion facts that ship with the product. Raises FigureError where one is wrong."""
    return (conversion_read(row) for row in csv.DictReader(io.StringIO(packaged_text("facts.csv"))))


@cache
def packaged_places() -> Places:
    """The names, currencies and groups of places."""
    return places_read(packaged_text("places.toml"))


def columns_of(observation: Observation) -> dict[str, Any]:
    """An observation as the columns of its row."""
    return {column: getattr(observation, column) for column in COLUMNS}


def weights_in_use() -> Weights:
    """The weights of sources with what the operator changed. Raises ImproperlyConfigured for a bad value."""
    try:
        return weights_read(settings.RATE_WEIGHTS)
    except FigureError as error:
        raise ImproperlyConfigured(f"RATE_WEIGHTS: {error}") from None


def _version() -> tuple[Any, ...]:
    """Changes whenever any figure does: rows added, changed or removed, or the house's own switched."""
    rows = tuple(
        tuple(model.objects.aggregate(rows=Count("pk"), last=Max("changed_at")).values())
        for model in (RateObservation, FactRow, ExchangeRate)
    )
    return (*rows, house_version(), str(settings.RATE_WEIGHTS))


def _read() -> Figures:
    rows = RateObservation.objects.values_list(*COLUMNS).iterator(chunk_size=5000)
    observations = [Observation(*row) for row in rows]
    observations += house_observations()
    facts = FactRow.objects.values_list("key", "value", "unit", "region", "publisher", "url", "as_of")
    exchange = ExchangeRate.objects.values_list("base", "quote", "rate", "on", "publisher")
    return Figures(
        observations=RateIndex(observations),
        facts=tuple(ConversionFact(*row) for row in facts),
        weights=weights_in_use(),
        exchange=tuple(Exchange(*row) for row in exchange),
        places=packaged_places(),
    )
