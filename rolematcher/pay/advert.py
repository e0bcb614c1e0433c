"""What an advert may say of pay, and must say at a place: one decision for page, paper, posting and API."""

from __future__ import annotations

from datetime import date

from rolematcher.pay.asked import NOBODY
from rolematcher.pay.figures import Figures
from rolematcher.pay.observation import PAY_KINDS, PAYROLL
from rolematcher.pay.places import country_of
from rolematcher.pay.report import Estimate, PastPay, PayReport, Transparency
from rolematcher.values.message import Money
from rolematcher.values.places import EU_COUNTRIES


def may_be_called_pay(estimate: Estimate) -> bool:
    """Whether a figure is what a person is paid, found by sources: the only kind an advert may state.

    Never a supplier's price, a retainer, a marketplace posting or a modelled range.
    """
    if estimate.status not in ("sourced", "derived") or estimate.stands_in:
        return False
    if estimate.engagement_type == "permanent":
        return estimate.kind in PAY_KINDS
    return estimate.engagement_type in ("contract", PAYROLL) and estimate.kind == "pay_rate"


def advert_range(report: PayReport) -> Money | None:
    """The pay an advert may state for the post of a report; None where nobody is hired or it is no pay.

    For contract to hire that is the contract's rate, where it is pay.
    """
    main = report.main
    hired = report.headcount != "none" and report.recommendation not in NOBODY
    if not hired or not may_be_called_pay(main) or main.low is None or main.high is None:
        return None
    return Money(
        amount=main.low,
        currency=main.currency,
        unit=main.unit,
        high=main.high if main.high != main.low else None,
    )


def transparency_of(place: str, on: date, figures: Figures) -> tuple[Transparency, ...]:
    """What the law in force at a place asks of an advert: the division's, the country's, the EU's.

    Empty where nothing is on file.
    """
    return tuple(
        rule
        for name in _laws_of(place)
        for rule in figures.transparency
        if rule.place == name and rule.since and rule.since <= on.isoformat()
    )


def past_pay_of(place: str, on: date, figures: Figures) -> tuple[PastPay, ...]:
    """The laws in force at a place that forbid asking what applicants earned before.

    Those of the division, the country, the EU; for a country without a division given, of its divisions.
    Without a printed day a law counts from when its source says it is in force.
    """
    return tuple(
        rule
        for rule in figures.past_pay
        if (rule.since or rule.as_of) <= on.isoformat()
        and (rule.place in _laws_of(place) or country_of(rule.place) == place)
    )


def _laws_of(place: str) -> list[str]:
    """The places whose law holds at a place, the nearest first."""
    country = country_of(place)
    return [*dict.fromkeys((place, country)), *(("EU",) if country in EU_COUNTRIES else ())]
