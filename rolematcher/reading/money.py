"""Whose money is it? In: `Scan`. Out: the budget or pay as suggestions.

Every amount is judged by the noun that governs it in its clause: pay or budget, or something else (a price,
a licence, turnover, a funding round). Clear is only an amount under a pay or budget word that nothing
contradicts; amounts that contradict each other are all shown as hints. Money without a word of pay is never
taken for a budget, unless its unit says that somebody is paid by the hour or day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Literal, get_args

from rolematcher.rules.answers import Budget, Unit
from rolematcher.values.amounts import Amount, amounts_in
from rolematcher.values.message import Message, Money

from .parts import COMPANY, LEGAL, SIGNATURE
from .patterns import alternatives, pattern
from .record import Suggestion
from .scan import Scan, Sentence

SALARY = alternatives("money.salary")
RATE = alternatives("money.rate")
BUDGET = alternatives("money.budget")
OTHER = alternatives("money.other")
VERBS = alternatives("money.verbs")
GAP = pattern("money.gap")
"""What may stand between "we pay" and the amount."""
WORDS = re.compile(
    rf"(?P<other>(?<![^\W\d_])(?:{OTHER}))(?![^\W\d_])|(?P<salary>(?<![^\W\d_])(?:{SALARY}))(?![^\W\d_])"
    rf"|(?P<rate>(?<![^\W\d_])(?:{RATE}))(?![^\W\d_])|(?P<budget>(?<![^\W\d_])(?:{BUDGET}))(?![^\W\d_])"
    rf"|(?P<verb>(?<![^\W\d_])(?:{VERBS}))(?![^\W\d_])",
    re.IGNORECASE,
)
CLAUSE = pattern("money.clause")
PIECE = pattern("money.piece")
AFTER_PAY = pattern("money.after_pay")
SPENT = pattern("money.spent")
YEARLY, HOURLY, DAILY = Decimal(12_000), Decimal(300), Decimal(3_000)
"""A bare salary from 12,000 on is a year's; a bare rate up to 300 an hour's, up to 3,000 a day's."""
UNITS = get_args(Unit)
NAMED_UNITS = {
    "hour": re.compile(r"hour|stund"),
    "day": re.compile(r"\bday|daily|tages"),
    "month": re.compile(r"month|monat"),
    "year": re.compile(r"annual|yearly|jahr"),
}
MILLIONS = pattern("money.millions")
FIELDS = ("budget", "pay")
BY_RATE = ("hour", "day", "week")
HOURS_IN = {"hour": 1, "day": 8, "week": 40, "month": 165, "year": 1900}
ASIDE = pattern("money.aside")
"""What a budget includes or leaves out is not what it governs."""
WORTH = pattern("money.worth")
FIXED = pattern("money.fixed")
CONVERTED = pattern("money.converted")
PIECE_START = pattern("money.piece_start")
PIECE_END = pattern("money.piece_end")
"""An amount that is a piece of its own: "Remote, 4k a month"."""
FIGURE = re.compile(r"(?:(?<![^\W\d_])(?:[A-Z]{1,3}|Rs\.?|rs\.?)[$]?\s?|[^\w\s]\s?)?\d")
MOST_SHOWN, MOST_OFFERS, MOST_IN_SENTENCE = 3, 40, 12
LOOK_BACK = 120

Word = Literal["other", "salary", "rate", "budget", "verb"]
GOVERNORS: tuple[Word, ...] = get_args(Word)
Governor = Word | Literal[""]


@dataclass(frozen=True, slots=True)
class Offer:
    """An amount that the work may pay: what governs it, its unit, where it stands in the plain text."""

    amount: Amount
    unit: Unit
    start: int
    end: int
    governed: bool
    """A noun of pay or budget governs it, not only a verb such as "we pay"."""
    told: bool
    """The unit is written or follows from the governing word."""


