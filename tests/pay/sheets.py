"""Answer sheets and what was settled, for the tests of this room."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from rolematcher.pay.figures import Figures, figures_packaged
from rolematcher.pay.observation import Observation
from rolematcher.pay.report import PayReport
from rolematcher.pay.work_out import pay_report
from rolematcher.rules.answers import Answers, Budget, Timeline

ON = date(2026, 11, 26)


def observation(**changed: Any) -> Observation:
    """One published salary; every column can be changed."""
    row: dict[str, Any] = {
        "role": "ai_engineer",
        "place": "GB",
        "engagement_type": "permanent",
        "seniority": "all",
        "currency": "GBP",
        "unit": "year",
        "kind": "base_pay",
        "low": Decimal(60000),
        "typical": Decimal(80000),
        "high": Decimal(100000),
        "statistic": "median",
        "publisher": "Somebody",
        "interest": "recruiter",
        "as_of": "2026-06",
        "sample": "n=100",
    }
    return Observation.model_validate(row | changed)


def report(
    figures: Figures | None = None,
    *,
    role: str = "ai_engineer",
    recommendation: str = "hire",
    seniority: str = "senior",
    engagement_type: str = "permanent",
    headcount: str = "one",
    need: str = "custom",
    budget: tuple[int | str, str, str] | None = None,
    kind: str | None = None,
    hours: int | None = None,
    weeks: int | None = None,
    **answers: Any,
) -> PayReport:
    """The money of a decision about a senior AI engineer in Britain, with parts changed."""
    held = (
        Budget(amount=Decimal(budget[0]), currency=budget[1], unit=budget[2], kind=kind) if budget else None
    )
    sheet = Answers(
        budget=held,
        timeline=Timeline(hours_a_week=hours, weeks=weeks),
        **{"place": "GB", "remote": "yes", **answers},
    )
    return pay_report(
        figures or figures_packaged(),
        answers=sheet,
        role=role,
        recommendation=recommendation,
        seniority=seniority,
        engagement_type=engagement_type,
        headcount=headcount,
        need=need,
        on=ON,
    )
