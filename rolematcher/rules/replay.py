"""Past decisions under another edition. In: both editions and sheets or facts. Out: what comes out otherwise.

A sheet is its index in the answer table of the edition that decided; a million of them are one look-up.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .answer_table import AnswerTable, Outcome, answer_table
from .rulebook import Rulebook

Sheets = npt.NDArray[np.int64]


class Moved(NamedTuple):
    """Sheets that came out as `old` and come out as `new`: how many, and the places of the first few."""

    old: Outcome
    new: Outcome
    sheets: int
    first: tuple[int, ...]


FIRST_FEW = 20


def sheet_index(rulebook: Rulebook, facts: Mapping[str, str]) -> int:
    """The number to store with a decision so that it can be replayed."""
    return answer_table(rulebook).index(facts)


def replay(old: Rulebook, new: Rulebook, sheets: Sheets) -> tuple[Moved, ...]:
    """What sheets decided under `old` give under `new`, where that is another; most sheets first.

    An answer that the new edition does not know counts as not sure. Raises ValueError on a number that is no
    sheet of `old`.
    """
    before, after = answer_table(old), answer_table(new)
    if sheets.size and (sheets.min() < 0 or sheets.max() >= before.sheets):
        raise ValueError("a number is no sheet of the old edition; compute it anew from the facts")
    others = translated(before, after, sheets)
    was, now = before.codes[sheets].astype(np.int64), after.codes[others].astype(np.int64)
    both, place, count = np.unique(was * len(after.outcomes) + now, return_inverse=True, return_counts=True)
    moved = []
    for number, (code, often) in enumerate(zip(both.tolist(), count.tolist(), strict=True)):
        one, other = before.outcomes[code // len(after.outcomes)], after.outcomes[code % len(after.outcomes)]
        if one != other:
            first = np.flatnonzero(place == number)[:FIRST_FEW]
            moved.append(Moved(one, other, often, tuple(first.tolist())))
    return tuple(sorted(moved, key=lambda one: (-one.sheets, one.first)))


def translated(before: AnswerTable, after: AnswerTable, sheets: Sheets) -> Sheets:
    """The same answers as sheets of another edition's table."""
    old = {axis.id: axis for axis in before.axes}
    found = np.zeros(sheets.shape, dtype=np.int64)
    for axis in after.axes:
        mine = old.get(axis.id)
        default = {fact.id: fact.default for fact in after.rulebook.facts}
        if mine is None:
            found += axis.offset(default)
            continue
        known = [dict(zip(mine.facts, state, strict=True)) for state in mine.states]
        steps = [
            axis.offset({fact: state.get(fact, default[fact]) for fact in axis.facts}) for state in known
        ]
        found += np.array(steps)[sheets // mine.stride % len(mine.states)]
    return found
