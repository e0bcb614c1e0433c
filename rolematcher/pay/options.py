"""Ways to stay within a budget that falls short: only those that fit the budget and the constraints.

Each has its price in the budget's currency, cheapest first, at most four. Where none is left, the smallest
change that would help is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from rolematcher.pay.asked import Asked
from rolematcher.pay.budget import held_against, kind_of
from rolematcher.pay.cost import Span, needed
from rolematcher.pay.market import WORLDWIDE
from rolematcher.pay.messages import say
from rolematcher.pay.money import HOURS, ZERO, money, readable
from rolematcher.pay.observation import ENGAGEMENT_TYPES, GROUPS, LEVELS
from rolematcher.pay.places import country_of
from rolematcher.pay.report import Estimate, Option
from rolematcher.rules.answers import Budget
from rolematcher.values.message import Message

MOST = 4
_INSIDE = ("must_stay_inside", "confidential")
"""Sensitivities with which data does not go to a marketplace or a provider overseas."""
_OTHER_PLACES = 2
_NOT_OFFERED = frozenset({"BY", "CU", "IR", "KP", "RU", "SY", "VE"})
"""Places that sanctions keep a recruiter from offering."""


def options_of(asked: Asked, main: Estimate, cover: str) -> tuple[tuple[Option, ...], Message | None]:
    """The options, or the smallest change that would help; nothing where none is needed."""
    budget = asked.answers.budget
    if budget is None or asked.nobody or cover not in ("below", "covers_part"):
        return (), None
    kind = kind_of(budget, asked.lead_type)
    fitting: list[tuple[Decimal, Option]] = []
    over: list[tuple[Decimal, Estimate]] = [_excess(asked, budget, main)] if main.status != "none" else []
    for id, estimate in _candidates(asked, budget):
        need = needed(asked, estimate, kind)
        held = held_against(asked, budget, estimate)
        if need is None or held.span is None:
            continue
        need = need.times(Decimal(asked.people))
        if need.high <= held.span.high:
            option = _option(asked, budget, id, estimate, need)
            fitting.append(
                (need.high / HOURS.get(estimate.unit, Decimal(1)) * _dollars(asked, estimate), option)
            )
        else:
            over.append((need.high / held.span.high, estimate))
    ordered = [option for _, option in sorted(fitting, key=lambda pair: (pair[0], pair[1].id))]
    places = [option for option in ordered if option.id == "other_place"][:_OTHER_PLACES]
    found = tuple(option for option in ordered if option.id != "other_place" or option in places)[:MOST]
    return (found, None) if found else ((), _smallest_change(asked, budget, over))


def _candidates(asked: Asked, budget: Budget) -> Iterator[tuple[str, Estimate]]:
    """Everything that could be hired instead and keeps the constraints, with a figure."""
    found = [
        *_lower_levels(asked),
        *_cheaper_role(asked),
        *_other_types(asked, budget),
        *_other_places(asked),
    ]
    for id, estimate in found:
        if estimate.status != "none" and estimate.kind not in ("posted_budget", "retainer"):
            yield id, estimate


def _lower_levels(asked: Asked) -> Iterator[tuple[str, Estimate]]:
    level = asked.seniority if asked.seniority in LEVELS else "senior"
    for lower in LEVELS[: LEVELS.index(level)]:
        yield "lower_seniority", asked.estimate(seniority=lower)


def _cheaper_role(asked: Asked) -> Iterator[tuple[str, Estimate]]:
    """A cheaper role, only where an existing model is built on: nobody else trains one."""
    if asked.need == "existing" and asked.role in ("ml_engineer", "ai_engineer"):
        cheaper = "ai_engineer" if asked.role == "ml_engineer" else "automation_specialist"
        yield "other_role", asked.estimate(role=cheaper)


def _other_types(asked: Asked, budget: Budget) -> Iterator[tuple[str, Estimate]]:
    for kind in ENGAGEMENT_TYPES:
        one_off = kind == "permanent" and budget.unit == "project"
        leaves = kind in WORLDWIDE and asked.answers.sensitivity in _INSIDE
        if kind != asked.lead_type and not one_off and not leaves:
            yield "other_engagement_type", asked.estimate(engagement_type=kind)


def _other_places(asked: Asked) -> Iterator[tuple[str, Estimate]]:
    """Other places with a sourced figure, only for work that may be remote and data that may leave."""
    if (
        asked.answers.remote != "yes"
        or asked.answers.sensitivity == "must_stay_inside"
        or asked.lead_type in WORLDWIDE
    ):
        return
    here = country_of(asked.place)
    cells = asked.market.figures.observations
    for place in sorted(
        {place for role, place, kind in cells if role == asked.role and kind == asked.lead_type}
    ):
        estimate = asked.estimate(place=place)
        if (
            place != here
            and place not in (*GROUPS, *_NOT_OFFERED)
            and estimate.status in ("sourced", "derived")
        ):
            yield "other_place", estimate


def _dollars(asked: Asked, estimate: Estimate) -> Decimal:
    exchange = asked.market.figures.exchange.rate(estimate.currency, "USD", asked.market.on)
    return exchange.rate if exchange else Decimal(1)


def _excess(asked: Asked, budget: Budget, estimate: Estimate) -> tuple[Decimal, Estimate]:
    need = needed(asked, estimate, kind_of(budget, asked.lead_type))
    held = held_against(asked, budget, estimate)
    if need is None or held.span is None:
        return Decimal("Infinity"), estimate
    return need.high * asked.people / held.span.high, estimate


def _in_budget_currency(asked: Asked, budget: Budget, need: Span, estimate: Estimate) -> Span:
    exchange = asked.market.figures.exchange.rate(estimate.currency, budget.currency, asked.market.on)
    return need.times(exchange.rate if exchange else Decimal(1))


def _option(asked: Asked, budget: Budget, id: str, estimate: Estimate, need: Span) -> Option:
    price = _in_budget_currency(asked, budget, need, estimate)
    unit = estimate.unit
    if {unit, budget.unit} == {"month", "year"}:
        price, unit = price.times(HOURS[budget.unit] / HOURS[unit]), budget.unit
    message = say(
        f"option.{id}",
        role=estimate.role,
        seniority=estimate.seniority,
        engagement_type=estimate.engagement_type,
        place=estimate.place,
        people=asked.people,
        price=money(price.low, budget.currency, unit, price.high),
    )
    return Option(
        id=id,
        message=message,
        low=readable(price.low),
        high=readable(price.high),
        currency=budget.currency,
        unit=unit,
        status=estimate.status,
        grade=estimate.grade,
    )


def _smallest_change(asked: Asked, budget: Budget, over: list[tuple[Decimal, Estimate]]) -> Message:
    """What would help with the least change: a larger budget for what comes nearest, else a wider choice."""
    near = min(over, key=lambda pair: pair[0], default=None)
    if near is None or not near[0].is_finite():
        return say("no_option.widen" if asked.on_site else "no_option.ask")
    factor, estimate = near
    raised = (budget.high or budget.amount) * factor
    return say(
        "no_option.raise",
        by=money(max(raised - (budget.high or budget.amount), ZERO), budget.currency, budget.unit),
        to=money(raised, budget.currency, budget.unit),
        role=estimate.role,
        seniority=estimate.seniority,
        engagement_type=estimate.engagement_type,
        place=estimate.place,
    )
