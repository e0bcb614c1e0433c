"""Places a person may work from: ISO 3166 countries, their divisions and named groups, as codes."""

from __future__ import annotations

import re

from .message import Message, say

COUNTRY_CODES = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW
BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI
FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN
IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME
MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF
PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV
SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE
YT ZA ZM ZW
"""
COUNTRIES = frozenset(COUNTRY_CODES.split())
"""ISO 3166-1 alpha-2."""

GROUPS = frozenset(
    {"GLOBAL", "OFFSHORE", "LATAM", "DACH", "EU", "EEA", "MENA", "APAC", "EMEA", "NORDICS", "CEE"}
)
"""Groups of countries that postings name or rates are published for."""

_EU = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
EU_COUNTRIES = frozenset(_EU.split())
PARTLY_EU = frozenset({"DACH", "EU", "EEA", "NORDICS", "CEE"})
"""Groups with members in the European Union: its duties may apply."""

ANYWHERE = frozenset({"GLOBAL", "OFFSHORE", "EMEA"})
"""Groups that leave open which law applies."""

DIVISION = re.compile(r"([A-Z]{2})-[A-Z0-9]{1,3}")
"""ISO 3166-2, such as US-CA; only the country is checked."""

ALSO_WRITTEN = {
    "UK": "GB",
    "USA": "US",
    "UAE": "AE",
    "WORLD": "GLOBAL",
    "WORLDWIDE": "GLOBAL",
    "EUROPE": "EU",
}
"""What people write for a code; asked back, never taken for it."""


def place_read(typed: object) -> str | Message:
    """A place code in capitals: DE, US-CA, LATAM; or what is wrong with it and which code was meant."""
    given = typed.strip() if isinstance(typed, str) and len(typed) < 40 else ""
    code = given.upper()
    division = DIVISION.fullmatch(code)
    if code in COUNTRIES or code in GROUPS or (division and division[1] in COUNTRIES):
        return code
    if code in ALSO_WRITTEN:
        return say("place.meant", typed=code, meant=ALSO_WRITTEN[code])
    return say("place.unknown", typed=given)


def country_of(place: str | None) -> str:
    """The country of a place, "" for a group or none."""
    code = (place or "").partition("-")[0]
    return code if code in COUNTRIES else ""


def market_of(place: str | None) -> str:
    """ "eu", "other", or "unsure" where the place is not known or could be anywhere."""
    if not place or place in ANYWHERE:
        return "unsure"
    return "eu" if country_of(place) in EU_COUNTRIES or place in PARTLY_EU else "other"
