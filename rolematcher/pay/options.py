"""Ways to stay within a budget that falls short: only those that fit the budget and the constraints.

Each has its price in the budget's currency, cheapest first, at most four. Where none is left, the smallest
change that would help is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from rolematcher.pay.asked import Asked
from rolematcher.pay.budget import held_against, kind_of, needed_by
from rolematcher.pay.market import WORLDWIDE
from rolematcher.pay.messages import say
from rolematcher.pay.money import HOURS, ZERO, Span, money, readable
from rolematcher.pay.observation import ENGAGEMENT_TYPES, GROUPS, LEVELS
from rolematcher.pay.places import country_of
from rolematcher.pay.report import Estimate, Option
from rolematcher.rules.answers import Budget
from rolematcher.values.message import Message, Value

MOST = 4
_INSIDE = ("must_stay_inside", "confidential")
"""Sensitivities with which data does not go to a marketplace or a provider overseas."""
_OTHER_PLACES, _PRICED_PLACES = 2, 6
"""How many other places are offered at most, and of how many the price is worked out."""
_NOT_OFFERED = frozenset({"BY", "CU", "IR", "KP", "RU", "SY", "VE"})
"""Places that sanctions keep a recruiter from offering."""


@dataclass(frozen=True, slots=True)
class Priced:
    """A change and what it takes: the first person's estimate, need and budget per its unit."""

    id: str
    estimate: Estimate
    need: Span
    held: Span

    @property
    def factor(self) -> Decimal:
        """How many times the budget the need is; at most 1 where it fits."""
        return self.need.high / self.held.high


def options_of(asked: Asked, cover: str) -> tuple[tuple[Option, ...], Message | None]:
    """The options, or the smallest change that would help; nothing where none is needed."""
    budget = asked.budget
    if budget is None or asked.nobody or cover not in ("below", "covers_part"):
        return (), None
    priced = [one for id, change in _changes(asked, budget) if (one := _priced(asked, budget, id, change))]
    fitting = sorted((one for one in priced if one.factor <= 1), key=lambda one: _an_hour(asked, one))
    places = [one for one in fitting if one.id == "other_place"][:_OTHER_PLACES]
    found = [one for one in fitting if one.id != "other_place" or one in places][:MOST]
    if found:
        return tuple(_option(asked, budget, one) for one in found), None
    as_advised = _priced(asked, budget, "", {})
    return (), _smallest_change(asked, budget, [*priced, *([as_advised] if as_advised else [])])


def _changes(asked: Asked, budget: Budget) -> Iterator[tuple[str, dict[str, str]]]:
    """Everything that could be changed about the cell and keeps the constraints."""
    level = asked.seniority if asked.seniority in LEVELS else LEVELS[-1]
    for lower in LEVELS[: LEVELS.index(level)]:
        yield "lower_seniority", {"seniority": lower}
    cheaper = {"ml_engineer": "ai_engineer", "ai_engineer": "automation_specialist"}.get(asked.settled.role)
    if cheaper and asked.settled.need == "existing" and asked.people == 1:  # nobody else trains a model
        yield "other_role", {"role": cheaper}
    out = {asked.lead_type}
    out |= {"permanent"} if budget.unit == "project" else set()
    out |= set(WORLDWIDE) if asked.answers.sensitivity in _INSIDE else set()
    for kind in ENGAGEMENT_TYPES:
        if kind not in out:
            yield "other_engagement_type", {"engagement_type": kind}
    yield from (("other_place", {"place": place}) for place in _other_places(asked))


def _other_places(asked: Asked) -> list[str]:
    """Places with figures of the very role and type, the cheapest by the model, for work done anywhere."""
    inside = asked.answers.sensitivity == "must_stay_inside"
    if asked.answers.remote != "yes" or inside or asked.lead_type in WORLDWIDE:
        return []
    cells = asked.market.figures.observations
    known = {place for role, place, kind in cells if (role, kind) == (asked.settled.role, asked.lead_type)}
    known -= {country_of(asked.place), *GROUPS, *_NOT_OFFERED}
    return sorted(known, key=lambda place: (_modelled(asked, place), place))[:_PRICED_PLACES]


def _modelled(asked: Asked, place: str) -> Decimal:
    """The model's middle in dollars an hour, by which places are looked through; last without one."""
    role, kind = asked.settled.role, asked.lead_type
    cell = asked.market.figures.modelled(role, place, kind, asked.seniority)
    return cell.p50 if cell else Decimal("Infinity")


def _priced(asked: Asked, budget: Budget, id: str, change: dict[str, str]) -> Priced | None:
    """The price of a change for everybody who is hired; None where it has no figure to go by."""
    estimate = asked.estimate(**change)
    if estimate.status == "none" or estimate.kind in ("posted_budget", "retainer"):
        return None
    if id == "other_place" and estimate.status not in ("sourced", "derived"):
        return None
    second = asked.estimate(**{**change, "role": asked.second_role}) if asked.people > 1 else None
    need = needed_by(asked, estimate, second, kind_of(budget, asked.lead_type))
    held = held_against(asked, budget, estimate)
    return Priced(id, estimate, need, held.span) if need and held and held.span else None


def _rate(asked: Asked, base: str, quote: str) -> Decimal:
    """The day's rate of a currency that a price was found in."""
    exchange = asked.market.figures.exchange.rate(base, quote, asked.market.on)
    return exchange.rate if exchange else Decimal(1)


def _an_hour(asked: Asked, one: Priced) -> tuple[Decimal, str, str]:
    """What an hour costs in dollars, to set prices of several units and currencies in order."""
    estimate = one.estimate
    dollars = one.need.high / HOURS[estimate.unit] * _rate(asked, estimate.currency, "USD")
    return dollars, one.id, estimate.place


def _option(asked: Asked, budget: Budget, one: Priced) -> Option:
    """The option with its price in the budget's currency, and by its month or year."""
    estimate, unit = one.estimate, one.estimate.unit
    price = one.need.times(_rate(asked, estimate.currency, budget.currency))
    if {unit, budget.unit} == {"month", "year"}:
        price, unit = price.times(HOURS[budget.unit] / HOURS[unit]), budget.unit
    said: dict[str, Value] = {"people": asked.people, "price": price.money(budget.currency, unit)}
    return Option(
        id=one.id,
        message=say(f"option.{one.id}", **_cell(estimate), **said),
        low=readable(price.low),
        high=readable(price.high),
        currency=budget.currency,
        unit=unit,
        status=estimate.status,
        grade=estimate.grade,
    )


def _cell(estimate: Estimate) -> dict[str, Value]:
    names = ("role", "seniority", "engagement_type", "place")
    return {name: getattr(estimate, name) for name in names}


def _smallest_change(asked: Asked, budget: Budget, over: list[Priced]) -> Message:
    """What would help with the least change: a larger budget for what comes nearest, else a wider choice."""
    near = min(over, key=lambda one: one.factor, default=None)
    if near is None:
        return say("no_option.widen" if asked.on_site else "no_option.ask")
    given = budget.high or budget.amount
    more = {"by": max(given * (near.factor - 1), ZERO), "to": given * near.factor}
    amounts = {name: money(amount, budget.currency, budget.unit) for name, amount in more.items()}
    return say("no_option.raise", **amounts, **_cell(near.estimate))
