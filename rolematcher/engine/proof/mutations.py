"""Every one-word change of a rulebook. In: its parsed TOML. Out: changed documents, each with a name.

A change is what a tired person might type: another value, one value more or less, a condition gone or
about another fact, another result, two rows the wrong way round, the other hit policy, a choice missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from rolematcher.engine.model import ALL, FIRST, Condition, Rule, Rulebook

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Mutation:
    """One change: its kind, where it is, and the whole document with it."""

    kind: str
    place: str
    document: Document


def mutations(document: Document, rulebook: Rulebook) -> Iterator[Mutation]:
    """All of them, one after the other. Documents share what they have in common: do not change them."""
    rules = document["rule"]
    by_id = {rule.id: rule for table in rulebook.tables for rule in table.rules}
    for place, entry in enumerate(rules):
        rule = by_id[entry["id"]]
        for kind, what, changed in _row_changes(rulebook, rule, entry):
            others = document | {"rule": [*rules[:place], changed, *rules[place + 1 :]]}
            yield Mutation(kind, f"{rule.id}: {what}", others)
        yield Mutation("drop a row", rule.id, document | {"rule": rules[:place] + rules[place + 1 :]})
    yield from _swaps(document, by_id)
    yield from _outside_rules(document)


Change = tuple[str, str, Document]
"""Kind, what exactly, and the row as it then reads."""


def _row_changes(rulebook: Rulebook, rule: Rule, entry: Document) -> Iterator[Change]:
    for condition in rule.when:
        yield from _condition_changes(rulebook, rule, condition, entry)
    for choice in rulebook.table(rule.table).choices:
        if choice.id != rule.result:
            yield "change the result", choice.id, entry | {"then": {rule.table: choice.id}}
    yield "flip provisional", "", entry | {"provisional": not rule.provisional}
    for question in ("", *(question.id for question in rulebook.questions if question.deciding)):
        if question != rule.ask:
            yield "change what is asked", question or "nothing", _with_text(entry, "ask", question)
    for source in ("", *(source.key for source in rulebook.sources)):
        if source != rule.source:
            yield "change the source", source or "none", _with_text(entry, "source", source)


def _condition_changes(
    rulebook: Rulebook, rule: Rule, condition: Condition, entry: Document
) -> Iterator[Change]:
    fact, allowed = condition.fact, condition.allowed
    others = [value for value in _values(rulebook, fact) if value not in allowed]
    yield "drop a condition", fact, _reading(entry, fact, ())
    for place, value in enumerate(allowed):
        before, after = allowed[:place], allowed[place + 1 :]
        if before or after:
            yield "drop a value", f"{fact} {value}", _reading(entry, fact, (*before, *after))
        for other in others:
            what = f"{fact} {value} to {other}"
            yield "change a value", what, _reading(entry, fact, (*before, other, *after))
    for other in others:
        yield "add a value", f"{fact} {other}", _reading(entry, fact, (*allowed, other))
    read = {condition.fact for condition in rule.when}
    for another in rulebook.facts:
        if another.id not in read and set(allowed) <= set(another.values):
            changed = _reading(_reading(entry, fact, ()), another.id, allowed)
            yield "read another fact", f"{another.id} for {fact}", changed


def _values(rulebook: Rulebook, fact: str) -> tuple[str, ...]:
    for table in rulebook.tables:
        if table.id == fact:
            return tuple(choice.id for choice in table.choices)
    return rulebook.fact(fact).values


def _reading(entry: Document, fact: str, allowed: tuple[str, ...]) -> Document:
    """The row with this condition, written as the text has it: a dot is a table in a table. () drops it."""
    value = list(allowed) if len(allowed) > 1 else "".join(allowed)
    outer, _, inner = fact.partition(".")
    when = dict(entry["when"])
    if inner:
        ticks = {tick: old for tick, old in when.get(outer, {}).items() if tick != inner}
        when[outer] = ticks | {inner: value} if allowed else ticks
    else:
        when[outer] = value
    return entry | {"when": {key: kept for key, kept in when.items() if kept}}


def _with_text(entry: Document, key: str, value: str) -> Document:
    kept = {name: old for name, old in entry.items() if name != key}
    return kept | {key: value} if value else kept


def _swaps(document: Document, by_id: dict[str, Rule]) -> Iterator[Mutation]:
    """Neighbours of one table the wrong way round."""
    rules = document["rule"]
    for place, (one, other) in enumerate(pairwise(rules)):
        if by_id[one["id"]].table == by_id[other["id"]].table:
            swapped = [*rules[:place], other, one, *rules[place + 2 :]]
            yield Mutation("swap two rows", f"{one['id']} and {other['id']}", document | {"rule": swapped})


def _outside_rules(document: Document) -> Iterator[Mutation]:
    """Hit policies, choices of questions and results, and what settles the role."""
    for id, table in document["output"].items():
        take = ALL if table["take"] == FIRST else FIRST
        yield Mutation("change the hit policy", id, _with(document, "output", id, take=take))
        yield from _fewer_choices(document, "output", id, "drop a result")
    for id, question in document["question"].items():
        yield from _fewer_choices(document, "question", id, "drop a choice")
        for flag in ("deciding", "many", "worked_out", "free"):
            flipped = not question.get(flag, False)
            yield Mutation("flip a flag", f"{id} {flag}", _with(document, "question", id, **{flag: flipped}))


def _fewer_choices(document: Document, section: str, id: str, kind: str) -> Iterator[Mutation]:
    choices = document[section][id].get("choices", {})
    for choice in choices:
        left = {key: words for key, words in choices.items() if key != choice}
        yield Mutation(kind, f"{id} {choice}", _with(document, section, id, choices=left))


def _with(document: Document, section: str, id: str, **changed: object) -> Document:
    return document | {section: document[section] | {id: document[section][id] | changed}}
