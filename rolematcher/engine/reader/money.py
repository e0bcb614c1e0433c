"""Read the budget or pay out of a text. In: the text. Out: `Money` (a range kept as one) or None.

Every amount with a currency is a candidate; what stands around it says whether it is what the work pays.
Funding rounds, turnover, learning allowances and prices of tools are money too, and are passed over.
All patterns are bounded, so a text made of digits costs no more than any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

SIGNS = {
    "US$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "NZ$": "NZD", "S$": "SGD",
    "HK$": "HKD", "R$": "BRL", "$": "USD", "€": "EUR", "£": "GBP", "₹": "INR", "RS": "INR", "RS.": "INR",
    "¥": "JPY", "₪": "ILS", "₴": "UAH", "₱": "PHP", "ZŁ": "PLN", "EURO": "EUR", "EUROS": "EUR",
    "DOLLARS": "USD", "POUNDS": "GBP", "RUPEES": "INR", "DIRHAMS": "AED", "DHS": "AED",
}  # fmt: skip
CODES = (
    "USD", "EUR", "GBP", "INR", "CAD", "AUD", "AED", "PLN", "CHF", "SEK", "NOK", "DKK", "SGD", "NZD", "ILS",
    "UAH", "PHP", "MXN", "COP", "BRL", "ZAR", "PKR", "JPY", "HKD", "CZK", "HUF", "RON", "SAR",
)  # fmt: skip
"""Codes looked for in texts: the common ones that are no everyday words (as TRY, ALL and TOP are)."""
_SIGN = "|".join(sorted(map(re.escape, SIGNS), key=len, reverse=True))
_MONEY = rf"(?:{_SIGN}|{'|'.join(CODES)})"
_GROUPED = r"[0-9]{1,3}(?:[,.' \u00a0][0-9]{2,3}(?![0-9])){1,3}(?:\.[0-9]{1,2}(?![0-9]))?"
_NUMBER = rf"{_GROUPED}|[0-9]{{1,9}}(?:[.,][0-9]{{1,2}}(?![0-9]))?"
_SCALE = r"(?:lakhs?|lacs?|lpa|l\.p\.a\.?|crores?|cr|k|mm|mn|million|billion|bn|m|b|l)(?![a-z])"
_SPACE = r"[ \u00a0]?"
AMOUNT = re.compile(
    rf"(?<![\w.,])(?P<before>{_MONEY})?{_SPACE}(?P<low>{_NUMBER}){_SPACE}(?P<low_scale>{_SCALE})?{_SPACE}"
    rf"(?P<middle>{_MONEY}(?![a-z]))?"
    rf"(?:{_SPACE}(?P<per_low>/ ?h(?:ou)?rs?|/ ?yr|/ ?year|/ ?day)?{_SPACE}(?:-|–|—|‐|to|and|bis|à){_SPACE}"
    rf"(?P<before_high>{_MONEY})?{_SPACE}(?P<high>{_NUMBER}){_SPACE}(?P<high_scale>{_SCALE})?)?"
    rf"\+?{_SPACE}(?P<after>{_MONEY}(?![a-z]))?",
    re.IGNORECASE,
)
_A = r"(?:/|per|an?|each|every|p\.?/?|pro|im|je|por|al|par|por)? ?"
PER = re.compile(
    r"[ ,(]{0,3}(?:usd|eur|gbp|euros?|dollars?|gross|brutto|netto|brut|base|fixed)?[ ,)]{0,2}"
    rf"(?:(?P<hour>{_A}(?:hours?|hourly|hr|h|stunde|heure|hora)\b)"
    rf"|(?P<day>{_A}(?:days?|daily|tag|jour|día|p\.?d)\b)"
    rf"|(?P<week>{_A}(?:weeks?|weekly|wk)\b)"
    rf"|(?P<month>{_A}(?:months?|monthly|mo|pm|monat|mois|mes)\b)"
    rf"|(?P<year>{_A}(?:years?|yearly|yr|annum|annually|annual|pa|p\.a\.?|jahr|an|año)\b)"
    r"|(?P<project>(?:/|per|for)? ?(?:the )?(?:whole )?"
    r"(?:fixed|flat|total|project|in total|all in|one-time|lump sum)\b))",
    re.IGNORECASE,
)
GOOD = re.compile(
    r"budget|salar|rate|compensat|\bpays?\b|paid|pay range|remunerat|fixed|hourly|base|\bote\b|ctc"
    r"|quote|offer"
    r"|price",
    re.IGNORECASE,
)
BAD = re.compile(
    r"rais(?:ed|ing)|funding|funded|series [a-e]\b|revenue|turnover|\barr\b|valuation|valued|investor|saved?"
    r"|saving|gmv|assets|worth|quota|loan|invoices? (?:over|above|under)|orders? (?:over|above)|users? pay"
    r"|customers? pay|subscription|learning|education|wellness|allowance|referral|sign-?on|bonus|home office"
    r"|stipend|conference|spend|cost of|costs us|per seat|per call|per lead|prize|market",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"[.!?;]\s+(?=[A-Z])")
RATE_WORD = re.compile(r"hourly|per hour|/ ?hr|rate", re.IGNORECASE)
DAY_WORD = re.compile(r"day rate|daily rate|per diem", re.IGNORECASE)
YEAR_WORD = re.compile(
    r"salar|annual|base pay|base salary|compensation|\bctc\b|per annum|\bote\b|pay range", re.IGNORECASE
)
PROJECT_WORD = re.compile(r"budget|fixed|flat|total|project", re.IGNORECASE)
THOUSAND, LAKH, CRORE, MILLION = Decimal(1_000), Decimal(100_000), Decimal(10_000_000), Decimal(1_000_000)
FROM_YEARLY, TO_HOURLY = Decimal(15_000), Decimal(400)
"""A bare figure from 15,000 on beside a salary word is a year's; up to 400 beside "rate" it is an hour's."""
LOOK_BACK, LOOK_ON = 48, 40
KEPT = ("hour", "day", "month", "year", "project")
"""The periods a budget can have in the form; weekly pay is not suggested."""
MOST = Decimal(200_000_000)
MOST_AMOUNTS = 400
"""Numbers looked at in one text; an advertisement has a handful."""
PERIODS = ("hour", "day", "week", "month", "year", "project")


@dataclass(frozen=True, slots=True)
class Money:
    """What the text says the work pays: `low` and `high` are equal for a single figure."""

    low: Decimal
    high: Decimal
    currency: str
    per: str
    start: int
    end: int
    sure: bool
    """The currency and the period were both written next to the figure."""


def money_of(text: str) -> Money | None:
    """The likeliest pay or budget in the text, or None. The first of equals wins."""
    found = sorted(_candidates(text), key=lambda pair: -pair[0])
    return found[0][1] if found else None


def _candidates(text: str) -> Iterator[tuple[float, Money]]:
    for match in islice(AMOUNT.finditer(text), MOST_AMOUNTS):
        currency = _currency(match)
        if not currency:
            continue
        low, high = _bounds(match)
        if not low or high > MOST:
            continue
        start = match.start("before") if match["before"] else match.start("low")
        line_start = text.rfind("\n", max(0, start - LOOK_BACK), start) + 1
        before = SENTENCE_END.split(text[max(line_start, start - LOOK_BACK) : start])[-1]
        after = text[match.end() : match.end() + LOOK_ON].partition("\n")[0]
        per, end = _period(match, after)
        score = 3.0 * bool(per) + 2.0 * bool(GOOD.search(before)) + bool(GOOD.search(after))
        score -= 4.0 * bool(BAD.search(before)) + 4.0 * bool(BAD.search(after[end : end + 24]))
        sure = bool(per)
        if not per:
            per = _guessed_period(before, after, high, match)
            score += 1.0 * _like_salary(match, low, high)
        if per in KEPT and score >= 1.0:
            stop = start + len(text[start : match.end() + end].rstrip())
            yield score, Money(low, high, currency, per, start, stop, sure)


def _like_salary(match: re.Match[str], low: Decimal, high: Decimal) -> bool:
    """Lakhs, or a range in thousands of the size of a year's pay: hardly anything else is written so."""
    scale = (match["high_scale"] or match["low_scale"] or "").lower()
    return scale.startswith("l") or (scale == "k" and FROM_YEARLY <= low < high <= 40 * FROM_YEARLY)


