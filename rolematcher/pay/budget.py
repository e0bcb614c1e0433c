"""The budget beside the price of the advice: always a result, in the estimate's currency and unit.

It is converted by dated exchange rates and the stated hours; a sum buys hours or months; a number that is
missing is asked for by the name of its answer. The budget never changes which role is needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from rolematcher.pay.asked import FULL_WEEK, WEEKS_A_YEAR, Asked
from rolematcher.pay.cost import Span, needed, share_of
from rolematcher.pay.messages import say
from rolematcher.pay.money import HOURS, SALARIED, ZERO, money, readable, rounded
from rolematcher.pay.report import BudgetVerdict, Cover, Estimate
from rolematcher.rules.answers import Budget
from rolematcher.values.message import Message, Money, Number, Value

_TWELVE = Decimal(12)


@dataclass(frozen=True, slots=True)
class Held:
    """The budget in an estimate's currency and unit, step by step; `asks` where an answer is missing."""

    span: Span | None
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
    if asked.nobody and asked.recommendation != "buy":
        return BudgetVerdict(cover="not_set", message=say("budget.nobody", budget=given))
    need = needed_by(asked, main, second, kind_of(budget, main.engagement_type))
    if need is None:
        missing = "place" if main.status == "none" and asked.lacks_place else ""
        id = "budget.say_place" if missing else "budget.no_figure"
        return BudgetVerdict(cover="needs", message=say(id, budget=given), asks=missing)
    held = held_against(asked, budget, main)
    frame = BudgetVerdict(
        cover="needs",
        message=say("budget.no_rate", currency=budget.currency),
        currency=main.currency,
        unit=main.unit,
        need_low=readable(need.low),
        need_high=readable(need.high),
        people=asked.people,
        asks="budget" if held.asks == "currency" else held.asks,
        steps=(*held.steps, *_included(asked, budget, main)),
    )
    if held.asks == "currency":
        return frame
    if held.asks == "budget":
        return frame.model_copy(update={"message": say("budget.retainer", budget=given)})
    if held.span is None:
        return _buys(asked, budget, main, need, frame)
    return _compared(held.span, need, given, main, frame)


def needed_by(asked: Asked, main: Estimate, second: Estimate | None, kind: str) -> Span | None:
    """What the advice takes of a budget per the main estimate's unit, both people of a pair together."""
    need = needed(asked, main, kind)
    if need is None or asked.people == 1:
        return need
    other = needed(asked, second, kind) if second else None
    if other is None or second is None or second.currency != main.currency:
        return None
    return need + other.times(HOURS[main.unit] / HOURS[second.unit])


def held_against(asked: Asked, budget: Budget, estimate: Estimate) -> Held:
    """The budget per the estimate's unit in its currency; no span where hours or weeks would be needed."""
    exchange = asked.market.figures.exchange.rate(budget.currency, estimate.currency, asked.market.on)
    if exchange is None:
        return Held(None, asks="currency")
    span = Span(budget.amount, budget.high or budget.amount).times(exchange.rate)
    steps: list[Message] = []
    if budget.currency != estimate.currency:
        steps.append(
            say(
                "step.exchange",
                base=exchange.base,
                quote=exchange.quote,
                rate=Number(number=rounded(exchange.rate, 5)),
                publisher=exchange.publisher,
                day=exchange.on.isoformat(),
                given=budget_words(budget),
                result=money(span.low, estimate.currency, budget.unit, span.high),
            )
        )
    return _turned(asked, span, budget.unit, estimate, steps)


def _turned(asked: Asked, span: Span, unit: str, estimate: Estimate, steps: list[Message]) -> Held:
    to = estimate.unit
    if unit == to:
        return Held(span, tuple(steps))
    if {unit, to} == {"month", "year"}:
        factor = _TWELVE if to == "year" else 1 / _TWELVE
        return _step(span.times(factor), unit, to, estimate, steps, "step.months")
    if {unit, to} == {"hour", "day"}:
        return _step(span.times(HOURS[to] / HOURS[unit]), unit, to, estimate, steps, "step.day")
    if estimate.kind == "retainer" and unit != "project":
        return Held(None, tuple(steps), "budget")
    salaried = to in SALARIED
    hours = _hours_in(unit, asked, assume_full_week=salaried)
    target = _hours_in(to, asked, assume_full_week=salaried)
    if hours is None or target is None:
        known = salaried or asked.pace.hours_a_week
        return Held(None, tuple(steps), "weeks" if known and unit == "project" else "hours_a_week")
    return _step(span.times(target / hours), unit, to, estimate, steps, "step.hours", hours, target)


