"""The first load of the figures that ship with the product: nothing in, rows that the operator owns out."""

from __future__ import annotations

from django.db import transaction

from rolematcher.pay.figures import figures_packaged
from rolematcher.pay.observation import Observation, observation_row

from .models import ConversionFact, RateObservation, row_of


@transaction.atomic
def rates_load() -> int:
    """Load the packaged observations and facts where there are none yet; afterwards the operator owns them.

    Returns how many observations were added.
    """
    shipped = figures_packaged()
    if not ConversionFact.objects.exists():
        ConversionFact.objects.bulk_create(ConversionFact(**fact.model_dump()) for fact in shipped.facts)
    if RateObservation.objects.exists():
        return 0
    rows = [row_of(texts_of(observation)) for observation in shipped.all]
    return len(RateObservation.objects.bulk_create(rows))


def texts_of(observation: Observation) -> dict[str, str]:
    """An observation as the cells of our own files, the reason for insisting among them."""
    return {**observation_row(observation), "insisted": observation.insisted}
