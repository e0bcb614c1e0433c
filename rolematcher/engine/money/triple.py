"""Low, typical and high of one source: an observation in, three amounts in order out."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from rolematcher.engine.money.observation import Observation


class Triple(NamedTuple):
    """Three amounts of one measure: low <= typical <= high."""

    low: Decimal
    typical: Decimal
    high: Decimal


def triple_of(observation: Observation) -> Triple:
    """An observation's three figures, the missing ones filled from its own others.

    Without a typical figure the middle of its range is taken (`is_middle` says so), or its only end.
    """
    given = [amount for amount in (observation.low, observation.typical, observation.high) if amount]
    low, high = observation.low or given[0], observation.high or given[-1]
    typical = observation.typical or (low + high) / 2
    return Triple(low, typical, high)


def is_middle(observation: Observation) -> bool:
    """Whether the typical figure is only the middle of the range the source states."""
    return observation.typical is None and bool(observation.low and observation.high)
