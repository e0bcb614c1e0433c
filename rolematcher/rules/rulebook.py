"""What a rulebook is made of: plain frozen records with lookups by id. `read.rulebook_read` builds them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

UNSURE = "unsure"
"""The answer "Not sure". It is a value like any other and is never read as "no"."""

NOBODY = "nobody"
"""In a question where one ticks all that apply: none of them does."""

NO_RULE = ""
"""The result of a "first rule wins" table in which no rule matched. A checked rulebook never gives it."""

FIRST, ALL = "first", "all"
"""Hit policies: the first rule that matches wins, or every matching rule speaks."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a question or one result of a table: an id and the words people read."""

    id: str
    words: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the intake form whose answer rules may read.

    `many` questions (tick all that apply) give one fact a choice, named `question.choice`, each "yes", "no"
    or "unsure"; all others one fact named like the question. `deciding` questions settle the role, the rest
    sharpen the advice. `worked_out` facts follow from other answers and are never asked. `free` questions
    take an amount, a place, a date or text; no rule reads them. `default` counts while nobody has answered.
    `message` is how the question reads in a message to the hiring manager, `short` how it reads in a list.
    """

    id: str
    ask: str
    choices: tuple[Choice, ...]
    many: bool = False
    deciding: bool = False
    worked_out: bool = False
    free: bool = False
    default: str = UNSURE
    help: str = ""
    message: str = ""
    short: str = ""

    @property
    def ticks(self) -> tuple[str, ...]:
        """What can be ticked in a `many` question."""
        return tuple(choice.id for choice in self.choices if choice.id not in (NOBODY, UNSURE))


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing a rule can read and the values it can have, in order."""

    id: str
    question: str
    values: tuple[str, ...]
    default: str = UNSURE


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule comes from. `took` says in our own words what was taken from it."""

    key: str
    publisher: str
    title: str
    date: str
    took: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """`fact` must have one of the `allowed` values; with `of_table` it is the result of an earlier table."""

    fact: str
    allowed: tuple[str, ...]
    of_table: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """All conditions hold -> `table` gets `result`, because ...

    `ask` names the question to take back (rules that end in "ask first"). `do` is what to do about it
    (advice, risks). `source` is "" for our own guideline; `against` names those who see it otherwise.
    """

    id: str
    table: str
    when: tuple[Condition, ...]
    result: str
    because: str
    source: str = ""
    against: tuple[str, ...] = ()
    against_why: str = ""
    ask: str = ""
    do: str = ""
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A decision table: its hit policy, its possible results and its rules in order."""

    id: str
    title: str
    take: str
    choices: tuple[Choice, ...]
    rules: tuple[Rule, ...]

    @property
    def results(self) -> tuple[str, ...]:
        """The ids of the possible results."""
        return tuple(choice.id for choice in self.choices)


@dataclass(frozen=True, slots=True)
class Example:
    """A worked case kept beside the rules: these answers must give these results."""

    name: str
    answers: Mapping[str, object]
    expect: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, eq=False)
class Rulebook:
    """One edition's content. Tables stand in the order they are worked out.

    Compared by identity (two texts are the same when `sha256` is), so that what is prepared from a rulebook
    can be kept beside it. `skills` lists per role the words that mark a must-have as that role's.
    """

    title: str
    questions: tuple[Question, ...]
    facts: tuple[Fact, ...]
    tables: tuple[Table, ...]
    sources: tuple[Source, ...]
    examples: tuple[Example, ...]
    sha256: str
    skills: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def question(self) -> Callable[[str], Question]:
        """The question with an id. Raises KeyError."""
        return {one.id: one for one in self.questions}.__getitem__

    @cached_property
    def fact(self) -> Callable[[str], Fact]:
        """The fact with an id. Raises KeyError."""
        return {one.id: one for one in self.facts}.__getitem__

    @cached_property
    def table(self) -> Callable[[str], Table]:
        """The table with an id. Raises KeyError."""
        return {one.id: one for one in self.tables}.__getitem__

    @cached_property
    def source(self) -> Callable[[str], Source]:
        """The source with a key. Raises KeyError."""
        return {one.key: one for one in self.sources}.__getitem__

    @cached_property
    def rule(self) -> Callable[[str], Rule]:
        """The rule with an id. Raises KeyError."""
        return {rule.id: rule for table in self.tables for rule in table.rules}.__getitem__

    def values(self, condition: Condition) -> tuple[str, ...]:
        """Every value that a condition can be tried on."""
        return self.table(condition.fact).results if condition.of_table else self.fact(condition.fact).values

    @cached_property
    def defaults(self) -> dict[str, str]:
        """Every fact as it stands while nobody has answered."""
        return {fact.id: fact.default for fact in self.facts}
