"""All the money of one decision: figures, answers and what was settled in, one PayReport out.

One cell is told throughout: the recommended role, seniority, engagement type and place. Contract to hire
begins as a contract (`main`) and ends as a post (`afterwards`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Literal

from rolematcher.pay.asked import Asked
from rolematcher.pay.budget import budget_verdict
from rolematcher.pay.cost import break_even, cost_of
from rolematcher.pay.facts import Fact, facts_for
from rolematcher.pay.figures import Figures
from rolematcher.pay.market import Market
from rolematcher.pay.messages import say
from rolematcher.pay.observation import ENGAGEMENT_TYPES, PAYROLL, ROLES
from rolematcher.pay.options import options_of
from rolematcher.pay.places import PAYROLL_PLACES, country_of
from rolematcher.pay.report import Estimate, HireTime, PayReport
from rolematcher.rules.answers import Answers
from rolematcher.rules.decide import Settled
from rolematcher.rules.verdict import PayFacts, Verdict
from rolematcher.values.message import Message

_COVER = {
    "covers": "all",
    "covers_part": "some",
    "below": "none",
    "buys": "cannot_compare",
    "not_set": "not_set",
}
"""The verdict on a budget in the words of the rules' fact."""
_WEAK_SPREAD = 1.5
_DAYS = {"days": Decimal(1), "weeks": Decimal(7), "months": Decimal(365) / 12}


def pay_report(figures: Figures, *, answers: Answers, settled: Settled | Verdict, on: date) -> PayReport:
    """The money of a decision: its results and the answers in; every part speaks of the same cell.

    Where the engagement type is open a post is assumed. Never raises for what the answers hold: what is
    missing is asked for in the report.
    """
    asked = Asked(Market(figures, on), answers, settled)
    engagement_type = settled.engagement_type
    main = asked.estimate()
    second = asked.estimate(role=asked.second_role) if asked.people == 2 else None
    verdict = budget_verdict(asked, main, second)
    options, no_option = options_of(asked, verdict.cover)
    even, no_even = break_even(asked)
    times, timeline = tuple(_times_to_hire(asked)), answers.timeline
    later = engagement_type == "contract_to_hire"
    known = later or engagement_type in ENGAGEMENT_TYPES
    return PayReport(
        on=on,
        role=settled.role,
        place=asked.place,
        seniority=asked.seniority,
        engagement_type=engagement_type if known else "permanent",
        engagement_assumed=not known,
        recommendation=settled.recommendation,
        headcount=settled.headcount,
        need=settled.need,
        hours_a_week=asked.pace.hours_a_week,
        weeks=asked.pace.weeks,
        main=main,
        afterwards=asked.estimate(engagement_type="permanent") if later else None,
        second=second,
        estimates={who: asked.estimate(role=who) for who in ROLES},
        others=_others(asked),
        budget=verdict,
        options=options,
        no_option=no_option,
        cost=cost_of(asked, main, second).replaced(break_even=even, no_break_even=no_even),
        time_to_hire=times,
        search_time=search_time(times, timeline.needed_by if timeline else None, on),
        notes=tuple(_notes(asked, main)),
        weights=figures.weights.as_texts(),
        release=figures.release.name,
    )


def pay_facts(report: PayReport) -> PayFacts:
    """What rules may read of the money: how the budget covers it, how good the figure is, time to search."""
    main = report.main
    figure: Literal["firm", "weak", "none", "unsure"] = "firm"
    if main.status == "none":
        figure = "none" if report.place else "unsure"
    elif main.stale or main.grade in ("C", "D", "E") or (main.spread or 1) > _WEAK_SPREAD:
        figure = "weak"
    unnamed = "no_rate" if main.status == "none" else "cannot_compare"
    cover = _COVER.get(report.budget.cover, unnamed)
    return PayFacts.model_validate(
        {"budget_cover": cover, "figure": figure, "search_time": report.search_time}
    )


def search_time(
    times: tuple[HireTime, ...], needed_by: date | None, on: date
) -> Literal["enough", "short", "unsure"]:
    """Whether a search fits before a date: "short" when even the quickest source's slow end comes later."""
    if needed_by is None or not times:
        return "unsure"
    return "short" if (needed_by - on).days < min(time.high_days for time in times) else "enough"


def _times_to_hire(asked: Asked) -> Iterator[HireTime]:
    """Every sourced time that fits role (or any), type, seniority and place, worldwide ones last."""
    for place in () if asked.nobody else asked.places_around(asked.place, worldwide=True):
        for who in (asked.settled.role, "any"):
            key = f"time_to_hire.{who}.{asked.lead_type}"
            for fact in facts_for(asked.market.figures.facts, key, place=place, on=asked.market.on):
                about = fact.key.removeprefix(key).strip(".")
                if fact.measure in _DAYS and about in ("", asked.seniority):
                    yield _hire_time(fact, place)


def _hire_time(fact: Fact, place: str) -> HireTime:
    low, high = (end * _DAYS[fact.measure] for end in fact.range or (Decimal(0), Decimal(0)))
    at_most = "at most" in fact.remark
    first = math.floor(low) if low < high else math.ceil(high)
    return HireTime(
        place=place,
        low_days=0 if at_most else first,
        high_days=math.ceil(high),
        at_most=at_most,
        remark=fact.remark,
        source=fact.source,
    )


def _others(asked: Asked) -> dict[str, Estimate]:
    """The recommended role by the other engagement types, where the constraints allow them."""
    kinds = [*ENGAGEMENT_TYPES, *((PAYROLL,) if country_of(asked.place) in PAYROLL_PLACES else ())]
    found = {kind: asked.estimate(engagement_type=kind) for kind in kinds if kind != asked.lead_type}
    return {kind: estimate for kind, estimate in found.items() if estimate.status != "none"}


def _notes(asked: Asked, main: Estimate) -> Iterator[Message]:
    if asked.settled.engagement_type == "contract_to_hire":
        yield say("note.contract_to_hire")
    elif asked.settled.engagement_type not in ENGAGEMENT_TYPES:
        yield say("note.type_assumed")
    if asked.lead_type == "contract" and country_of(asked.place) in PAYROLL_PLACES:
        yield say("note.payroll")
    if asked.nobody and main.span:
        yield say("note.nobody")
