"""The words for ids, amounts and dates, in the active language: one name per thing, everywhere."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from babel import Locale
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from rolematcher.packaged import packaged_text

ROLES = ("ai_engineer", "ml_engineer", "automation_specialist")
HIRING = ("hire", "hire_then_review", "hire_pair")
"""Recommendations in which somebody is searched for now."""

ROLE = {
    "ai_engineer": lazy("AI engineer"),
    "ml_engineer": lazy("ML engineer"),
    "automation_specialist": lazy("automation specialist"),
    "none": lazy("none of the three roles"),
}
A_ROLE = {
    "ai_engineer": lazy("an AI engineer"),
    "ml_engineer": lazy("an ML engineer"),
    "automation_specialist": lazy("an automation specialist"),
    "none": lazy("none of the three roles"),
}
RECOMMENDATION = {
    "hire": lazy("hire"),
    "hire_then_review": lazy("hire, then review"),
    "hire_pair": lazy("hire a pair"),
    "use_team": lazy("use your own team"),
    "buy": lazy("buy"),
    "collect_data": lazy("collect data first"),
    "ask_first": lazy("ask first"),
    "look_elsewhere": lazy("look for another trade"),
}
SENIORITY = {
    "junior": lazy("junior"),
    "mid": lazy("mid-level"),
    "senior": lazy("senior"),
    "all": lazy("all levels"),
}
ENGAGEMENT_TYPE = {
    "permanent": lazy("permanent"),
    "contract": lazy("contract"),
    "contract_to_hire": lazy("contract to hire"),
    "freelance_marketplace": lazy("freelancer from a marketplace"),
    "agency": lazy("agency"),
    "embedded_offshore": lazy("overseas, through a supplier"),
    "contract_payroll": lazy("contract on an agency's payroll"),
    "open": lazy("open"),
    "none": lazy("nobody is hired"),
}
BY_ENGAGEMENT_TYPE = {
    "permanent": lazy("permanently employed"),
    "contract": lazy("on contract"),
    "contract_to_hire": lazy("on contract to hire"),
    "freelance_marketplace": lazy("as a freelancer"),
    "agency": lazy("through an agency"),
    "embedded_offshore": lazy("overseas, through a supplier"),
    "contract_payroll": lazy("on contract, on an agency's payroll"),
}
"""How somebody is engaged, as it stands in a sentence: hire her permanently, on contract ..."""
STATUS = {
    "sourced": lazy("published figures"),
    "derived": lazy("worked out from a published figure"),
    "worldwide": lazy("worldwide figure"),
    "modelled": lazy("modelled range"),
    "none": lazy("no figure"),
}
"""What a pay figure is."""
UNIT = {
    "hour": lazy("an hour"),
    "day": lazy("a day"),
    "week": lazy("a week"),
    "month": lazy("a month"),
    "year": lazy("a year"),
    "project": lazy("for the whole project"),
}
KIND = {
    "base_pay": lazy("base pay"),
    "total_pay": lazy("total pay"),
    "pay_unstated": lazy("pay (base or total not said)"),
    "pay_rate": lazy("pay rate"),
    "bill_rate": lazy("bill rate"),
    "posted_budget": lazy("budget posted by clients"),
    "retainer": lazy("retainer"),
}
NUMBERS = (
    lazy("no"),
    lazy("one"),
    lazy("two"),
    lazy("three"),
    lazy("four"),
    lazy("five"),
    lazy("six"),
    lazy("seven"),
    lazy("eight"),
    lazy("nine"),
    lazy("ten"),
    lazy("eleven"),
    lazy("twelve"),
)
NO_FIGURE = lazy("no figure")
NOT_SURE = lazy("not sure")


GROUPS = {
    "GLOBAL": lazy("Worldwide"),
    "OFFSHORE": lazy("overseas, country not stated"),
    "LATAM": lazy("Latin America"),
    "DACH": lazy("Germany, Austria and Switzerland"),
    "EU": lazy("European Union"),
}


def recommended_first(role: str) -> list[str]:
    """The three roles, this one first."""
    return [role, *(other for other in ROLES if other != role)]


def said(text: str) -> str:
    """A text of the rulebook or the role profiles in the active language.

    Also several of them joined by the engine: ticked answers by a comma, a question and its tick by a colon.
    """
    if not text:
        return ""
    exact = _(text)
    if exact != text:
        return exact
    for joint in (": ", ", "):
        parts = text.split(joint)
        spoken = [_(part) for part in parts]
        if len(parts) > 1 and all(one != other for one, other in zip(parts, spoken, strict=True)):
            return joint.join(spoken)
    return text


def place_name(place: str) -> str:
    """A country, division or group in the active language: "US-CA" is "California, United States"."""
    country, _dash, division = place.partition("-")
    if place in GROUPS:
        return str(GROUPS[place])
    locale = Locale.parse(get_language() or "en", sep="-")
    name = locale.territories.get(country, country)
    return f"{division_name(place) or division}, {name}" if division else name


@cache
def divisions() -> dict[str, dict[str, str]]:
    """The divisions that have a name, by code: the rows of `data/divisions.csv` (code, en, de)."""
    return {row["code"]: row for row in csv.DictReader(packaged_text("divisions.csv").splitlines())}


def division_name(place: str) -> str:
    """A division alone in the active language, "" where it has no name."""
    row = divisions().get(place, {})
    return row.get(get_language() or "", "") or row.get("en", "")


def quoted(text: str) -> str:
    """A text in the quotation marks of the active language."""
    return _("“%(text)s”") % {"text": text}


def number_words(count: int) -> str:
    """Small numbers as words, larger as digits."""
    return str(NUMBERS[count]) if 0 <= count < len(NUMBERS) else str(count)


def digits(amount: str | Decimal) -> str:
    """An amount with thousands marked; decimals only where it has any."""
    value = Decimal(amount)
    places = 0 if value == value.to_integral_value() else 2
    return number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)


def money_range(low: str | Decimal, high: str | Decimal, currency: str, unit: str = "") -> str:
    """A range with currency and unit; one amount where both ends are equal."""
    span = f"{currency}\u00a0{digits_range(low, high)}"
    return f"{span} {UNIT[unit]}" if unit else span


def digits_range(low: str | Decimal, high: str | Decimal) -> str:
    """A range alone; one amount where both ends are equal."""
    return digits(low) if Decimal(low) == Decimal(high) else f"{digits(low)}\u2013{digits(high)}"


def day_words(day: date | datetime) -> str:
    """A date as people write it."""
    return date_format(day, pgettext("date format", "j F Y"))


def as_of_words(text: str | None) -> str:
    """A printed date with the precision it was printed with: 2026, June 2026 or 5 June 2026."""
    parts = (text or "").split("-")
    try:
        if len(parts) == 3:
            return day_words(date.fromisoformat(text or ""))
        if len(parts) == 2:
            return date_format(date(int(parts[0]), int(parts[1]), 1), pgettext("month format", "F Y"))
    except ValueError:
        pass
    return text or _("no date")


def from_to(oldest: str | None, newest: str | None) -> str:
    """The dates of the oldest and newest source; one where it is the same or, as 2026, holds the other."""
    if not oldest or (newest or "").startswith(oldest):
        return as_of_words(oldest or newest)
    return _("%(oldest)s to %(newest)s") % {"oldest": as_of_words(oldest), "newest": as_of_words(newest)}


def listed(items: Iterable[str]) -> str:
    """Items as a person would list them: a, b and c."""
    words = [str(item) for item in items]
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def upper_first(text: str) -> str:
    """The text with a capital at its start, the rest untouched."""
    return text[:1].upper() + text[1:]