def budget_of(scan: Scan, language: str) -> tuple[Suggestion, ...]:
    """The pay or budget: one suggestion, or each of those that contradict each other as a hint, or none."""
    found = islice((offer for one in scan.sentences for offer in _offers(scan, one, language)), MOST_OFFERS)
    offers = _narrowed(scan.clean.text, list(found))
    if not offers:
        return ()
    if len(offers) > 1:
        return tuple(
            _suggestion(scan, one, "hint", "reading.budget.contradicts") for one in offers[:MOST_SHOWN]
        )
    offer = offers[0]
    clear = offer.governed and offer.told and not offer.amount.approximate
    why = "reading.budget.governed" if offer.governed else "reading.budget.by_unit"
    return (_suggestion(scan, offer, "clear" if clear else "likely", why),)


def _offers(scan: Scan, sentence: Sentence, language: str) -> Iterator[Offer]:
    if sentence.part.label in (LEGAL, SIGNATURE):
        return
    start, text = sentence.part.start, scan.text(sentence)
    before = 0
    for amount in amounts_in(text, "de" if language == "de" else "en")[:MOST_IN_SENTENCE]:
        first, last = amount.span
        if amount.currency and amount.low > 0:
            governor = _governor(text, first, last, before, sentence)
            offer = _offer(amount, governor, text, sentence, start)
            if offer:
                yield offer
        before = last


def _offer(amount: Amount, governor: Governor, text: str, sentence: Sentence, start: int) -> Offer | None:
    first, last = amount.span
    if (
        governor == "other"
        or PIECE.match(text, last)
        or MILLIONS.search(text, first, last)
        or amount.high >= 10**9
    ):
        return None
    unit, told = _unit(amount, governor, sentence, text)
    fixed = unit == "project" and FIXED.search(text, first, last)
    if not unit or not (governor or unit in BY_RATE or fixed or _alone(text, amount, unit, sentence)):
        return None
    if sentence.part.label == COMPANY and governor not in ("salary", "rate"):
        return None
    return Offer(amount, unit, start + first, start + last, governor not in ("", "verb"), told)


def _governor(text: str, first: int, last: int, before: int, sentence: Sentence) -> Governor:
    """The noun that governs the amount: the field, else the nearest word of money in its clause."""
    digits = FIGURE.search(text[first:last])
    first += digits.start() if digits else 0  # the amount's own stretch begins with words such as "day rate"
    before = max(before, first - LOOK_BACK)
    pieces = [match.end() for match in CLAUSE.finditer(text, before, first)]
    begin = pieces[-1] if pieces and text[pieces[-1] : first].strip(" :") else before
    found = _last_word(text, begin, first)
    after = text[last : last + 40]
    stop = CLAUSE.search(after)
    tail = after[: stop.start()] if stop else after
    following = (
        WORDS.search(tail) if not re.match(r"\s?(?:to\b|-|bis\b|\+|plus\b|and\b|und\b)", tail) else None
    )
    behind: Governor = _named(following) if following and following.start() <= 24 else ""
    if SPENT.match(text, last):
        return "budget"
    if AFTER_PAY.match(text, last) and behind != "other":
        return "salary" if behind == "salary" or found not in ("rate", "budget", "verb") else found
    if sentence.part.field in FIELDS and found != "other" and behind != "other":
        return "budget" if sentence.part.field == "budget" and found == "" else found or "salary"
    if behind == "other" and found in ("", "budget", "verb"):
        return "other"
    if found or behind:
        return found or behind
    return _last_word(text, max(0, first - LOOK_BACK), first)


def _last_word(text: str, begin: int, end: int) -> Governor:
    """What the last word of money before the amount says; a price word nearby outvotes "pay"."""
    clause = ASIDE.sub(lambda match: " " * len(match.group()), text[begin:end])
    found = list(WORDS.finditer(clause))
    if not found:
        return ""
    names = [_named(match) for match in found]
    if names[-1] == "other" and "salary" in names[:-1] and WORTH.search(clause):
        return "salary"
    if found[-1]["verb"]:
        rest = GAP.sub("", clause[found[-1].end() :])
        return "other" if re.search(r"[^\W\d_]", rest) or "other" in names else "verb"
    return (
        "other"
        if "other" in names and names[-1] in ("budget", "verb", "other") and names.count("budget") < 2
        else names[-1]
    )


