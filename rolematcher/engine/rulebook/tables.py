"""The tables and rules of a rulebook. In: its [output.*] and [[rule]]s. Out: `Table`s with their rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn

from rolematcher.engine.errors import RulebookError
from rolematcher.engine.model import ALL, FIRST, Choice, Condition, Fact, Question, Rule, Source, Table

from .examples import EXTRA
from .questions import FREE, MONEY_FACTS
from .reading import CHOICE, IDENTIFIER, KEBAB, Section, one_of, quoted

RULE_KEYS = (
    "id", "when", "then", "because", "source", "against", "against_why", "ask", "do", "provisional",
)  # fmt: skip
MOST_TABLES = 50
NO_RULES = "Rulebook: has no rules; write each as [[rule]] with id, when, then and because."


def tables_read(
    outputs: Mapping[str, object],
    rules: object,
    *,
    questions: tuple[Question, ...],
    facts: tuple[Fact, ...],
    sources: tuple[Source, ...],
) -> tuple[Table, ...]:
    """Read every [output.*] with its [[rule]]s, in the order they are written. Raises `RulebookError`."""
    if len(outputs) > MOST_TABLES:
        Section("[output]", outputs).fail(f"has {len(outputs)} tables; at most {MOST_TABLES} are read")
    heads = [_head(id, values, questions) for id, values in outputs.items()]
    reader = _Rules(heads, questions=questions, facts=facts, sources=sources)
    if not isinstance(rules, list) or not rules:
        raise RulebookError(NO_RULES)
    for number, values in enumerate(rules, start=1):
        reader.read(number, values)
    for head in heads:
        if not reader.rows[head.id]:
            Section(f"Table {quoted(head.id)}", {}).fail("has no rule; add one or delete the table")
    return tuple(
        Table(head.id, head.title, head.take, head.choices, tuple(reader.rows[head.id])) for head in heads
    )


def _head(id: str, values: object, questions: tuple[Question, ...]) -> Table:
    section = Section(f"Table {quoted(id)}", values, keys=("title", "take", "choices"))
    section.name_is(id, IDENTIFIER)
    if any(question.id == id for question in questions):
        section.fail("a question has the same name; rename one of them")
    if id in EXTRA:
        section.fail(f"examples use the name {quoted(id)} for something else; choose another")
    take = section.text("take", most=10, required=True)
    if take not in (FIRST, ALL):
        section.fail(
            f'take cannot be {quoted(take)}; it is "first" (one row wins) or "all" (every row speaks)'
        )
    choices = tuple(Choice(*pair) for pair in section.pairs("choices", CHOICE, most=200))
    return Table(id, section.text("title", most=120, required=True), take, choices, ())


class _Rules:
    """Reads rules one by one and sorts them to their tables."""

    def __init__(
        self,
        heads: list[Table],
        *,
        questions: tuple[Question, ...],
        facts: tuple[Fact, ...],
        sources: tuple[Source, ...],
    ) -> None:
        self.heads = {head.id: head for head in heads}
        self.place = {head.id: number for number, head in enumerate(heads)}
        self.questions = {question.id: question for question in questions}
        self.facts = {fact.id: fact for fact in facts}
        self.sources = [source.key for source in sources]
        self.rows: dict[str, list[Rule]] = {head.id: [] for head in heads}
        self.seen: dict[str, int] = {}

    def read(self, number: int, values: object) -> None:
        section = Section(f"Rule {number}", values)
        id = section.text("id", most=60, required=True)
        section.name_is(id, KEBAB)
        if self.seen.setdefault(id, number) != number:
            section.fail(
                f"the id {quoted(id)} is already used by rule {self.seen[id]}; give each rule its own"
            )
        section = Section(f"Rule {quoted(id)}", values, keys=RULE_KEYS)
        table, result = self._then(section)
        source = section.text("source", most=60)
        against = section.words("against") if "against" in section.values else ()
        for key in (*against, *([source] if source else [])):
            if key not in self.sources:
                section.fail(f"there is no source {quoted(key)}; {one_of(key, self.sources)}")
        rule = Rule(
            id=id,
            table=table,
            when=self._when(section, table),
            result=result,
            because=section.text("because", required=True),
            source=source,
            against=against,
            against_why=section.text("against_why"),
            ask=self._ask(section),
            do=section.text("do"),
            provisional=section.flag("provisional"),
        )
        if source in against:
            section.fail(f"{quoted(source)} is named both as source and as against; keep one")
        if bool(rule.against) != bool(rule.against_why):
            section.fail("'against' and 'against_why' go together; write both or neither")
        self.rows[table].append(rule)

    def _then(self, section: Section) -> tuple[str, str]:
        if "then" not in section.values:
            section.fail("'then' is missing; add then = { table = \"result\" }")
        then = section.values["then"]
        if not isinstance(then, Mapping) or len(then) != 1:
            section.fail("'then' must give one table one result, as in then = { role = \"ai_engineer\" }")
        ((table, result),) = then.items()
        if table not in self.heads:
            section.fail(f"there is no table {quoted(table)}; {one_of(table, self.heads)}")
        results = [choice.id for choice in self.heads[table].choices]
        if not isinstance(result, str) or result not in results:
            section.fail(f"{table} cannot be {quoted(result)}; {one_of(result, results)}")
        return table, result

    def _when(self, section: Section, table: str) -> tuple[Condition, ...]:
        if "when" not in section.values:
            section.fail(
                "'when' is missing; add when = { fact = \"value\" }, or when = {} for all other cases"
            )
        when = section.values["when"]
        if not isinstance(when, Mapping):
            section.fail(f"'when' must be a table of facts and values, not {quoted(when)}")
        conditions = []
        for key, value in when.items():
            if isinstance(value, Mapping):
                if not value:
                    section.fail(
                        f"'when' says nothing about {quoted(key)}; name what must be ticked or delete it"
                    )
                for inner, allowed in value.items():
                    conditions.append(self._condition(section, table, f"{key}.{inner}", allowed))
            else:
                conditions.append(self._condition(section, table, key, value))
        return tuple(conditions)

    def _condition(self, section: Section, table: str, fact: str, allowed: object) -> Condition:
        values = self._values(section, table, fact)
        read = Section(section.name, {fact: allowed}).words(fact)
        for value in read:
            if value not in values:
                section.fail(f"{fact} cannot be {quoted(value)}; {one_of(value, values)}")
        return Condition(fact, read)

    def _values(self, section: Section, table: str, fact: str) -> tuple[str, ...]:
        if fact in self.facts:
            if fact in MONEY_FACTS and self.heads[table].take == FIRST:
                section.fail(f'{fact} is known only after the role; only tables that take "all" may read it')
            return self.facts[fact].values
        if fact in self.heads:
            self._earlier(section, table, fact)
            return tuple(choice.id for choice in self.heads[fact].choices)
        return self._unknown(section, fact)

    def _earlier(self, section: Section, table: str, other: str) -> None:
        if other == table:
            section.fail(f"the table {quoted(table)} cannot read its own result; delete this condition")
        if self.place[other] > self.place[table]:
            section.fail(
                f"{quoted(table)} reads {quoted(other)}, which is worked out later; "
                f"move [output.{other}] above [output.{table}] unless they read each other"
            )
        if self.heads[other].take == ALL:
            section.fail(
                f"{quoted(other)} can give several results, so no rule can read it; read its facts instead"
            )

    def _unknown(self, section: Section, fact: str) -> NoReturn:
        question = self.questions.get(fact)
        if question and question.many:
            ticks = [id for id in self.facts if id.startswith(f"{fact}.")]
            section.fail(
                f"several answers to {quoted(fact)} can be ticked; read one of them: {', '.join(ticks[:8])}"
            )
        if fact in FREE and question:
            section.fail(f"{quoted(fact)} takes an amount or text, which no rule can compare")
        section.fail(f"there is no fact {quoted(fact)}; {one_of(fact, [*self.facts, *self.heads])}")

    def _ask(self, section: Section) -> str:
        ask = section.text("ask", most=60)
        asked = [question.id for question in self.questions.values() if not question.worked_out]
        if ask and ask not in asked:
            section.fail(f"'ask' names no question: {quoted(ask)}; {one_of(ask, asked)}")
        return ask
