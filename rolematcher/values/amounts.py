"""Amounts of money as people write them, one grammar for every door. In: text. Out: `Amount` or `Message`.

Both ends of a range, currency by sign, code or word, k / m / lakh / crore / Tsd / Mio, and the unit (hour to
project) in English and German. Groups of three digits are thousands; one or two digits after the last mark
are decimals. Only where the marks leave it open does the language decide, and the amount says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal, NamedTuple

from .amount_words import JOIN, LEAD, NOISE, ONE_END, PER, SCALES, unit_named
from .currency_words import currency_named
from .frozen import Frozen
from .message import Message

MOST_DIGITS = 12
MOST_CHARACTERS = 120
MOST_AMOUNTS = 400
"""Numbers looked at in one text; an advertisement has a handful."""
LOOK_BACK = 48
BELOW_ZERO = re.compile(r"^\s*(?:[-\u2212\u2013(]|minus\b)\s*[^\s\w]{0,3}\s*[0-9]")
CLOCK = re.compile(r"[ ]?p\.?[ ]?m\.?", re.IGNORECASE)
THOUSAND = Decimal(1000)
SPACES = str.maketrans(dict.fromkeys("\u00a0\u2009\u202f\u2007", " ") | {"\u2019": "'", "\u2011": "-"})
"""One character for another, so that spans stay right."""

Language = Literal["en", "de"]


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
    limit: Literal["", "up_to", "from"] = ""
    sign: str = ""
    scaled: bool = False
    """A word such as k or lakh stood beside it."""
    span: tuple[int, int] = (0, 0)


class _End(NamedTuple):
    """One number with what stands around it."""

    number: Decimal
    open_marks: bool
    scale: Decimal
    scale_word: str
    sign: str
    currency: str
    start: int
    stop: int


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
        return Message(id="values.amount.several", values={"typed": quoted(text)})
    rest = text[: amounts[0].span[0]] + " " + text[amounts[0].span[1] :] if amounts else text
    if not amounts or NOISE.sub("", rest).strip():
        return _not_an_amount(text)
    return amounts[0]


def amount_text(amount: Decimal) -> str:
    """An amount in its one stored form: no separators, no exponent, two decimals or none."""
    if amount == amount.to_integral_value():
        return format(amount.to_integral_value(), "f")
    return format(amount.quantize(Decimal("0.01")), "f")


def quoted(value: object) -> str:
    """What somebody typed, short enough to repeat and without what cannot be printed."""
    text = value if isinstance(value, str) else type(value).__name__ if _heavy(value) else str(value)
    text = "".join(character if character.isprintable() else "\ufffd" for character in text[:60])
    return text[:40] + "…" if len(text) > 40 else text


def _heavy(value: object) -> bool:
    """Whether writing the value out could take long: a huge number, a list, an object."""
    return not isinstance(value, (float, bool)) and not (isinstance(value, int) and abs(value) < 10**30)


def _text_of(typed: object) -> str | Message:
    if isinstance(typed, bool) or not isinstance(typed, (str, int, float, Decimal)):
        return Message(id="values.amount.not_amount", values={"typed": quoted(typed)})
    if isinstance(typed, int) and abs(typed) >= 10**15:
        return Message(id="values.amount.too_many_digits", values={"most": MOST_DIGITS})
    text = typed if isinstance(typed, str) else str(typed).removesuffix(".0")
    if len(text) > MOST_CHARACTERS:
        return Message(id="values.amount.too_long", values={"over": len(text) - MOST_CHARACTERS})
    text = text.translate(SPACES).strip(" \t\n\r")
    if not text:
        return Message(id="values.amount.empty")
    if BELOW_ZERO.match(text):
        return Message(id="values.amount.below_zero", values={"typed": quoted(text)})
    if any(character.isdigit() and not "0" <= character <= "9" for character in text):
        return Message(id="values.amount.other_digits", values={"typed": quoted(text)})
    if re.search(r"[0-9]{13}", text):
        return Message(id="values.amount.too_many_digits", values={"most": MOST_DIGITS})
    return text


def _not_an_amount(text: str) -> Message:
    if re.search(r"[0-9][.,][0-9]{3}(?![0-9])", text):
        return Message(id="values.amount.two_ways", values={"typed": quoted(text)})
    return Message(id="values.amount.not_amount", values={"typed": quoted(text)})


def _scan(text: str, language: Language) -> Iterator[Amount | Message]:
    """Amounts from left to right; a message for one that is an amount and yet cannot be right."""
    place, looked = 0, 0
    while looked < MOST_AMOUNTS and (match := ONE_END.search(text, place)):
        looked += 1
        amount = _amount(text, match, language, least=place)
        yield amount
        place = amount.span[1] if isinstance(amount, Amount) else match.end()


def _amount(text: str, match: re.Match[str], language: Language, least: int) -> Amount | Message:
    first = _end(match, language)
    lead = LEAD.search(text, max(least, first.start - LOOK_BACK), first.start)
    per = _per(text, first)
    unit, stop = (unit_named(per), per.end()) if per else ("", first.stop)
    second = _second(text, first, stop, lead, unit, language)
    if isinstance(second, Message):
        return second
    low = high = _plain(first.number * first.scale)
    if second:
        low, high = _scaled(first, second)
        per = _per(text, second)
        stop = per.end() if per else second.stop
        unit = unit_named(per) if per else unit
    if high >= 10**MOST_DIGITS:
        return Message(id="values.amount.too_many_digits", values={"most": MOST_DIGITS})
    ends = (first, second) if second else (first,)
    if per and unit == "project" and _indian(ends) and "fix" in per.group().lower():
        unit, stop = "", ends[-1].stop  # the fixed part of a package, not a fixed price
    currency, sign = _currency(ends)
    limit, stop = _limit(text, lead, stop, ranged=bool(second))
    start = lead.start("words") if lead and lead["words"] else first.start
    return Amount(
        low=low,
        high=high,
        currency=currency,
        unit=unit or _unit_before(lead) or _unit_of_scale(ends),
        about=bool(lead and lead["about"]),
        approximate=any(end.open_marks for end in ends),
        limit=limit,
        sign=sign,
        scaled=any(end.scale > 1 for end in ends),
        span=(start, stop),
    )


def _per(text: str, end: _End) -> re.Match[str] | None:
    """The unit behind a number. "5 pm" is a time of day."""
    per = PER.match(text, end.stop)
    if per and end.number < 100 and end.scale == 1 and not end.sign and CLOCK.fullmatch(per.group()):
        return None
    return per


def _end(match: re.Match[str], language: Language) -> _End:
    scale_word = (match["scale"] or "").lower()
    scale = next((factor for shape, factor in SCALES if re.fullmatch(shape, scale_word)), Decimal(1))
    number, open_marks = _number(match["number"], language, scaled=scale > 1)
    before, after = match["before"] or "", match["after"] or ""
    sign = match["which"] or (after if before in ("$", "") and after else before)
    currency = currency_named(sign)
    if scale == 1 and currency == "EUR":  # nobody writes thousandths of a euro
        open_marks = False
    stop = match.start() + len(match.group().rstrip(" "))
    return _End(number, open_marks, scale, scale_word, sign, currency, match.start(), stop)


def _number(text: str, language: Language, *, scaled: bool) -> tuple[Decimal, bool]:
    """The number, and whether its one mark could be read in two ways."""
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


def _second(
    text: str, first: _End, place: int, lead: re.Match[str] | None, unit: str, language: Language
) -> _End | Message | None:
    """The other end of a range, if one follows."""
    join = JOIN.match(text, place)
    match = ONE_END.match(text, join.end()) if join else None
    if not join or not match:
        return None
    second = _end(match, language)
    if join["both"] and not (lead and lead["between"]):
        return None
    if join["most"] and not (lead and lead["floor"]):
        return None
    if join["slash"] and (unit or min(first.number, second.number) < 10):
        return None
    low, high = _scaled(first, second)
    if low > high:
        alike = bool(second.currency or second.scale > 1 or PER.match(text, second.stop))
        written = {"low": str(low), "high": str(high)}
        return Message(id="values.amount.turned", values=dict(written)) if alike else None
    if first.currency and second.currency and first.currency != second.currency:
        if {first.sign, second.sign} & {"$"}:
            return second
        return Message(id="values.amount.two_currencies", values={"typed": quoted(text)})
    return second


def _scaled(first: _End, second: _End) -> tuple[Decimal, Decimal]:
    """Both ends in full: in "50-60k" and "15 to 20 lakh" the word is meant for both."""
    low, high = first.scale, second.scale
    if low == 1 and high > 1 and first.number < THOUSAND and first.number <= second.number:
        low = high
    if high == 1 and low > 1 and second.number < THOUSAND:
        high = low
    return _plain(first.number * low), _plain(second.number * high)


def _plain(number: Decimal) -> Decimal:
    """Without decimals that are nought."""
    return number.to_integral_value() if number == number.to_integral_value() else number


def _currency(ends: tuple[_End, ...]) -> tuple[str, str]:
    """Currency and sign: a code after a plain $ says which dollar, Indian number words say INR."""
    signs = [end.sign for end in ends if end.sign]
    named = [sign for sign in signs if sign != "$"] or signs
    if named:
        return currency_named(named[-1]), named[-1]
    return ("INR", _indian(ends)) if _indian(ends) else ("", "")


def _indian(ends: tuple[_End, ...]) -> str:
    """The Indian number word beside an amount."""
    return next((end.scale_word for end in ends[::-1] if end.scale_word.startswith(("l", "cr"))), "")


def _limit(
    text: str, lead: re.Match[str] | None, stop: int, *, ranged: bool
) -> tuple[Literal["", "up_to", "from"], int]:
    if text[stop : stop + 1] == "+" and not ranged:
        return "from", stop + 1
    if lead and not ranged and lead["floor"]:
        return "from", stop
    return ("up_to" if lead and lead["most"] and not ranged else ""), stop


def _unit_before(lead: re.Match[str] | None) -> str:
    return unit_named(lead) if lead and lead["words"] else ""


def _unit_of_scale(ends: tuple[_End, ...]) -> str:
    return "year" if any(end.scale_word.replace(".", "") == "lpa" for end in ends) else ""
