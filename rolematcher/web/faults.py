"""What the engine says of a wrong answer, in the active language. In: its English. Out: the same, said there.

What somebody typed stands in such a sentence as she typed it; only limits get the marks of the language.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from .names import digits
from .phrases import shapes_of

FAULTS: tuple[Promise, ...] = (
    # Texts
    lazy("has %(count)s characters; %(most)s are allowed, shorten it."),
    lazy("has %(count)s lines; %(most)s are allowed, shorten it."),
    lazy("has a damaged character in line %(line)s; delete it or paste the text again."),
    lazy("piles more than %(most)s accents on one letter in line %(line)s; delete them."),
    lazy("has %(count)s emoji; %(most)s are allowed, delete some."),
    lazy("has %(count)s entries; %(most)s are allowed, keep the most important."),
    # Amounts and numbers
    lazy("%(typed)s is below zero; type an amount without a sign."),
    lazy("%(typed)s can be read in two ways; type 45000 for forty-five thousand, 45.50 for decimals."),
    lazy(
        "%(typed)s is not an amount; type digits only, such as 45000, 45,000 or 27.50,"
        " and choose the currency beside it."
    ),
    lazy("%(typed)s is not an amount; type digits, such as 45000."),
    lazy("that is too long for an amount; type digits only, such as 45000."),
    lazy("the amount has more than %(most)s digits; check it."),
    lazy("%(typed)s is not a whole number from %(least)s to %(most)s; type one."),
    lazy("is 0; leave it empty if no budget is set."),
    # Choices, dates and places
    lazy("the currency cannot be %(typed)s; use a three-letter code such as EUR."),
    lazy("%(typed)s is not a day of the calendar; check it."),
    lazy("%(typed)s is not a date; write it as 2027-01-31."),
    lazy("%(typed)s is not a place; use a two-letter country code such as DE, or a group."),
    lazy("%(tick)s goes with nothing else; untick it or the others."),
    lazy("%(part)s cannot be %(typed)s; %(cure)s."),
    lazy("cannot be %(typed)s; %(cure)s."),
    lazy("cannot hold %(typed)s; %(cure)s."),
)
REFUSALS: tuple[Promise, ...] = (
    lazy("The text says nothing about %(work)s."),
    lazy("The text reads like %(trade)s (%(quoted)s) and says little about %(work)s."),
    lazy("The text reads like %(trade)s (%(quoted)s) and says nothing that counts about %(work)s."),
)
WORK = lazy("linking tools, building on an existing AI model or training a model")
NUMBERS = ("count", "most", "least")


def fault(text: str) -> str:
    """A fault in the active language; unchanged in English or where it is not listed."""
    if (get_language() or "en").startswith("en"):
        return text
    exact = _(text) if text else ""
    if exact != text:
        return exact
    for form, shape in shapes_of(FAULTS):
        found = shape.fullmatch(text)
        if found:
            slots = found.groupdict()
            return _(form) % {
                name: _number(part) if name in NUMBERS else part for name, part in slots.items()
            }
    return text


def refusal(text: str) -> str:
    """Why a description was not read, in the active language; what it quotes stays as it is."""
    if (get_language() or "en").startswith("en"):
        return text
    for form, shape in shapes_of(REFUSALS):
        found = shape.fullmatch(text)
        if found:
            return _(form) % {
                name: _(part) if name in ("work", "trade") else part
                for name, part in found.groupdict().items()
            }
    return text


def _number(text: str) -> str:
    plain = text.replace(",", "")
    return digits(plain) if plain.isdigit() else text
