"""A decision for other programs: the advert as schema.org JobPosting, the estimate as Occupation.

The vocabulary is that of Schema.org 30. A figure that is a price rather than pay (an agency's bill, a
retainer) is left out: both types mean what the person earns.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from rolematcher.decisions.models import Decision

from .build import content_of
from .shape import Content, DecisionPreview

CONTEXT = "https://schema.org/"
PAY = ("base_pay", "total_pay", "pay_unstated", "pay_rate")
DURATION = {"hour": "PT1H", "day": "P1D", "month": "P1M", "year": "P1Y"}
EMPLOYMENT = {
    "permanent": ("FULL_TIME",),
    "contract": ("CONTRACTOR",),
    "contract_to_hire": ("CONTRACTOR", "FULL_TIME"),
    "freelance_marketplace": ("CONTRACTOR",),
    "embedded_offshore": ("CONTRACTOR",),
    "agency": ("CONTRACTOR",),
}
PART_TIME_BELOW = 30


def job_posting_of(decision: Decision | DecisionPreview) -> dict[str, Any] | None:
    """The job-ad starter as a JobPosting in the active language; None where nobody is to be hired.

    Dated on the day of the decision: whoever publishes it sets the day it goes out.
    """
    content = content_of(decision)
    if not content.hiring:
        return None
    search, money = content.search, decision.money
    posting = {
        "@context": CONTEXT,
        "@type": "JobPosting",
        "title": search.ad.titles[0],
        "description": search.ad.text,
        "datePosted": decision.decided_on.isoformat(),
        "employmentType": _employment(decision),
        "totalJobOpenings": 1,
        "responsibilities": list(search.ad.duties),
        "skills": [skill.skill for skill in search.must_haves],
        "qualifications": list(search.learnable),
        "hiringOrganization": {"@type": "Organization", "name": content.client} if content.client else None,
        "jobLocation": _place(money),
        "jobLocationType": "TELECOMMUTE" if decision.answers.get("remote") == "yes" else None,
        "applicantLocationRequirements": _country(money) if decision.answers.get("remote") == "yes" else None,
        "estimatedSalary": _salary(money["roles"][content.role]),
        "relevantOccupation": {"@type": "Occupation", "name": search.name},
    }
    return _given(posting)


def occupation_of(decision: Decision | DecisionPreview) -> dict[str, Any]:
    """The recommended role as an Occupation with the sourced estimate of what it earns in the market."""
    content = content_of(decision)
    estimate = decision.money["roles"][content.role]
    return _given(
        {
            "@context": CONTEXT,
            "@type": "Occupation",
            "name": content.search.name,
            "description": " ".join(content.search.in_short),
            "responsibilities": list(content.search.responsibilities),
            "skills": [skill.skill for skill in (*content.search.must_haves, *content.search.covered)],
            "occupationLocation": _country(decision.money),
            "estimatedSalary": _salary(estimate),
            "disambiguatingDescription": _stand(content),
        }
    )


def _given(record: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if value not in (None, "", [])}


def _stand(content: Content) -> str:
    """How good the figure is, so that it never travels without its grade and dates."""
    own = content.rates.own
    return (
        f"{content.rates.market}. {own.figure}. {own.grade}: {own.grade_words}. {own.rests_on}."
        if own
        else ""
    )


def _employment(decision: Decision | DecisionPreview) -> list[str]:
    kinds = EMPLOYMENT.get(decision.verdict["basis"], ("OTHER",))
    hours = (decision.answers.get("timeline") or {}).get("hours_a_week")
    if hours and hours < PART_TIME_BELOW:
        return ["PART_TIME" if kind == "FULL_TIME" else kind for kind in kinds]
    return list(kinds)


def _country(money: Mapping[str, Any]) -> dict[str, str] | None:
    """The country of the market; a named group of countries is not one."""
    region = money.get("region") or ""
    return {"@type": "Country", "name": region} if len(region) == 2 else None


def _place(money: Mapping[str, Any]) -> dict[str, Any] | None:
    country = _country(money)
    if country is None:
        return None
    return {"@type": "Place", "address": {"@type": "PostalAddress", "addressCountry": country["name"]}}


def _salary(estimate: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """The range as an amount and the typical figure as the middle of a distribution; None without pay."""
    if estimate["status"] == "none" or estimate["kind"] not in PAY:
        return None
    return [
        {
            "@type": "MonetaryAmountDistribution",
            "name": "base" if estimate["kind"] == "base_pay" else estimate["kind"],
            "currency": estimate["currency"],
            "duration": DURATION[estimate["unit"]],
            "median": _number(estimate["typical"]),
        },
        {
            "@type": "MonetaryAmount",
            "currency": estimate["currency"],
            "value": {
                "@type": "QuantitativeValue",
                "minValue": _number(estimate["low"]),
                "maxValue": _number(estimate["high"]),
                "unitText": estimate["unit"].upper(),
            },
        },
    ]


def _number(amount: str) -> int | float:
    value = Decimal(amount)
    return int(value) if value == value.to_integral_value() else float(value)
