"""All the money of one decision: frozen classes without words. One cell is told throughout."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from rolematcher.pay.money import Span
from rolematcher.values.frozen import Frozen
from rolematcher.values.message import Message

Status = Literal["sourced", "derived", "worldwide", "modelled", "none"]
Grade = Literal["A", "B", "C", "D", "E", ""]
Part = Literal["votes", "beside", "bounds", "posting", "superseded", "basis"]
Cover = Literal["covers", "covers_part", "below", "buys", "needs", "not_set"]


class PaySource(Frozen):
    """One published figure and the part it plays in an estimate; `why` says why that part."""

    publisher: str
    title: str
    url: str
    as_of: str
    place: str
    seniority: str
    kind: str
    currency: str
    unit: str
    low: Decimal
    typical: Decimal
    high: Decimal
    part: Part
    why: Message | None = None
    weight: Decimal | None = None
    statistic: str = ""
    sample: str = ""
    note: str = ""
    """The remark kept with the figure, as it is on file (English)."""
    remarks: tuple[Message, ...] = ()
    """What changes the reading: after tax, one city alone, an example, converted at which rate."""
    stale: bool = False


class ModelledRange(Frozen):
    """What the calibrated model says of a cell: eight of ten figures left out in the back-test lay inside."""

    low: Decimal
    middle: Decimal
    high: Decimal
    currency: str
    unit: str
    figures: int
    """Figures in the release."""
    places: int
    from_place: int
    """Of these, from this very place."""
    median_error: Decimal
    """Half of the figures left out lay within this share of the model (0.22 is 22 %)."""
    tested: int
    """Cases in that back-test."""
    release: str


class Estimate(Frozen):
    """What one cell pays or costs, how sure that is, and what it rests on.

    Amounts are per `unit` in `currency`. A modelled estimate is a range: `typical` is None. `reason` says why
    there is none.
    """

    role: str
    place: str
    seniority: str
    engagement_type: str
    status: Status
    kind: str = ""
    low: Decimal | None = None
    typical: Decimal | None = None
    high: Decimal | None = None
    currency: str = ""
    unit: str = ""
    grade: Grade = ""
    sources: tuple[PaySource, ...] = ()
    publishers: int = 0
    spread: Decimal | None = None
    oldest: str = ""
    newest: str = ""
    stale: bool = False
    stands_in: bool = False
    """Only figures for a neighbouring occupation are on file."""
    formula: Message | None = None
    notes: tuple[Message, ...] = ()
    reason: Message | None = None
    model: ModelledRange | None = None
    """The model's range: the figure itself where modelled, a check beside any other."""
    all_levels: Estimate | None = None
    """The figure over all seniorities beside that for one, without its sources."""

    @property
    def span(self) -> Span | None:
        """Low and high; None where there is no figure."""
        return None if self.low is None or self.high is None else Span(self.low, self.high)


class FactSource(Frozen):
    """Who says what a cost line rests on."""

    publisher: str
    title: str = ""
    url: str = ""
    as_of: str = ""


class Said(Frozen):
    """What somebody published on a day."""

    publisher: str
    url: str = ""
    as_of: str

    @property
    def source(self) -> FactSource:
        """Who says so."""
        return FactSource(publisher=self.publisher, url=self.url, as_of=self.as_of)


class CostLine(Frozen):
    """One line of the cost, in the cost's currency. An optional line may not arise (its low is then 0)."""

    id: str
    low: Decimal
    high: Decimal
    about: Message
    optional: bool = False
    sources: tuple[FactSource, ...] = ()


class BreakEven(Frozen):
    """After how many contractor hours an employee's year is paid for; like is compared with like."""

    employee_year: Decimal
    contractor_hour: Decimal
    currency: str
    hours: int
    weeks: int | None


class Cost(Frozen):
    """From rate to money. `complete` is False where a number is missing; `asks` names the answer that is."""

    currency: str
    lines: tuple[CostLine, ...]
    low: Decimal | None
    high: Decimal | None
    period: Message | None
    complete: bool
    asks: str = ""
    not_included: tuple[Message, ...] = ()
    break_even: BreakEven | None = None
    no_break_even: Message | None = None
    people: int = 1


class BudgetVerdict(Frozen):
    """The budget beside the price of the whole advice, in the estimate's currency and unit.

    `low` and `high` are the budget converted, `need_low` and `need_high` what it is held against: pay or
    rate, the fees the cost lists, dues where the budget includes everything, both people of a pair.
    `gap_low` and `gap_high`: how much is short over the unit. `asks` names the answer that is missing.
    `hours_low` and `hours_high`: what a budget that buys time buys, in `bought` (hour, month).
    """

    cover: Cover
    message: Message
    steps: tuple[Message, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None
    currency: str = ""
    unit: str = ""
    need_low: Decimal | None = None
    need_high: Decimal | None = None
    gap_low: Decimal | None = None
    gap_high: Decimal | None = None
    hours_low: Decimal | None = None
    hours_high: Decimal | None = None
    bought: str = ""
    people: int = 1
    asks: str = ""


class Option(Frozen):
    """A way to stay within the budget, with its price in the budget's currency."""

    id: str
    message: Message
    low: Decimal | None = None
    high: Decimal | None = None
    currency: str = ""
    unit: str = ""
    status: Status = "none"
    grade: Grade = ""


class HireTime(Frozen):
    """A sourced time to hire, in days."""

    place: str
    low_days: int
    high_days: int
    at_most: bool
    remark: str
    source: FactSource


class PastPay(Said):
    """A place whose law forbids asking what applicants earned before; `since` is "" where not printed."""

    place: str
    since: str = ""


class Transparency(PastPay):
    """What the law of a place asks of an advert, since when, for employers from how many people; dated.

    `must_state`: advert, advert_50000 (a range no wider), advert_minimum, before_interview, before_offer,
    on_request, none, pending (an EU member past the deadline without a law), partly.
    """

    employer_size: str = ""
    must_state: str


class PayReport(Frozen):
    """The money of one decision: every part speaks of the cell role, seniority, engagement type, place.

    `main` is that cell. For contract to hire it is the contract, and `afterwards` the permanent salary.
    `estimates` has the three roles in the same cell, `others` the recommended role by other engagement types,
    `second` the second person of a pair.
    """

    on: date
    role: str
    place: str
    seniority: str
    engagement_type: str
    engagement_assumed: bool
    recommendation: str = ""
    headcount: str = "one"
    need: str = ""
    hours_a_week: Decimal | None
    weeks: Decimal | None
    main: Estimate
    afterwards: Estimate | None = None
    second: Estimate | None = None
    estimates: dict[str, Estimate]
    others: dict[str, Estimate]
    budget: BudgetVerdict
    options: tuple[Option, ...] = ()
    no_option: Message | None = None
    cost: Cost
    time_to_hire: tuple[HireTime, ...] = ()
    search_time: Literal["enough", "short", "unsure"] = "unsure"
    notes: tuple[Message, ...] = ()
    weights: dict[str, str] = {}
    release: str = ""
