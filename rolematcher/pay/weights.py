"""How much a source's vote counts: an observation and a day in, its weight out.

weight = interest x age x size x breadth.

- Interest: who speaks and why. Official and recomputed raw data 1, recruiters 0.7, sellers 0.5, editors 0.25.
- Age: 1 in the first year, 0.7 in the second, 0.3 after that.
- Size: a stated sample below `full_size` counts by the square of its share, because what a few self-selected
  posts say is mostly chance: 9 of 60 count 0.02, 30 of 60 count 0.25. Unknown counts half.
- Breadth: a figure of one city, or of one kind of employer or one board, counts half each.

So London start-ups with nine posts (0.006) do not outvote five broader publishers (0.06 to 0.13 each).
The numbers are a convention of this product, not a law: settings, printed in the annex.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from rolematcher.pay.observation import Observation, months_between
from rolematcher.values.frozen import Frozen

Share = Annotated[Decimal, Field(gt=0, le=1)]


class Tiers(Frozen):
    """What each interest in a figure counts."""

    official: Share = Decimal(1)
    raw_recomputed: Share = Decimal(1)
    recruiter: Share = Decimal("0.7")
    vendor: Share = Decimal("0.5")
    editorial: Share = Decimal("0.25")
    employer_posting: Share = Decimal("0.25")
    house: Share = Decimal(1)


class Weights(Frozen):
    """The weighting convention; every weight is above 0 and at most 1.

    A house changes parts of it: `Weights.model_validate({"tiers": {"vendor": "0.4"}, "stale_months": 18})`.
    """

    tiers: Tiers = Tiers()
    age_to_12_months: Share = Decimal(1)
    age_to_24_months: Share = Decimal("0.7")
    age_older: Share = Decimal("0.3")
    full_size: Annotated[int, Field(ge=1)] = 60
    size_unknown: Share = Decimal("0.5")
    narrow: Share = Decimal("0.5")
    unstated: Share = Decimal("0.7")
    """What a salary of unstated kind counts beside base pay."""
    stale_months: Annotated[int, Field(ge=1)] = 12

    def as_texts(self) -> dict[str, str]:
        """The settings as text, for the annex."""
        flat = {f"tier_{name}": str(weight) for name, weight in self.tiers}
        rest = {name: str(value) for name, value in self if name != "tiers"}
        return flat | rest


DEFAULT = Weights()


def weight_of(row: Observation, *, on: date, weights: Weights = DEFAULT) -> Decimal:
    """What an observation's vote counts on a day, from above 0 to 1."""
    age = months_between(row.as_of, on)
    older = weights.age_to_12_months if age <= 12 else weights.age_to_24_months
    older = weights.age_older if age > 24 else older
    size = weights.size_unknown
    if row.sample_size is not None:
        share = min(Decimal(1), Decimal(max(row.sample_size, 1)) / weights.full_size)
        size = (share * share).quantize(Decimal("0.0001"))
    narrow = sum(caution in ("one_city", "some_employers") for caution in row.cautions)
    unstated = weights.unstated if row.kind == "pay_unstated" else Decimal(1)
    tier: Decimal = getattr(weights.tiers, row.interest)
    return tier * older * size * weights.narrow**narrow * unstated
