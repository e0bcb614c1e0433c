"""How much one source's vote counts: an observation and a day in, its weight with its three parts out.

The numbers are a convention of this product, not a law: settings, printed in the brief's annex.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from rolematcher.engine.errors import FigureError
from rolematcher.engine.money.dated import is_older
from rolematcher.engine.money.observation import INTERESTS, Observation

_TIERS = {
    "official": Decimal(1),
    "raw_recomputed": Decimal(1),
    "recruiter": Decimal("0.7"),
    "vendor": Decimal("0.5"),
    "editorial": Decimal("0.25"),
    "employer_posting": Decimal("0.25"),
    "house": Decimal(1),
}


@dataclass(frozen=True, slots=True)
class Weights:
    """The weighting convention. All weights are above 0 and at most 1.

    `hours_a_day` turns day rates into hours and back; `full_time_hours` is the week salaries are meant for;
    `tryout_weeks` is the length of the smaller try-out offered when a budget falls short.
    """

    tiers: Mapping[str, Decimal] = field(default_factory=lambda: dict(_TIERS))
    age_to_12_months: Decimal = Decimal(1)
    age_to_24_months: Decimal = Decimal("0.7")
    age_older: Decimal = Decimal("0.3")
    full_size: int = 30
    size_unknown: Decimal = Decimal("0.5")
    stale_months: int = 12
    hours_a_day: Decimal = Decimal(8)
    full_time_hours: Decimal = Decimal(35)
    tryout_weeks: int = 6
    kept: dict[tuple[str, int, int | None], Weight] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """Weights worked out so far: few differ, and fractions are slow to multiply."""

    def __post_init__(self) -> None:
        ages = (self.age_to_12_months, self.age_to_24_months, self.age_older, self.size_unknown)
        if set(self.tiers) != set(INTERESTS):
            raise FigureError("tiers", f"name each of {', '.join(INTERESTS)} once.")
        if not all(0 < weight <= 1 for weight in (*self.tiers.values(), *ages)):
            raise FigureError("weights", "each weight is above 0 and at most 1.")
        if self.full_size < 1 or self.hours_a_day <= 0:
            raise FigureError("weights", "full_size and hours_a_day must be above 0.")

    def as_dict(self) -> dict[str, object]:
        """The settings as text, for the annex."""
        return {
            "tiers": {name: str(weight) for name, weight in self.tiers.items()},
            "age": {
                "to_12_months": str(self.age_to_12_months),
                "to_24_months": str(self.age_to_24_months),
                "older": str(self.age_older),
            },
            "size": {"full_at": self.full_size, "unknown": str(self.size_unknown)},
            "stale_months": self.stale_months,
            "hours_a_day": str(self.hours_a_day),
            "full_time_hours": str(self.full_time_hours),
            "tryout_weeks": self.tryout_weeks,
        }


DEFAULT = Weights()


def weights_read(given: Mapping[str, object]) -> Weights:
    """The convention with the given parts changed: {"tiers": {"vendor": "0.4"}, "stale_months": 18}.

    Raises FigureError naming the part that is unknown or out of range.
    """
    known = {part.name: part for part in fields(Weights) if part.init}
    parts: dict[str, object] = {}
    for name, value in given.items():
        if name not in known:
            raise FigureError(name, f"is not a part of the weights. Known: {', '.join(known)}.")
        try:
            if name == "tiers":
                changed = {tier: Decimal(str(weight)) for tier, weight in dict(value).items()}  # type: ignore[call-overload]
                parts[name] = {**_TIERS, **changed}
            else:
                parts[name] = int(str(value)) if known[name].type == "int" else Decimal(str(value))
        except (TypeError, ValueError, InvalidOperation):
            raise FigureError(name, f"'{value}' is not a number. Write one such as 0.5.") from None
    return Weights(**parts)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Weight:
    """One vote's weight and its parts. Exact fractions, so that the order of sources never matters."""

    tier: Fraction
    age: Fraction
    size: Fraction
    total: Fraction

    def as_dict(self) -> dict[str, str]:
        """The parts and the total as text, three decimals at most."""
        parts = {"tier": self.tier, "age": self.age, "size": self.size, "total": self.total}
        return {name: f"{float(part):.3f}".rstrip("0").rstrip(".") for name, part in parts.items()}


def weight_of(observation: Observation, *, on: date, weights: Weights = DEFAULT) -> Weight:
    """What an observation's vote counts on a day: tier of interest x age x size of sample."""
    years = 0
    if is_older(observation.as_of, 12, on):
        years = 2 if is_older(observation.as_of, 24, on) else 1
    key = observation.interest, years, observation.sample_size
    if key not in weights.kept:
        weights.kept[key] = _weight(weights, *key)
    return weights.kept[key]


def _weight(weights: Weights, interest: str, years: int, number: int | None) -> Weight:
    tier = Fraction(weights.tiers[interest])
    age = Fraction((weights.age_to_12_months, weights.age_to_24_months, weights.age_older)[years])
    size = Fraction(weights.size_unknown)
    if number is not None:
        size = min(Fraction(1), Fraction(max(number, 1), weights.full_size))
    return Weight(tier, age, size, tier * age * size)
