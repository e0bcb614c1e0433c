"""The budget beside the price of the advice: always a result, in the estimate's currency and unit.

It is converted by dated exchange rates and the stated hours; a sum buys hours or months; a number that is
missing is asked for by the name of its answer. The budget never changes which role is needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from rolematcher.pay.asked import FULL_WEEK, WEEKS_A_YEAR, Asked
from rolematcher.pay.cost import needed, share_of
from rolematcher.pay.messages import say
from rolematcher.pay.money import HOURS, SALARIED, TWELVE, ZERO, Span, readable, rounded
from rolematcher.pay.report import BudgetVerdict, Cover, Estimate
from rolematcher.rules.answers import Budget
from rolematcher.values.message import Message, Money, Number, Value


@dataclass(frozen=True, slots=True)
class Held:
    """The budget in an estimate's currency (`given`) and per its unit (`span`), step by step.

    `asks` where an answer is missing: then there is no span.
    """

    given: Span
    span: Span | None = None
    steps: tuple[Message, ...] = ()
    asks: str = ""


def kind_of(budget: Budget, engagement_type: str) -> str:
    """Whether the budget is pay only or everything: as said, else pay for a post and all else a total."""
    return budget.kind or ("pay" if engagement_type == "permanent" else "total")


def budget_words(budget: Budget) -> Money:
    """The budget as it was given."""
    return Money(amount=budget.amount, currency=budget.currency, unit=budget.unit, high=budget.high)


def budget_verdict(asked: Asked, main: Estimate, second: Estimate | None) -> BudgetVerdict:
    """The verdict on the whole advice: the cell, both people of a pair, and the fees the cost lists."""
    budget = asked.budget
    if budget is None:
        return BudgetVerdict(cover="not_set", message=say("budget.not_set"))
    given = budget_words(budget)
    if asked.nobody and asked.settled.recommendation != "buy":
        return BudgetVerdict(cover="not_set", message=say("budget.nobody", budget=given))
    need = needed_by(asked, main, second, kind_of(budget, main.engagement_type))
    if need is None and main.status == "none" and asked.lacks_place:
        return BudgetVerdict(cover="needs", message=say("budget.say_place", budget=given), asks="place")
    if need is None:
        return BudgetVerdict(cover="needs", message=say("budget.no_figure", budget=given))
    held = held_against(asked, budget, main)
    frame = BudgetVerdict(
        cover="needs",
        message=say("budget.no_rate", currency=budget.currency),
        currency=main.currency,
        unit=main.unit,
        need_low=readable(need.low),
        need_high=readable(need.high),
        people=asked.people,
        asks="budget",
        steps=tuple(_included(asked, budget, main)),
    )
    if held is None:
        return frame
    frame = frame.replaced(asks=held.asks, steps=(*held.steps, *frame.steps))
    if held.span:
        return _compared(held.span, need, given, main, frame)
    if held.asks == "budget":
        return frame.replaced(message=say("budget.retainer", budget=given))
    return _buys(held.given, budget, main, need, frame)


def needed_by(asked: Asked, main: Estimate, second: Estimate | None, kind: str) -> Span | None:
    """What the advice takes of a budget per the main estimate's unit, both people of a pair together."""
    need = needed(asked, main, kind)
    if need is None or asked.people == 1:
        return need
    other = needed(asked, second, kind) if second else None
    if other is None or second is None or second.currency != main.currency:
        return None
    return need + other.times(HOURS[main.unit] / HOURS[second.unit])


def held_against(asked: Asked, budget: Budget, estimate: Estimate) -> Held | None:
    """The budget per the estimate's unit in its currency; None without an exchange rate."""
    exchange = asked.market.figures.exchange.rate(budget.currency, estimate.currency, asked.market.on)
    if exchange is None:
        return None
    held = Held(Span(budget.amount, budget.high or budget.amount).times(exchange.rate))
    if budget.currency == estimate.currency:
        return _turned(asked, held, budget.unit, estimate)
    step = say(
        "step.exchange",
        base=exchange.base,
        quote=exchange.quote,
        rate=Number(number=rounded(exchange.rate, 5)),
        publisher=exchange.publisher,
        day=exchange.on.isoformat(),
        given=budget_words(budget),
        result=held.given.money(estimate.currency, budget.unit),
    )
    return _turned(asked, replace(held, steps=(step,)), budget.unit, estimate)


