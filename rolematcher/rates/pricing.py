"""The figures that decisions are priced with: the rows of this room in, the pay room's `Figures` out.

One object as long as no row changes, because the pay room keeps estimates beside it. A table without rows
(before `setup_data`) stands for what the product ships.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache

from django.conf import settings
from django.db.models import Count, Max

from rolematcher.pay.exchange import Exchange, ExchangeTable
from rolematcher.pay.facts import FACT_COLUMNS, Fact
from rolematcher.pay.figures import Figures, figures_packaged
from rolematcher.pay.observation import Observation
from rolematcher.pay.weights import Weights

from .models import COLUMNS, ConversionFact, ExchangeRate, RateObservation, observation_of

Version = tuple[object, ...]
Source = tuple[Callable[[], Version], Callable[[], Iterable[Observation]]]
_sources: list[Source] = []


def figures_also(version: Callable[[], Version], observations: Callable[[], Iterable[Observation]]) -> None:
    """Let a room above add observations of its own; `version` changes whenever they do."""
    _sources.append((version, observations))


def figures_on_file() -> Figures:
    """The figures in force. Raises ValueError where RATE_WEIGHTS cannot be read."""
    return _read(_version())


def _version() -> Version:
    """Changes whenever a row does, or what another room adds."""
    rows = tuple(
        tuple(model.objects.aggregate(rows=Count("pk"), last=Max("changed_at")).values())
        for model in (RateObservation, ConversionFact, ExchangeRate)
    )
    added = tuple(version() for version, _observations in _sources)
    return (*rows, added, str(settings.RATE_WEIGHTS), settings.SOURCED_FIGURES_ONLY)


@lru_cache(maxsize=1)
def _read(_version: Version) -> Figures:
    packaged = figures_packaged()
    rows = RateObservation.objects.order_by("pk").values(*COLUMNS).iterator(chunk_size=5000)
    on_file = [observation_of(dict(row)) for row in rows]
    added = [one for _version, observations in _sources for one in observations()]
    facts = [Fact(**row) for row in ConversionFact.objects.order_by("pk").values(*FACT_COLUMNS)]
    rates = ExchangeRate.objects.values("base", "quote", "rate", "on", "publisher")
    return replace(
        packaged,
        all=[*(on_file or packaged.all), *added],
        facts=facts or packaged.facts,
        exchange=ExchangeTable(
            kept=[Exchange(**rate) for rate in rates], per_dollar=packaged.exchange.per_dollar.values()
        ),
        weights=Weights.model_validate(settings.RATE_WEIGHTS),
        sourced_only=settings.SOURCED_FIGURES_ONLY,
    )
