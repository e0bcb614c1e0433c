"""Every message id of the reader with the names of its values, so that a test can ask for words."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, ...]] = {
    "reading.role": ("role", "other"),
    "reading.readers_differ": ("role", "other"),
    "reading.rules_differ": ("role", "other"),
    "reading.one_sentence": ("role", "other"),
    "reading.close": ("role", "other"),
    "reading.other_trade": ("trade",),
    "reading.says_nothing": (),
    "reading.not_text": (),
    "reading.empty": (),
    "reading.language_not_read": ("language",),
}
