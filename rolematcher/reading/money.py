"""Whose money is it? In: `Scan`, where the person works from. Out: the budget or pay as suggestions.

Every amount is weighed by its many signs (whose.py): is it pay for the work, and for which unit? Clear is
only an amount under a pay or budget word that nothing contradicts; amounts that contradict each other are all
shown as hints. An amount without a currency has the currency of the place, and is never clear.
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

from .governor import NOUNS, Governor, governor_of
from .parts import LEGAL, SIGNATURE
from .patterns import pattern
from .record import Strength, Suggestion
from .scan import Scan, Sentence
from .signs import odds
from .vocabulary import Vocabulary
from .whose import OTHER, is_small, share_of_units, signs_of_amount

PIECE = pattern("money.piece")
UNITS: tuple[Unit, ...] = get_args(Unit)
NAMED_UNITS = {
    "hour": re.compile(r"hour|stund|uurtarief"),
    "day": re.compile(r"\bday|daily|tages|dagtarief"),
    "week": re.compile(r"week|wochen"),
    "month": re.compile(r"month|monat"),
    "year": re.compile(r"annual|yearly|jahr"),
}
MILLIONS = pattern("money.millions")
FIELDS = ("budget", "pay")
FOR_A_YEAR = pattern("money.for_a_year")
"""A sum for a year's work is a year's pay: "75k for a year"."""
HOURS_IN = {"hour": 1, "day": 8, "week": 40, "month": 165, "year": 1900}
CONVERTED = pattern("money.converted")
LEAST, LIKELY, SURE = 0.5, 0.7, 0.95
"""Shares of an amount's signs from which on it is shown as a hint, fills in the form, may be clear."""
FAR_LESS = 20.0
"""Odds by which an amount outdoes others of the text, so that they are not shown beside it."""
PLAIN = 0.8
"""What part of that share a unit that is not written needs to count as told."""
MOST_SHOWN, MOST_OFFERS, MOST_IN_SENTENCE = 3, 40, 12
ENDS_HERE = pattern("money.ends_here")
"""An amount without a currency counts things unless it ends the clause or its words are those of pay."""
MOST = 10**9
DOLLARS = frozenset(("CA", "AU", "NZ", "SG", "HK"))
"""Countries where a bare $ is their own dollar."""
NO_ONE_CURRENCY = frozenset(("GLOBAL", "LATAM", "OFFSHORE", ""))


@dataclass(frozen=True, slots=True)
class Mentioned:
    """An amount of the text in its sentence, and the word that governs it."""

    amount: Amount
    sentence: Sentence
    text: str
    governor: Governor


@dataclass(frozen=True, slots=True)
class Offer:
    """An amount that the work may pay: its unit, where it stands in the plain text."""

    amount: Amount
    unit: Unit
    start: int
    end: int
    share: float
    """How sure it is that it is pay or budget."""
    governed: bool
    """A noun of pay or budget governs it, not only a verb such as "we pay"."""
    told: bool
    """The unit is written, or is the usual one of the governing word and hardly in doubt."""

    @property
    def strength(self) -> Strength:
        """How much may be said of it alone."""
        if self.governed and self.told and self.share >= SURE and not self.amount.approximate:
            return "clear"
        return "likely" if self.share >= LIKELY else "hint"


def budget_of(
    scan: Scan, words: Vocabulary, language: str, place: Suggestion | None, *, post: bool
) -> tuple[Suggestion, ...]:
    """The pay or budget: one suggestion, or each of those that contradict each other as a hint, or none.

    `post`: a permanent post is offered.
    """
    offers = [_in_dollars_of(one, place) for one in _offered(scan, words, language, "", post)]
    if not offers:
        return _in_the_currency_of(scan, words, language, place, post)
    if len(offers) > 1:
        return tuple(_suggestion(scan, one, "hint") for one in offers[:MOST_SHOWN])
    return (_suggestion(scan, offers[0], offers[0].strength),)


def mentioned(scan: Scan, language: str) -> Iterator[Mentioned]:
    """The amounts that may be money for the work, each with what governs it."""
    for sentence in scan.sentences:
        if sentence.part.label in (LEGAL, SIGNATURE):
            continue
        text = scan.text(sentence)
        field = sentence.part.field if sentence.part.field in FIELDS else ""
        before = 0
        for amount in amounts_in(text, "de" if language == "de" else "en")[:MOST_IN_SENTENCE]:
            first, last = amount.span
            if amount.low > 0 and not _too_much(amount, text) and not PIECE.match(text, last):
                yield Mentioned(amount, sentence, text, governor_of(text, first, last, before, field))
            before = last


