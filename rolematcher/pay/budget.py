"""The budget beside the price of the advice: always a result, in the estimate's currency and unit.

It is converted by dated exchange rates and the stated hours; a sum buys hours or months; a number that is
missing is asked for by the name of its answer. The budget never changes which role is needed.
"""

from __future__ import annotations

from dataclasses import dataclass
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
        asks=held.asks if held else "budget",
        steps=(*(held.steps if held else ()), *_included(asked, budget, main)),
    )
    if held is None:
        return frame
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
    given = Span(budget.amount, budget.high or budget.amount).times(exchange.rate)
    steps: tuple[Message, ...] = ()
    if budget.currency != estimate.currency:
        step = say(
            "step.exchange",
            base=exchange.base,
            quote=exchange.quote,
            rate=Number(number=rounded(exchange.rate, 5)),
            publisher=exchange.publisher,
            day=exchange.on.isoformat(),
            given=budget_words(budget),
            result=given.money(estimate.currency, budget.unit),
        )
        steps = (step,)
    return _turned(asked, given, budget.unit, estimate, steps)


def _turned(asked: Asked, given: Span, unit: str, estimate: Estimate, steps: tuple[Message, ...]) -> Held:
    """What is given per one unit, per the estimate's; the stated hours lie between some of them."""
    to, salaried = estimate.unit, estimate.unit in SALARIED

    def turned(factor: Decimal, id: str, **values: Value) -> Held:
        span = given.times(factor)
        return Held(given, span, (*steps, say(id, result=span.money(estimate.currency, to), **values)))

    if unit == to:
        return Held(given, given, steps)
    if {unit, to} == {"month", "year"}:
        return turned(TWELVE if to == "year" else 1 / TWELVE, "step.months", unit=unit, to=to)
    if {unit, to} == {"hour", "day"}:
        return turned(HOURS[to] / HOURS[unit], "step.day", unit=unit, to=to)
    if estimate.kind == "retainer" and unit != "project":
        return Held(given, None, steps, "budget")
    hours, target = (_hours_in(one, asked, assume_full_week=salaried) for one in (unit, to))
    if hours is None or target is None:
        known = salaried or asked.pace.hours_a_week
        return Held(given, None, steps, "weeks" if known and unit == "project" else "hours_a_week")
    (fewer, shorter), (more, longer) = sorted(((target, to), (hours, unit)), key=lambda one: one[0])
    values: dict[str, Value] = {"longer": longer, "hours": Number(number=readable(more))}
    if shorter == "hour":
        return turned(target / hours, "step.hours", **values)
    each = Number(number=readable(fewer))
    return turned(target / hours, "step.hours_each", **values, shorter=shorter, each=each)


def _hours_in(unit: str, asked: Asked, *, assume_full_week: bool) -> Decimal | None:
    """Hours in a unit by the stated hours; None where they are not stated and a full week is not meant."""
    pace = asked.pace
    if unit in ("hour", "day"):
        return HOURS[unit]
    week = pace.hours_a_week or (FULL_WEEK if assume_full_week else None)
    known = {"week": Decimal(1), "month": WEEKS_A_YEAR / 12, "year": WEEKS_A_YEAR, "project": pace.weeks}
    weeks = known[unit]
    return week * weeks if week and weeks else None


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
