"""What the engine is measured on. In: a rulebook. Out: answer sheets, their changes, a large rulebook."""

from __future__ import annotations

import random

from rolematcher.engine.model import FIRST, UNSURE, Choice, Condition, Fact, Question, Rule, Rulebook, Table
from rolematcher.engine.sheets.compiled import compiled_for_role


def random_sheets(rulebook: Rulebook, number: int) -> list[dict[str, str]]:
    """Answer sheets for the questions the role tables read, each question answered evenly."""
    dice = random.Random(20261121)
    axes = compiled_for_role(rulebook).layout.questions
    possible = [(axis.facts, [s for s, bit in axis.bits.items() if bit & axis.possible]) for axis in axes]
    return [
        {fact: v for facts, states in possible for fact, v in zip(facts, dice.choice(states), strict=True)}
        for _ in range(number)
    ]


def one_answer_changes(rulebook: Rulebook, facts: dict[str, str]) -> list[dict[str, str]]:
    """The sheet with every other known answer to every question, one at a time."""
    return [
        facts | dict(zip(axis.facts, state, strict=True))
        for axis in compiled_for_role(rulebook).layout.questions
        for state, bit in axis.bits.items()
        if bit & axis.known and any(facts[f] != v for f, v in zip(axis.facts, state, strict=True))
    ]


def large_rulebook(*, rules: int = 200, questions: int = 20, choices: int = 6) -> Rulebook:
    """Rows of two to five conditions with one to three values each, and one for all other cases."""
    dice = random.Random(1)
    values = (*(f"c{n}" for n in range(choices - 1)), UNSURE)
    words = tuple(Choice(value, value) for value in values)
    asked = tuple(Question(f"q{n}", f"Question {n}?", words, short=f"Question {n}") for n in range(questions))
    rows = [
        Rule(
            f"row-{n}",
            "role",
            tuple(
                Condition(q.id, tuple(dice.sample(values, dice.randint(1, 3))))
                for q in dice.sample(asked, dice.randint(2, 5))
            ),
            dice.choice("abc"),
            "Because.",
        )
        for n in range(rules - 1)
    ]
    rows.append(Rule("otherwise", "role", (), "a", "Because."))
    table = Table("role", "Role", FIRST, tuple(Choice(id, id) for id in "abc"), tuple(rows))
    facts = tuple(Fact(q.id, q.id, values) for q in asked)
    return Rulebook("Large", asked, facts, (table,), (), (), "")
