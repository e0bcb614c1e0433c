"""The worked cases of a rulebook. In: its [[example]]s. Out: `Example`s whose names all exist."""

from __future__ import annotations

from collections.abc import Mapping

from rolematcher.engine.model import Example, Question, Table

from .questions import FREE
from .reading import Section, one_of, quoted

MOST_EXAMPLES = 2_000


def examples_read(
    examples: object, *, questions: tuple[Question, ...], tables: tuple[Table, ...]
) -> tuple[Example, ...]:
    """Read every [[example]]; what it answers and expects must exist. Raises `RulebookError`."""
    if not isinstance(examples, list) or len(examples) > MOST_EXAMPLES:
        Section("Rulebook", {}).fail(f"examples are written as [[example]], at most {MOST_EXAMPLES:,}")
    names: set[str] = set()
    read = []
    for number, values in enumerate(examples, start=1):
        section = Section(f"Example {number}", values, keys=("name", "answers", "expect"))
        name = section.text("name", most=200, required=True)
        section = Section(f"Example {quoted(name)}", values)
        if name in names:
            section.fail("the name is used twice; give each example its own")
        names.add(name)
        read.append(Example(name, _answers(section, questions), _expect(section, questions, tables)))
    return tuple(read)


EXTRA = ("provisional", "asks", "says", "silent")
"""Besides results: is the role provisional, what is asked back, which rules must and must not speak."""


def _answers(section: Section, questions: tuple[Question, ...]) -> Mapping[str, object]:
    answers = Section(f"{section.name}, answers", section.values.get("answers", {}))
    known = [*(question.id for question in questions), *FREE]
    for key in answers.values:
        if key not in known:
            answers.fail(f"there is no question {quoted(key)}; {one_of(key, known)}")
    return dict(answers.values)


def _expect(
    section: Section, questions: tuple[Question, ...], tables: tuple[Table, ...]
) -> Mapping[str, object]:
    expect = Section(f"{section.name}, expect", section.values.get("expect", {}))
    if not expect.values:
        section.fail("'expect' is missing; add expect = { role = \"...\" }")
    possible = {table.id: [choice.id for choice in table.choices] for table in tables}
    rules = [rule.id for table in tables for rule in table.rules]
    possible |= {"asks": [question.id for question in questions], "says": rules, "silent": rules}
    for key in expect.values:
        if key == "provisional":
            expect.flag(key)
            continue
        if key not in possible:
            expect.fail(f"there is no table {quoted(key)}; {one_of(key, [*possible, 'provisional'])}")
        for value in expect.words(key):
            if value not in possible[key]:
                expect.fail(f"{key} cannot be {quoted(value)}; {one_of(value, possible[key])}")
    return dict(expect.values)
