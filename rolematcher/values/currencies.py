"""Currencies: the ISO 4217 codes in use, the signs and words people write for them, and the pattern of all.

In: what was written, or a place. Out: a code, "" where it is none or several currencies share it.
"""

from __future__ import annotations

import re

from babel.numbers import get_territory_currencies

from .places import country_of

CODES = """
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF
CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD
HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL
LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP
PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT
TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
"""
CURRENCIES = tuple(CODES.split())
"""BGN is left out: Bulgaria has used the euro since 1 January 2026. XCG took over from ANG in 2025."""

EVERYDAY = frozenset(["ALL", "TOP", "TRY", "CUP", "MOP", "SOS", "PEN", "COP", "MAD", "BAM", "GEL", "LAK"])
"""Codes that are words too: taken for money only in capitals, the first two in a money field alone."""

SIGNS = {
    "US$": "USD", "USD$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "CAD$": "CAD",
    "NZ$": "NZD", "S$": "SGD", "SG$": "SGD", "HK$": "HKD", "NT$": "TWD", "MX$": "MXN", "R$": "BRL",
    "$": "USD", "＄": "USD", "€": "EUR", "£": "GBP", "₹": "INR", "¥": "JPY", "₪": "ILS", "₴": "UAH",
    "₱": "PHP", "₩": "KRW", "₦": "NGN", "₫": "VND", "฿": "THB", "₺": "TRY", "₽": "RUB", "₡": "CRC",
    "₲": "PYG", "₵": "GHS", "₸": "KZT", "₾": "GEL", "₼": "AZN", "₭": "LAK", "₮": "MNT", "֏": "AMD",
    "৳": "BDT", "៛": "KHR", "zł": "PLN", "Kč": "CZK",
}  # fmt: skip
"""A bare $ is taken for US dollars; `Amount.sign` keeps it, so that a place may say otherwise."""

WORDS = {
    "euros?": "EUR", "eur": "EUR", "us[ -]?dollars?": "USD", "dollars?": "USD", "bucks": "USD",
    "pounds?(?: sterling)?": "GBP", "quid": "GBP", "rupees?": "INR", r"rs\.?": "INR", r"inr\.?": "INR",
    "dirhams?": "AED", "dhs?": "AED", "swiss francs?": "CHF", "schweizer franken": "CHF", "franken": "CHF",
    r"s?fr\.?": "CHF", "zlot(?:y|ys|ych|e)": "PLN", "złot(?:y|ych|e)": "PLN", "yen": "JPY", "yuan": "CNY",
    "renminbi": "CNY", "rmb": "CNY", "hryvnias?": "UAH", "shekels?": "ILS", "nis": "ILS", "reais": "BRL",
    "ringgits?": "MYR", "naira": "NGN", "baht": "THB", "forints?": "HUF", "rands?": "ZAR",
    "canadian dollars?": "CAD", "australian dollars?": "AUD", "singapore dollars?": "SGD",
    "swedish kron(?:a|or)": "SEK", "norwegian kroner": "NOK", "danish kroner": "DKK",
    "philippine pesos?": "PHP", "mexican pesos?": "MXN", "riyals?": "SAR",
}  # fmt: skip
"""Words as patterns, matched whole and in any case."""

SHARED_WORDS = ("kr", r"kr\.", "kronor", "kroner", "kronas?", "pesos?", "francs?")
"""Words that several currencies share: an amount in them is understood, its currency is not."""

_USUAL = {"BG": "EUR", "DACH": "EUR", "EU": "EUR", "EEA": "EUR"}
_USUAL |= {"GLOBAL": "USD", "LATAM": "USD", "OFFSHORE": "USD"}
"""Of groups, and of Bulgaria, whose change the library does not know yet."""

_SIGN = "|".join(sorted(map(re.escape, SIGNS), key=len, reverse=True))
_CODE = "|".join(code for code in CURRENCIES if code not in EVERYDAY)
_CAPITALS = "|".join(code for code in CURRENCIES if code in EVERYDAY - {"ALL", "TOP"})
_RAND = r"(?-i:R)(?=[ ]?(?:[0-9]{1,3}(?:[ ,][0-9]{3})+|[0-9]{4,}))"
"""The R of South Africa, only before thousands: many things are called R2."""
_WORD = "|".join((*WORDS, *SHARED_WORDS))
CURRENCY = (
    rf"(?:{_SIGN}|(?:(?<![^\W\d_])|(?<=[0-9 ][tk]))"
    rf"(?:{_WORD}|{_CODE}|RM|{_RAND}|(?-i:{_CAPITALS}))(?![^\W\d_]))"
)
"""Used inside patterns that ignore case. Words and codes stand alone, but for TEUR; signs may touch."""

_BY_WORD = tuple((re.compile(shape, re.IGNORECASE), code) for shape, code in WORDS.items())
_BY_SIGN = {sign.casefold(): code for sign, code in SIGNS.items()} | {"rm": "MYR", "r": "ZAR"}


def currency_of(place: str | None) -> str:
    """The currency that is usual in a place, "" where none is."""
    country = country_of(place)
    used = get_territory_currencies(country) if country else []
    return next((code for code in used if code in CURRENCIES), _USUAL.get(country or place or "", ""))


def currency_named(sign: str) -> str:
    """The ISO code of a sign, word or code as written; "" where none or several currencies share it."""
    if not sign:
        return ""
    if sign.upper() in CURRENCIES:
        return sign.upper()
    if sign.casefold() in _BY_SIGN:
        return _BY_SIGN[sign.casefold()]
    return next((code for shape, code in _BY_WORD if shape.fullmatch(sign)), "")
