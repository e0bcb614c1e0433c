"""Is a row of rates plausible? The row as text in, what is wrong with it and the cure out.

Import, admin and API all ask here. What is merely odd may be insisted on, with a reason that is kept.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from operator import attrgetter

from babel import Locale

from rolematcher.pay.figures import Figures
from rolematcher.pay.messages import say
from rolematcher.pay.money import HOURS, money
from rolematcher.pay.observation import (
    CAUTIONS,
    CHOICES,
    COLUMNS,
    GROUPS,
    UNITS,
    Observation,
    date_earliest,
    months_between,
    observation_read,
)
from rolematcher.pay.places import is_place
from rolematcher.values.currencies import CURRENCIES
from rolematcher.values.frozen import Frozen
from rolematcher.values.message import Message
from rolematcher.values.places import COUNTRIES

_LONGEST = {"publisher": 200, "title": 300, "url": 500, "sample": 200, "note": 2000, "insisted": 300}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
_OTHER_SCHEME = re.compile(r"(?!https?://)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_AMOUNT = re.compile(r"(?=.*[1-9])[0-9]{1,12}(\.[0-9]{1,2})?")
"""An amount above nothing, as a column holds it."""
_WIDEST = 6
_LOW, _HIGH = Decimal("0.15"), Decimal(6)
_FITS = (Decimal("0.3"), Decimal(3))
_HOURLY = (Decimal(2), Decimal(600))
_OLDEST_MONTHS = 60
_UNIT_RATIOS = {("day", "hour"): (5, 12), ("year", "month"): (8, 18)}
_THOUSAND = Decimal(1000)
_source = attrgetter("publisher", "seniority", "currency", "kind")


class RowError(Frozen):
    """What is wrong with one column of a row, why, and what to do; `may_insist` where it is only odd."""

    column: str
    reason: Message
    cure: Message
    may_insist: bool = False


def observation_errors(
    row: Mapping[str, str], figures: Figures, *, on: date, insist: str = ""
) -> tuple[RowError, ...]:
    """Everything wrong with a row, whose cells are text as in our own files; empty where it may be filed.

    `insist` is a person's reason to keep what is only odd; it never helps a row that cannot be read.
    """
    text = {name: (row.get(name) or "").strip() for name in (*COLUMNS, "insisted")}
    errors = [*_texts(text), *_choices(text), *_place_and_currency(text), *_amounts(text), *_dates(text, on)]
    if not errors:
        errors = list(_odd(observation_read(text), figures))
    return tuple(error for error in errors if not (error.may_insist and insist.strip()))


def _error(column: str, reason: Message, cure: Message, *, may_insist: bool = False) -> RowError:
    return RowError(column=column, reason=reason, cure=cure, may_insist=may_insist)


def _texts(text: Mapping[str, str]) -> Iterator[RowError]:
    for column, value in text.items():
        longest = _LONGEST.get(column, 60)
        if len(value) > longest:
            yield _error(column, say("row.long", column=column, longest=longest), say("cure.shorten"))
        if _CONTROL.search(value):
            yield _error(column, say("row.sign", column=column), say("cure.sign"))
    for column in ("publisher", "currency", "as_of", "place"):
        if not text[column]:
            yield _error(column, say("row.empty", column=column), say("cure.fill", column=column))
    if _OTHER_SCHEME.match(text["url"]):
        yield _error("url", say("row.address", typed=text["url"][:60]), say("cure.address"))


def _choices(text: Mapping[str, str]) -> Iterator[RowError]:
    """Words that are not among the choices of their column, and the nearest that are."""
    typed = [*((column, text[column], CHOICES[column]) for column in CHOICES)]
    typed += [("cautions", caution, CAUTIONS) for caution in text["cautions"].split()]
    for column, word, allowed in typed:
        if word not in allowed:
            near = difflib.get_close_matches(word.casefold(), allowed, 3, 0.5) or allowed
            reason = say("row.unknown", column=column, typed=word[:60])
            yield _error(column, reason, say("cure.choose", choices=tuple(near)))


def _place_and_currency(text: Mapping[str, str]) -> Iterator[RowError]:
    place, currency = text["place"], text["currency"]
    if place and not is_place(place):
        cure = say("cure.place", choices=places_near(place))
        yield _error("place", say("row.place", typed=place[:60]), cure)
    if currency and currency not in CURRENCIES:
        near = difflib.get_close_matches(currency.upper(), CURRENCIES, 3, 0.6)
        cure = say("cure.choose", choices=tuple(near or ("EUR", "GBP", "USD")))
        yield _error("currency", say("row.currency", typed=currency[:60]), cure)


def places_near(typed: str) -> tuple[str, ...]:
    """The codes of the places whose name or code comes nearest to what was typed."""
    names = {str(Locale("en").territories[code]).casefold(): code for code in COUNTRIES}
    names |= {code.casefold(): code for code in (*COUNTRIES, *GROUPS)}
    near = difflib.get_close_matches(typed.casefold(), names, 3, 0.6)
    return tuple(dict.fromkeys(names[name] for name in near)) or ("GLOBAL",)


def _amounts(text: Mapping[str, str]) -> Iterator[RowError]:
    given: list[Decimal] = []
    for column in (column for column in ("low", "typical", "high") if text[column]):
        if not _AMOUNT.fullmatch(text[column]):
            reason = say("row.amount", column=column, typed=text[column][:60])
            yield _error(column, reason, say("cure.write_digits"))
            return
        given.append(Decimal(text[column]))
    if not given:
        yield _error("typical", say("row.none_given"), say("cure.fill", column="typical"))
    elif given != sorted(given):
        yield _error("low", say("row.order"), say("cure.swap"))
    elif given[-1] > _WIDEST * given[0]:
        yield _error("high", say("row.ratio", most=_WIDEST), say("cure.one_unit"), may_insist=True)


def _dates(text: Mapping[str, str], on: date) -> Iterator[RowError]:
    printed = text["as_of"]
    try:
        day = date_earliest(printed)
    except ValueError:
        if printed:
            yield _error("as_of", say("row.date", typed=printed[:60]), say("cure.date"))
        return
    if day > on:
        yield _error("as_of", say("row.future", day=printed), say("cure.today", day=on.isoformat()))
    elif months_between(printed, on) > _OLDEST_MONTHS:
        yield _error("as_of", say("row.old", day=printed, years=5), say("cure.newer"), may_insist=True)


def _odd(row: Observation, figures: Figures) -> Iterator[RowError]:
    """What can be read but is hardly true: pay far from the model, units that disagree."""
    exchange = figures.exchange.rate(row.currency, "USD", row.day)
    if exchange is None or row.kind == "retainer":
        return
    hourly = row.middle * exchange.rate / HOURS[row.unit]
    shown = money(row.middle, row.currency, row.unit)
    cell = figures.modelled(row.role, row.place, row.engagement_type, row.seniority)
    expected = cell.p50 if cell else Decimal(50)
    if row.engagement_type == "permanent" and cell:
        fits = _LOW <= hourly / expected <= _HIGH
        reason = say("row.low_pay" if hourly < expected else "row.high_pay", figure=shown, place=row.place)
    else:
        fits, reason = _HOURLY[0] <= hourly <= _HOURLY[1], say("row.hourly", figure=shown)
    if fits:
        yield from _other_units(row, figures)
    else:
        cure = _cure(hourly * HOURS[row.unit], row.unit, expected)
        yield _error("typical", reason, cure, may_insist=True)


def _cure(dollars: Decimal, unit: str, expected: Decimal) -> Message:
    """The unit that fits the figure, else thousands, else to look again."""
    units, thousands = (
        tuple(other for other in UNITS if _FITS[0] <= amount / HOURS[other] / expected <= _FITS[1])
        for amount in (dollars, dollars * _THOUSAND)
    )
    if fitting := tuple(other for other in units if other != unit):
        return say("cure.unit", choices=fitting)
    return say("cure.thousands", choices=thousands) if thousands else say("cure.check_amount")


def _other_units(row: Observation, figures: Figures) -> Iterator[RowError]:
    """A publisher's figures of one cell must agree: a day is 5 to 12 hours, a year 8 to 18 months."""
    for other in figures.rows(row.role, row.place, row.engagement_type):
        pair = {row.unit: row.middle, other.unit: other.middle} if _source(row) == _source(other) else {}
        for (larger, smaller), (least, most) in _UNIT_RATIOS.items():
            if set(pair) == {larger, smaller} and not least <= pair[larger] / pair[smaller] <= most:
                shown = {
                    name: money(one.middle, one.currency, one.unit)
                    for name, one in (("figure", row), ("other", other))
                }
                reason = say("row.other_unit", publisher=other.publisher, **shown)
                yield _error("unit", reason, say("cure.check_amount"), may_insist=True)
                return
