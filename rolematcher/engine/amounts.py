"""Amounts and whole numbers as people type them. In: a text or number. Out: an exact number, or a cure.

One rule for the form, the command and the CSV import: digits 0-9; thousands apart by a comma, a space or
an apostrophe; a dot before one or two decimals. Nothing is guessed: `45.000` is forty-five to one reader
and forty-five thousand to another, so it is refused.
"""

from __future__ import annotations

import re
from decimal import Decimal

from rolematcher.engine.rulebook.reading import quoted

MOST_DIGITS = 12
SPACES = str.maketrans({"\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2019": "'"})
PLAIN = re.compile(r"[0-9]+(?:\.[0-9]{1,2})?")
GROUPED = re.compile(r"[0-9]{1,3}(?:([, '])[0-9]{3})(?:\1[0-9]{3})*(?:\.[0-9]{1,2})?")
LAKHS = re.compile(r"[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]{1,2})?")
WHOLE = re.compile(r"[0-9]{1,9}")


class AmountError(ValueError):
    """What was typed is not an amount. The text says what to type instead."""


def amount_read(typed: object) -> Decimal:
    """The amount, 0 or more, exact. Takes text, or a number that came from JSON. Raises `AmountError`."""
    text = _text_of(typed)
    if text.startswith(("-", "\u2212", "(")):
        raise AmountError(f"{quoted(text)} is below zero; type an amount without a sign.")
    if re.search(r"[0-9]\.[0-9]{3}(?![0-9])", text) and not GROUPED.fullmatch(text):
        raise AmountError(
            f"{quoted(text)} can be read in two ways; type 45000 for forty-five thousand, 45.50 for decimals."
        )
    if not any(shape.fullmatch(text) for shape in (PLAIN, GROUPED, LAKHS)):
        raise AmountError(
            f"{quoted(text)} is not an amount; type digits only, such as 45000, 45,000 or 27.50,"
            " and choose the currency beside it."
        )
    digits = re.sub(r"[, ']", "", text)
    if len(digits.partition(".")[0].lstrip("0")) > MOST_DIGITS:
        raise AmountError(f"the amount has more than {MOST_DIGITS} digits; check it.")
    return Decimal(digits)


def amount_text(amount: Decimal) -> str:
    """An amount in its one stored form: no separators, no exponent, two decimals or none."""
    if amount == amount.to_integral_value():
        return format(amount.to_integral_value(), "f")
    return format(amount.quantize(Decimal("0.01")), "f")


def whole_read(typed: object, *, least: int, most: int) -> int:
    """A whole number between two bounds, both included. Takes text or an int. Raises `AmountError`."""
    text = str(typed) if isinstance(typed, int) and not isinstance(typed, bool) else typed
    if isinstance(text, str) and len(text) < 20 and WHOLE.fullmatch(text.strip(" \t")):
        number = int(text)
        if least <= number <= most:
            return number
    raise AmountError(f"{quoted(typed)} is not a whole number from {least} to {most}; type one.")


def _text_of(typed: object) -> str:
    if isinstance(typed, bool) or not isinstance(typed, (str, int, float, Decimal)):
        raise AmountError(f"{quoted(typed)} is not an amount; type digits, such as 45000.")
    if isinstance(typed, str):
        if len(typed) > 60:
            raise AmountError("that is too long for an amount; type digits only, such as 45000.")
        return typed.translate(SPACES).strip(" \t\n")
    if isinstance(typed, int):
        return str(typed) if -(10**15) < typed < 10**15 else "9" * 16
    # A JSON number such as 27.5 or 120000.0, written out; the shape check refuses NaN, 1e400 and the like.
    return (repr(typed) if isinstance(typed, float) else str(typed)).removesuffix(".0")
