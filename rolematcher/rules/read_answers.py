"""What people answered. In: one JSON object of form, file or command. Out: `Answers`, or every error.

The clean form holds every question, so that the same answers are always the same JSON.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar

from rolematcher.values.amounts import Amount, Language, amount_read, amount_text, quoted
from rolematcher.values.currencies import CURRENCIES, currency_of
from rolematcher.values.message import Message, Value
from rolematcher.values.numbers import day_read, whole_read
from rolematcher.values.places import place_read
from rolematcher.values.text import text_read

from .answers import Answers, Budget, Timeline
from .questions import FREE, WORKED_OUT
from .rulebook import NOBODY, UNSURE, Question, Rulebook
from .section import nearest

UNITS = ("hour", "day", "week", "month", "year", "project")
KINDS = ("pay", "total")
DOLLARS = ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "CLP", "COP", "ARS")
MOST_ERRORS = 20
Clean = str | int | tuple[str, ...] | Budget | Timeline | None
Json = str | int | None | list[str] | dict[str, "str | int | None"]
Read = TypeVar("Read")


class AnswersInvalid(ValueError):
    """A set of answers is wrong. `errors` holds every error found, each with its field ("budget.unit")."""

    def __init__(self, errors: tuple[tuple[str, Message], ...]) -> None:
        super().__init__("; ".join(f"{field}: {error.id} {dict(error.values)}" for field, error in errors))
        self.errors = errors


def _wrong(field: str, id: str, **values: Value) -> AnswersInvalid:
    return AnswersInvalid(((field, Message(id=f"answers.{id}", values=values)),))


def _kept(field: str, read: Read | Message) -> Read:
    if isinstance(read, Message):
        raise AnswersInvalid(((field, read),))
    return read


def _known(field: str, value: object, read: Callable[[object], Read | Message]) -> Read | None:
    """What was typed, None where nothing was or nobody knows."""
    return None if value in (None, "", UNSURE) else _kept(field, read(value))


def answers_read(rulebook: Rulebook, raw: object, language: Language = "en") -> Answers:
    """Check and clean a set of answers. Raises `AnswersInvalid` with every error found.

    `language` decides how an amount such as "1.250k" is meant, and nothing else.
    """
    if not isinstance(raw, Mapping):
        raise _wrong("answers", "not_an_object", typed=quoted(raw))
    asked = {question.id: question for question in rulebook.questions if not question.worked_out}
    names = [*asked, *(id for id in FREE if id not in asked)]
    unknown = [key for key in list(raw)[:500] if key not in names]
    errors = [error for key in unknown for error in _unknown(key, names).errors]
    clean: dict[str, Clean] = {}
    for id in names:
        question = asked.get(id)
        try:
            if question is None or question.free:
                clean[id] = _free(id, raw, language)
            else:
                clean[id] = _choice(question, raw.get(id))
        except AnswersInvalid as invalid:
            errors += invalid.errors
    if errors:
        raise AnswersInvalid(tuple(errors[:MOST_ERRORS]))
    return Answers.model_validate(clean)


def answers_json(answers: Answers) -> dict[str, Json]:
    """Answers as the plain JSON that is stored and that `answers_read` takes again."""
    data: dict[str, Json] = answers.model_dump(mode="json")
    if answers.budget:
        high = answers.budget.high
        budget = {"amount": amount_text(answers.budget.amount), "high": amount_text(high) if high else None}
        data["budget"] = answers.budget.model_dump(mode="json") | budget
    return data


def _unknown(key: object, names: list[str]) -> AnswersInvalid:
    field = key if isinstance(key, str) and len(key) <= 60 else "answers"
    return _wrong(field, "key_unknown", **nearest(key, names))


def _choice(question: Question, value: object) -> Clean:
    """A choice by its id; ticks as a tuple, None when nobody knows."""
    if question.many:
        ticks = _ticks(question, value)
        if question.id == "team":
            return ticks
        return UNSURE if ticks is None else ",".join(ticks) or NOBODY
    ids = [choice.id for choice in question.choices]
    if value is None or value == "" or (value == UNSURE and UNSURE not in ids):
        return question.default
    return _one(question.id, value, ids)


def _one(field: str, value: object, options: list[str] | tuple[str, ...]) -> str:
    if not isinstance(value, str) or value not in options:
        raise _wrong(field, "choice_unknown", **nearest(value, options))
    return value


def _ticks(question: Question, value: object) -> tuple[str, ...] | None:
    """() means nobody, None means not sure; both words stand alone."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        value = value.split(",")
    ticked = list(value)[:50] if isinstance(value, (list, tuple)) else [value]
    for tick in ticked:
        _one(question.id, tick, [*question.ticks, NOBODY, UNSURE])
    for alone in (UNSURE, NOBODY):
        if alone in ticked:
            if set(ticked) != {alone}:
                raise _wrong(question.id, "stands_alone", typed=alone)
            return None if alone == UNSURE else ()
    return tuple(id for id in question.ticks if id in ticked)


def _free(id: str, raw: Mapping[object, object], language: Language) -> Clean:
    if id == "budget":
        return _budget(raw.get(id), raw.get("place"), language)
    return _FREE[id](id, raw.get(id))