def _named(match: re.Match[str]) -> Governor:
    return next((name for name in GOVERNORS if match[name]), "")


def _unit(amount: Amount, governor: Governor, sentence: Sentence, text: str) -> tuple[Unit | None, bool]:
    """The unit and whether the text tells it; None where nothing does."""
    high = amount.high
    unit = amount.unit or _unit_named(sentence.part.name)
    if unit == "project" and governor == "salary" and high >= YEARLY:
        unit = "year"  # "fixed plus variable" is a way to be paid, no sum for a project
    if unit in UNITS:
        return unit, True  # type: ignore[return-value]
    indian = amount.currency in ("INR", "PKR", "JPY", "HUF", "IDR", "KRW", "VND", "COP", "NGN")
    if governor in ("budget", "verb") and not (indian and amount.scaled):
        return "project", True
    if governor == "rate" and not indian:
        return ("hour", True) if high <= HOURLY else ("day", False) if high <= DAILY else (None, False)
    if governor in ("salary", "rate", "budget", "verb") or (
        not governor and _alone(text, amount, "year", sentence)
    ):
        if high >= (20 * YEARLY if indian else YEARLY):
            return "year", True
        return ("month", False) if governor == "salary" and high >= 800 else (None, False)
    return None, False


def _unit_named(name: str) -> str:
    """The unit that the name of a field says: "Tagessatz", "hourly rate"."""
    return next((unit for unit, shape in NAMED_UNITS.items() if shape.search(name)), "")


def _alone(text: str, amount: Amount, unit: str, sentence: Sentence) -> bool:
    """Is it a pay figure that stands by itself: "City | remote | $130K", or a line of its own?"""
    first, last = amount.span
    if not PIECE_START.search(text[:first]) or not PIECE_END.match(text, last):
        return False
    if not (text[:first] + text[last:]).strip(" .,:;()-•*") or amount.unit in ("year", "month"):
        return bool(amount.unit) or amount.high >= YEARLY
    return unit == "year" and YEARLY <= amount.high < 10**8 and len(text) < 160


def _narrowed(text: str, offers: list[Offer]) -> list[Offer]:
    """The offers that differ, without repeats, conversions and what lies inside another."""
    kept: list[Offer] = []
    for offer in sorted(
        offers, key=lambda one: (not one.governed, one.unit not in ("project",) and not one.told)
    ):
        if not any(_same(text, offer, other) for other in kept):
            kept.append(offer)
    totals = [one for one in kept if one.unit == "project"]
    if len(totals) > 1 and len(totals) == len(kept):
        said = [one for one in totals if one.amount.unit == "project"]
        return said if len(said) == 1 else kept
    return kept


def _same(text: str, one: Offer, other: Offer) -> bool:
    """Do both say the same pay? Another currency beside it is a conversion."""
    if one.amount.currency != other.amount.currency:
        between = text[min(one.end, other.end) : max(one.start, other.start)]
        return one.unit == other.unit and len(between) < 30 and bool(CONVERTED.search(between))
    if one.unit == other.unit:
        return other.amount.low <= one.amount.low and one.amount.high <= other.amount.high
    if one.unit in HOURS_IN and other.unit in HOURS_IN:
        ratio = (one.amount.high / HOURS_IN[one.unit]) / (other.amount.high / HOURS_IN[other.unit])
        return Decimal("0.6") < ratio < Decimal("1.6")
    return False


def _suggestion(
    scan: Scan, offer: Offer, strength: Literal["clear", "likely", "hint"], why: str
) -> Suggestion:
    amount = offer.amount
    high = amount.high if amount.high != amount.low else None
    span = scan.clean.span(offer.start, offer.end)
    money = Money(amount=amount.low, high=high, currency=amount.currency, unit=offer.unit)
    return Suggestion(
        fact="budget",
        value=Budget(amount=amount.low, high=high, currency=amount.currency, unit=offer.unit),
        strength=strength,
        words=span.text,
        spans=(span,),
        why=Message(id=why, values={"amount": money}),
    )
