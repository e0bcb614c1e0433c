"""Every case a rulebook tells apart. In: compiled tables. Out: boxes that share no sheet, with their results.

The tables are worked through once for all sheets together: each row takes its share of every box that is
left and passes the rest on. The starting rulebook's 257,040 sheets come out as about a hundred boxes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rolematcher.engine.errors import RulebookError
from rolematcher.engine.model import NO_ROW, Rulebook, Table
from rolematcher.engine.sheets.boxes import Box, meets, size, subtract
from rolematcher.engine.sheets.compiled import Compiled, CompiledTable, compile_alone, compiled_for_role

MOST_CASES = 20_000
"""More boxes than this are not told apart; a rulebook written by people has hundreds."""

MOST_CUTS = 10_000_000
"""So often a box may be held against a row (some seconds), for rulebooks of very many rows."""


@dataclass(frozen=True, slots=True)
class Case:
    """A box of sheets that take the same row in every table. `rows` has -1 where no row matches."""

    box: Box
    rows: tuple[int, ...]
    results: tuple[str, ...]


@dataclass(frozen=True)
class Cases:
    """All cases of some tables, in the order of the rows that decide them."""

    compiled: Compiled
    tables: tuple[str, ...]
    cases: tuple[Case, ...]

    def result(self, case: Case, table: str) -> str:
        """The result of a table in a case, "" if the rulebook has no such table or no row matches."""
        return case.results[self.tables.index(table)] if table in self.tables else NO_ROW

    def count(self, tables: Iterable[str]) -> Counter[tuple[str, ...]]:
        """How many answer sheets get each combination of results of these tables. Exact."""
        tables = tuple(tables)
        counted: Counter[tuple[str, ...]] = Counter()
        for case in self.cases:
            counted[tuple(self.result(case, table) for table in tables)] += size(
                self.compiled.layout, case.box
            )
        return counted

    @property
    def sheets(self) -> int:
        """How many different answer sheets there are."""
        return size(self.compiled.layout, self.compiled.layout.space)


def cases_of(compiled: Compiled, *, within: Box | None = None, most: int = MOST_CASES) -> Cases:
    """Tell all cases of the compiled "first row wins" tables apart, of all sheets or of those in one box.

    Raises `RulebookError` when they are too many to be told apart.
    """
    tables = [table for table in compiled.tables if table.axis]
    parts = [Case(compiled.layout.space if within is None else within, (), ())]
    for table in tables:
        parts = _split(compiled, table, parts, most)
    return Cases(compiled, tuple(table.table.id for table in tables), tuple(parts))


def cases_alone(rulebook: Rulebook, table: Table) -> tuple[Cases, Box]:
    """The cases of one table by itself, and the space they are in: the results it reads stand open.

    Raises `RulebookError` when they are too many.
    """
    compiled = compile_alone(rulebook, table)
    no_row = sum(axis.bits[(NO_ROW,)] for axis in compiled.layout.tables if axis.id != table.id)
    space = compiled.layout.space & ~no_row
    return cases_of(compiled, within=space), space


@lru_cache(maxsize=8)
def role_cases(rulebook: Rulebook) -> Cases:
    """The cases of need, role and course, kept beside the rulebook."""
    return cases_of(compiled_for_role(rulebook))


def _split(compiled: Compiled, table: CompiledTable, parts: list[Case], most: int) -> list[Case]:
    """Every part divided among the rows of one more table."""
    layout, axis = compiled.layout, table.axis
    assert axis is not None  # noqa: S101 - tables without a result field are not split
    divided: list[Case] = []
    cuts = 0
    for part in parts:
        left = [part.box]
        for row, mask in enumerate(table.masks):
            rest: list[Box] = []
            for box in left:
                if meets(layout, box, mask):
                    result = axis.state_of(table.gives[row])
                    taken = (box & mask & ~axis.full) | table.gives[row]
                    divided.append(Case(taken, (*part.rows, row), part.results + result))
                rest += subtract(layout, box, mask)
            cuts += len(left)
            left = rest
            if len(divided) + len(left) > most or cuts > MOST_CUTS:
                raise _too_many(table)
        divided += [
            Case((box & ~axis.full) | table.no_row, (*part.rows, -1), (*part.results, NO_ROW)) for box in left
        ]
    return divided


def _too_many(table: CompiledTable) -> RulebookError:
    return RulebookError(
        f"Table '{table.table.id}': tells too many cases apart to list them; use fewer or wider rows."
    )
