"""Two rulebooks by what they answer, however they are written. In: old and new. Out: a `Comparison`.

Exact and over all answers: every case of the old rulebook is worked through the new one as a box. For each
way in which need, role or course come out otherwise there is the number of answer sheets and the
smallest case that shows it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rolematcher.engine.errors import RulebookError
from rolematcher.engine.model import ALL, Rulebook
from rolematcher.engine.sheets.boxes import Box, Search, TooTangled, meets, size
from rolematcher.engine.sheets.compiled import ROLE_TABLES, Compiled, CompiledTable, needed_tables
from rolematcher.engine.sheets.lookup import Outcome
from rolematcher.engine.sheets.wording import one_case, sheet_words

from .cases import MOST_CUTS, Cases, cases_of
from .joint import Joint, joint

LOOKS_FOR_SMALLEST = 200_000
MOST_STARTS = 30
"""Of a difference in very many boxes so many are tried as the start of the smallest case."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Answer sheets that came out as `old` and now as `new`: how many, by which rows, and a smallest case.

    `facts` are the answers that case needs, `words` the same as people read them; whatever is not named
    may be answered in any way.
    """

    old: Outcome
    new: Outcome
    sheets: int
    old_rules: tuple[str, ...]
    new_rules: tuple[str, ...]
    facts: dict[str, str]
    words: str

    def as_dict(self) -> dict[str, object]:
        """As plain JSON."""
        return {
            "old": self.old._asdict(),
            "new": self.new._asdict(),
            "sheets": self.sheets,
            "old_rules": list(self.old_rules),
            "new_rules": list(self.new_rules),
            "facts": dict(self.facts),
            "words": self.words,
        }


@dataclass(frozen=True, slots=True)
class TableDifference:
    """A table beside need, role and course that gives `result` in more or fewer cases, with one of them."""

    table: str
    result: str
    given: bool
    words: str

    def __str__(self) -> str:
        now = "now gives" if self.given else "no longer gives"
        return f"Table '{self.table}' {now} '{self.result}' when {self.words}."


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that differs. `sheets` answer sheets were compared, `changed` of them come out otherwise."""

    sheets: int
    changed: int
    differences: tuple[Difference, ...]
    tables: tuple[TableDifference, ...]
    news: tuple[str, ...]

    @property
    def same(self) -> bool:
        """True if both give the same answers everywhere and have the same questions and results."""
        return not (self.differences or self.tables or self.news)

    def as_dict(self) -> dict[str, object]:
        """As plain JSON. `tables` and `news` are sentences."""
        return {
            "same": self.same,
            "sheets": self.sheets,
            "changed": self.changed,
            "differences": [difference.as_dict() for difference in self.differences],
            "tables": [str(table) for table in self.tables],
            "news": list(self.news),
        }


def compare(old: Rulebook, new: Rulebook) -> Comparison:
    """Compare two rulebooks. Raises `RulebookError` if one tells too many cases apart."""
    both = joint(old, new)
    needed = {t.id for rulebook in (both.old, both.new) for t in needed_tables(rulebook, ROLE_TABLES)}
    before, after = both.compile(tuple(id for id in both.tables if id in needed))
    space = both.space(before.layout)
    differences = tuple(sorted(_differences(before, after, space), key=lambda one: -one.sheets))
    return Comparison(
        sheets=size(before.layout, space),
        changed=sum(one.sheets for one in differences),
        differences=differences,
        tables=tuple(_table_differences(both)),
        news=both.news,
    )


@dataclass(slots=True)
class _Found:
    """The boxes that came out one way and come out another, and the rows that did it first."""

    boxes: list[Box]
    old_rules: tuple[str, ...]
    new_rules: tuple[str, ...]


def _differences(before: Compiled, after: Compiled, space: Box) -> Iterator[Difference]:
    layout = before.layout
    found: dict[tuple[Outcome, Outcome], _Found] = {}
    cases = cases_of(before, within=(space & layout.answers) | layout.results)
    if len(cases.cases) * sum(len(table.masks) for table in after.tables) > MOST_CUTS:
        raise RulebookError("Rulebook: tells too many cases apart to compare them; use fewer or wider rows.")
    for case in cases.cases:
        was = _outcome(cases, case.results)
        answers = case.box & layout.answers
        others = cases_of(after, within=answers | layout.results)
        for other in others.cases:
            now = _outcome(others, other.results)
            if now != was:
                new = _Found([], _rules(before, case.rows), _rules(after, other.rows))
                found.setdefault((was, now), new).boxes.append(other.box & layout.answers)
    for (was, now), one in found.items():
        box = _smallest(before, space & layout.answers, one.boxes)
        facts, words = _shown(before, space, box)
        sheets = sum(size(layout, part) for part in one.boxes)
        yield Difference(was, now, sheets, one.old_rules, one.new_rules, facts, words)


