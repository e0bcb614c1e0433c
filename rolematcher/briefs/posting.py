"""A decision for job boards: the advert as schema.org JobPosting, the estimate as Occupation (Schema.org 30).

`baseSalary` only where `pay` says that a figure is what a person earns.
"""

from __future__ import annotations

from rolematcher.decisions.decided import Decided
from rolematcher.editions.services import text_said
from rolematcher.pay.advert import advert_range, may_be_called_pay
from rolematcher.pay.report import Estimate
from rolematcher.roles.profile import Codes
from rolematcher.values.message import Money
from rolematcher.web.names import ROLE, upper_first

from .content.advert import advert_of
from .content.advice import Advice

CONTEXT = "https://schema.org/"
UNIT = {"hour": "HOUR", "day": "DAY", "week": "WEEK", "month": "MONTH", "year": "YEAR"}
DURATION = {"hour": "PT1H", "day": "P1D", "week": "P1W", "month": "P1M", "year": "P1Y"}
EMPLOYMENT = {"permanent": ("FULL_TIME",), "contract_to_hire": ("CONTRACTOR", "FULL_TIME")}
PART_TIME_BELOW = 30
Record = dict[str, object]


def job_posting_of(decided: Decided) -> Record | None:
    """The advert as a JobPosting in the active language; None where nobody is to be hired.

    Only must-haves stand under `qualifications`; what can be learned is in the description alone.
    """
    advice = Advice(decided, "client")
    advert, fitted = advert_of(advice), advice.fitted
    if not advice.hiring or advert is None or fitted is None:
        return None
    answers = decided.answers_typed
    remote, client = answers.remote == "yes", {"@type": "Organization", "name": answers.client}
    return _given(
        {
            "@context": CONTEXT,
            "@type": "JobPosting",
            "title": advert.titles[0],
            "description": advert.text,
            "datePosted": decided.decided_on.isoformat(),
            "employmentType": _employment(advice),
            "totalJobOpenings": 1,
            "responsibilities": [text_said(duty) for duty in fitted.duties],
            "qualifications": [text_said(one.skill) for one in fitted.must_haves],
            "hiringOrganization": client if answers.client else None,
            "jobLocation": _location(answers.place),
            "jobLocationType": "TELECOMMUTE" if remote else None,
            "applicantLocationRequirements": _country(answers.place) if remote else None,
            "baseSalary": _base_salary(advert_range(decided.pay_typed) if advice.as_decided else None),
            "occupationalCategory": _categories(fitted.profile.codes),
            "relevantOccupation": {"@type": "Occupation", "name": upper_first(str(ROLE[advice.role]))},
        }
    )


def occupation_of(decided: Decided) -> Record | None:
    """The role with what it earns as an Occupation; None for work none of the three roles does."""
    advice = Advice(decided, "client")
    fitted, estimate = advice.fitted, advice.estimate
    if fitted is None or estimate is None:
        return None
    return _given(
        {
            "@context": CONTEXT,
            "@type": "Occupation",
            "name": upper_first(str(ROLE[advice.role])),
            "description": " ".join(text_said(line) for line in fitted.profile.in_short),
            "responsibilities": [text_said(line) for line in fitted.profile.responsibilities.items],
            "skills": [text_said(one.skill) for one in (*fitted.must_haves, *fitted.covered)],
            "occupationLocation": _country(decided.answers_typed.place),
            "occupationalCategory": _categories(fitted.profile.codes),
            "estimatedSalary": _estimated(estimate) if may_be_called_pay(estimate) else None,
        }
    )


def _given(record: Record) -> Record:
    return {key: value for key, value in record.items() if value not in (None, "", [])}


def _employment(advice: Advice) -> list[str]:
    kinds = EMPLOYMENT.get(advice.verdict.engagement_type, ("CONTRACTOR",))
    timeline = advice.answers.timeline
    hours = timeline.hours_a_week if timeline else None
    part_time = hours and hours < PART_TIME_BELOW
    return ["PART_TIME" if part_time and kind == "FULL_TIME" else kind for kind in kinds]


def _country(place: str | None) -> Record | None:
    """The country of a place; a named group of countries is not one."""
    country = (place or "").partition("-")[0]
    return {"@type": "Country", "name": country} if len(country) == 2 and country.isupper() else None


def _location(place: str | None) -> Record | None:
    country, region = _country(place), (place or "").partition("-")[2]
    if country is None:
        return None
    address = {"@type": "PostalAddress", "addressCountry": country["name"], "addressRegion": region}
    return {"@type": "Place", "address": _given(address)}


def _base_salary(money: Money | None) -> Record | None:
    if money is None or money.unit not in UNIT:
        return None
    value = {
        "@type": "QuantitativeValue",
        "unitText": UNIT[money.unit],
        "minValue": float(money.amount),
        "maxValue": float(money.high if money.high is not None else money.amount),
    }
    return {"@type": "MonetaryAmount", "currency": money.currency, "value": value}


def _estimated(estimate: Estimate) -> list[Record] | None:
    if estimate.low is None or estimate.high is None or estimate.unit not in DURATION:
        return None
    found: Record = {
        "@type": "MonetaryAmountDistribution",
        "name": "base" if estimate.kind == "base_pay" else "pay",
        "currency": estimate.currency,
        "duration": DURATION[estimate.unit],
        "percentile10": float(estimate.low),
        "percentile90": float(estimate.high),
        "median": float(estimate.typical) if estimate.typical is not None else None,
    }
    return [_given(found)]


def _categories(codes: Codes) -> list[Record]:
    """O*NET, ESCO and ISCO codes with their titles."""
    named = [*(("O*NET-SOC", one) for one in codes.onet), ("ESCO", codes.esco), ("ISCO-08", codes.isco)]
    return [
        {"@type": "CategoryCode", "inCodeSet": name, "codeValue": one.code, "name": one.title}
        for name, one in named
    ]
