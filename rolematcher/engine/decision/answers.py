"""What people answered. In: one JSON object from the form, a file or a command. Out: its one clean form.

The clean form holds every question, in the rulebook's order, so that the same answers are always the same
text: "unsure" where nobody knows, None for an amount, place or date nobody gave. Faults are listed together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from rolematcher.engine.amounts import AmountError, amount_read, amount_text, whole_read
from rolematcher.engine.currencies import CURRENCIES
from rolematcher.engine.errors import AnswerError, AnswersInvalid
from rolematcher.engine.model import NOBODY, UNSURE, Question, Rulebook
from rolematcher.engine.plain_text import TextError, text_read
from rolematcher.engine.regions import ALSO_WRITTEN, REGIONS
from rolematcher.engine.rulebook.questions import FREE, WORKED_OUT
from rolematcher.engine.rulebook.reading import one_of, quoted

from .facts import facts_of

PERIODS = ("hour", "day", "month", "year", "project")
KINDS = ("pay", "total")
LASTS = WORKED_OUT["lasts"]
ISO_DAY = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}")
MOST_FAULTS = 20

Answers = dict[str, Any]


def answers_read(rulebook: Rulebook, raw: object) -> Answers:
    """Check and clean a set of answers. Raises `AnswersInvalid` with every fault found."""
    if not isinstance(raw, Mapping):
        raise AnswersInvalid((AnswerError("answers", f"must be one object of answers, not {quoted(raw)}."),))
    asked = {question.id: question for question in rulebook.questions if not question.worked_out}
    names = [*asked, *(id for id in FREE if id not in asked)]
    faults = [_unknown(rulebook, key, names) for key in list(raw)[:500] if key not in names]
    clean: Answers = {}
    for id in names:
        try:
            question = asked.get(id)
            clean[id] = (
                _free(id, raw.get(id))
                if question is None or question.free
                else _choice(question, raw.get(id))
            )
        except AnswerError as fault:
            faults.append(fault)
        except (AmountError, TextError) as fault:
            faults.append(AnswerError(id, str(fault)))
    if faults:
        raise AnswersInvalid(tuple(faults[:MOST_FAULTS]))
    return clean


def _unknown(rulebook: Rulebook, key: object, names: list[str]) -> AnswerError:
    field = key if isinstance(key, str) and len(key) <= 60 else "answers"
    if field in (question.id for question in rulebook.questions):
        return AnswerError(field, "is worked out from other answers; leave it out.")
    return AnswerError(field, f"there is no question {quoted(key)}; {one_of(key, names)}.")


def _choice(question: Question, value: object) -> object:
    """A choice by its id; ticked choices as a list, None when nobody knows."""
    if question.many:
        return _ticks(question, value)
    ids = [choice.id for choice in question.choices]
    if value is None or value == "" or (value == UNSURE and UNSURE not in ids):
        return question.default
    if not isinstance(value, str) or value not in ids:
        raise AnswerError(question.id, f"cannot be {quoted(value)}; {one_of(value, ids)}.")
    return value


def _ticks(question: Question, value: object) -> list[str] | None:
    """[] means nobody, None means not sure; both words stand alone."""
    ids = [choice.id for choice in question.choices if choice.id not in (NOBODY, UNSURE)]
    if value is None or value == "":
        return None
    ticked = value if isinstance(value, (list, tuple)) else [value]
    for tick in ticked:
        if not isinstance(tick, str) or tick not in (*ids, NOBODY, UNSURE):
            raise AnswerError(
                question.id, f"cannot hold {quoted(tick)}; {one_of(tick, [*ids, NOBODY, UNSURE])}."
            )
    for alone, meaning in ((UNSURE, None), (NOBODY, [])):
        if alone in ticked:
            if set(ticked) != {alone}:
                raise AnswerError(question.id, f"'{alone}' goes with nothing else; untick it or the others.")
            return meaning
    return [id for id in ids if id in ticked]


def _free(id: str, value: object) -> object:
    return _FREE[id](id, value)


def _budget(id: str, value: object) -> dict[str, str] | None:
    budget = _object(id, value, ("amount", "currency", "per", "kind"))
    if budget is None or budget.get("amount") in (None, ""):
        return None
    amount = amount_read(budget["amount"])
    if not amount:
        raise AnswerError(id, "is 0; leave it empty if no budget is set.")
    currency = budget.get("currency")
    code = currency.strip().upper() if isinstance(currency, str) and len(currency) < 20 else currency
    if code not in CURRENCIES:
        raise AnswerError(
            id, f"the currency cannot be {quoted(currency)}; use a three-letter code such as EUR."
        )
    return {
        "amount": amount_text(amount),
        "currency": str(code),
        "per": _one(id, "per", budget.get("per"), PERIODS),
        "kind": _one(id, "kind", budget.get("kind"), KINDS),
    }


def _one(id: str, part: str, value: object, options: tuple[str, ...]) -> str:
    if not isinstance(value, str) or value not in options:
        raise AnswerError(id, f"'{part}' cannot be {quoted(value)}; {one_of(value, options)}.")
    return value


def _timeline(id: str, value: object) -> dict[str, object] | None:
    timeline = _object(id, value, ("needed_by", "lasts", "hours_a_week", "weeks"))
    if timeline is None:
        return None
    clean: dict[str, object] = {
        "needed_by": _day(id, timeline.get("needed_by")),
        "lasts": _one(id, "lasts", timeline.get("lasts") or UNSURE, LASTS),
        "hours_a_week": _whole(timeline.get("hours_a_week"), 80),
        "weeks": _whole(timeline.get("weeks"), 520),
    }
    return None if clean == {**dict.fromkeys(clean), "lasts": UNSURE} else clean


def _day(id: str, value: object) -> str | None:
    if value in (None, ""):
        return None
    if isinstance(value, str) and ISO_DAY.fullmatch(value):
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            raise AnswerError(id, f"{quoted(value)} is not a day of the calendar; check it.") from None
    raise AnswerError(id, f"{quoted(value)} is not a date; write it as 2027-01-31.")


def _whole(value: object, most: int) -> int | None:
    return None if value in (None, "") else whole_read(value, least=1, most=most)


def _team_hours(id: str, value: object) -> int | None:
    return None if value in (None, "", UNSURE) else whole_read(value, least=0, most=1_000)


def _place(id: str, value: object) -> str | None:
    if value in (None, "", UNSURE):
        return None
    code = value.strip().upper() if isinstance(value, str) and len(value) < 20 else value
    if not isinstance(code, str) or code not in REGIONS:
        meant = ALSO_WRITTEN.get(code, "") if isinstance(code, str) else ""
        cure = f"did you mean {meant}?" if meant else "use a two-letter country code such as DE, or a group."
        raise AnswerError(id, f"{quoted(value)} is not a place; {cure}")
    return code


def _object(id: str, value: object, keys: tuple[str, ...]) -> Mapping[str, Any] | None:
    if value is None or value in ("", UNSURE):
        return None
    if not isinstance(value, Mapping):
        raise AnswerError(id, f"must be an object of {', '.join(keys)}, not {quoted(value)}.")
    for key in value:
        if key not in keys:
            raise AnswerError(id, f"does not know {quoted(key)}; {one_of(key, keys)}.")
    return value


def _lines(id: str, value: object, *, most: int, each: int) -> list[str]:
    """A list of short texts, empty ones dropped."""
    items = [] if value in (None, "") else value
    if not isinstance(items, (list, tuple)):
        raise AnswerError(id, f"must be a list of up to {most} texts, not {quoted(items)}.")
    if len(items) > 50:
        raise AnswerError(id, f"has {len(items)} entries; {most} are allowed, keep the most important.")
    read = [_text(id, item, most=each, lines=1) for item in items]
    kept = list(dict.fromkeys(text for text in read if text))
    if len(kept) > most:
        raise AnswerError(id, f"has {len(kept)} entries; {most} are allowed, keep the most important.")
    return kept


def _text(id: str, value: object, *, most: int, lines: int) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise AnswerError(id, f"must be text, not {quoted(value)}.")
    return text_read(value, most=most, lines=lines)


_FREE: Mapping[str, Callable[[str, object], object]] = {
    "budget": _budget,
    "place": _place,
    "timeline": _timeline,
    "musts": lambda id, value: _lines(id, value, most=5, each=100),
    "success": lambda id, value: _lines(id, value, most=3, each=300),
    "description": lambda id, value: _text(id, value, most=5_000, lines=200),
    "client": lambda id, value: _text(id, value, most=200, lines=1),
    "project": lambda id, value: _text(id, value, most=200, lines=1),
    "team_hours": _team_hours,
}

__all__ = ["Answers", "AnswersInvalid", "answers_read", "facts_of"]
