"""Whose money is it? In: `Scan`, where the person works from. Out: the budget or pay as suggestions.

Every amount is judged by the noun that governs it in its clause. Clear is only an amount under a pay or
budget word that nothing contradicts; amounts that contradict each other are all shown as hints. Money without
a word of pay is never taken for a budget, unless its unit says that somebody is paid by the hour or day. An
amount without a currency has the currency of the place, and is never clear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice
from typing import get_args

from rolematcher.rules.answers import Budget, Unit
from rolematcher.values.amounts import Amount, amounts_in
from rolematcher.values.currencies import currency_of
from rolematcher.values.message import Message, Money

from .governor import NOUNS, Governor, governor_of
from .parts import COMPANY, LEGAL, SIGNATURE
from .patterns import pattern, word_list
from .record import Strength, Suggestion
from .scan import Scan, Sentence

PIECE = pattern("money.piece")
YEARLY, HOURLY, DAILY = Decimal(12_000), Decimal(300), Decimal(3_000)
"""A bare salary from 12,000 on is a year's; a bare rate up to 300 an hour's, up to 3,000 a day's."""
SMALL_MONEY, SMALLER = word_list("small_money"), 20
"""Currencies whose units are worth so much less."""
MONTHLY = 800
UNITS: tuple[Unit, ...] = get_args(Unit)
NAMED_UNITS = {
    "hour": re.compile(r"hour|stund"),
    "day": re.compile(r"\bday|daily|tages"),
    "month": re.compile(r"month|monat"),
    "year": re.compile(r"annual|yearly|jahr"),
}
MILLIONS = pattern("money.millions")
FIELDS = ("budget", "pay")
BY_RATE = ("hour", "day", "week")
FOR_A_YEAR = pattern("money.for_a_year")
"""A sum for a year's work is a year's pay: "75k for a year"."""
HOURS_IN = {"hour": 1, "day": 8, "week": 40, "month": 165, "year": 1900}
SALARY = Decimal(30_000)
OFFERED = pattern("money.offered")
"""Who offers a range of such a size offers a salary, unless it is for a thing."""
OF_A_PERSON = pattern("money.of_a_person")
FOR_WHAT = re.compile(r"[^.,;(]{0,12}\b(?:for|für)\b")
FIXED = pattern("money.fixed")
CONVERTED = pattern("money.converted")
PIECE_START = pattern("money.piece_start")
PIECE_END = pattern("money.piece_end")
"""An amount that is a piece of its own: "Remote, 4k a month"."""
MOST_SHOWN, MOST_OFFERS, MOST_IN_SENTENCE = 3, 40, 12
ENDS_HERE = pattern("money.ends_here")
"""An amount without a currency counts things unless it ends the clause or its words are those of pay."""
JOB = pattern("money.job")
"""What stands in a line about a post, so that a figure in it is a year's pay."""
OF_A_POST = pattern("money.of_a_post")
MOST = 10**9
DOLLARS = frozenset(("CA", "AU", "NZ", "SG", "HK"))
"""Countries where a bare $ is their own dollar."""
NO_ONE_CURRENCY = frozenset(("GLOBAL", "LATAM", "OFFSHORE", ""))


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


def budget_of(scan: Scan, language: str, place: Suggestion | None, post: bool) -> tuple[Suggestion, ...]:
    """The pay or budget: one suggestion, or each of those that contradict each other as a hint, or none.

    `post`: a permanent post is offered, so that a budget of a year's size without a unit is a year's.
    """
    offers = [_in_dollars_of(one, place) for one in _offered(scan, language, "", post)]
    if not offers:
        return _in_the_currency_of(scan, language, place, post)
    if len(offers) > 1:
        return tuple(
            _suggestion(scan, one, "hint", "reading.budget.contradicts") for one in offers[:MOST_SHOWN]
        )
    offer = offers[0]
    clear = offer.governed and offer.told and not offer.amount.approximate
    why = "reading.budget.governed" if offer.governed else "reading.budget.by_unit"
    return (_suggestion(scan, offer, "clear" if clear else "likely", why),)


def _in_dollars_of(offer: Offer, place: Suggestion | None) -> Offer:
    """A bare $ of a place with a dollar of its own is that dollar; then the currency is not told."""
    if offer.amount.sign != "$" or place is None or str(place.value) not in DOLLARS:
        return offer
    amount = offer.amount.model_copy(update={"currency": currency_of(str(place.value))})
    return replace(offer, amount=amount, told=False)


def _in_the_currency_of(
    scan: Scan, language: str, place: Suggestion | None, post: bool
) -> tuple[Suggestion, ...]:
    """The one amount without a currency, in that of the place: as sure as the place, and never clear."""
    code = str(place.value) if place else ""
    currency = "" if code in NO_ONE_CURRENCY else currency_of(code)
    offers = _offered(scan, language, currency, post) if currency else []
    if len(offers) != 1 or place is None:
        return ()
    strength: Strength = "hint" if place.strength == "hint" else "likely"
    return (_suggestion(scan, offers[0], strength, "reading.budget.place_currency"),)


def _offered(scan: Scan, language: str, currency: str, post: bool) -> list[Offer]:
    """The differing offers: of amounts with a currency, or with `currency` of those without one."""
    found = (offer for one in scan.sentences for offer in _offers(scan, one, language, currency))
    offers = islice(found, MOST_OFFERS)
    return _narrowed(scan.clean.text, [_of_a_post(one) if post else one for one in offers])


def _of_a_post(offer: Offer) -> Offer:
    """A budget for a permanent post is a year's, where no unit is written and the amount allows it."""
    if offer.unit != "project" or offer.amount.unit or offer.amount.high < YEARLY:
        return offer
    return replace(offer, unit="year", told=False)


