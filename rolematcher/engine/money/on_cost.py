"""What an employer pays on top of pay in one country: sourced facts in, amounts on top (and back) out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rolematcher.engine.money.conversion import ConversionFact, facts_for
from rolematcher.engine.money.money import number_words

_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class OnCost:
    """Share of pay that comes on top, from `low` to `high`, on pay above `threshold` a year.

    `full` where it is the measured whole cost of employing, not only the dues on file.
    """

    low: Decimal
    high: Decimal
    threshold: Decimal
    facts: tuple[ConversionFact, ...]
    remarks: tuple[str, ...]
    full: bool

    def on_top(self, low_pay: Decimal, high_pay: Decimal) -> tuple[Decimal, Decimal]:
        """The least and the most that comes on top of a year's pay from `low_pay` to `high_pay`."""
        least = max(low_pay - self.threshold, Decimal(0)) * self.low
        most = max(high_pay - self.threshold, Decimal(0)) * self.high
        return least, most

    def pay_within(self, total: Decimal) -> Decimal:
        """The most pay a year that a total with everything included leaves, at the highest on-cost."""
        if total <= self.threshold:
            return total
        return (total + self.high * self.threshold) / (1 + self.high)

    def formula(self, total: Decimal) -> str:
        """How `pay_within` was worked out, in numbers."""
        share = number_words(1 + self.high)
        if not self.threshold:
            return f"{number_words(total)} / {share}"
        extra = number_words(self.high)
        return f"({number_words(total)} + {extra} x {number_words(self.threshold)}) / {share}"

    def words(self) -> str:
        """The rate in words: "43 %", "30 to 70 %", "15 % above 5,000 a year"."""
        low, high = number_words(self.low * _HUNDRED), number_words(self.high * _HUNDRED)
        span = f"{low} %" if low == high else f"{low} to {high} %"
        above = f" of pay above {number_words(self.threshold)} a year" if self.threshold else " of pay"
        return span + above


def on_cost_of(facts: Sequence[ConversionFact], *, region: str, on: date) -> OnCost | None:
    """The on-cost of a country: measured full cost where on file, else the sum of the dues; None without."""
    loading = _newest_by(
        facts_for(facts, "employer_burden.loading_factor", region=region, on=on, measure="x of pay"),
        lambda fact: fact.publisher,
    )
    if loading:
        low = min(fact.low for fact in loading if fact.low) - 1
        high = max(fact.high for fact in loading if fact.high) - 1
        return OnCost(low, high, Decimal(0), tuple(loading), _remarks(loading), full=True)
    dues = _newest_by(
        [
            fact
            for fact in facts_for(facts, "employer_burden.statutory", region=region, on=on)
            if fact.measure in ("% of pay", "% of pay above the threshold")
        ],
        lambda fact: fact.key,
    )
    if not dues:
        return None
    threshold = Decimal(0)
    if any("threshold" in fact.measure for fact in dues):
        limits = facts_for(facts, "employer_burden.threshold", region=region, on=on)
        threshold = limits[0].low if limits and limits[0].low else Decimal(0)
        dues = [*dues, *limits[:1]]
    shares = [fact for fact in dues if fact.measure.startswith("%")]
    low = sum((fact.low for fact in shares if fact.low), Decimal(0)) / _HUNDRED
    high = sum((fact.high for fact in shares if fact.high), Decimal(0)) / _HUNDRED
    return OnCost(low, high, threshold, tuple(dues), _remarks(dues), full=False)


def fact_source(fact: ConversionFact) -> dict[str, str]:
    """Where a fact comes from, as plain JSON values."""
    return {
        "publisher": fact.publisher,
        "url": fact.url,
        "date": fact.as_of,
        "value": fact.value,
        "unit": fact.unit,
        "region": fact.region,
    }


def _remarks(facts: Sequence[ConversionFact]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fact.remark for fact in facts if fact.remark))


def _newest_by(
    facts: Sequence[ConversionFact], name: Callable[[ConversionFact], str]
) -> list[ConversionFact]:
    """The first (newest) fact of each name, in order."""
    kept: dict[str, ConversionFact] = {}
    for fact in facts:
        kept.setdefault(name(fact), fact)
    return list(kept.values())
