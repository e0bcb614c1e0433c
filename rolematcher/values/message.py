"""What a pure room has to say, without words: an id and the values that belong into its sentence.

The sentence for an id is written once, in `words.py` of the room that shows it, in the reader's language.
"""

from __future__ import annotations

from decimal import Decimal

from .frozen import Frozen


class Money(Frozen):
    """An amount, or a range where `high` is given: `amount` in `currency` (ISO 4217) per `unit`.

    `unit` is hour, day, week, month, year, project, or "" for a sum.
    """

    amount: Decimal
    currency: str
    unit: str = ""
    high: Decimal | None = None


class Number(Frozen):
    """A figure without a currency, said with the marks of the reader's language."""

    number: Decimal


Value = str | int | Money | Number | tuple["Message", ...] | tuple[str, ...]
"""What may stand in a message. Texts are ids (a role, a place, a seniority), dates (ISO) or publishers."""


class Message(Frozen):
    """One thing to say. `id` is dotted and begins with its room, such as `pay.budget.short`."""

    id: str
    values: dict[str, Value] = {}


def say(id: str, **values: Value) -> Message:
    """A message of this room."""
    return Message(id=f"values.{id}", values=values)
