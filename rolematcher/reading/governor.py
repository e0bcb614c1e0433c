"""What an amount is said to be. In: a sentence and where the amount stands. Out: the noun that governs it.

Pay, a rate, a budget, a verb such as "we pay", or something else (a price, a licence, turnover, a funding
round); "" where no word of money stands near.
"""

from __future__ import annotations

import re
from typing import Literal, get_args

from .patterns import alternatives, pattern

Word = Literal["other", "salary", "rate", "granted", "budget", "verb"]
Governor = Word | Literal[""]
GOVERNORS: tuple[Word, ...] = get_args(Word)
NOUNS: tuple[Governor, ...] = ("salary", "rate", "budget")
WORDS = re.compile(
    "|".join(
        rf"(?P<{name}>(?<![^\W\d_])(?:{alternatives(words)}))(?![^\W\d_])"
        for name, words in (
            ("other", "money.other"),
            ("salary", "money.salary"),
            ("rate", "money.rate"),
            ("granted", "money.granted"),
            ("budget", "money.budget"),
            ("verb", "money.verbs"),
        )
    ),
    re.IGNORECASE,
)
CLAUSE = pattern("money.clause")
AFTER_PAY = pattern("money.after_pay")
PAY_WITHIN = pattern("money.pay_within")
"""Before tax and by the year or month is pay, whatever else is said."""
SPENT = pattern("money.spent")
FOR_ELSE = pattern("money.for_else")
"""What was granted for something else: "approved €120,000 for new forklifts"."""
FIGURE = re.compile(r"(?:(?<![^\W\d_])(?:[A-Z]{1,3}|Rs\.?|rs\.?)[$]?\s?|[^\w\s]\s?)?\d")
GRANTED_LATER = re.compile(rf"[^.;!?]{{0,60}}?\b(?:{alternatives('money.granted')})\b", re.IGNORECASE)
"""German says at the end of the clause that an amount was granted."""
GOES_ON = re.compile(r"\s?(?:to\b|-|bis\b|\+|plus\b|and\b|und\b)")
LOOK_BACK, LOOK_AHEAD, NEXT_WORD = 120, 40, 24


def governor_of(text: str, first: int, last: int, before: int, field: str) -> Governor:
    """The noun that governs the amount at [first, last): the field's, else the nearest word of money.

    `before` is where the amount before it ends; `field` is "budget" or "pay" for a line with that name.
    """
    word = _nearest(text, first, last, before, field)
    if not word and GRANTED_LATER.match(text, last):
        word = "granted"
    if word != "granted":
        return word
    return "other" if FOR_ELSE.match(text, last) or FOR_ELSE.match(text[before:first]) else "budget"


def _nearest(text: str, first: int, last: int, before: int, field: str) -> Governor:
    digits = FIGURE.search(text[first:last])
    first += digits.start() if digits else 0  # the amount's own stretch begins with words such as "day rate"
    clause = _clause_start(text, max(before, first - LOOK_BACK), first)
    found, behind = _last_word(text, clause, first), _word_behind(text, last)
    if SPENT.match(text, last):
        return "budget"
    if behind == "other":
        return "other" if found in ("", "budget", "granted", "verb") else found
    if AFTER_PAY.match(text, last) or PAY_WITHIN.search(text, first, last):
        return _of_pay(found, behind)
    if field and found != "other":
        return _of_field(field, found, for_else=bool(FOR_ELSE.match(text, last)))
    return found or behind or _of_clauses_before(text, first, last)


def _of_field(field: str, found: Governor, *, for_else: bool) -> Governor:
    """In a line named budget or pay: the word in it, else the name; a budget for something else is none."""
    if field == "budget":
        return "other" if for_else else found or "budget"
    return found or "salary"


def _of_clauses_before(text: str, first: int, last: int) -> Governor:
    """What an earlier clause says; nothing where the amount is for something else."""
    found = _last_word(text, max(0, first - LOOK_BACK), first)
    return "" if found == "budget" and FOR_ELSE.match(text, last) else found


def _of_pay(found: Governor, behind: Governor) -> Governor:
    """Before a word such as "gross" it is pay, unless a rate or budget is named before the amount."""
    return found if found in ("rate", "budget", "granted", "verb") and behind != "salary" else "salary"


def _clause_start(text: str, before: int, first: int) -> int:
    """Where the amount's clause begins; a clause that is empty belongs to the one before it."""
    pieces = [match.end() for match in CLAUSE.finditer(text, before, first)]
    return pieces[-1] if pieces and text[pieces[-1] : first].strip(" :") else before


def _word_behind(text: str, last: int) -> Governor:
    """The word of money right behind the amount, in the same clause."""
    after = text[last : last + LOOK_AHEAD]
    stop = CLAUSE.search(after)
    tail = after[: stop.start()] if stop else after
    following = None if GOES_ON.match(tail) else WORDS.search(tail)
    named = _named(following) if following and following.start() <= NEXT_WORD else ""
    return "" if named == "granted" else named


def _last_word(text: str, begin: int, end: int) -> Governor:
    """What the last word of money before the amount says; a price word nearby outvotes "pay"."""
    names = [_named(match) for match in WORDS.finditer(text, begin, end)]
    if not names:
        return ""
    if names[-1] == "verb":
        return "other" if "other" in names else "verb"
    outvoted = "other" in names and names[-1] in ("budget", "other") and names.count("budget") < 2
    return "other" if outvoted else names[-1]


def _named(match: re.Match[str]) -> Governor:
    return next((name for name in GOVERNORS if match[name]), "")