def _currency(match: re.Match[str]) -> str:
    """The currency code; Indian number words carry theirs along."""
    for name in ("before", "before_high", "after", "middle"):
        sign = match[name]
        if sign:
            upper = sign.upper()
            code = SIGNS.get(upper, upper)
            later = (match["after"] or match["middle"] or "").upper()
            return later if code == "USD" and later in CODES else code
    scale = (match["high_scale"] or match["low_scale"] or "").lower()
    return "INR" if scale.startswith(("lpa", "l.p", "lakh", "lac")) else ""


def _bounds(match: re.Match[str]) -> tuple[Decimal, Decimal]:
    """Low and high in full units: "80-100k" and "15-20 lakh" scale both ends."""
    low, high = _number(match["low"]), _number(match["high"]) if match["high"] else None
    low_scale, high_scale = _scale(match["low_scale"]), _scale(match["high_scale"])
    if low_scale < 0 or high_scale < 0:
        return Decimal(0), Decimal(0)
    if high is None:
        figure = low * (low_scale or 1)
        return figure, figure
    if not low_scale and high_scale and low < high * high_scale and low < 1_000:
        low_scale = high_scale
    if low_scale and not high_scale and high < 1_000:
        high_scale = low_scale
    low, high = low * (low_scale or 1), high * (high_scale or 1)
    return (low, high) if low <= high else (low, low)