def _hours_in(unit: str, asked: Asked, *, assume_full_week: bool) -> Decimal | None:
    """Hours in a unit by the stated hours; None where they are not stated and a full week is not meant."""
    pace = asked.pace
    if unit in ("hour", "day"):
        return HOURS[unit]
    week = pace.hours_a_week or (FULL_WEEK if assume_full_week else None)
    weeks = {"week": Decimal(1), "month": WEEKS_A_YEAR / 12, "year": WEEKS_A_YEAR, "project": pace.weeks}[
        unit
    ]
    return week * weeks if week and weeks else None


def _step(
    span: Span,
    unit: str,
    to: str,
    estimate: Estimate,
    steps: list[Message],
    id: str,
    hours: Decimal | None = None,
    target: Decimal | None = None,
) -> Held:
    values: dict[str, Value] = {
        "unit": unit,
        "to": to,
        "result": money(span.low, estimate.currency, to, span.high),
    }
    if hours is not None and target is not None:
        longer, shorter = (to, unit) if target > hours else (unit, to)
        values |= {"longer": longer, "hours": Number(number=readable(max(hours, target)))}
        del values["unit"], values["to"]
        if shorter != "hour":
            id, values = (
                "step.hours_each",
                values | {"shorter": shorter, "each": Number(number=readable(min(hours, target)))},
            )
    return Held(span, (*steps, say(id, **values)))


def _included(asked: Asked, budget: Budget, main: Estimate) -> list[Message]:
    """What the need holds beyond the figure itself."""
    notes = []
    if main.engagement_type == "freelance_marketplace":
        notes.append(say("step.marketplace_fee"))
    if main.engagement_type == "permanent" and kind_of(budget, "permanent") == "total":
        notes.append(say("step.dues"))
    if share_of(asked, main) < 1:
        notes.append(say("step.part_time", hours=Number(number=asked.pace.hours_a_week or ZERO)))
    if asked.people == 2:
        notes.append(say("step.pair"))
    return notes


def _compared(span: Span, need: Span, given: Money, main: Estimate, frame: BudgetVerdict) -> BudgetVerdict:
    cover: Cover = "covers_part"
    gap = Span(max(need.low - span.high, ZERO), max(need.high - span.low, ZERO))
    if span.low >= need.high:
        cover, gap = "covers", Span(ZERO, ZERO)
    elif span.high < need.low:
        cover = "below"
    values: dict[str, Value] = {
        "budget": given,
        "held": money(span.low, main.currency, main.unit, span.high),
        "need": money(need.low, main.currency, main.unit, need.high),
        "role": main.role,
        "seniority": main.seniority,
        "engagement_type": main.engagement_type,
    }
    if cover != "covers":
        values["gap"] = money(gap.low or gap.high, main.currency, main.unit, gap.high)
    short = cover != "covers"
    return frame.model_copy(
        update={
            "cover": cover,
            "message": say(f"budget.{cover}", **values),
            "low": readable(span.low),
            "high": readable(span.high),
            "gap_low": readable(gap.low) if short else None,
            "gap_high": readable(gap.high) if short else None,
        }
    )


def _buys(asked: Asked, budget: Budget, main: Estimate, need: Span, frame: BudgetVerdict) -> BudgetVerdict:
    """How much of the advised work a budget buys where hours or weeks are not stated."""
    exchange = asked.market.figures.exchange.rate(budget.currency, main.currency, asked.market.on)
    assert exchange is not None  # noqa: S101  a budget without a rate never comes here
    span = Span(budget.amount, budget.high or budget.amount).times(exchange.rate)
    bought = "month" if main.unit in SALARIED else "hour"
    each = need.times(HOURS[bought] / HOURS[main.unit])
    if bought == "month" and span.high < each.low:
        bought, each = "week", need.times(HOURS["week"] / HOURS[main.unit])
    low, high = rounded(span.low / each.high, 2), rounded(span.high / each.low, 2)
    given, price = budget_words(budget), money(each.low, main.currency, bought, each.high)
    message = say("budget.buys_little", budget=given, need=price)
    if high >= 1:
        amounts = {"low": Number(number=low), "high": Number(number=high)}
        per = "" if budget.unit == "project" else budget.unit
        message = say(f"budget.buys_{bought}", budget=given, per=per, need=price, **amounts)
    return frame.model_copy(
        update={
            "cover": "buys",
            "message": message,
            "hours_low": low,
            "hours_high": high,
            "bought": bought,
        }
    )
