"""One end of an amount: a number with scale and currency. In: a match in a text. Out: `End`, or both ends.

Groups of three digits are thousands; one or two digits after the last mark are decimals. Only where the marks
leave it open does the language decide.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal, NamedTuple

from .amount_words import JOIN, NUMBER_WORD, NUMBER_WORDS, ONE_END, PER, SCALES
from .currencies import currency_named
from .message import Message, say

THOUSAND = Decimal(1000)
CLOCK = re.compile(r"[ ]?p\.?[ ]?m\.?", re.IGNORECASE)
QUOTED = 40
Language = Literal["en", "de"]


class End(NamedTuple):
    """One number with what stands around it."""

    number: Decimal
    open_marks: bool
    scale: Decimal
    scale_word: str
    sign: str
    currency: str
    start: int
    stop: int
    per: re.Match[str] | None
    """The unit right behind it."""

    @property
    def is_money(self) -> bool:
        """Whether anything beside the number says so."""
        return bool(self.currency or self.scale > 1 or self.per)


def end_of(match: re.Match[str], language: Language) -> End:
    """The end that a match of `ONE_END` found."""
    scale_word = (match["scale"] or "").lower()
    scale = next((factor for shape, factor in SCALES if re.fullmatch(shape, scale_word)), Decimal(1))
    number, open_marks = _number(match["number"], language, scaled=scale > 1)
    sign = _sign(match)
    currency = currency_named(sign)
    open_marks = open_marks and (scale > 1 or currency != "EUR")  # nobody writes thousandths of a euro
    stop = match.start() + len(match.group().rstrip(" "))
    per = PER.match(match.string, stop)
    if per and CLOCK.fullmatch(per.group()) and number < 100 and not (sign or scale_word):
        per = None  # "5 pm" is a time of day
    return End(number, open_marks, scale, scale_word, sign, currency, match.start(), stop, per)


def _sign(match: re.Match[str]) -> str:
    """The currency as written: "USD" before "$", else what stands before, else behind (a bare $ yields)."""
    before, after = match["before"] or "", match["after"] or ""
    return match["which"] or (after if before in ("$", "") and after else before)


def second_end(text: str, first: End, lead: re.Match[str], language: Language) -> End | Message | None:
    """The other end of a range, if one follows; a message where the two cannot be one range."""
    join = JOIN.match(text, first.per.end() if first.per else first.stop)
    match = ONE_END.match(text, join.end()) if join else None
    if not join or not match:
        return None
    second = end_of(match, language)
    if not _joined(join, lead, slash=not first.per and min(first.number, second.number) >= 10):
        return None
    low, high = both_in_full(first, second)
    if low > high:  # the range is turned, or the second is another number
        return say("amount.turned", low=str(low), high=str(high)) if second.is_money else None
    named = {first.currency, second.currency} - {""}
    if len(named) > 1 and "$" not in (first.sign, second.sign):  # a bare $ may be anybody's dollar
        return say("amount.two_currencies", typed=quoted(text))
    return second


def _joined(join: re.Match[str], lead: re.Match[str], *, slash: bool) -> bool:
    """May these words join two ends: "and" after "between", "up to" after "from", "/" without a unit?"""
    if join["both"] or join["most"]:
        return bool(lead["between"] if join["both"] else lead["floor"])
    return slash or not join["slash"]


def both_in_full(first: End, second: End) -> tuple[Decimal, Decimal]:
    """Both ends in full: in "50-60k" and "15 to 20 lakh" the word is meant for both."""
    low, high = first.scale, second.scale
    if low == 1 and high > 1 and first.number < THOUSAND and first.number <= second.number:
        low = high
    if high == 1 and low > 1 and second.number < THOUSAND:
        high = low
    return plain(first.number * low), plain(second.number * high)


def plain(number: Decimal) -> Decimal:
    """Without decimals that are nought."""
    return number.to_integral_value() if number == number.to_integral_value() else number


def indian_word(ends: tuple[End, ...]) -> str:
    """The Indian number word beside an amount, "" for none."""
    return next((end.scale_word for end in ends[::-1] if end.scale_word.startswith(("l", "cr"))), "")


def currency_of_ends(ends: tuple[End, ...]) -> tuple[str, str]:
    """Currency and sign: a code after a plain $ says which dollar, Indian number words say INR."""
    signs = [end.sign for end in ends if end.sign]
    named = [sign for sign in signs if sign != "$"] or signs
    if named:
        return currency_named(named[-1]), named[-1]
    return ("INR", indian_word(ends)) if indian_word(ends) else ("", "")


def quoted(value: object) -> str:
    """What somebody typed, short enough to repeat and without what cannot be printed."""
    light = isinstance(value, (str, float, bool)) or (isinstance(value, int) and abs(value) < 10**30)
    text = str(value) if light else type(value).__name__  # a list or a huge number may take long to write
    text = "".join(character if character.isprintable() else "\ufffd" for character in text[:60])
    return text[:QUOTED] + "…" if len(text) > QUOTED else text


def _number(text: str, language: Language, *, scaled: bool) -> tuple[Decimal, bool]:
    """The number, and whether its one mark could be read in two ways."""
    if not text[0].isdigit():
        return Decimal(sum(NUMBER_WORDS[word] for word in re.findall(NUMBER_WORD, text.lower()))), False
    plain = re.sub(r"[' ]", "", text)
    marks = re.findall(r"[.,]", plain)
    if not marks:
        return Decimal(plain), False
    head, mark, tail = plain.rpartition(marks[-1])
    decimal_mark = "," if language == "de" else "."
    if len(tail) == 3:
        unclear = len(marks) == 1 and plain == text and mark == decimal_mark
        if unclear and scaled:  # 1.250k
            return Decimal(f"{head}.{tail}"), True
        return Decimal(re.sub(r"[.,]", "", plain)), unclear
    return Decimal(f"{re.sub(r'[.,]', '', head)}.{tail}"), False
