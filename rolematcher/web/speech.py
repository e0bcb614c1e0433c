"""Messages of the pure rooms in the active language. In: a message and its room's sentences. Out: words.

A sentence has a slot a value, `%(budget)s`. What stands there is said by what it is (money, a number, another
message) and else by the name of the slot: a `role` is an id, a `place` a code, an `on` a day. A sentence that
counts is made with `ngettext_lazy(one, many, "count")`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.functional import Promise

from rolematcher.values.message import Message, Money, Number, Value

from .names import (
    A_ROLE,
    BY_ENGAGEMENT_TYPE,
    ENGAGEMENT_TYPE,
    KIND,
    RECOMMENDATION,
    ROLE,
    SENIORITY,
    STATUS,
    UNIT,
    as_of_words,
    day_words,
    digits,
    listed,
    money_range,
    place_name,
)

Sentences = Mapping[str, str | Promise]


class Count(int):
    """A whole number that is printed with the marks of the language and still decides a plural."""

    def __str__(self) -> str:
        return digits(str(int(self)))


def say(message: Message, sentences: Sentences) -> str:
    """The message in the active language. Raises KeyError where the room has no sentence for its id."""
    values = {name: value_words(name, value, sentences) for name, value in message.values.items()}
    sentence = sentences[message.id]
    if not values:
        # Without a slot a sentence may still hold a written "%%".
        return str(sentence) % {}
    return sentence % values


def value_words(name: str, value: Value | Message, sentences: Sentences) -> str | Count:
    """What stands in the slot `name`."""
    if isinstance(value, Message):
        return say(value, sentences)
    if isinstance(value, Money):
        return money_words(value)
    if isinstance(value, Number):
        return number_words(value.number)
    if isinstance(value, int):
        return Count(value)
    if isinstance(value, tuple):
        return listed(str(value_words(name, part, sentences)) for part in value)
    return NAMED.get(name, str)(value)


def money_words(money: Money) -> str:
    """An amount or a range with its currency and unit: "EUR 60,000-70,000 a year"."""
    high = money.amount if money.high is None else money.high
    return money_range(money.amount, high, money.currency, money.unit)


def number_words(number: Decimal) -> str:
    """A number that is no amount, as people write it: 2,080, 14.3, 0.644, 0.0006512."""
    if number == number.to_integral_value():
        return digits(number)
    places = max(3 - number.adjusted(), 1)
    short = round(number, places).normalize()
    return number_format(
        short, decimal_pos=max(-int(short.as_tuple().exponent), 0), use_l10n=True, force_grouping=True
    )


def _per(unit: str) -> str:
    return f" {UNIT[unit]}" if unit else ""


def _day(text: str) -> str:
    return day_words(date.fromisoformat(text))


def _of(names: Mapping[str, str | Promise]) -> Callable[[str], str]:
    return lambda id: str(names.get(id, id))


NAMED: Mapping[str, Callable[[str], str]] = {
    "role": _of(ROLE),
    "a_role": _of(A_ROLE),
    **dict.fromkeys(("seniority", "base_seniority"), _of(SENIORITY)),
    "engagement_type": _of(ENGAGEMENT_TYPE),
    "by_engagement_type": _of(BY_ENGAGEMENT_TYPE),
    "recommendation": _of(RECOMMENDATION),
    "kind": _of(KIND),
    "status": _of(STATUS),
    **dict.fromkeys(("unit", "printed", "longer", "shorter"), _of(UNIT)),
    "per": _per,
    "place": place_name,
    "division": place_name,
    "on": _day,
    "date": _day,
    **dict.fromkeys(("as_of", "day"), as_of_words),
}
"""How a text in a slot of this name is said; any other stands as it is."""
