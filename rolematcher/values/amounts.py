"""Amounts of money as people write them, one grammar for every door. In: text. Out: `Amount` or `Message`.

Both ends of a range, currency by sign, code or word, k / m / lakh / crore / Tsd / Mio, and the unit (hour to
project) in English and German. Where the marks of a number leave it open, the language decides, and the
amount says so (amount_ends.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from .amount_ends import (
    End,
    Language,
    both_in_full,
    currency_of_ends,
    end_of,
    indian_word,
    quoted,
    second_end,
)
from .amount_words import BEHIND_UNIT, LEAD, NOISE, ONE_END, unit_named
from .currencies import currency_named
from .frozen import Frozen
from .message import Message, say

Limit = Literal["", "up_to", "from"]
MOST_DIGITS = 12
MOST_CHARACTERS = 120
MOST_AMOUNTS = 400
"""Numbers looked at in one text; an advertisement has a handful."""
LOOK_BACK = 48
BELOW_ZERO = re.compile(r"^\s*(?:[-\u2212\u2013(]|minus\b)\s*[^\s\w]{0,3}\s*[0-9]")
SPACES = str.maketrans(dict.fromkeys("\u00a0\u2009\u202f\u2007", " ") | {"\u2019": "'", "\u2011": "-"})
"""One character for another, so that spans stay right."""


class Amount(Frozen):
    """An amount from `low` to `high` (equal for one figure) in `currency` per `unit`, "" where not written.

    `about`: "about", "ca." or "~" stood before it. `approximate`: the marks could be read in two ways and the
    language decided. `limit` is "up_to" or "from" where only one end was meant. `sign` is the currency as
    written. `span` is where it stands in the text, its unit included.
    """

    low: Decimal
    high: Decimal
    currency: str = ""
    unit: str = ""
    about: bool = False
    approximate: bool = False
    limit: Limit = ""
    sign: str = ""
    scaled: bool = False
    """A word such as k or lakh stood beside it."""
    span: tuple[int, int] = (0, 0)


def amounts_in(text: str, language: Language = "en", *, bare: bool = False) -> tuple[Amount, ...]:
    """Every amount of money in a text, in order, with its span. Numbers that stand alone only with `bare`."""
    found = (item for item in _scan(text.translate(SPACES), language) if isinstance(item, Amount))
    return tuple(item for item in found if bare or item.sign or item.scaled or item.unit)


def amount_read(typed: object, language: Language = "en") -> Amount | Message:
    """The one amount that a whole field holds, or what is wrong with it. Takes JSON numbers too."""
    text = _text_of(typed)
    if isinstance(text, Message):
        return text
    found = list(_scan(text, language))
    wrong = next((item for item in found if isinstance(item, Message)), None)
    if wrong:
        return wrong
    amounts = [item for item in found if isinstance(item, Amount)]
    if len(amounts) > 1:
        return say("amount.several", typed=quoted(text))
    rest = text[: amounts[0].span[0]] + " " + text[amounts[0].span[1] :] if amounts else text
    if amounts and not NOISE.sub("", rest).strip():
        return amounts[0]
    unclear = re.search(r"[0-9][.,][0-9]{3}(?![0-9])", text)
    return say("amount.two_ways" if unclear else "amount.not_amount", typed=quoted(text))


def amount_text(amount: Decimal) -> str:
    """An amount in its one stored form: no separators, no exponent, two decimals or none."""
    whole = amount.to_integral_value()
    return format(whole if amount == whole else amount.quantize(Decimal("0.01")), "f")


def _text_of(typed: object) -> str | Message:
    """What was typed as one clean line, or what is wrong with it."""
    if isinstance(typed, bool) or not isinstance(typed, (str, int, float, Decimal)):
        return say("amount.not_amount", typed=quoted(typed))
    if isinstance(typed, int) and abs(typed) >= 10**15:
        return say("amount.too_many_digits", most=MOST_DIGITS)
    text = typed if isinstance(typed, str) else str(typed).removesuffix(".0")
    if len(text) > MOST_CHARACTERS:
        return say("amount.too_long", over=len(text) - MOST_CHARACTERS)
    text = text.translate(SPACES).strip(" \t\n\r")
    return _wrong_line(text) or text


def _wrong_line(text: str) -> Message | None:
    """What keeps a line from being an amount whatever stands around it."""
    if not text:
        return say("amount.empty")
    if BELOW_ZERO.match(text):
        return say("amount.below_zero", typed=quoted(text))
    if any(character.isdigit() and not "0" <= character <= "9" for character in text):
        return say("amount.other_digits", typed=quoted(text))
    if re.search(r"[0-9]{13}", text):
        return say("amount.too_many_digits", most=MOST_DIGITS)
    return None


def _scan(text: str, language: Language) -> Iterator[Amount | Message]:
    """Amounts from left to right; a message for one that is an amount and yet cannot be right."""
    place, looked = 0, 0
    while looked < MOST_AMOUNTS and (match := ONE_END.search(text, place)):
        looked += 1
        amount = _amount(text, match, language, least=place)
        yield amount
        place = amount.span[1] if isinstance(amount, Amount) else match.end()


def _amount(text: str, match: re.Match[str], language: Language, least: int) -> Amount | Message:
    """The amount that begins with this number; `least` is where the one before it ended."""
    first = end_of(match, language)
    lead = next(LEAD.finditer(text, max(least, first.start - LOOK_BACK), first.start))
    second = second_end(text, first, lead, language)
    if isinstance(second, Message):
        return second
    ends = (first, second) if second else (first,)
    low, high = both_in_full(first, ends[-1])
    if high >= 10**MOST_DIGITS:
        return say("amount.too_many_digits", most=MOST_DIGITS)
    unit, stop = _unit(ends)
    currency, sign, stop = _currency(text, ends, stop)
    limit, stop = _limit(text, lead, stop, ranged=len(ends) > 1)
    by_year = any(end.scale_word.replace(".", "") == "lpa" for end in ends)
    return Amount(
        low=low,
        high=high,
        currency=currency,
        unit=unit or unit_named(lead) or ("year" if by_year else ""),
        about=bool(lead["about"]),
        approximate=any(end.open_marks for end in ends),
        limit=limit,
        sign=sign,
        scaled=any(end.scale > 1 for end in ends),
        span=(lead.start("words") if lead["words"] else first.start, stop),
    )


def _unit(ends: tuple[End, ...]) -> tuple[str, int]:
    """The unit written behind the last end, else behind the first, and where the amount stops."""
    last = ends[-1]
    per = last.per or ends[0].per
    unit = unit_named(per)
    if per and unit == "project" and indian_word(ends) and "fix" in per.group().lower():
        return "", last.stop  # the fixed part of a package, not a fixed price
    return unit, last.per.end() if last.per else last.stop


def _currency(text: str, ends: tuple[End, ...], stop: int) -> tuple[str, str, int]:
    """Currency, sign and where the amount stops: "450 a day, GBP" names it behind the unit."""
    currency, sign = currency_of_ends(ends)
    behind = None if sign else BEHIND_UNIT.match(text, stop)
    if behind and stop > ends[-1].stop:
        return currency_named(behind["sign"]), behind["sign"], behind.end()
    return currency, sign, stop


def _limit(text: str, lead: re.Match[str], stop: int, *, ranged: bool) -> tuple[Limit, int]:
    """Whether one end alone was meant, and where the amount stops."""
    if ranged:
        return "", stop
    if text[stop : stop + 1] == "+":
        return "from", stop + 1
    return ("from" if lead["floor"] else "up_to" if lead["most"] else ""), stop
