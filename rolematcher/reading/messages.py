"""Every message id of the reader with the names of its values, so that a test can ask for words."""

from __future__ import annotations

CHOICES = (
    "work", "platform", "evidence", "team", "data", "wish", "app", "stage", "sensitivity", "harm", "remote",
    "engagement_type", "lead", "maintainer",
)  # fmt: skip

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
    "reading.budget.governed": ("amount",),
    "reading.budget.by_unit": ("amount",),
    "reading.budget.contradicts": ("amount",),
    "reading.budget.place_currency": ("amount",),
    "reading.place.line": ("place", "division"),
    "reading.place.role": ("place", "division"),
    "reading.place.named": ("place", "division"),
    "reading.place.company": ("place", "division"),
    "reading.fact.timeline": ("lasts",),
    "reading.fact.must_haves": ("count",),
    "reading.fact.trade": ("trade",),
    **{f"reading.fact.{fact}": ("value",) for fact in CHOICES},
}
