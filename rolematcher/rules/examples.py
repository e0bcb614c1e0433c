"""The worked cases of a rulebook. In: its [[example]]s. Out: `Example`s whose names all exist."""

from __future__ import annotations

from collections.abc import Mapping

from .questions import FREE
from .rulebook import Example, Question, Table
from .section import Section

MOST_EXAMPLES = 2_000
EXTRA = ("provisional", "asks", "says", "silent")
"""Besides results: is the role provisional, what is asked back, which rules must and must not speak."""


def examples_read(
    examples: object, *, questions: tuple[Question, ...], tables: tuple[Table, ...]
) -> tuple[Example, ...]:
    """Read every [[example]]; what it answers and expects must exist. Raises `RulebookError`."""
    if not isinstance(examples, list):
        Section("rulebook", "", {}).fail("not_a_list", key="example")
    if len(examples) > MOST_EXAMPLES:
        Section("rulebook", "", {}).fail("how_many", key="example", count=len(examples), most=MOST_EXAMPLES)
    names: set[str] = set()
    read = []
    for number, values in enumerate(examples, start=1):
        section = Section("example", str(number), values, keys=("name", "answers", "expect"))
        name = section.text("name", most=200, required=True)
        section = Section("example", name, values)
        if name in names:
            section.fail("name_taken", typed=name)
        names.add(name)
        read.append(Example(name, _answers(section, questions), _expect(section, questions, tables)))
    return tuple(read)


def _answers(section: Section, questions: tuple[Question, ...]) -> Mapping[str, object]:
    answers = Section("example", section.name, section.values.get("answers", {}), part="answers")
    for key in answers.values:
        answers.choice("answers", key, [*(question.id for question in questions), *FREE])
    return dict(answers.values)


def _expect(
    section: Section, questions: tuple[Question, ...], tables: tuple[Table, ...]
) -> Mapping[str, object]:
    expect = Section("example", section.name, section.values.get("expect", {}), part="expect")
    if not expect.values:
        section.fail("key_missing", key="expect")
    possible: dict[str, list[str]] = {table.id: list(table.results) for table in tables}
    rules = [rule.id for table in tables for rule in table.rules]
    possible |= {"asks": [question.id for question in questions], "says": rules, "silent": rules}
    for key in expect.values:
        if key == "provisional":
            expect.flag(key)
            continue
        expect.choice("expect", key, [*possible, "provisional"])
        for value in expect.words(key):
            expect.choice(key, value, possible[key])
    return dict(expect.values)
