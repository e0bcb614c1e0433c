"""Packed answer sheets by the million. In: an array of packed sheets. Out: what each comes to, as arrays.

The one place in the engine that needs numpy, imported when first called. A packed sheet is cut into pieces
of at most sixteen bits at the borders of its questions. For every value of a piece a table says which rows
allow it, so a sheet costs a few look-ups and ANDs, and the lowest bit left is the row that wins.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rolematcher.engine.errors import RulebookError
from rolematcher.engine.model import NO_ROW, Rule, Rulebook

from .compiled import ROLE_TABLES, compiled_for_role
from .sheet import Layout, State

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Numbers = npt.NDArray[np.int64]
    Places = npt.NDArray[np.int16]

PIECE_BITS = 16
WORD_BITS = 62
"""Rows are numbered in words of this many bits; the bit above says that the sheet is one of this layout."""

SHEET_EXISTS = 1 << WORD_BITS


@dataclass(frozen=True)
class Replayed:
    """What every sheet comes to: `results[table]` has the place of its result in `names[table]`."""

    names: dict[str, tuple[str, ...]]
    results: dict[str, Places]

    def named(self, table: str) -> list[str]:
        """The result of a table for every sheet."""
        names = self.names[table]
        return [names[place] for place in self.results[table].tolist()]

    def count(self, table: str) -> Counter[str]:
        """How many sheets get each result of a table."""
        import numpy as np

        names = self.names[table]
        counted = np.bincount(self.results[table], minlength=len(names)).tolist()
        return Counter({name: number for name, number in zip(names, counted, strict=True) if number})


def facts_not_packed(rulebook: Rulebook, *, packed_by: Rulebook) -> list[str]:
    """Facts this rulebook's role tables read that a sheet packed by another does not hold.

    `replay` takes their default. Where there are any, decide from the stored answers instead.
    """
    held = compiled_for_role(packed_by).layout.by_fact
    return [fact for fact in compiled_for_role(rulebook).layout.by_fact if fact not in held]


def replay(packed: Any, rulebook: Rulebook, *, packed_by: Rulebook | None = None) -> Replayed:
    """Decide need, role and course of packed sheets.

    `packed` is a sequence or array of the integers `compiled.packed_sheet` gives under `packed_by` (this
    rulebook if left out). An answer this rulebook no longer has counts as unanswered. Raises
    `RulebookError` on a number that is no sheet of `packed_by`.
    """
    import numpy as np

    sheets: Numbers = np.ascontiguousarray(packed, dtype=np.int64)
    plan = _plan(rulebook, packed_by or rulebook)
    words = plan.allowed_rows(sheets)
    results: dict[str, Places] = {}
    for id, chunks in plan.tables.items():
        result: Places | None = None
        for chunk in chunks:
            rows = words[chunk.word] & chunk.rows
            for earlier, allowed in chunk.after.items():
                rows &= allowed[results[earlier]]
            lowest = (rows & -rows).astype(np.float64).view(np.int64) >> 52
            won = chunk.result_of[lowest]
            result = won if result is None else np.where(result == plan.no_row[id], won, result)
        if result is not None:
            results[id] = result
    return Replayed(plan.names, {id: results[id] for id in ROLE_TABLES if id in results})


@dataclass(frozen=True)
class _Chunk:
    """Rows of one table that stand in the same word.

    `after[table]` has for each result of an earlier table the rows that allow it; `result_of` the place of
    the result for the exponent of the lowest bit as a floating-point number (0 when no bit is left).
    """

    word: int
    rows: int
    after: dict[str, Numbers]
    result_of: Places


class _Plan:
    """Everything about replaying sheets of one rulebook under another that does not depend on the sheets."""

    def __init__(self, rulebook: Rulebook, packed_by: Rulebook) -> None:
        compiled = compiled_for_role(rulebook)
        self.layout = compiled_for_role(packed_by).layout
        self.rules = [rule for table in compiled.tables if table.axis for rule in table.table.rules]
        self.words = -(-len(self.rules) // WORD_BITS)
        self.names = {axis.id: tuple(state[0] for state in axis.states) for axis in compiled.layout.tables}
        self.no_row = {id: names.index(NO_ROW) for id, names in self.names.items()}
        self.tables = {id: list(self._chunks(id)) for id in self.names}
        self.pieces = list(_pieces(self.layout))
        known = {fact.id: (set(fact.values), fact.default) for fact in rulebook.facts}
        self.lookups = [
            [self._lookup(first, last, word, known) for word in range(self.words)]
            for first, last in self.pieces
        ]
        self.always = [self._always(word, known) for word in range(self.words)]

    def allowed_rows(self, sheets: Numbers) -> list[Numbers]:
        """For every sheet the rows whose questions hold, in words of `WORD_BITS` rows."""
        import numpy as np

        words: list[Numbers] = []
        starts = [self.layout.packing[first][1] for first, _ in self.pieces]
        for word in range(self.words):
            rows: Numbers = np.full(sheets.shape, self.always[word], dtype=np.int64)
            for start, lookups in zip(starts, self.lookups, strict=True):
                table = lookups[word]
                rows = table[(sheets >> start) & (len(table) - 1)] & rows
            words.append(rows)
        self._refuse_strangers(sheets, words[0])
        return words

    def _refuse_strangers(self, sheets: Numbers, rows: Numbers) -> None:
        width = sum(bits for _, _, bits in self.layout.packing)
        if sheets.size and (sheets.min() < 0 or sheets.max() >> width or rows.min() < SHEET_EXISTS):
            raise RulebookError("Replay: some packed sheets belong to another edition; name it as packed_by.")

    def _chunks(self, id: str) -> Iterator[_Chunk]:
        import numpy as np

        numbered = [(number, rule) for number, rule in enumerate(self.rules) if rule.table == id]
        for word in range(self.words):
            rules = {number % WORD_BITS: rule for number, rule in numbered if number // WORD_BITS == word}
            if not rules:
                continue
            result_of = np.full(1100, self.no_row[id], dtype=np.int16)
            for bit, rule in rules.items():
                result_of[1023 + bit] = self.names[id].index(rule.result)
            read = {condition.fact for rule in rules.values() for condition in rule.when} & self.names.keys()
            after = {table: self._after(table, rules) for table in self.names if table in read}
            yield _Chunk(word, sum(1 << bit for bit in rules), after, result_of)

    def _after(self, table: str, rules: Mapping[int, Rule]) -> Numbers:
        import numpy as np

        return np.array(
            [
                sum(1 << bit for bit, rule in rules.items() if _allows(rule, {table: name}))
                for name in self.names[table]
            ],
            dtype=np.int64,
        )

    def _lookup(self, first: int, last: int, word: int, known: Mapping[str, tuple[set[str], str]]) -> Numbers:
        """For every value of a piece of the packed sheet: the rows of a word that allow it."""
        import numpy as np

        table: Numbers = np.array([-1], dtype=np.int64)
        for axis, _, width in self.layout.packing[first:last]:
            rows = np.zeros(1 << width, dtype=np.int64)
            for place, state in enumerate(axis.states):
                rows[place] = self._rows(word, _read_as(axis.facts, state, known)) | SHEET_EXISTS
            table = (rows[:, None] & table[None, :]).ravel()
        return table

    def _rows(self, word: int, values: Mapping[str, str]) -> int:
        rules = self.rules[word * WORD_BITS : (word + 1) * WORD_BITS]
        return sum(1 << bit for bit, rule in enumerate(rules) if _allows(rule, values))

    def _always(self, word: int, known: Mapping[str, tuple[set[str], str]]) -> int:
        """The rows that allow the defaults of all facts the packed sheet does not hold."""
        unpacked = {fact: default for fact, (_, default) in known.items() if fact not in self.layout.by_fact}
        return self._rows(word, unpacked) | SHEET_EXISTS


_plan = lru_cache(maxsize=8)(_Plan)


def _pieces(layout: Layout) -> Iterator[tuple[int, int]]:
    """Runs of questions, from the first to before the last, that take at most `PIECE_BITS` together."""
    first, bits = 0, 0
    for place, (_, _, width) in enumerate(layout.packing):
        if bits and bits + width > PIECE_BITS:
            yield first, place
            first, bits = place, 0
        bits += width
    if layout.packing:
        yield first, len(layout.packing)


def _read_as(
    facts: tuple[str, ...], state: State, known: Mapping[str, tuple[set[str], str]]
) -> dict[str, str]:
    """A stored state as this rulebook reads it: an answer it no longer has counts as unanswered."""
    return {
        fact: value if value in known[fact][0] else known[fact][1]
        for fact, value in zip(facts, state, strict=True)
        if fact in known
    }


def _allows(rule: Rule, values: Mapping[str, str]) -> bool:
    return all(values[c.fact] in c.allowed for c in rule.when if c.fact in values)
