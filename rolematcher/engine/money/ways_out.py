"""Ways out when the budget falls short: the market and the budget in, each way with its sourced price out.

A cheaper role is offered only where the need is to build on an existing model; nothing changes silently.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from rolematcher.engine.money.budget import Budget, budget_compared
from rolematcher.engine.money.estimate import Estimate
from rolematcher.engine.money.estimate_words import (
    ENGAGEMENT_WORDS,
    LEVEL_WORDS,
    ROLE_WORDS,
    figure_words,
)
from rolematcher.engine.money.market import WIDER, Market
from rolematcher.engine.money.money import range_words, whole
from rolematcher.engine.money.observation import ENGAGEMENTS, LEVELS
from rolematcher.engine.money.pace import Pace

_OTHER_MARKETS = 3
_HOURLY = ("hour", "day")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the decision came to, as far as the money needs it."""

    role: str
    region: str
    engagement: str
    level: str
    need: str
    remote: str = ""


def ways_out(
    asked: Asked, main: Estimate, budget: Budget, market: Market, pace: Pace
) -> list[dict[str, str]]:
    """The ways on from a budget that falls short, each with its price or with "no sourced figure"."""
    found = [_tryout(asked, market, pace)]
    found += _other_engagements(asked, market)
    found += _other_markets(asked, main, budget, market, pace)
    found += _lower_level(asked, main, market)
    found += _cheaper_role(asked, main, market)
    found.append(
        _way(
            "do_not_start",
            "Do not start, and look again when the budget or the scope changes.",
            "nothing now",
        )
    )
    return found


def _tryout(asked: Asked, market: Market, pace: Pace) -> dict[str, str]:
    weeks = Decimal(market.weights.tryout_weeks)
    words = f"A smaller try-out first: {weeks} weeks"
    for engagement in ("contract", "agency", "freelance_marketplace", "embedded_offshore"):
        region = market.region_for(asked.region, engagement, "no")
        priced = _priced_by_hour(market.main(asked.role, region, engagement, asked.level))
        if priced is None or priced.figures is None:
            continue
        basis = f"{words} ({ENGAGEMENT_WORDS[engagement]})"
        if pace.hours_a_week is None:
            return _way(
                "smaller_tryout", f"{basis}; say how many hours a week for a total.", figure_words(priced)
            )
        day = market.weights.hours_a_day if priced.unit == "day" else Decimal(1)
        units = weeks * pace.hours_a_week / day
        low, high = (whole(amount * units) for amount in (priced.figures.low, priced.figures.high))
        words = f"{basis} at {pace.hours_a_week} hours a week."
        return _way("smaller_tryout", words, range_words(low, high, priced.currency))
    return _way("smaller_tryout", f"{words}.", "no sourced figure")


def _other_engagements(asked: Asked, market: Market) -> list[dict[str, str]]:
    found = []
    for engagement in ENGAGEMENTS:
        if engagement == asked.engagement or (asked.remote == "no" and engagement == "embedded_offshore"):
            continue
        for region in dict.fromkeys((asked.region, WIDER.get(engagement, asked.region))):
            estimate = market.main(asked.role, region, engagement, asked.level)
            if estimate.has_figure:
                # "Embedded offshore, Offshore, ..." says it twice.
                place = market.places.name(region).removeprefix("Offshore, ")
                words = f"Another engagement: {ENGAGEMENT_WORDS[engagement]}, {place}."
                found.append(_way("other_engagement", words, _price(estimate)))
                break
    return found


def _other_markets(
    asked: Asked, main: Estimate, budget: Budget, market: Market, pace: Pace
) -> list[dict[str, str]]:
    """Other places, the same engagement, whose typical figure the budget covers; the cheapest three."""
    if asked.remote == "no":
        return []
    affordable = []
    for region in market.index.regions(asked.role, asked.engagement):
        estimate = market.main(asked.role, region, asked.engagement, asked.level)
        if region in (asked.region, main.region) or estimate.figures is None:
            continue
        compared = budget_compared(budget, estimate, market, pace)
        if compared.figure is not None and compared.figure >= estimate.figures.typical:
            share = estimate.figures.typical / compared.figure
            affordable.append((share, region, estimate))
    return [
        _way("other_market", f"Another place: {market.places.name(region)}.", _price(estimate))
        for _, region, estimate in sorted(affordable, key=lambda entry: entry[:2])[:_OTHER_MARKETS]
    ]


def _lower_level(asked: Asked, main: Estimate, market: Market) -> list[dict[str, str]]:
    """Levels under the advised one (under senior where none is advised) that have a lower figure."""
    top = asked.level if asked.level in LEVELS else "senior"
    found = []
    for level in LEVELS[: LEVELS.index(top)]:
        estimate = market.estimate(asked.role, main.region or asked.region, asked.engagement, level)
        if _is_cheaper(estimate, main):
            words = f"A lower level, {LEVEL_WORDS[level]}, with an experienced lead beside."
            found.append(_way("lower_level", words, _price(estimate)))
    return found


def _cheaper_role(asked: Asked, main: Estimate, market: Market) -> list[dict[str, str]]:
    if asked.need != "existing" or asked.role == "automation_specialist":
        return []
    role = "ai_engineer" if asked.role == "ml_engineer" else "automation_specialist"
    estimate = market.main(role, asked.region, asked.engagement, asked.level)
    if not _is_cheaper(estimate, main):
        return []
    words = f"A cheaper role, {ROLE_WORDS[role]}"
    words += ", if it can all be set up in a ready-made tool." if role == "automation_specialist" else "."
    return [_way("cheaper_role", words, _price(estimate))]


def _is_cheaper(estimate: Estimate, than: Estimate) -> bool:
    """Whether a figure of the same currency and unit lies below; kinds of pay are compared with like only."""
    if estimate.figures is None or than.figures is None:
        return False
    same = (estimate.kind, estimate.currency, estimate.unit) == (than.kind, than.currency, than.unit)
    return same and estimate.figures.typical < than.figures.typical


def _priced_by_hour(estimate: Estimate) -> Estimate | None:
    return estimate if estimate.has_figure and estimate.unit in _HOURLY else None


def _price(estimate: Estimate) -> str:
    return f"{figure_words(estimate)}, grade {estimate.grade}"


def _way(id: str, words: str, price: str) -> dict[str, str]:
    return {"id": id, "words": words, "price": price}