def _in_dollars_of(offer: Offer, place: Suggestion | None) -> Offer:
    """A bare $ of a place with a dollar of its own is that dollar; then the currency is not told."""
    if offer.amount.sign != "$" or place is None or str(place.value) not in DOLLARS:
        return offer
    amount = offer.amount.model_copy(update={"currency": currency_of(str(place.value))})
    return replace(offer, amount=amount, told=False)


def _in_the_currency_of(
    scan: Scan, words: Vocabulary, language: str, place: Suggestion | None, post: bool
) -> tuple[Suggestion, ...]:
    """The one amount without a currency, in that of the place: as sure as the place, and never clear."""
    code = str(place.value) if place else ""
    currency = "" if code in NO_ONE_CURRENCY else currency_of(code)
    offers = _offered(scan, words, language, currency, post) if currency else []
    if len(offers) != 1 or place is None:
        return ()
    strength: Strength = "hint" if "hint" in (place.strength, offers[0].strength) else "likely"
    return (_suggestion(scan, offers[0], strength),)


def _offered(scan: Scan, words: Vocabulary, language: str, currency: str, post: bool) -> list[Offer]:
    """The differing offers: of amounts with a currency, or with `currency` of those without one."""
    found = (
        offer
        for one in mentioned(scan, language)
        if bool(one.amount.currency) != bool(currency)
        for offer in _offer(one, words, currency, post)
    )
    return _narrowed(scan.clean.text, _likely(list(islice(found, MOST_OFFERS))))


def _likely(offers: list[Offer]) -> list[Offer]:
    """Without those that are doubtful and far less likely pay than the likeliest."""
    most = max((odds(one.share) for one in offers), default=0.0)
    return [one for one in offers if one.share >= LIKELY or odds(one.share) * FAR_LESS >= most]


def _offer(one: Mentioned, words: Vocabulary, currency: str, post: bool) -> Iterator[Offer]:
    """The amount as an offer, if it is one."""
    first, last = one.amount.span
    if currency and not ENDS_HERE.match(one.text, last):
        return
    signs = signs_of_amount(one.amount, one.sentence, one.text, one.governor, post=post)
    units = share_of_units(signs, words)
    share = 1 - units.pop(OTHER)
    if share >= LEAST:
        start = one.sentence.part.start
        amount = one.amount.model_copy(update={"currency": currency}) if currency else one.amount
        unit, told = _unit(one, units, share)
        yield Offer(amount, unit, start + first, start + last, share, one.governor in NOUNS, told)


def _unit(one: Mentioned, units: dict[str, float], share: float) -> tuple[Unit, bool]:
    """The written unit, else the likeliest, and whether the text tells it."""
    written = _unit_written(one)
    if written == "project" and one.governor == "salary":  # "fix" is a way to be paid a salary
        written, units = "", units | {"project": 0.0}
    likeliest = max(units, key=lambda unit: units[unit])
    in_lakhs = is_small(one.amount.currency) and one.amount.scaled
    usual = (likeliest == "project") == (one.governor == "budget") and not in_lakhs
    told = bool(written) or (usual and units[likeliest] >= PLAIN * share)
    return next(unit for unit in UNITS if unit == (written or likeliest)), told


def _too_much(amount: Amount, text: str) -> bool:
    """Is it more than anybody pays for work, or written in millions?"""
    return amount.high >= MOST or bool(MILLIONS.search(text, *amount.span))


def _unit_written(one: Mentioned) -> str:
    """The unit beside the amount or in the name of its field ("Tagessatz", "hourly rate"); "" for none."""
    name = one.sentence.part.name
    named = next((unit for unit, shape in NAMED_UNITS.items() if shape.search(name)), "")
    if one.amount.unit not in ("", "project"):
        return one.amount.unit
    for_a_year = FOR_A_YEAR.match(one.text, one.amount.span[1])
    return named or ("year" if for_a_year else one.amount.unit)


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


def _suggestion(scan: Scan, offer: Offer, strength: Strength) -> Suggestion:
    amount = offer.amount
    high = amount.high if amount.high != amount.low else None
    span = scan.clean.span(offer.start, offer.end)
    return Suggestion(
        fact="budget",
        value=Budget(amount=amount.low, high=high, currency=amount.currency, unit=offer.unit),
        strength=strength,
        words=span.text,
        spans=(span,),
    )
