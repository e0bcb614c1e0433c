"""Whose money is an amount? In: the amount in its sentence, its governor. Out: a share for each unit.

Many small signs add up: the words around the amount, its unit and size, where in the text it stands, what
governs it. Each has its weights in `data/reading/money_weights.toml` for everybody to see; `OTHER` is money
that is no pay for the work: a price, turnover, a fine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import log10

from rolematcher.values.amounts import Amount

from .governor import Governor
from .patterns import pattern, table
from .scan import Sentence
from .signs import shares, words_around
from .vocabulary import Vocabulary

OTHER = "other"
PIECE_START, PIECE_END = pattern("money.piece_start"), pattern("money.piece_end")
"""An amount that is a piece of its own: "Remote, 4k a month"."""
PER_EURO = table("units_of_a_euro")
SMALL = 50
"""From how many units to the euro on amounts are written in lakhs or millions."""


def signs_of_amount(
    amount: Amount, sentence: Sentence, text: str, governor: Governor, *, post: bool
) -> dict[str, float]:
    """The signs of an amount in `text`, its sentence; `post`: a permanent post is offered."""
    first, last = (sentence.part.start + end for end in amount.span)
    shape = dict.fromkeys(_shape(amount, sentence, text, governor, post), 1.0)
    return shape | dict(words_around(sentence, first, last))


def is_small(currency: str) -> bool:
    """Are its units worth so little that pay is written in lakhs or millions of them?"""
    return bool(PER_EURO.get(currency, 1) >= SMALL)


def share_of_units(signs: dict[str, float], words: Vocabulary) -> dict[str, float]:
    """Unit, or OTHER for money that is no pay, -> its share; all add to one."""
    return shares(signs, words.money)


def _shape(amount: Amount, sentence: Sentence, text: str, governor: Governor, post: bool) -> Iterator[str]:
    size = float(amount.high) / PER_EURO.get(amount.currency, 1)
    yield f"governor {governor}"
    yield f"unit {amount.unit}"
    yield f"size {int(2 * log10(max(size, 1)))}"
    yield f"limit {amount.limit}"
    yield f"part {sentence.part.label}"
    yield f"field {sentence.part.field}"
    yield "currency" if amount.currency else "no currency"
    if amount.high > amount.low:
        yield "range"
    if amount.scaled:
        yield "scaled small" if is_small(amount.currency) else "scaled"
    if post:
        yield "post"
    if sentence.part.first:
        yield "title"
    if PIECE_START.search(text[: amount.span[0]]) and PIECE_END.match(text, amount.span[1]):
        yield "alone"
    if re.search(r"\?\s*$", text):
        yield "asked"
