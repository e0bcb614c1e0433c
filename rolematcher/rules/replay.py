"""Past decisions under another edition. In: both answer tables, places in the old. Out: places in the new.

A decision keeps its place in the answer table of the edition that decided; a million are one look-up.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .answer_table import AnswerTable

Sheets = npt.NDArray[np.int64]


def translated(before: AnswerTable, after: AnswerTable, sheets: Sheets) -> Sheets:
    """The same answers in another edition's table. An answer that it does not know counts as not sure."""
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
