"""The tables of a rulebook. In: its [output.*], [[rule]]s and [[example]]s. Out: `Table`s, `Example`s."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import takewhile

from .questions import FREE, MONEY_FACTS
from .rulebook import ALL, FIRST, Choice, Condition, Example, Rule, Rulebook, Table
from .section import CHOICE, IDENTIFIER, KEBAB, Section, nearest

RULE_KEYS = (
    "id", "when", "then", "because", "source", "against", "against_why", "ask", "do", "provisional",
)  # fmt: skip
EXTRA = ("provisional", "asks", "says", "silent")
"""Besides results: is the role provisional, what is asked back, which rules must and must not speak."""


def tables_read(outputs: Mapping[str, object]) -> tuple[Table, ...]:
    """Read every [output.*], still without its rules. Raises `RulebookError`."""
    return tuple(_table(id, values) for id, values in outputs.items())


def _table(id: str, values: object) -> Table:
    section = Section("table", id, values, keys=("title", "take", "choices"))
    section.name_is(id, IDENTIFIER)
    if id in EXTRA:
        section.fail("name_taken", typed=id)
    take = section.choice("take", section.text("take", most=10, required=True), (FIRST, ALL))
    choices = tuple(Choice(*pair) for pair in section.pairs("choices", CHOICE, most=200))
    return Table(id, section.text("title", most=120, required=True), take, choices, ())


def rules_read(book: Rulebook, rules: object) -> tuple[Table, ...]:
    """The tables of a rulebook with their [[rule]]s in the order they are written. Raises `RulebookError`."""
    if not isinstance(rules, list):
        Section("rulebook", "", {}).fail("not_a_list", key="rule")
    read: dict[str, Rule] = {}
    for number, values in enumerate(rules, start=1):
        section = Section("rule", str(number), values)
        id = section.name_is(section.text("id", most=60, required=True), KEBAB)
        if id in read:
            section.fail("name_taken", typed=id)
        read[id] = _rule(book, Section("rule", id, values, keys=RULE_KEYS))
    tables = [
        replace(table, rules=tuple(rule for rule in read.values() if rule.table == table.id))
        for table in book.tables
    ]
    for table in tables:
        if not table.rules:
            Section("table", table.id, {}).fail("table_without_rule")
    return tuple(tables)


def _rule(book: Rulebook, section: Section) -> Rule:
    table, result = _then(book, section)
    source = section.text("source", most=60)
    against = section.words("against") if "against" in section.values else ()
    for key in (*against, *([source] if source else [])):
        section.choice("source", key, [one.key for one in book.sources])
    rule = Rule(
        id=section.name,
        table=table.id,
        when=tuple(_conditions(book, section, table)),
        result=result,
        because=section.text("because", required=True),
        source=source,
        against=against,
        against_why=section.text("against_why"),
        ask=section.text("ask", most=60),
        do=section.text("do"),
        provisional=section.flag("provisional"),
    )
    if rule.ask:
        section.choice("ask", rule.ask, [one.id for one in book.questions if not one.worked_out])
    if bool(rule.against) != bool(rule.against_why):
        section.fail("against_half")
    return rule


def _then(book: Rulebook, section: Section) -> tuple[Table, str]:
    then = section.required("then")
    if not isinstance(then, Mapping) or len(then) != 1:
        section.fail("then_one")
    ((id, result),) = then.items()
    table = book.table(section.choice("then", id, [table.id for table in book.tables]))
    return table, section.choice(table.id, result, table.results)


def _conditions(book: Rulebook, section: Section, table: Table) -> Iterator[Condition]:
    for key, value in section.table("when").items():
        if not isinstance(value, Mapping):
            yield _condition(book, section, table, key, value)
            continue
        if not value:
            section.fail("list_empty", key=key)
        for inner, allowed in value.items():
            yield _condition(book, section, table, f"{key}.{inner}", allowed)


def _condition(book: Rulebook, section: Section, table: Table, fact: str, allowed: object) -> Condition:
    of_table = _is_result(book, section, table, fact)
    condition = Condition(fact, Section("rule", section.name, {fact: allowed}).words(fact), of_table)
    for value in condition.allowed:
        section.choice(fact, value, book.values(condition))
    return condition


def _is_result(book: Rulebook, section: Section, table: Table, fact: str) -> bool:
    """Whether the name means an earlier table's result, which goes before a question of that name."""
    earlier = takewhile(lambda one: one.id != table.id, book.tables)
    if any(one.id == fact and one.take == FIRST for one in earlier):
        return True
    if fact not in book.defaults:
        tables = [one.id for one in book.tables]
        if fact in tables:
            section.fail("reads_table", typed=fact)
        section.fail("choice_unknown", **({"key": "when"} | nearest(fact, [*book.defaults, *tables])))
    if fact in MONEY_FACTS and table.take == FIRST:
        section.fail("money_fact_early", typed=fact)
    return False


def examples_read(book: Rulebook, examples: object) -> tuple[Example, ...]:
    """Read every [[example]]; what it answers and expects must exist. Raises `RulebookError`."""
    if not isinstance(examples, list):
        Section("rulebook", "", {}).fail("not_a_list", key="example")
    read: dict[str, Example] = {}
    for number, values in enumerate(examples, start=1):
        section = Section("example", str(number), values, keys=("name", "answers", "expect"))
        name = section.text("name", most=200, required=True)
        section = Section("example", name, values)
        if name in read:
            section.fail("name_taken", typed=name)
        read[name] = Example(name, _answers(book, section), _expect(book, section))
    return tuple(read.values())


def _answers(book: Rulebook, section: Section) -> Mapping[str, object]:
    answers = Section("example", section.name, section.values.get("answers", {}), part="answers")
    for key in answers.values:
        answers.choice("answers", key, [*(question.id for question in book.questions), *FREE])
    return dict(answers.values)


def _expect(book: Rulebook, section: Section) -> Mapping[str, tuple[str, ...]]:
    expect = Section("example", section.name, section.values.get("expect", {}), part="expect")
    if not expect.values:
        section.fail("key_missing", key="expect")
    possible: dict[str, list[str]] = {table.id: list(table.results) for table in book.tables}
    rules = [rule.id for table in book.tables for rule in table.rules]
    possible |= {"asks": [question.id for question in book.questions], "says": rules, "silent": rules}
    read: dict[str, tuple[str, ...]] = {}
    for key in expect.values:
        if key == "provisional":
            read[key] = (key,) if expect.flag(key) else ()
            continue
        expect.choice("expect", key, [*possible, "provisional"])
        read[key] = expect.words(key)
        for value in read[key]:
            expect.choice(key, value, possible[key])
    return read
