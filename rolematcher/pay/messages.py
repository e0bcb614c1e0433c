"""What this room says: an id and its values in, a Message out. The sentences stand in `rates/words.py`."""

from __future__ import annotations

from rolematcher.values.message import Message, Value


def say(id: str, **values: Value) -> Message:
    """The message of an id of this room, such as "budget.covers"."""
    return Message(id=f"pay.{id}", values=values)
