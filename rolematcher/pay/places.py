"""Places: what pay is quoted in there, how rich it is, and the group it belongs to."""

from __future__ import annotations

from rolematcher.pay.observation import GROUPS
from rolematcher.values.currencies import currency_of as currency_used_in
from rolematcher.values.frozen import Frozen
from rolematcher.values.places import COUNTRIES

_LATIN = "AR BO BR CL CO CR DO EC GT HN MX NI PA PE PR PY SV UY VE"
MEMBERS = {"LATAM": frozenset(_LATIN.split()), "DACH": frozenset({"DE", "AT", "CH"})}
"""Groups that observations are published for. GLOBAL and OFFSHORE leave the place open."""
PAYROLL_PLACES = frozenset({"US", "CA"})
DIVIDED = frozenset({"US", "CA", "GB", "DE", "AU", "IN"})
"""Countries whose first-level divisions ("US-CA") may be given."""

_AGREED_IN = {"UA": "USD", "PA": "USD"}
"""Where engineers agree their pay in another money than the country's own, and surveys ask for it."""
_BY_MONTH = """
PL RU UA BY KZ BR VN TH ID PH MY CN TW HK MX CO AR CL PE RO BG HU CZ RS EG MA TN PK BD LK NG KE GH AE SA QA KW
OM BH JO LB TR UZ AM GE AZ MD KG EC UY PY BO CR GT SG IL
"""
_MONTHLY = frozenset(_BY_MONTH.split())
"""Where a salary is quoted by the month."""
_BY_HOUR, _BY_DAY = "US CA IL DE AT CH NL DACH LATAM", "CZ SG HK HU RO"
_CONTRACT_UNIT = (
    dict.fromkeys(_BY_HOUR.split(), "hour")
    | dict.fromkeys(_BY_DAY.split(), "day")
    | dict.fromkeys(("JP", "KR", "IN"), "month")
)
_HOURLY = ("freelance_marketplace", "embedded_offshore", "agency", "contract_payroll")


class Place(Frozen):
    """Income of a place: per head in dollars by exchange rate and by purchasing power, and its region."""

    code: str
    region: str
    gdp_ppp: float
    gdp_nominal: float
    price_level: float = 0.0


def currency_of(place: str, engagement_type: str = "permanent") -> str:
    """The currency pay is quoted in at a place (country, division or group); "" for an unknown place.

    Marketplaces and overseas suppliers price in dollars everywhere.
    """
    if engagement_type in ("freelance_marketplace", "embedded_offshore"):
        return "USD"
    country = country_of(place)
    known = country in COUNTRIES or country in GROUPS
    return _AGREED_IN.get(country, currency_used_in(country) or "USD") if known else ""


def country_of(place: str) -> str:
    """The country of a division ("US-CA" is in US); anything else is itself."""
    return place.partition("-")[0]


def is_place(place: str) -> bool:
    """Whether figures can be asked for: a country, a division of a divided one, or a group."""
    country, _, division = place.partition("-")
    if division:
        return country in DIVIDED and division.isalnum() and len(division) <= 3
    return country in COUNTRIES or country in GROUPS


def unit_of(place: str, engagement_type: str) -> str:
    """The unit a figure is quoted in at a place: salaries by year or month, contracts by day or hour."""
    country = country_of(place)
    if engagement_type in _HOURLY:
        return "hour"
    if engagement_type == "permanent":
        return "month" if country in _MONTHLY else "year"
    return _CONTRACT_UNIT.get(country) or ("month" if country in _MONTHLY else "day")
