"""Every message id of the small values with the names of its values, so that a test can ask for words."""

from __future__ import annotations

from .message import Message, Value

MESSAGES: dict[str, tuple[str, ...]] = {
    "values.amount.empty": (),
    "values.amount.not_amount": ("typed",),
    "values.amount.two_ways": ("typed",),
    "values.amount.several": ("typed",),
    "values.amount.below_zero": ("typed",),
    "values.amount.other_digits": ("typed",),
    "values.amount.too_many_digits": ("most",),
    "values.amount.too_long": ("over",),
    "values.amount.turned": ("low", "high"),
    "values.amount.two_currencies": ("typed",),
    "values.number.whole": ("typed", "least", "most"),
    "values.day.not_a_day": ("typed",),
    "values.day.not_in_calendar": ("typed",),
    "values.place.unknown": ("typed",),
    "values.place.meant": ("typed", "meant"),
    "values.text.too_long": ("over",),
    "values.text.too_many_lines": ("over",),
    "values.text.damaged": ("line",),
    "values.text.too_many_emoji": ("over",),
    "values.text.too_many_accents": ("line",),
}


def say(id: str, **values: Value) -> Message:
    """The message of an id of this room with its values."""
    return Message(id=f"values.{id}", values=values)
