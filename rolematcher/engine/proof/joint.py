"""Two rulebooks on one answer sheet. In: an old and a new one. Out: both over the same questions and results.

Only then can what they answer be compared box by box. What exists in one of them only is listed in words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from rolematcher.engine.model import FIRST, Choice, Fact, Question, Rulebook, Table
from rolematcher.engine.sheets.compiled import Compiled, compile_tables
from rolematcher.engine.sheets.layout import facts_read, layout_of
from rolematcher.engine.sheets.sheet import Layout


@dataclass(frozen=True)
class Joint:
    """Both rulebooks with the union of their questions, choices and tables.

    `news` says in sentences what one of them has and the other has not. Tables that take "first" in one and
    "all" in the other cannot be compared and are left out of `tables`.
    """

    old: Rulebook
    new: Rulebook
    tables: tuple[str, ...]
    news: tuple[str, ...]
    shared: dict[str, frozenset[str]]

    def compile(self, tables: tuple[str, ...], *, beside: tuple[str, ...] = ()) -> tuple[Compiled, Compiled]:
        """Both compiled on one layout; the results of the tables `beside` stand on it too, left open."""
        fields = [table for table in self.old.tables if table.id in (*tables, *beside)]
        others = [table for table in self.new.tables if table.id in (*tables, *beside)]
        layout = layout_of(self.old, fields, facts_read([*fields, *others]))
        return (
            compile_tables(self.old, layout, [table for table in fields if table.id in tables]),
            compile_tables(self.new, layout, [table for table in others if table.id in tables]),
        )

    def space(self, layout: Layout) -> int:
        """The box of the sheets both rulebooks know: of each fact only the values they share."""
        box = layout.space
        for axis in layout.questions:
            for fact in axis.facts:
                box &= ~axis.full | axis.allowing(fact, self.shared[fact])
        return box & ~sum(axis.bits[("",)] for axis in layout.tables)


def joint(old: Rulebook, new: Rulebook) -> Joint:
    """Bring two rulebooks onto common ground."""
    questions = _merged_questions(old, new)
    facts = _merged_facts(old, new)
    news = [*_question_news(old, new), *_table_news(old, new)]
    if old.skills != new.skills:
        news.append("The words that mark a must-have as a role's skill differ.")
    tables = [table.id for table in (*old.tables, *new.tables)]
    takes = {(table.id, table.take) for table in (*old.tables, *new.tables)}
    alike = tuple(id for id in dict.fromkeys(tables) if sum(id == other for other, _ in takes) == 1)
    return Joint(
        old=replace(old, questions=questions, facts=facts, tables=_merged_tables(old, new, alike)),
        new=replace(new, questions=questions, facts=facts, tables=_merged_tables(new, old, alike)),
        tables=alike,
        news=tuple(news),
        shared=_shared_values(old, new),
    )


def _union(one: tuple[Choice, ...], other: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """The choices of both, each id once, sorted so that both ways round give the same."""
    by_id = {choice.id: choice for choice in (*other, *one)}
    return tuple(by_id[id] for id in sorted(by_id))


def _merged_questions(old: Rulebook, new: Rulebook) -> tuple[Question, ...]:
    merged = {question.id: question for question in old.questions}
    for question in new.questions:
        mine = merged.get(question.id)
        merged[question.id] = (
            replace(mine, choices=_union(mine.choices, question.choices)) if mine else question
        )
    return tuple(merged.values())


def _merged_facts(old: Rulebook, new: Rulebook) -> tuple[Fact, ...]:
    merged = {fact.id: fact for fact in old.facts}
    for fact in new.facts:
        mine = merged.get(fact.id)
        values = tuple(dict.fromkeys((*mine.values, *fact.values))) if mine else fact.values
        merged[fact.id] = replace(mine or fact, values=values)
    return tuple(merged.values())


def _shared_values(old: Rulebook, new: Rulebook) -> dict[str, frozenset[str]]:
    """For each fact the values in both; all of them where only one rulebook has the fact."""
    values = [{fact.id: frozenset(fact.values) for fact in rulebook.facts} for rulebook in (old, new)]
    return {
        id: values[0].get(id, values[1].get(id, frozenset()))
        & values[1].get(id, values[0].get(id, frozenset()))
        for id in values[0] | values[1]
    }


def _merged_tables(mine: Rulebook, other: Rulebook, alike: tuple[str, ...]) -> tuple[Table, ...]:
    """My tables with the results of both, in my order; then those I lack, without rows."""
    own = {table.id: table for table in mine.tables if table.id in alike}
    their = {table.id: replace(table, rules=()) for table in other.tables if table.id in alike}
    merged = [replace(t, choices=_union(t.choices, their.get(id, t).choices)) for id, t in own.items()]
    return (*merged, *(table for id, table in their.items() if id not in own))


def _question_news(old: Rulebook, new: Rulebook) -> Iterator[str]:
    before = {question.id: question for question in old.questions}
    after = {question.id: question for question in new.questions}
    for id in sorted(before.keys() - after.keys()):
        yield f"Question '{id}' is gone."
    for id in sorted(after.keys() - before.keys()):
        yield f"Question '{id}' is new."
    for id in sorted(before.keys() & after.keys()):
        yield from _choice_news(f"Question '{id}'", before[id].choices, after[id].choices)
        if before[id].default != after[id].default:
            yield f"Question '{id}' counts as '{after[id].default}' while nobody has answered it."


def _table_news(old: Rulebook, new: Rulebook) -> Iterator[str]:
    before = {table.id: table for table in old.tables}
    after = {table.id: table for table in new.tables}
    for id in sorted(before.keys() - after.keys()):
        yield f"Table '{id}' is gone."
    for id in sorted(after.keys() - before.keys()):
        yield f"Table '{id}' is new."
    for id in sorted(before.keys() & after.keys()):
        if before[id].take != after[id].take:
            now = "the first row that matches" if after[id].take == FIRST else "all rows that match"
            yield f"Table '{id}' now takes {now}."
        yield from _choice_news(f"Table '{id}'", before[id].choices, after[id].choices)


def _choice_news(place: str, before: tuple[Choice, ...], after: tuple[Choice, ...]) -> Iterator[str]:
    old, new = {choice.id for choice in before}, {choice.id for choice in after}
    for id in sorted(old - new):
        yield f"{place} no longer has '{id}'."
    for id in sorted(new - old):
        yield f"{place} now has '{id}' too."
