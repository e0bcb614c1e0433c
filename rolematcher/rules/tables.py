"""The tables of a rulebook. In: its [output.*], [[rule]]s and [[example]]s. Out: `Table`s, `Example`s."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from .questions import FREE, MONEY_FACTS
from .rulebook import ALL, FIRST, Choice, Condition, Example, Fact, Question, Rule, Source, Table
from .section import CHOICE, IDENTIFIER, KEBAB, Section, nearest

RULE_KEYS = (
    "id", "when", "then", "because", "source", "against", "against_why", "ask", "do", "provisional",
)  # fmt: skip
EXTRA = ("provisional", "asks", "says", "silent")
"""Besides results: is the role provisional, what is asked back, which rules must and must not speak."""


def tables_read(
    outputs: Mapping[str, object],
    rules: object,
    *,
    questions: tuple[Question, ...],
    facts: tuple[Fact, ...],
    sources: tuple[Source, ...],
) -> tuple[Table, ...]:
    """Read every [output.*] with its [[rule]]s, in the order they are written. Raises `RulebookError`."""
    heads = {id: _head(id, values) for id, values in outputs.items()}
    reader = _Rules(heads, questions=questions, facts=facts, sources=sources)
    if not isinstance(rules, list):
        Section("rulebook", "", {}).fail("not_a_list", key="rule")
    read: dict[str, Rule] = {}
    for number, values in enumerate(rules, start=1):
        section = Section("rule", str(number), values)
        id = section.name_is(section.text("id", most=60, required=True), KEBAB)
        if id in read:
            section.fail("name_taken", typed=id)
        read[id] = reader.rule(Section("rule", id, values, keys=RULE_KEYS))
    tables = [
        replace(head, rules=tuple(rule for rule in read.values() if rule.table == id))
        for id, head in heads.items()
    ]
    for table in tables:
        if not table.rules:
            Section("table", table.id, {}).fail("table_without_rule")
    return tuple(tables)


def _head(id: str, values: object) -> Table:
    section = Section("table", id, values, keys=("title", "take", "choices"))
    section.name_is(id, IDENTIFIER)
    if id in EXTRA:
        section.fail("name_taken", typed=id)
    take = section.choice("take", section.text("take", most=10, required=True), (FIRST, ALL))
    choices = tuple(Choice(*pair) for pair in section.pairs("choices", CHOICE, most=200))
    return Table(id, section.text("title", most=120, required=True), take, choices, ())


class _Rules:
    """Reads rules one by one, each beside the names there are."""

    def __init__(
        self,
        heads: Mapping[str, Table],
        *,
        questions: tuple[Question, ...],
        facts: tuple[Fact, ...],
        sources: tuple[Source, ...],
    ) -> None:
        self.heads, self.order = heads, list(heads)
        self.questions = {question.id: question for question in questions}
        self.facts = {fact.id: fact for fact in facts}
        self.sources = [source.key for source in sources]

    def rule(self, section: Section) -> Rule:
        table, result = self._then(section)
        source = section.text("source", most=60)
        against = section.words("against") if "against" in section.values else ()
        for key in (*against, *([source] if source else [])):
            section.choice("source", key, self.sources)
        rule = Rule(
            id=section.name,
            table=table,
            when=tuple(self._conditions(section, table)),
            result=result,
            because=section.text("because", required=True),
            source=source,
            against=against,
            against_why=section.text("against_why"),
            ask=self._ask(section),
            do=section.text("do"),
            provisional=section.flag("provisional"),
        )
        if bool(rule.against) != bool(rule.against_why):
            section.fail("against_half")
        return rule

    def _then(self, section: Section) -> tuple[str, str]:
        then = section.required("then")
        if not isinstance(then, Mapping) or len(then) != 1:
            section.fail("then_one")
        ((table, result),) = then.items()
        section.choice("then", table, self.heads)
        return table, section.choice(table, result, self.heads[table].results)

    def _conditions(self, section: Section, table: str) -> Iterator[Condition]:
        for key, value in section.table("when").items():
            if not isinstance(value, Mapping):
                yield self._condition(section, table, key, value)
                continue
            if not value:
                section.fail("list_empty", key=key)
            for inner, allowed in value.items():
                yield self._condition(section, table, f"{key}.{inner}", allowed)

    def _condition(self, section: Section, table: str, fact: str, allowed: object) -> Condition:
        of_table = self._is_result(section, table, fact)
        values = self.heads[fact].results if of_table else self.facts[fact].values
        read = Section("rule", section.name, {fact: allowed}).words(fact)
        for value in read:
            section.choice(fact, value, values)
        return Condition(fact, read, of_table)

    def _is_result(self, section: Section, table: str, fact: str) -> bool:
        """Whether the name means an earlier table's result, which goes before a question of that name."""
        earlier = self.order[: self.order.index(table)]
        if fact in earlier and self.heads[fact].take == FIRST:
            return True
        if fact not in self.facts:
            if fact in self.heads:
                section.fail("reads_table", typed=fact)
            section.fail("choice_unknown", **({"key": "when"} | nearest(fact, [*self.facts, *self.heads])))
        if fact in MONEY_FACTS and self.heads[table].take == FIRST:
            section.fail("money_fact_early", typed=fact)
        return False

    def _ask(self, section: Section) -> str:
        ask = section.text("ask", most=60)
        asked = [question.id for question in self.questions.values() if not question.worked_out]
        return section.choice("ask", ask, asked) if ask else ""


def examples_read(
    examples: object, *, questions: tuple[Question, ...], tables: tuple[Table, ...]
) -> tuple[Example, ...]:
    """Read every [[example]]; what it answers and expects must exist. Raises `RulebookError`."""
    if not isinstance(examples, list):
        Section("rulebook", "", {}).fail("not_a_list", key="example")
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
) -> Mapping[str, tuple[str, ...]]:
    expect = Section("example", section.name, section.values.get("expect", {}), part="expect")
    if not expect.values:
        section.fail("key_missing", key="expect")
    possible: dict[str, list[str]] = {table.id: list(table.results) for table in tables}
    rules = [rule.id for table in tables for rule in table.rules]
    possible |= {"asks": [question.id for question in questions], "says": rules, "silent": rules}
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
