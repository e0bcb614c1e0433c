"""The places a person may work from: ISO 3166 alpha-2 codes and the named groups of the rate data."""

from __future__ import annotations

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

GROUPS = frozenset({"GLOBAL", "OFFSHORE", "LATAM", "DACH"})
"""The groups of countries that rate observations are published for."""

EU_CODES = """
AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK
"""
EU_COUNTRIES = frozenset(EU_CODES.split())

EU_GROUPS = frozenset({"DACH"})
"""Groups partly in the European Union: its duties may apply, so they count as the EU market."""

ANYWHERE = frozenset({"GLOBAL", "OFFSHORE"})
"""Groups that leave open which law applies."""

REGIONS = COUNTRIES | GROUPS

ALSO_WRITTEN = {"UK": "GB", "USA": "US", "UAE": "AE", "WORLD": "GLOBAL", "WORLDWIDE": "GLOBAL"}
"""What people write for a region; asked back, never taken for it."""


def market_of(region: str | None) -> str:
    """ "eu", "other", or "unsure" where the region is not known or could be anywhere."""
    if not region or region in ANYWHERE:
        return "unsure"
    return "eu" if region in EU_COUNTRIES or region in EU_GROUPS else "other"
