"""Amounts per one unit of time turned into another: hours a week and weeks in, amount and formula out.

Months and years are exact arithmetic. Everything else goes through the hours and weeks the recruiter stated;
where they are missing, the answer is the sentence that says what to fill in.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from rolematcher.engine.money.money import PER, amount_digits, number_words, whole
from rolematcher.engine.money.weights import Weights

WEEKS_A_YEAR = Decimal(52)
_SALARIED = ("month", "year")


@dataclass(frozen=True, slots=True)
class Pace:
    """How much is worked: stated hours a week and weeks, None where not stated."""

    hours_a_week: Decimal | None
    weeks: Decimal | None
    weights: Weights

    @property
    def hours(self) -> Decimal | None:
        """All hours of the engagement, where both numbers are stated."""
        if self.hours_a_week is None or self.weeks is None:
            return None
        return self.hours_a_week * self.weeks

    @property
    def full_time(self) -> bool:
        """Whether the stated hours are the full week that salaries are meant for."""
        return self.hours_a_week is not None and self.hours_a_week >= self.weights.full_time_hours


@dataclass(frozen=True, slots=True)
class Turned:
    """An amount per another unit and how it was worked out; or `cure`, what is missing to do so."""

    amount: Decimal | None
    formula: str = ""
    cure: str = ""


def turned(amount: Decimal, per: str, unit: str, pace: Pace, *, salaried: bool) -> Turned:
    """`amount` per `per` as an amount per `unit`.

    `salaried`: the target is a full-time salary, which only full-time hours can be compared with.
    """
    if per == unit:
        return Turned(amount)
    if {per, unit} == {"month", "year"}:
        return _by(amount, Decimal(12), up=unit == "year", per=per, unit=unit)
    if {per, unit} == {"hour", "day"}:
        return _by(amount, pace.weights.hours_a_day, up=unit == "day", per=per, unit=unit)
    cure = _missing(per, unit, pace, salaried=salaried)
    if cure:
        return Turned(None, cure=cure)
    if per == "project" and unit in _SALARIED:
        return _project_as_salary(amount, unit, pace)
    result = amount / _hours_in(per, pace) * _hours_in(unit, pace)
    spelled = f"{amount_digits(amount)} {PER[per]} / {number_words(_hours_in(per, pace))} hours"
    if unit != "hour":
        spelled += f" x {number_words(_hours_in(unit, pace))} hours"
    return Turned(result, formula=f"{spelled} = {amount_digits(whole(result))} {PER[unit]}")


def _by(amount: Decimal, number: Decimal, *, up: bool, per: str, unit: str) -> Turned:
    result = amount * number if up else amount / number
    sign = "x" if up else "/"
    return Turned(
        result,
        formula=f"{amount_digits(amount)} {PER[per]} {sign} {number_words(number)} "
        f"= {amount_digits(whole(result))} {PER[unit]}",
    )


def _project_as_salary(amount: Decimal, unit: str, pace: Pace) -> Turned:
    weeks = pace.weeks or Decimal(1)
    in_unit = WEEKS_A_YEAR if unit == "year" else WEEKS_A_YEAR / 12
    result = amount / weeks * in_unit
    spelled = f"{amount_digits(amount)} / {number_words(weeks)} weeks x {number_words(in_unit)} weeks"
    return Turned(result, formula=f"{spelled} = {amount_digits(whole(result))} {PER[unit]}")


def _missing(per: str, unit: str, pace: Pace, *, salaried: bool) -> str:
    """What must be stated before the two units can be compared; "" where nothing is missing."""
    if pace.hours_a_week is None:
        return "Say how many hours a week are needed; without them the two cannot be compared."
    if "project" in (per, unit) and pace.weeks is None:
        return "Say how many weeks the work takes; without them a project sum cannot be compared."
    if salaried and not pace.full_time:
        return "Salaries on file are for full-time work; give the budget per year of full-time work."
    return ""


def _hours_in(unit: str, pace: Pace) -> Decimal:
    """Hours of work in one unit; the caller has checked that the numbers are stated."""
    week = pace.hours_a_week or Decimal(1)
    return {
        "hour": Decimal(1),
        "day": pace.weights.hours_a_day,
        "week": week,
        "month": week * WEEKS_A_YEAR / 12,
        "year": week * WEEKS_A_YEAR,
        "project": week * (pace.weeks or Decimal(1)),
    }[unit]