def _budget(value: object, place: object, language: Language) -> Budget | None:
    """From {"amount": "50-60k", "currency": "EUR", "unit": "year"}, or from a text that says all of it."""
    if isinstance(value, (str, int, float)) and value != UNSURE:
        value = {"amount": value}
    budget = _object("budget", value, ("amount", "high", "currency", "unit", "kind"))
    if budget is None or budget.get("amount") in (None, ""):
        return None
    amount = _kept("budget.amount", amount_read(budget["amount"], language))
    high = amount.high
    if budget.get("high") not in (None, ""):
        high = _kept("budget.high", amount_read(budget["high"], language)).high
    if not amount.low:
        raise _wrong("budget.amount", "budget_zero")
    if high < amount.low:
        raise _wrong("budget.high", "budget_turned", low=str(amount.low), high=str(high))
    return Budget(
        amount=amount.low,
        high=high if high != amount.low else None,
        currency=_currency(budget.get("currency"), amount, place),
        unit=_unit(budget.get("unit"), amount),  # type: ignore[arg-type]  # checked against UNITS
        kind=_one("budget.kind", budget["kind"], KINDS) if budget.get("kind") else None,  # type: ignore[arg-type]
    )


def _currency(given: object, amount: Amount, place: object) -> str:
    """The currency chosen, else the one written beside the amount, else the one of the place."""
    if given in (None, ""):
        return _currency_unsaid(amount, place)
    code = given.strip().upper() if isinstance(given, str) and len(given) < 20 else ""
    if code not in CURRENCIES:
        raise _wrong("budget.currency", "currency_unknown", typed=quoted(given))
    if amount.currency not in ("", code) and not (amount.sign == "$" and code in DOLLARS):
        raise _wrong("budget.currency", "currencies_differ", typed=code, written=amount.currency)
    return code


def _currency_unsaid(amount: Amount, place: object) -> str:
    code = amount.currency
    if amount.sign in ("", "$") or not code:
        of_place = currency_of(place.strip().upper()) if isinstance(place, str) else ""
        code = of_place if of_place and (not code or of_place in DOLLARS) else code
    if not code:
        raise _wrong("budget.currency", "currency_missing", sign=amount.sign)
    return code


def _unit(given: object, amount: Amount) -> str:
    if given in (None, ""):
        if not amount.unit:
            raise _wrong("budget.unit", "unit_missing")
        return amount.unit
    unit = _one("budget.unit", given, UNITS)
    if amount.unit not in ("", unit):
        raise _wrong("budget.unit", "units_differ", typed=unit, written=amount.unit)
    return unit


def _timeline(id: str, value: object) -> Timeline | None:
    timeline = _object(id, value, ("needed_by", "lasts", "hours_a_week", "weeks"))
    if timeline is None:
        return None
    read = Timeline(
        needed_by=_known("timeline.needed_by", timeline.get("needed_by"), day_read),
        lasts=_one("timeline.lasts", timeline.get("lasts") or UNSURE, WORKED_OUT["lasts"]),  # type: ignore[arg-type]
        hours_a_week=_whole("timeline.hours_a_week", timeline.get("hours_a_week"), 1, 80),
        weeks=_whole("timeline.weeks", timeline.get("weeks"), 1, 520),
    )
    return None if read == Timeline() else read


def _whole(field: str, value: object, least: int, most: int) -> int | None:
    return _known(field, value, partial(whole_read, least=least, most=most))


def _object(id: str, value: object, keys: tuple[str, ...]) -> Mapping[object, object] | None:
    if value is None or value in ("", UNSURE):
        return None
    if not isinstance(value, Mapping):
        raise _wrong(id, "not_an_object", typed=quoted(value))
    for key in value:
        if key not in keys:
            raise _wrong(id, "key_unknown", **nearest(key, keys))
    return value


def _lines(id: str, value: object, *, most: int, each: int) -> tuple[str, ...]:
    """A list of short texts, empty ones dropped."""
    items = [] if value in (None, "") else value
    if not isinstance(items, (list, tuple)):
        raise _wrong(id, "not_a_list", typed=quoted(items), most=most)
    kept = tuple(dict.fromkeys(filter(None, (_text(id, item, most=each, lines=1) for item in items[:50]))))
    if len(items) > 50 or len(kept) > most:
        raise _wrong(id, "too_many", over=max(len(items) if len(items) > 50 else 0, len(kept)) - most)
    return kept


def _text(id: str, value: object, *, most: int, lines: int) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _wrong(id, "not_text", typed=quoted(value))
    return _kept(id, text_read(value, most=most, lines=lines))


_FREE: Mapping[str, Callable[[str, object], Clean]] = {
    "place": lambda id, value: _known(id, value, place_read),
    "timeline": _timeline,
    "must_haves": lambda id, value: _lines(id, value, most=5, each=100),
    "success": lambda id, value: _lines(id, value, most=3, each=300),
    "description": lambda id, value: _text(id, value, most=5_000, lines=200),
    "client": lambda id, value: _text(id, value, most=200, lines=1),
    "project": lambda id, value: _text(id, value, most=200, lines=1),
    "team_hours": lambda id, value: _whole(id, value, 0, 1_000),
}
