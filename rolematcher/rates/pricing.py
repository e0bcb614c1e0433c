"""The figures that decisions are priced with: the packaged ones, with what the operator entered over them.

In: the rows of this room that a person added or changed, and its exchange rates. Out: the pay room's
`Figures`, one object as long as no row changes, because the pay room keeps estimates beside it.
"""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.db.models import Count, Max

from rolematcher.pay.exchange import Exchange, ExchangeTable
from rolematcher.pay.figures import Figures, figures_packaged
from rolematcher.pay.observation import Observation
from rolematcher.pay.weights import Weights, weights_read

from .house_rates import house_observations, house_version
from .models import ExchangeRate, RateObservation
from .services import packaged_observations

COLUMNS = (
    *("role", "region", "engagement", "seniority", "currency", "unit", "kind", "publisher", "as_of"),
    *("low", "typical", "high", "statistic", "interest", "title", "url", "sample", "proxy", "note"),
)
NAMED = {"region": "place", "engagement": "engagement_type"}
Version = tuple[object, ...]
_kept: dict[Version, Figures] = {}


def figures_on_file() -> Figures:
    """The figures in force. Raises FigureError where RATE_WEIGHTS cannot be read."""
    version = _version()
    found = _kept.get(version)
    if found is None:
        found = _read()
        _kept.clear()
        _kept[version] = found
    return found


def _version() -> Version:
    """Changes whenever a row does, or the house's own placements."""
    rows = tuple(
        tuple(model.objects.aggregate(rows=Count("pk"), last=Max("changed_at")).values())
        for model in (RateObservation, ExchangeRate)
    )
    return (*rows, house_version(), str(settings.RATE_WEIGHTS), settings.SOURCED_FIGURES_ONLY)


def _read() -> Figures:
    packaged = figures_packaged()
    own = [row for row in _rows() if _cell(row) not in _shipped()]
    own += [_observation({name: getattr(row, name) for name in COLUMNS}) for row in house_observations()]
    said = {_cell(row) for row in own}
    kept = [row for row in packaged.all if _cell(row) not in said]
    rates = ExchangeRate.objects.values("base", "quote", "rate", "on", "publisher")
    return packaged.replaced(
        observations=[*kept, *own],
        exchange=ExchangeTable(
            kept=[Exchange(**rate) for rate in rates], per_dollar=packaged.exchange.per_dollar.values()
        ),
        weights=_weights(),
        sourced_only=settings.SOURCED_FIGURES_ONLY,
    )


def _weights() -> Weights:
    return weights_read(settings.RATE_WEIGHTS)


def _rows() -> list[Observation]:
    return [_observation(row) for row in RateObservation.objects.values(*COLUMNS)]


def _observation(row: dict[str, object]) -> Observation:
    return Observation.model_validate({NAMED.get(name, name): value for name, value in row.items()})


def _cell(row: Observation) -> tuple[object, ...]:
    """What one publisher said of one cell on one date; amounts too, so that a changed row is another."""
    return (
        *(row.role, row.place, row.engagement_type, row.seniority, row.kind, row.publisher, row.as_of),
        *(row.low, row.typical, row.high),
    )


@cache
def _shipped() -> frozenset[tuple[object, ...]]:
    """The rows that the first load put into the table: the packaged figures hold them, audited since."""
    return frozenset(
        _cell(_observation({name: getattr(row, name) for name in COLUMNS})) for row in packaged_observations()
    )
