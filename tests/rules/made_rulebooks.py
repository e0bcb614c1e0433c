"""Rulebooks made at random, and what brute force says about them: plain loops, no tables, no numpy."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from itertools import product

from hypothesis import strategies as st

from rolematcher.rules.questions import facts_from
from rolematcher.rules.rulebook import (
    ALL,
    FIRST,
    UNSURE,
    Choice,
    Condition,
    Question,
    Rule,
    Rulebook,
    Table,
)

RESULTS = {
    "need": ("n1", "n2", "n3"),
    "role": ("ai", "ml", "auto"),
    "recommendation": ("hire", "wait"),
    "advice": ("x", "y"),
}
Facts = dict[str, str]


def question(id: str, *values: str, many: bool = False) -> Question:
    """A question with these choices, the ids as words."""
    words = tuple(Choice(value, value.replace("_", " ").capitalize()) for value in values)
    return Question(id, f"What about {id}?", words, many=many, deciding=True, short=id.capitalize())


def rule(id: str, table: str, result: str, *, tables: tuple[str, ...] = (), **when: object) -> Rule:
    """A rule; `team__ml="yes"` reads the tick team.ml, `tables` names which facts are results."""
    conditions = tuple(
        Condition(
            fact.replace("__", "."),
            (allowed,) if isinstance(allowed, str) else tuple(allowed),  # type: ignore[arg-type]
            fact in tables,
        )
        for fact, allowed in when.items()
    )
    return Rule(id, table, conditions, result, because=f"Because of {id}.", do="Do it.")


def rulebook_of(questions: list[Question], tables: list[Table]) -> Rulebook:
    """A rulebook made of these parts."""
    return Rulebook("Made", tuple(questions), facts_from(tuple(questions)), tuple(tables), (), (), "")


def table(id: str, rules: list[Rule], *, take: str = FIRST, choices: tuple[str, ...] | None = None) -> Table:
    """A table with the results its rules give, or those named."""
    ids = choices or tuple(dict.fromkeys(one.result for one in rules))
    return Table(id, id.capitalize(), take, tuple(Choice(c, c.capitalize()) for c in ids), tuple(rules))


@st.composite
def rulebooks(draw: st.DrawFn) -> Rulebook:
    """A small rulebook; some first-wins tables end with a rule for all other cases."""
    questions = [
        question(f"q{n}", *"abc"[: draw(st.integers(1, 3))], UNSURE) for n in range(draw(st.integers(1, 4)))
    ]
    if draw(st.booleans()):
        questions.append(question("team", *"uvw"[: draw(st.integers(1, 3))], "nobody", UNSURE, many=True))
    read = {(fact.id, False): fact.values for fact in facts_from(tuple(questions))}
    tables = []
    for id, take in (("need", FIRST), ("role", FIRST), ("recommendation", FIRST), ("advice", ALL)):
        rules = [
            Rule(
                f"{id}-{n}",
                id,
                draw(_conditions(read)),
                draw(st.sampled_from(RESULTS[id])),
                "Because.",
                do="Do.",
                provisional=draw(st.booleans()),
            )
            for n in range(draw(st.integers(1, 5)))
        ]
        if take == FIRST and draw(st.booleans()):
            rules.append(Rule(f"{id}-else", id, (), draw(st.sampled_from(RESULTS[id])), "Because."))
        tables.append(table(id, rules, take=take, choices=RESULTS[id]))
        if take == FIRST:
            read = read | {(id, True): RESULTS[id]}
    return rulebook_of(questions, tables)


@st.composite
def _conditions(draw: st.DrawFn, read: Mapping[tuple[str, bool], tuple[str, ...]]) -> tuple[Condition, ...]:
    keys = draw(st.lists(st.sampled_from(sorted(read)), max_size=3, unique=True))
    return tuple(
        Condition(fact, tuple(draw(st.lists(st.sampled_from(read[fact, of]), min_size=1, unique=True))), of)
        for fact, of in keys
    )


def plainly(made: Rulebook, facts: Facts) -> dict[str, str]:
    """Every result, and the rule that gave it under "rule:table", by two loops."""
    values = dict(facts)
    for one in made.tables:
        if one.take == FIRST:
            won = next((r for r in one.rules if all(values[c.fact] in c.allowed for c in r.when)), None)
            values[one.id] = won.result if won else ""
            values[f"rule:{one.id}"] = won.id if won else ""
    return values


def pair(made: Rulebook, facts: Facts) -> tuple[str, str]:
    """Role and recommendation, plainly."""
    values = plainly(made, facts)
    return values.get("role", ""), values.get("recommendation", "")


def states(made: Rulebook, q: Question) -> Iterator[Facts]:
    """Every answer to one question as facts; "not sure" is one answer to a tick-all question."""
    facts = [fact for fact in made.facts if fact.question == q.id]
    if not q.many:
        yield from ({facts[0].id: value} for value in facts[0].values)
        return
    for ticks in product(("yes", "no"), repeat=len(facts)):
        yield {fact.id: tick for fact, tick in zip(facts, ticks, strict=True)}
    yield {fact.id: UNSURE for fact in facts}


def known(made: Rulebook, q: Question) -> list[Facts]:
    """Every answer but "not sure"."""
    return [state for state in states(made, q) if UNSURE not in state.values()]


def all_facts(made: Rulebook) -> Iterator[Facts]:
    """Every answer sheet there can be, one by one."""
    for chosen in product(*(list(states(made, q)) for q in made.questions if q.choices)):
        yield {fact: value for state in chosen for fact, value in state.items()}


def completions(made: Rulebook, facts: Facts) -> Iterator[Facts]:
    """Every way the "not sure" answers can turn out."""
    every = []
    for q in made.questions:
        own = {fact.id: facts[fact.id] for fact in made.facts if fact.question == q.id}
        every.append(known(made, q) if UNSURE in own.values() and known(made, q) else [own])
    for chosen in product(*every):
        yield {fact: value for state in chosen for fact, value in state.items()}


def random_facts(made: Rulebook, dice: random.Random) -> Facts:
    """One answer sheet at random, each question answered evenly."""
    facts: Facts = {}
    for q in made.questions:
        if q.choices:
            facts |= dice.choice(list(states(made, q)))
    return facts


def taken(made: Rulebook, question: str, value: str) -> Facts:
    """The facts that an answer as `Change.value` writes it stands for."""
    q = made.question(question)
    if not q.many:
        return {question: value}
    ticked = value.split(",")
    return {f"{question}.{tick}": "yes" if tick in ticked else "no" for tick in q.ticks}