def _number(text: str) -> Decimal:
    """Groups of three digits (two, as in India) are thousands; one or two after the last mark, decimals."""
    clean = re.sub(r"[' \u00a0]", ",", text)
    if re.fullmatch(r"[0-9]{1,3}(?:[,.][0-9]{2,3})*[,.][0-9]{3}", clean):
        return Decimal(re.sub(r"[,.]", "", clean))
    head, point, tail = clean.replace(",", ".").rpartition(".")
    return Decimal(f"{head.replace('.', '')}.{tail}") if point else Decimal(clean)


def _scale(word: str | None) -> Decimal:
    """What a number word multiplies by; 0 for none, -1 for millions, which are never a person's pay."""
    low = (word or "").lower()
    if not low:
        return Decimal(0)
    if low == "k":
        return THOUSAND
    if low.startswith(("l", "lpa")):
        return LAKH
    if low.startswith("cr"):
        return CRORE
    return Decimal(-1)


def _period(match: re.Match[str], after: str) -> tuple[str, int]:
    """The period written right after the amount, and how far it reaches."""
    scale = (match["high_scale"] or match["low_scale"] or "").lower()
    if scale.startswith(("lpa", "l.p")):
        return "year", 0
    written = PER.match(after)
    if written:
        return next(period for period in PERIODS if written[period]), written.end()
    if match["per_low"]:
        return ("hour" if "h" in match["per_low"] else "day" if "d" in match["per_low"] else "year"), 0
    return "", 0


def _guessed_period(before: str, after: str, high: Decimal, match: re.Match[str]) -> str:
    """The period from the words around a bare figure; "" where nothing tells."""
    around = before + " " + after
    lakhs = (match["high_scale"] or match["low_scale"] or "").lower().startswith(("l", "cr"))
    if DAY_WORD.search(around):
        return "day"
    if YEAR_WORD.search(around) and high >= FROM_YEARLY:
        return "year"
    if RATE_WORD.search(around) and high <= TO_HOURLY:
        return "hour"
    if PROJECT_WORD.search(around) and not lakhs:
        return "project"
    if lakhs or (match["high"] and high >= FROM_YEARLY) or (high >= 3 * FROM_YEARLY and GOOD.search(around)):
        return "year"
    return ""
