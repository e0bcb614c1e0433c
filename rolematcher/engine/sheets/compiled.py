"""A rulebook's rows as masks on the answer sheet. In: a `Rulebook`. Out: `Compiled`, deciding on integers.

A row's mask has the bits of every answer it allows, in all fields; the row matches a sheet when no bit of
the sheet lies outside: `sheet & ~mask == 0`. The result of a table is one more bit on the sheet, for
the tables that come after. `decide` is the readable evaluator and the reference; this must always agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rolematcher.engine.model import FIRST, NO_ROW, Rule, Rulebook, Table

from .layout import layout_of
from .sheet import Axis, Layout

ROLE_TABLES = ("need", "role", "course")
"""The tables that settle what to do; firmness, comparison and replay are about their results."""


@dataclass(frozen=True)
class CompiledTable:
    """A table with a mask a row. `blocked` are the masks turned over; `gives` the result bit of each row.

    `axis` is the field of the result, None where every row may speak.
    """

    table: Table
    axis: Axis | None
    masks: tuple[int, ...]
    blocked: tuple[int, ...]
    gives: tuple[int, ...]
    no_row: int


@dataclass(frozen=True)
class Compiled:
    """Some tables of a rulebook, with all the tables they read, in the order they are worked out."""

    rulebook: Rulebook
    layout: Layout
    tables: tuple[CompiledTable, ...]

    def results(self, facts: Mapping[str, str]) -> dict[str, str]:
        """The results of the "first row wins" tables, as `decide_plain` gives them. Raises `AnswerError`."""
        sheet, _ = self.work_out(self.layout.sheet_of(facts))
        return {axis.id: axis.state_of(sheet & axis.full)[0] for axis in self.layout.tables}

    def work_out(self, sheet: int) -> tuple[int, tuple[tuple[int, ...], ...]]:
        """The sheet with the results added, and for each table the rows that apply (the first, or all)."""
        applied = []
        for table in self.tables:
            rows = [row for row, blocked in enumerate(table.blocked) if not sheet & blocked]
            if table.axis:
                rows = rows[:1]
                sheet |= table.gives[rows[0]] if rows else table.no_row
            applied.append(tuple(rows))
        return sheet, tuple(applied)

    def table(self, id: str) -> CompiledTable:
        """The table with this id. Raises KeyError."""
        for table in self.tables:
            if table.table.id == id:
                return table
        raise KeyError(id)


def needed_tables(rulebook: Rulebook, wanted: Iterable[str]) -> tuple[Table, ...]:
    """The wanted tables the rulebook has, and every earlier table they read, in order."""
    needed = set(wanted)
    for table in reversed(rulebook.tables):
        if table.id in needed:
            needed |= {condition.fact for rule in table.rules for condition in rule.when}
    return tuple(table for table in rulebook.tables if table.id in needed)


def compile_rulebook(rulebook: Rulebook, wanted: Iterable[str] | None = None) -> Compiled:
    """Compile these tables with those they read, or all tables."""
    tables = rulebook.tables if wanted is None else needed_tables(rulebook, wanted)
    return compile_tables(rulebook, layout_of(rulebook, tables), tables)


def compile_alone(rulebook: Rulebook, table: Table) -> Compiled:
    """Compile one table by itself: the results of the tables it reads are open, like answers."""
    return compile_tables(rulebook, layout_of(rulebook, needed_tables(rulebook, [table.id])), [table])


def compile_tables(rulebook: Rulebook, layout: Layout, tables: Iterable[Table]) -> Compiled:
    """Compile these tables for a layout that has everything they read."""
    return Compiled(rulebook, layout, tuple(_compiled(layout, table) for table in tables))


@lru_cache(maxsize=8)
def compiled(rulebook: Rulebook) -> Compiled:
    """The whole rulebook compiled, kept beside it."""
    return compile_rulebook(rulebook)


@lru_cache(maxsize=8)
def compiled_for_role(rulebook: Rulebook) -> Compiled:
    """What settles need, role and course, compiled and kept beside the rulebook."""
    return compile_rulebook(rulebook, ROLE_TABLES)


def mask_of(layout: Layout, rule: Rule) -> int:
    """The box of a row: in each field the answers that meet all its conditions."""
    mask = sum(axis.full for axis in layout.axes)
    for condition in rule.when:
        axis = layout.by_fact[condition.fact]
        mask &= ~axis.full | axis.allowing(condition.fact, condition.allowed)
    return mask


def _compiled(layout: Layout, table: Table) -> CompiledTable:
    axis = layout.by_fact[table.id] if table.take == FIRST else None
    everything = sum(field.full for field in layout.axes)
    masks = tuple(mask_of(layout, rule) for rule in table.rules)
    gives = tuple(axis.bits[(rule.result,)] if axis else 0 for rule in table.rules)
    return CompiledTable(
        table=table,
        axis=axis,
        masks=masks,
        blocked=tuple(everything & ~mask for mask in masks),
        gives=gives,
        no_row=axis.bits[(NO_ROW,)] if axis else 0,
    )


def packed_sheet(rulebook: Rulebook, facts: Mapping[str, str]) -> int | None:
    """The answers that settle the role as one number for a 64-bit column, None if they do not fit.

    See `sheet.Layout.pack`; `bulk` replays such numbers by the million.
    """
    layout = compiled_for_role(rulebook).layout
    return layout.pack(facts) if layout.fits_column else None