def _turned(asked: Asked, held: Held, unit: str, estimate: Estimate) -> Held:
    """What is given per one unit, per the estimate's."""
    to = estimate.unit
    if unit == to:
        return replace(held, span=held.given)
    if {unit, to} == {"month", "year"}:
        factor = TWELVE if to == "year" else 1 / TWELVE
        return _step(held, factor, estimate, "step.months", unit=unit, to=to)
    if {unit, to} == {"hour", "day"}:
        return _step(held, HOURS[to] / HOURS[unit], estimate, "step.day", unit=unit, to=to)
    if estimate.kind == "retainer" and unit != "project":
        return replace(held, asks="budget")
    return _by_hours(asked, held, unit, estimate)


def _by_hours(asked: Asked, held: Held, unit: str, estimate: Estimate) -> Held:
    """The same, where the stated hours lie between the units."""
    to, salaried = estimate.unit, estimate.unit in SALARIED
    hours, target = (_hours_in(one, asked, assume_full_week=salaried) for one in (unit, to))
    if hours is None or target is None:
        known = salaried or asked.pace.hours_a_week
        return replace(held, asks="weeks" if known and unit == "project" else "hours_a_week")
    (fewer, shorter), (more, longer) = sorted(((target, to), (hours, unit)), key=lambda one: one[0])
    said: dict[str, Value] = {"longer": longer, "hours": Number(number=readable(more))}
    if shorter == "hour":
        return _step(held, target / hours, estimate, "step.hours", **said)
    said |= {"shorter": shorter, "each": Number(number=readable(fewer))}
    return _step(held, target / hours, estimate, "step.hours_each", **said)


def _step(held: Held, factor: Decimal, estimate: Estimate, id: str, **values: Value) -> Held:
    span = held.given.times(factor)
    said = say(id, result=span.money(estimate.currency, estimate.unit), **values)
    return replace(held, span=span, steps=(*held.steps, said))


def _hours_in(unit: str, asked: Asked, *, assume_full_week: bool) -> Decimal | None:
    """Hours in a unit by the stated hours; None where they are not stated and a full week is not meant."""
    pace = asked.pace
    if unit in ("hour", "day"):
        return HOURS[unit]
    week = pace.hours_a_week or (FULL_WEEK if assume_full_week else None)
    known = {"week": Decimal(1), "month": WEEKS_A_YEAR / 12, "year": WEEKS_A_YEAR, "project": pace.weeks}
    weeks = known[unit]
    return week * weeks if week and weeks else None


def _included(asked: Asked, budget: Budget, main: Estimate) -> Iterator[Message]:
    """What the need holds beyond the figure itself."""
    if main.engagement_type == "freelance_marketplace":
        yield say("step.marketplace_fee")
    if main.engagement_type == "permanent" and kind_of(budget, "permanent") == "total":
        yield say("step.dues")
    if share_of(asked, main) < 1:
        yield say("step.part_time", hours=Number(number=asked.pace.hours_a_week or ZERO))
    if asked.people == 2:
        yield say("step.pair")


def _compared(span: Span, need: Span, given: Money, main: Estimate, frame: BudgetVerdict) -> BudgetVerdict:
    values: dict[str, Value] = {
        "budget": given,
        "held": span.money(main.currency, main.unit),
        "need": need.money(main.currency, main.unit),
        "role": main.role,
        "seniority": main.seniority,
        "engagement_type": main.engagement_type,
    }
    frame = frame.replaced(low=readable(span.low), high=readable(span.high))
    if span.low >= need.high:
        return frame.replaced(cover="covers", message=say("budget.covers", **values))
    cover: Cover = "below" if span.high < need.low else "covers_part"
    gap = Span(max(need.low - span.high, ZERO), max(need.high - span.low, ZERO))
    short = Span(gap.low or gap.high, gap.high).money(main.currency, main.unit)
    return frame.replaced(
        cover=cover,
        message=say(f"budget.{cover}", **values, gap=short),
        gap_low=readable(gap.low),
        gap_high=readable(gap.high),
    )


def _buys(span: Span, budget: Budget, main: Estimate, need: Span, frame: BudgetVerdict) -> BudgetVerdict:
    """How much of the advised work a budget buys where hours or weeks are not stated."""
    bought = "month" if main.unit in SALARIED else "hour"
    each = need.times(HOURS[bought] / HOURS[main.unit])
    if bought == "month" and span.high < each.low:
        bought, each = "week", need.times(HOURS["week"] / HOURS[main.unit])
    low, high = rounded(span.low / each.high, 2), rounded(span.high / each.low, 2)
    said: dict[str, Value] = {"budget": budget_words(budget), "need": each.money(main.currency, bought)}
    message = say("budget.buys_little", **said)
    if high >= 1:
        per = "" if budget.unit == "project" else budget.unit
        bounds = {"low": Number(number=low), "high": Number(number=high)}
        message = say(f"budget.buys_{bought}", per=per, **said, **bounds)
    return frame.replaced(cover="buys", message=message, hours_low=low, hours_high=high, bought=bought)
