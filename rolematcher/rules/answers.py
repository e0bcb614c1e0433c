"""What people answered: the one class of form, draft, link, API, CSV row and command."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import ConfigDict

from rolematcher.values.frozen import Frozen

Unit = Literal["hour", "day", "week", "month", "year", "project"]


class Budget(Frozen):
    """What may be spent: `amount`, up to `high` where a range was given, in `currency` per `unit`.

    `kind` is "pay" (pay only) or "total" (everything included); None follows from the type of contract.
    """

    amount: Decimal
    high: Decimal | None = None
    currency: str
    unit: Unit
    kind: Literal["pay", "total"] | None = None


class Timeline(Frozen):
    """By when, for how long, how many hours a week, how many weeks; each None where not known."""

    needed_by: date | None = None
    lasts: Literal["one_off", "3_to_12_months", "ongoing", "unsure"] = "unsure"
    hours_a_week: int | None = None
    weeks: int | None = None


class Answers(Frozen):
    """One answer sheet. A choice nobody made is "unsure" ("open" and "undecided" where that is the word).

    `team` is None when not sure, empty when nobody. `trade` says whom the work belongs to where `work` is
    "other". Questions that an edition adds stand as further keys (ticks parted by commas); `answers_read`
    refuses every key the edition does not ask.
    """

    model_config = ConfigDict(frozen=True, extra="allow")
    __pydantic_extra__: dict[str, str]

    work: str = "unsure"
    trade: str = "unsure"
    evidence: str = "unsure"
    team: tuple[str, ...] | None = None
    team_hours: int | None = None
    data: str = "unsure"
    wish: str = "unsure"
    app: str = "unsure"
    platform: str = "unsure"
    stage: str = "unsure"
    sensitivity: str = "unsure"
    harm: str = "unsure"
    budget: Budget | None = None
    place: str | None = None
    remote: str = "unsure"
    engagement_type: str = "open"
    timeline: Timeline | None = None
    lead: str = "unsure"
    maintainer: str = "undecided"
    must_haves: tuple[str, ...] = ()
    success: tuple[str, ...] = ()
    description: str = ""
    client: str = ""
    project: str = ""
