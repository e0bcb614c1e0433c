"""Rulebooks made at random for property tests, and what brute force says about them.

`rulebooks()` draws small ones: a few questions (perhaps one with ticks), the tables need, role and course
that read each other, and a table where every row speaks. `wide_rulebook` makes large ones from a seed.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import lru_cache
from itertools import product

from hypothesis import strategies as st

from rolematcher.engine.model import (
    ALL,
    FIRST,
    UNSURE,
    Choice,
    Condition,
    Example,
    Fact,
    Question,
    Rule,
    Rulebook,
    Table,
)

RESULTS = {
    "need": ("n1", "n2", "n3"),
    "role": ("ai", "ml", "auto"),
    "course": ("hire", "wait"),
    "advice": ("x", "y"),
}


def question(id: str, *values: str, many: bool = False, deciding: bool = True) -> Question:
    """A question with these choices, the ids as words."""
    words = tuple(Choice(value, value.replace("_", " ").capitalize()) for value in values)
    return Question(id, f"What about {id}?", words, many=many, deciding=deciding, short=id.capitalize())


def rule(id: str, table: str, result: str, **when: object) -> Rule:
    """A row; `team__ml="yes"` reads the tick team.ml."""
    conditions = tuple(
        Condition(fact.replace("__", "."), (allowed,) if isinstance(allowed, str) else tuple(allowed))
        for fact, allowed in when.items()
    )
    return Rule(id, table, conditions, result, because=f"Because of {id}.")


def rulebook_of(
    questions: list[Question], tables: list[Table], examples: tuple[Example, ...] = ()
) -> Rulebook:
    """A rulebook made of these parts."""
    facts = []
    for q in questions:
        if q.many:
            ticks = [choice.id for choice in q.choices if choice.id not in ("nobody", UNSURE)]
            facts += [Fact(f"{q.id}.{tick}", q.id, ("yes", "no", UNSURE)) for tick in ticks]
        else:
            facts.append(Fact(q.id, q.id, tuple(choice.id for choice in q.choices)))
    return Rulebook("Made", tuple(questions), tuple(facts), tuple(tables), (), examples, "")


def table(id: str, rules: list[Rule], *, take: str = FIRST, choices: tuple[str, ...] | None = None) -> Table:
    """A table with the results its rows give, or those named."""
    ids = choices or tuple(dict.fromkeys(row.result for row in rules))
    return Table(id, id.capitalize(), take, tuple(Choice(c, c.capitalize()) for c in ids), tuple(rules))


@st.composite
def rulebooks(draw: st.DrawFn, *, complete: bool | None = None) -> Rulebook:
    """A small rulebook; `complete` ends every first-wins table with a row for all other cases."""
    questions = [
        question(f"q{n}", *"abc"[: draw(st.integers(1, 3))], UNSURE) for n in range(draw(st.integers(1, 4)))
    ]
    if draw(st.booleans()):
        questions.append(question("team", *"uvw"[: draw(st.integers(1, 3))], "nobody", UNSURE, many=True))
    facts = {fact.id: fact.values for fact in rulebook_of(questions, []).facts}
    tables = []
    for id, take in (("need", FIRST), ("role", FIRST), ("course", FIRST), ("advice", ALL)):
        rows = [
            Rule(f"{id}-{n}", id, draw(_conditions(facts)), draw(st.sampled_from(RESULTS[id])), "Because.")
            for n in range(draw(st.integers(1, 5)))
        ]
        if take == FIRST and (draw(st.booleans()) if complete is None else complete):
            rows.append(Rule(f"{id}-else", id, (), draw(st.sampled_from(RESULTS[id])), "Because."))
        tables.append(table(id, rows, take=take, choices=RESULTS[id]))
        if take == FIRST:
            facts = facts | {id: RESULTS[id]}
    return rulebook_of(questions, tables)


@st.composite
def _conditions(draw: st.DrawFn, facts: dict[str, tuple[str, ...]]) -> tuple[Condition, ...]:
    read = draw(st.lists(st.sampled_from(sorted(facts)), max_size=3, unique=True))
    return tuple(
        Condition(fact, tuple(draw(st.lists(st.sampled_from(facts[fact]), min_size=1, unique=True))))
        for fact in read
    )


def all_facts(rulebook: Rulebook) -> Iterator[dict[str, str]]:
    """Every answer sheet there can be, one by one."""
    states = [list(question_states(rulebook, q)) for q in rulebook.questions if not q.free]
    for chosen in product(*states):
        yield {fact: value for state in chosen for fact, value in state.items()}


def question_states(rulebook: Rulebook, q: Question) -> Iterator[dict[str, str]]:
    """Every answer to one question as facts; "not sure" is one answer to a tick-all question."""
    facts = [fact for fact in rulebook.facts if fact.question == q.id]
    if not q.many:
        yield from ({facts[0].id: value} for value in facts[0].values)
        return
    for ticks in product(("yes", "no"), repeat=len(facts)):
        yield {fact.id: tick for fact, tick in zip(facts, ticks, strict=True)}
    yield {fact.id: UNSURE for fact in facts}


def completions(rulebook: Rulebook, facts: dict[str, str]) -> Iterator[dict[str, str]]:
    """Every way the "not sure" answers can turn out."""
    states = []
    for q in rulebook.questions:
        known = [state for state in question_states(rulebook, q) if UNSURE not in state.values()]
        own = {fact.id: facts[fact.id] for fact in rulebook.facts if fact.question == q.id}
        states.append(known if UNSURE in own.values() and known else [own])
    for chosen in product(*states):
        yield {fact: value for state in chosen for fact, value in state.items()}


def random_facts(rulebook: Rulebook, dice: random.Random) -> dict[str, str]:
    """One answer sheet at random, each question answered evenly."""
    facts: dict[str, str] = {}
    for states in _all_states(rulebook):
        facts |= dice.choice(states)
    return facts


@lru_cache(maxsize=8)
def _all_states(rulebook: Rulebook) -> list[list[dict[str, str]]]:
    return [list(question_states(rulebook, q)) for q in rulebook.questions if not q.free]


def wide_rulebook(
    seed: int, *, rules: int = 200, questions: int = 20, choices: int = 6, otherwise: bool = True
) -> Rulebook:
    """A large table made from a seed: rows of two to five conditions, each with one to three values."""
    dice = random.Random(seed)
    values = [f"c{n}" for n in range(choices - 1)] + [UNSURE]
    asked = [question(f"q{n}", *values) for n in range(questions)]
    rows = []
    for n in range(rules - otherwise):
        read = dice.sample([q.id for q in asked], dice.randint(2, 5))
        when = {fact: tuple(dice.sample(values, dice.randint(1, 3))) for fact in read}
        rows.append(rule(f"r{n}", "role", dice.choice(RESULTS["role"]), **when))
    if otherwise:
        rows.append(rule("otherwise", "role", "ai"))
    return rulebook_of(asked, [table("role", rows, choices=RESULTS["role"])])
