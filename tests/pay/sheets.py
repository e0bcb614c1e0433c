"""Answer sheets and what was settled, for the tests of this room."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from typing import Any

from rolematcher.pay.asked import NOBODY
from rolematcher.pay.figures import figures_packaged
from rolematcher.pay.observation import ENGAGEMENT_TYPES, ROLES, Observation
from rolematcher.pay.places import COUNTRIES
from rolematcher.pay.report import PayReport
from rolematcher.pay.work_out import pay_report
from rolematcher.rules import shipped_rulebook
from rolematcher.rules.answers import Answers
from rolematcher.rules.decide import Settled

ON = date(2026, 11, 26)
SETTLED = {
    "role": "ai_engineer",
    "recommendation": "hire",
    "seniority": "senior",
    "engagement_type": "permanent",
    "headcount": "one",
    "need": "custom",
}
UNITS = ("hour", "day", "week", "month", "year", "project")
SUMS = {
    "hour": (5, 300),
    "day": (40, 2000),
    "week": (200, 9000),
    "month": (500, 30000),
    "year": (8000, 400000),
}


PUBLISHED = Observation(
    role="ai_engineer",
    place="GB",
    engagement_type="permanent",
    currency="GBP",
    unit="year",
    kind="base_pay",
    low=Decimal(60000),
    typical=Decimal(80000),
    high=Decimal(100000),
    statistic="median",
    publisher="Somebody",
    interest="recruiter",
    as_of="2026-06",
    sample="n=100",
)


def observation(**changed: Any) -> Observation:
    """One published salary; every column can be changed."""
    return PUBLISHED.replaced(**changed)


def worked_out(answers: dict[str, Any], **settled: str) -> PayReport:
    """The money of answers and of what was settled."""
    decided = Settled(shipped_rulebook(), {}, {}, {}, **settled)
    return pay_report(figures_packaged(), answers=Answers.model_validate(answers), settled=decided, on=ON)


def report(
    *,
    budget: tuple[int | str, str, str] | None = None,
    kind: str | None = None,
    hours: int | None = None,
    weeks: int | None = None,
    **changed: Any,
) -> PayReport:
    """The money of a decision about a senior AI engineer in Britain, with parts of it changed."""
    settled = SETTLED | {name: changed.pop(name) for name in SETTLED if name in changed}
    amount, currency, unit = budget or (0, "", "")
    sheet = {
        "budget": {"amount": amount, "currency": currency, "unit": unit, "kind": kind} if budget else None,
        "timeline": {"hours_a_week": hours, "weeks": weeks},
        "place": "GB",
        "remote": "yes",
        **changed,
    }
    return worked_out(sheet, **settled)


def random_report(chance: random.Random) -> PayReport:
    """The money of a decision with everything about it left to chance."""
    unit = chance.choice(UNITS)
    amount = chance.choice((chance.randint(*SUMS.get(unit, (500, 200000))),) * 9 + (0, 10**15))
    budget = {
        "amount": amount,
        "high": amount * chance.choice((2, Decimal("0.5"))) if chance.random() < 0.2 else None,
        "currency": chance.choice(("USD", "EUR", "GBP", "INR", "PLN", "SEK", "BRL", "NGN", "KWD")),
        "unit": unit,
        "kind": chance.choice(("pay", "total", None)),
    }
    lead = ["US", "GB", "DE", "IN", "CA", "UA", "US-CA", "FR", "PL", "LATAM", "PH", "EU", "XX"]
    timelines = (
        None,
        {"needed_by": date(2027, 1, 15)},
        {"hours_a_week": chance.choice((8, 20, 40)), "weeks": chance.choice((None, 3, 26))},
        {"weeks": 12},
    )
    answers = {
        "budget": None if chance.random() < 0.1 else budget,
        "place": chance.choice([None, *lead, *chance.sample(sorted(COUNTRIES), 6)]),
        "remote": chance.choice(("yes", "no", "partly", "unsure")),
        "sensitivity": chance.choice(("public", "internal", "confidential", "must_stay_inside", "unsure")),
        "team_hours": chance.choice((None, 5, 20)),
        "timeline": chance.choice(timelines),
    }
    recommendation = chance.choice((*["hire"] * 4, "hire_then_review", "hire_pair", *NOBODY))
    return worked_out(
        answers,
        role="none" if recommendation == "look_elsewhere" else chance.choice(ROLES),
        recommendation=recommendation,
        seniority=chance.choice(("junior", "mid", "senior", "unsure")),
        engagement_type=chance.choice((*ENGAGEMENT_TYPES, "contract_to_hire", "open")),
        headcount="pair" if recommendation == "hire_pair" else "none" if recommendation in NOBODY else "one",
        need=chance.choice(("existing", "custom")),
    )
