"""Does every case get a result, and does every row ever give one? In: a rulebook. Out: a `Proof`.

Proved for the whole answer space by cutting boxes (see `boxes`), "not sure" included, never by trying
cases. A table that reads earlier tables is proved only over results they can really give together
with the answers: the rows that give them are followed, and a way that no answers take is dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from rolematcher.engine.decision.worked_cases import contradictions, examples_failed
from rolematcher.engine.errors import RulebookError
from rolematcher.engine.model import Rule, Rulebook
from rolematcher.engine.sheets.boxes import Box, Search, TooTangled, meets
from rolematcher.engine.sheets.compiled import Compiled, CompiledTable, compiled, needed_tables
from rolematcher.engine.sheets.wording import one_case, sheet_words

from .cases import role_cases

MOST_GAPS = 10
"""So many gaps of one table are described; closing those usually closes the rest."""

LOOKS_FOR_SMALLEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Gap:
    """Answers for which no row of a "first row wins" table matches, as few of them as show it.

    `facts` are those few answers (and results of earlier tables), `words` the same as people read them.
    """

    table: str
    facts: dict[str, str]
    words: str

    def __str__(self) -> str:
        return f"Table '{self.table}': no row matches when {self.words}. Add a row for it, or widen one."


@dataclass(frozen=True, slots=True)
class DeadRow:
    """A row that never decides. `covered_by` are the rows above that leave nothing of it.

    Empty `covered_by`: its conditions never hold together, whatever is answered.
    """

    table: str
    rule: str
    covered_by: tuple[str, ...]

    def __str__(self) -> str:
        if not self.covered_by:
            return f"Rule '{self.rule}': never decides, its conditions cannot hold together. Correct them."
        rows = ", ".join(f"'{rule}'" for rule in self.covered_by)
        return (
            f"Rule '{self.rule}': never decides, every case of it is taken by {rows} above it. "
            "Move it up, narrow those, or delete it."
        )


@dataclass(frozen=True, slots=True)
class Proof:
    """What is wrong with a rulebook that reads well. Everything empty: nothing.

    `others` has sentences about worked cases that fail or contradict each other, about tables the brief
    cannot do without, and about more cases than can be told apart.
    """

    gaps: tuple[Gap, ...]
    dead_rows: tuple[DeadRow, ...]
    others: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """True if nothing was found."""
        return not (self.gaps or self.dead_rows or self.others)

    @property
    def faults(self) -> tuple[str, ...]:
        """A sentence a fault: the place, what is wrong and the cure."""
        return (*map(str, self.gaps), *map(str, self.dead_rows), *self.others)


@lru_cache(maxsize=8)
def proof(rulebook: Rulebook) -> Proof:
    """Prove the tables and try the examples. Raises `RulebookError` if the rows are too tangled to prove."""
    tables = table_proof(rulebook)
    others = (*contradictions(rulebook), *examples_failed(rulebook), *_too_many_cases(rulebook))
    return Proof(tables.gaps, tables.dead_rows, others)


def _too_many_cases(rulebook: Rulebook) -> Iterator[str]:
    """Firmness needs every case of the role told apart, so a rulebook where that fails cannot decide."""
    try:
        role_cases(rulebook)
    except RulebookError as error:
        yield str(error)


def table_proof(rulebook: Rulebook) -> Proof:
    """Only the tables: gaps and rows that never decide. Raises `RulebookError`, see `proof`."""
    prover = _Prover(compiled(rulebook))
    gaps: list[Gap] = []
    dead: list[DeadRow] = []
    for table in prover.compiled.tables:
        if table.axis:
            gaps += prover.gaps(table)
        dead += prover.dead_rows(table)
    return Proof(tuple(gaps), tuple(dead))


class _Prover:
    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self.layout = compiled.layout
        self.search = Search(compiled.layout)

    def _read(self, rows: Iterable[Rule]) -> tuple[CompiledTable, ...]:
        """The tables these rows read, directly or not, in order."""
        facts = {condition.fact for rule in rows for condition in rule.when}
        return tuple(self.compiled.table(t.id) for t in needed_tables(self.compiled.rulebook, facts))

    def _reach(self, tables: tuple[CompiledTable, ...], box: Box, holes: tuple[Box, ...]) -> Box | None:
        """Some part of the box outside the holes that the earlier tables let happen, None if there is none.

        Follows one row after the other in each table: it matches, and none of the rows above it does.
        """
        if not meets(self.layout, box, box):
            return None
        found = self.search.outside(box, holes)
        if found is None or not tables:
            return found
        table, later = tables[0], tables[1:]
        field = table.axis.full if table.axis else 0
        for row, mask in enumerate(table.masks):
            inside = box & mask & (~field | table.gives[row])
            above = (hole for hole in table.masks[:row] if meets(self.layout, inside | field, hole))
            taken = self._reach(later, inside, (*holes, *above))
            if taken is not None:
                return taken
        return None

    def gaps(self, table: CompiledTable) -> Iterator[Gap]:
        """Cases in which no row of the table matches, the smallest first, at most `MOST_GAPS`."""
        read = self._read(table.table.rules)
        rows = list(table.masks)
        for _ in range(MOST_GAPS):
            found = self._reach(read, self.layout.space, tuple(rows))
            if found is None:
                return
            gap = self._smallest(read, rows, found)
            rows.append(gap)
            yield self._gap(table, read, gap)

    def _smallest(self, read: tuple[CompiledTable, ...], rows: list[Box], found: Box) -> Box:
        """The part no row matches that takes the fewest answers to describe and that can happen."""

        def happens(box: Box) -> bool:
            return self._reach(read, box, ()) is not None

        try:
            return Search(self.layout, LOOKS_FOR_SMALLEST).smallest(self.layout.space, rows, happens)
        except TooTangled:
            return self._widened(found, rows)

    def _widened(self, box: Box, rows: list[Box]) -> Box:
        """A part no row matches with every field opened that can be: no answer in it can be left out."""
        for axis in self.layout.axes:
            wider = box | axis.possible
            if not any(meets(self.layout, wider, row) for row in rows):
                box = wider
        return box

    def _gap(self, table: CompiledTable, read: tuple[CompiledTable, ...], box: Box) -> Gap:
        """Described by one case that can happen: the answers the box narrows, the rest left open."""
        case = self._reach(read, box, ()) or box
        narrowed = [axis for axis in self.layout.axes if axis.possible & ~box]
        fields = sum(axis.full for axis in narrowed)
        shown = one_case(self.layout, case & fields)
        facts = {
            fact: value
            for axis in narrowed
            for fact, value in zip(axis.facts, axis.state_of(shown & axis.full), strict=True)
        }
        return Gap(table.table.id, facts, sheet_words(self.compiled.rulebook, self.layout, shown))

    def dead_rows(self, table: CompiledTable) -> Iterator[DeadRow]:
        """Rows that no answers reach, or whose every case an earlier row takes."""
        for row, (mask, rule) in enumerate(zip(table.masks, table.table.rules, strict=True)):
            above = table.masks[:row] if table.axis else ()
            read = self._read(table.table.rules[: row + 1] if table.axis else [rule])
            if self._reach(read, self.layout.space & mask, above) is None:
                yield DeadRow(table.table.id, rule.id, self._cover(table, row, read))

    def _cover(self, table: CompiledTable, row: int, read: tuple[CompiledTable, ...]) -> tuple[str, ...]:
        """Rows above that together take every case of this one, none needless. () if it has no case."""
        mask, above = self.layout.space & table.masks[row], table.masks[:row]
        if self._reach(read, mask, ()) is None:
            return ()
        cover = self._used(read, mask, above) or above
        for other in cover[::-1]:
            fewer = self._used(read, mask, tuple(kept for kept in cover if kept != other))
            cover = cover if fewer is None else fewer
        return tuple(table.table.rules[above.index(other)].id for other in cover)

    def _used(
        self, read: tuple[CompiledTable, ...], box: Box, rows: tuple[Box, ...]
    ) -> tuple[Box, ...] | None:
        """Those of the rows that were needed to show that all of them cover the box; None if they do not."""
        self.search.used.clear()
        if self._reach(read, box, rows) is not None:
            return None
        return tuple(row for row in rows if row in self.search.used)