def _offers(scan: Scan, sentence: Sentence, language: str, currency: str) -> Iterator[Offer]:
    if sentence.part.label in (LEGAL, SIGNATURE):
        return
    text = scan.text(sentence)
    field = sentence.part.field if sentence.part.field in FIELDS else ""
    before = 0
    for amount in amounts_in(text, "de" if language == "de" else "en")[:MOST_IN_SENTENCE]:
        first, last = amount.span
        if amount.low > 0 and bool(amount.currency) != bool(currency):
            governor = governor_of(text, first, last, before, field)
            if not currency:
                yield from _offer(amount, governor, text, sentence)
            elif _is_money(amount, governor, text, sentence) and ENDS_HERE.match(text, last):
                known = amount.model_copy(update={"currency": currency})
                yield from _offer(known, governor, text, sentence)
        before = last


def _is_money(amount: Amount, governor: Governor, text: str, sentence: Sentence) -> bool:
    """Is an amount without a currency money? Behind "we pay" only of a year's size or with a unit.

    By itself only a range in thousands that stands alone beside words of a post: "permanent, 65-75k, hybrid".
    """
    if governor in NOUNS or (governor == "verb" and (amount.unit or amount.high >= YEARLY)):
        return True
    ranged = not governor and amount.scaled and amount.high > amount.low
    return ranged and bool(OF_A_POST.search(text)) and _alone(text, amount, "year", sentence)


def _offer(amount: Amount, governor: Governor, text: str, sentence: Sentence) -> Iterator[Offer]:
    """The amount as an offer, if it is one."""
    first, last = amount.span
    if governor == "other" or _too_much(amount, text) or PIECE.match(text, last):
        return
    unit, told = _unit(amount, governor, sentence, text)
    if unit is None or not (governor or _pays_by_itself(amount, unit, text, sentence)):
        return
    if sentence.part.label != COMPANY or governor in ("salary", "rate"):
        start = sentence.part.start
        yield Offer(amount, unit, start + first, start + last, governor in NOUNS, told)


def _too_much(amount: Amount, text: str) -> bool:
    """Is it more than anybody pays for work, or written in millions?"""
    return amount.high >= MOST or bool(MILLIONS.search(text, *amount.span))


def _pays_by_itself(amount: Amount, unit: Unit, text: str, sentence: Sentence) -> bool:
    """Without a word of money: by the hour or day, for a fixed price, or a figure of its own."""
    fixed = unit == "project" and FIXED.search(text, *amount.span)
    return unit in BY_RATE or bool(fixed) or _alone(text, amount, unit, sentence)


def _unit(amount: Amount, governor: Governor, sentence: Sentence, text: str) -> tuple[Unit | None, bool]:
    """The unit and whether the text tells it; None where nothing does."""
    if written := _unit_written(amount, governor, sentence.part.name, text):
        return written, True
    small = amount.currency in SMALL_MONEY
    if governor in ("budget", "verb"):
        if _of_a_year(amount, governor, text):
            return "year", False
        if not (small and amount.scaled):
            return "project", True
    if governor == "rate" and not small:
        return _unit_of_rate(amount.high)
    if governor or _alone(text, amount, "year", sentence):
        return _unit_of_pay(amount.high, governor, YEARLY * SMALLER if small else YEARLY)
    return None, False


def _of_a_year(amount: Amount, governor: Governor, text: str) -> bool:
    """Is a sum without a unit a year's pay: a range that is offered, or what a person gets?"""
    offered = governor == "verb" and amount.high > amount.low >= SALARY and OFFERED.search(text)
    if offered and not FOR_WHAT.match(text, amount.span[1]):
        return True
    return amount.high >= YEARLY and bool(OF_A_PERSON.search(text))


def _unit_written(amount: Amount, governor: Governor, name: str, text: str) -> Unit | None:
    """The unit beside the amount or in the name of its field ("Tagessatz", "hourly rate")."""
    written = amount.unit or next((unit for unit, shape in NAMED_UNITS.items() if shape.search(name)), "")
    if written == "project" and governor == "salary" and amount.high >= YEARLY:
        return "year"  # "fixed plus variable" is a way to be paid, no sum for a project
    if not written and FOR_A_YEAR.match(text, amount.span[1]):
        return "year"
    return next((unit for unit in UNITS if unit == written), None)


def _unit_of_rate(high: Decimal) -> tuple[Unit | None, bool]:
    return ("hour", True) if high <= HOURLY else ("day", False) if high <= DAILY else (None, False)


def _unit_of_pay(high: Decimal, governor: Governor, yearly: Decimal) -> tuple[Unit | None, bool]:
    if high >= yearly:
        return "year", True
    return ("month", False) if governor == "salary" and high >= MONTHLY else (None, False)


def _alone(text: str, amount: Amount, unit: str, sentence: Sentence) -> bool:
    """Is it a pay figure that stands by itself: "City | remote | $130K", or a line of its own?"""
    first, last = amount.span
    if not PIECE_START.search(text[:first]) or not PIECE_END.match(text, last):
        return False
    if not (text[:first] + text[last:]).strip(" .,:;()-•*") or amount.unit in ("year", "month"):
        return bool(amount.unit) or amount.high >= YEARLY
    yearly = unit == "year" and YEARLY <= amount.high < 10**8 and len(text) < 160
    of_a_post = amount.scaled or amount.high > amount.low or "|" in text or JOB.search(text)
    return yearly and bool(of_a_post)


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


def _suggestion(scan: Scan, offer: Offer, strength: Strength, why: str) -> Suggestion:
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
