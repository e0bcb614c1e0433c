"""A share with what it can mean: so many of so many in, an interval out; silence below a number of cases."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

LEAST_CASES = 10
"""Below so many cases nothing is called a finding: the counts are shown, a percentage is not."""

Z95 = 1.959964
"""95 %: the true share lies inside the interval in 95 of 100 such reports."""


@dataclass(frozen=True, slots=True)
class Share:
    """`hits` of `cases`."""

    hits: int
    cases: int

    @property
    def enough(self) -> bool:
        """Are there enough cases to say anything?"""
        return self.cases >= LEAST_CASES

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval in percent: honest with few cases, never outside 0 to 100.

        Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference,
        Journal of the American Statistical Association, 1927.
        """
        if not self.cases:
            return (0.0, 100.0)
        n, p = self.cases, self.hits / self.cases
        middle = (p + Z95**2 / (2 * n)) / (1 + Z95**2 / n)
        half = Z95 / (1 + Z95**2 / n) * sqrt(p * (1 - p) / n + Z95**2 / (4 * n * n))
        return (100 * max(0.0, middle - half), 100 * min(1.0, middle + half))
