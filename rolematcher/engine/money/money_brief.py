"""All the money of one decision: figures on file and answers in, the MONEY record of the brief out.

Estimates of all three roles, other engagements, the budget beside every source, cost lines and time to hire.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from rolematcher.engine.errors import FigureError
from rolematcher.engine.money.break_even import break_even
from rolematcher.engine.money.budget import (
    ALL,
    BELOW,
    CANNOT,
    NO_PLACE,
    NO_RATE,
    SOME,
    Budget,
    budget_beside,
    budget_read,
)
from rolematcher.engine.money.conversion import ConversionFact, Exchange
from rolematcher.engine.money.cost import cost_of
from rolematcher.engine.money.dated import date_earliest
from rolematcher.engine.money.estimate import Estimate
from rolematcher.engine.money.estimate_words import estimate_dict
from rolematcher.engine.money.market import WIDER, Market
from rolematcher.engine.money.observation import ENGAGEMENTS, ROLES, Observation
from rolematcher.engine.money.pace import Pace
from rolematcher.engine.money.places import Places
from rolematcher.engine.money.rate_index import RateIndex, rate_index
from rolematcher.engine.money.timing import search_time, time_to_hire
from rolematcher.engine.money.ways_out import Asked, ways_out
from rolematcher.engine.money.weights import DEFAULT, Weights

_SAME_AS = {"contract_to_hire": "permanent"}
"""Contract to hire ends in a post: its salary leads, and the contract for the trial stands beside."""
_COVER = {ALL: "all", SOME: "some", BELOW: "none", NO_RATE: "no_rate", CANNOT: "cannot_compare"}


def money_work_out(
    observations: RateIndex | Iterable[Observation],
    facts: Sequence[ConversionFact],
    *,
    answers: Mapping[str, object],
    role: str,
    basis: str,
    level: str,
    on: date,
    need: str = "",
    weights: Weights = DEFAULT,
    exchange: Sequence[Exchange] = (),
    places: Places | None = None,
) -> dict[str, object]:
    """The MONEY record for a decision: `role`, `basis`, `level` and `need` are its results.

    `answers` give place, remote, engagement, budget and timeline; `places` the names of regions and groups.
    Raises FigureError where the budget or the timeline cannot be read.
    """
    market = Market(rate_index(observations), facts, on=on, weights=weights, exchange=exchange, places=places)
    engagement, assumed = engagement_of(basis, answers)
    place, remote = str(answers.get("place") or ""), str(answers.get("remote") or "")
    region = market.region_for(place, engagement, remote)
    pace = pace_read(answers.get("timeline"), weights)
    budget = budget_read(answers.get("budget"))
    asked = Asked(role, region, engagement, level, need, remote)
    mains = {who: market.main(who, region, engagement, level) for who in ROLES}
    timing = time_to_hire(
        facts, role=role, engagement=engagement, level=level, region=region, places=market.places, on=on
    )
    return {
        "on": on.isoformat(),
        "region": region,
        "region_name": market.places.name(region),
        "engagement": engagement,
        "engagement_assumed": assumed,
        "newest": _newest(mains.values()),
        "roles": {who: market.shown(who, region, engagement, level) for who in ROLES},
        "others": _others(asked, market, remote, place),
        "budget": _budget(budget, mains, asked, market, pace),
        "cost": _cost(mains[role], asked, market, pace, place),
        "time_to_hire": timing,
        "search_time": _search_time(timing, answers.get("timeline"), on),
        "weights": weights.as_dict(),
        "market_words": _market_words(place, region, engagement, basis, assumed),
        "missing": NO_PLACE if not region else None,
    }


def money_facts(money: Mapping[str, object], role: str) -> dict[str, str]:
    """What rules may read of the money: budget_cover, figure (firm, weak, none) and search_time."""
    roles, budget = money["roles"], money["budget"]
    assert isinstance(roles, Mapping) and isinstance(budget, Mapping)  # noqa: S101  our own record
    estimate, verdict = roles[role], budget["roles"][role]["verdict"]
    if not money["region"]:
        figure = "unsure"
    elif estimate["status"] == "none":
        figure = "none"
    elif (
        estimate["stale"]
        or estimate["grade"] in ("C", "D")
        or Decimal(estimate["spread"] or 1) > Decimal("1.5")
    ):
        figure = "weak"
    else:
        figure = "firm"
    return {
        "budget_cover": _COVER.get(verdict, "not_set"),
        "figure": figure,
        "search_time": str(money["search_time"]),
    }


def engagement_of(basis: str, answers: Mapping[str, object]) -> tuple[str, bool]:
    """The engagement whose figures lead, and whether it is only assumed because nothing settles it."""
    for wanted in (_SAME_AS.get(basis, basis), str(answers.get("engagement") or "")):
        if wanted in ENGAGEMENTS:
            return wanted, False
    return "permanent", True


def pace_read(raw: object, weights: Weights) -> Pace:
    """Stated hours a week and weeks from the timeline answer. Raises FigureError."""
    timeline = raw if isinstance(raw, Mapping) else {}
    return Pace(_number(timeline, "hours_a_week"), _number(timeline, "weeks"), weights)


def _newest(mains: Iterable[Estimate]) -> str | None:
    """The newest date any of the leading figures rests on."""
    dates = [main.newest for main in mains if main.newest]
    return max(dates, key=lambda text: (date_earliest(text), text), default=None)


def _number(timeline: Mapping[str, object], name: str) -> Decimal | None:
    value = timeline.get(name)
    if value in (None, ""):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise FigureError("timeline", f"{name} is not a number. Write digits, such as 40.") from None
    if not number.is_finite() or number <= 0:
        raise FigureError("timeline", f"{name} must be more than zero.")
    return number


def _others(asked: Asked, market: Market, remote: str, place: str) -> dict[str, object]:
    """The other engagements that have a figure, for comparison; filed wider where the place has none."""
    others: dict[str, object] = {}
    for engagement in ENGAGEMENTS:
        if engagement == asked.engagement:
            continue
        shown = {}
        for who in ROLES:
            own = market.region_for(place, engagement, remote)
            estimate = market.main(who, own, engagement, asked.level)
            if not estimate.has_figure and engagement in WIDER:
                estimate = market.main(who, WIDER[engagement], engagement, asked.level)
            shown[who] = estimate
        if any(estimate.has_figure for estimate in shown.values()):
            others[engagement] = {who: estimate_dict(shown[who], market.places) for who in ROLES}
    return others


def _budget(
    budget: Budget | None, mains: Mapping[str, Estimate], asked: Asked, market: Market, pace: Pace
) -> dict[str, object]:
    roles = {who: budget_beside(budget, main, market, pace) for who, main in mains.items()}
    if budget is None:
        return {"set": False, "words": "No budget set.", "roles": roles, "ways_out": []}
    short = roles[asked.role]["verdict"] in (SOME, BELOW)
    ways = ways_out(asked, mains[asked.role], budget, market, pace) if short else []
    return {
        "set": True,
        "words": budget.words,
        "amount": str(budget.amount),
        "currency": budget.currency,
        "per": budget.per,
        "kind": budget.kind,
        "roles": roles,
        "ways_out": ways,
    }


def _cost(main: Estimate, asked: Asked, market: Market, pace: Pace, place: str) -> dict[str, object]:
    employee = market.main(asked.role, place, "permanent", asked.level)
    contractor = market.main(asked.role, place, "contract", asked.level)
    return cost_of(main, market, pace) | {"break_even": break_even(employee, contractor, market, pace)}


def _search_time(timing: Sequence[dict[str, object]], raw: object, on: date) -> str:
    if not isinstance(raw, Mapping) or "needed_by" not in raw:
        return "unsure"
    needed = raw["needed_by"]
    return search_time(timing, needed_by=date.fromisoformat(str(needed)) if needed else None, on=on)


def _market_words(place: str, region: str, engagement: str, basis: str, assumed: bool) -> str:
    words = []
    if region == "GLOBAL" and place != "GLOBAL":
        words.append(
            "Remote freelance work is offered worldwide, so the worldwide marketplace figures apply."
        )
    if engagement == "embedded_offshore" and region and region != "OFFSHORE":
        words.append("Embedded offshore figures are filed by the place the people work from.")
    if basis == "contract_to_hire":
        words.append("Contract to hire: the salary afterwards leads; the contract rate stands beside.")
    if assumed:
        words.append("The basis is open; the permanent figures lead and the others stand beside.")
    return " ".join(words)