def _outcome(cases: Cases, results: tuple[str, ...]) -> Outcome:
    named = dict(zip(cases.tables, results, strict=True))
    return Outcome(*(named.get(table, "") for table in ROLE_TABLES))


def _rules(compiled: Compiled, rows: tuple[int, ...]) -> tuple[str, ...]:
    """The ids of the rows taken; tables without a result field take no part in a case."""
    tables = [table for table in compiled.tables if table.axis]
    return tuple(t.table.rules[row].id for t, row in zip(tables, rows, strict=True) if row >= 0)


def _smallest(compiled: Compiled, space: Box, boxes: list[Box]) -> Box:
    """Of the boxes of a difference, opened as far as they go, the one that names the fewest answers."""
    layout = compiled.layout

    def narrowed(box: Box) -> int:
        return sum(1 for axis in layout.questions if space & axis.full & ~box)

    holes = [part | layout.results for part in boxes]
    starts = sorted(boxes, key=narrowed)[:MOST_STARTS]
    return min((_opened(compiled, space, box, holes) for box in starts), key=narrowed)


def _opened(compiled: Compiled, space: Box, box: Box, holes: list[Box]) -> Box:
    """The box with every question opened that can be without leaving the holes."""
    search = Search(compiled.layout, LOOKS_FOR_SMALLEST)
    for axis in compiled.layout.questions:
        wider = box | (space & axis.full)
        try:
            if wider != box and search.outside(wider | compiled.layout.results, holes) is None:
                box = wider
        except TooTangled:
            break
    return box


def _shown(compiled: Compiled, space: Box, box: Box) -> tuple[dict[str, str], str]:
    """One case of a box: the answers it needs as facts and in words, those left open not named."""
    layout = compiled.layout
    narrowed = [axis for axis in layout.axes if box & axis.full and space & axis.full & ~box]
    fields = sum(axis.full for axis in narrowed)
    case = one_case(layout, box & fields)
    facts = {
        fact: value
        for axis in narrowed
        for fact, value in zip(axis.facts, axis.state_of(case & axis.full), strict=True)
    }
    return facts, sheet_words(compiled.rulebook, layout, case)


def _table_differences(both: Joint) -> Iterator[TableDifference]:
    """Results that the other tables give in other cases, each table by itself."""
    for id in both.tables:
        if id not in ROLE_TABLES:
            read = {t.id for rulebook in (both.old, both.new) for t in needed_tables(rulebook, [id])}
            before, after = both.compile((id,), beside=tuple(read))
            yield from _results_moved(before, after, both.space(before.layout))


def _results_moved(before: Compiled, after: Compiled, space: Box) -> Iterator[TableDifference]:
    was, now = _given(before, space), _given(after, space)
    for result in dict.fromkeys((*was, *now)):
        for given, here, there in ((False, was, now), (True, now, was)):
            search = Search(before.layout)
            parts = (search.outside(box, there.get(result, ())) for box in here.get(result, ()))
            left = next((part for part in parts if part is not None), None)
            if left is not None:
                words = _shown(before, space, left)[1]
                yield TableDifference(before.tables[0].table.id, result, given, words)
                break


def _given(compiled: Compiled, space: Box) -> dict[str, list[Box]]:
    """For each result of a table the boxes in which it is given."""
    table: CompiledTable = compiled.tables[0]
    given: dict[str, list[Box]] = {}
    if table.table.take == ALL:
        for mask, rule in zip(table.masks, table.table.rules, strict=True):
            if meets(compiled.layout, space, mask):
                given.setdefault(rule.result, []).append(space & mask)
        return given
    field = table.axis.full if table.axis else 0
    for case in cases_of(compiled, within=space).cases:
        given.setdefault(case.results[-1], []).append(case.box | field)
    return given
