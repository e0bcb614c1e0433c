"""The figures on file seen from one decision: index, facts and a day in, the right estimate for a cell out.

Never a neighbour's number: other places are named, not used. Freelance marketplaces are filed worldwide and
embedded offshore teams without a country, so those two are shown as clearly named other markets.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from rolematcher.engine.money.conversion import ConversionFact, Exchange
from rolematcher.engine.money.derive import derived_estimate
from rolematcher.engine.money.estimate import NONE, SOURCED, Estimate, cell_estimate
from rolematcher.engine.money.estimate_words import (
    LEVEL_WORDS,
    estimate_dict,
    estimate_words,
)
from rolematcher.engine.money.observation import LEVELS, PAY_KINDS
from rolematcher.engine.money.places import Places
from rolematcher.engine.money.rate_index import RateIndex
from rolematcher.engine.money.votes import can_speak
from rolematcher.engine.money.weights import Weights

WIDER = {"freelance_marketplace": "GLOBAL", "embedded_offshore": "OFFSHORE"}
"""The group region under which an engagement is filed when a source names no country."""


class Market:
    """Everything on file on one day. Estimates are worked out once per cell and level and kept."""

    def __init__(
        self,
        index: RateIndex,
        facts: Sequence[ConversionFact],
        *,
        on: date,
        weights: Weights,
        exchange: Sequence[Exchange] = (),
        places: Places | None = None,
    ) -> None:
        self.index, self.facts, self.on, self.weights = index, facts, on, weights
        self.exchange = exchange
        self.places = places or Places()
        self._kept: dict[tuple[str, str, str, str], Estimate] = {}

    def sourced(self, role: str, region: str, engagement: str, level: str) -> Estimate:
        """The cell's own estimate at a level, or one with status "none"."""
        key = (role, region, engagement, level)
        if key not in self._kept:
            self._kept[key] = cell_estimate(
                self.index.at_level(role, region, engagement, level),
                cell=(role, region, engagement),
                seniority=level,
                on=self.on,
                weights=self.weights,
            )
        return self._kept[key]

    def estimate(self, role: str, region: str, engagement: str, level: str = "all") -> Estimate:
        """The cell's own estimate, else one derived in one step, else one with status "none"."""
        own = self.sourced(role, region, engagement, level)
        if own.status != NONE:
            return own
        return derived_estimate(
            own, lambda r, e, s: self.sourced(r, region, e, s), self.facts, on=self.on, places=self.places
        )

    def main(self, role: str, region: str, engagement: str, level: str) -> Estimate:
        """The figure to lead with: all levels; where only levels are on file, the advised level's."""
        market = self.estimate(role, region, engagement)
        if market.has_figure:
            return market
        if level in LEVELS:
            at_level = self.estimate(role, region, engagement, level)
            if at_level.has_figure:
                return at_level
        on_file = self.levels_on_file(role, region, engagement)
        if not on_file:
            return market
        words = ", ".join(LEVEL_WORDS[name] for name in on_file)
        return replace(market, remarks=(f"On file for single levels only: {words}.",))

    def at_level(self, main: Estimate, level: str) -> Estimate | None:
        """A second figure for the advised level beside one for all levels; None where there is none."""
        if main.seniority != "all" or not main.has_figure or level not in LEVELS:
            return None
        found = self.estimate(main.role, main.region, main.engagement, level)
        return found if found.has_figure and _alike(found.kind, main.kind) else None

    def region_for(self, place: str, engagement: str, remote: str) -> str:
        """The region whose figures answer the question: remote freelance work is hired worldwide."""
        if engagement == "freelance_marketplace" and remote == "yes":
            return "GLOBAL"
        return place

    def shown(self, role: str, region: str, engagement: str, level: str) -> dict[str, object]:
        """The main estimate as JSON with its second figure and the names of other places on file."""
        main = self.main(role, region, engagement, level)
        second = self.at_level(main, level)
        if second is None and main.seniority == "all" and level in LEVELS:
            other = self.sourced(role, region, engagement, level)
            if main.has_figure and other.has_figure:
                remark = f"Of another kind, so not set beside: {estimate_words(other, self.places)}"
                main = replace(main, remarks=(*main.remarks, remark))
        shown = estimate_dict(main, self.places)
        shown["at_level"] = estimate_dict(second, self.places) if second else None
        if main.status != SOURCED or main.stands_in:
            shown["other_cells"] = self._elsewhere(role, region, engagement, level)
        return shown

    def levels_on_file(self, role: str, region: str, engagement: str) -> list[str]:
        """The single levels of a cell that have a figure of their own."""
        rows = self.index.at_level
        return [name for name in LEVELS if can_speak(rows(role, region, engagement, name), on=self.on)]

    def _elsewhere(self, role: str, region: str, engagement: str, level: str) -> list[dict[str, object]]:
        """Other places on file for this role and engagement: named; figures only for the wider group."""
        found: list[dict[str, object]] = []
        for other in self.index.regions(role, engagement):
            if other == region:
                continue
            if not can_speak(self.index.rows(role, other, engagement), on=self.on):
                continue
            name = self.places.name(other)
            cell: dict[str, object] = {
                "region": other,
                "region_name": name,
                "engagement": engagement,
                "words": f"On file: {name}.",
                "estimate": None,
            }
            if other == WIDER.get(engagement) or self.places.contains(other, region):
                estimate = self.main(role, other, engagement, level)
                cell["words"] = estimate_words(estimate, self.places)
                cell["estimate"] = estimate_dict(estimate, self.places)
            found.append(cell)
        return sorted(found, key=lambda cell: (cell["estimate"] is None, str(cell["region_name"])))


def _alike(kind: str, other: str) -> bool:
    """Whether figures of two kinds may stand as market and level of one role: the same, or both salaries."""
    return kind == other or {kind, other} <= set(PAY_KINDS)
