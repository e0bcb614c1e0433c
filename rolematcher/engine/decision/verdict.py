"""What was decided and how: every row tried, every condition with its answer. Records and their JSON form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from rolematcher.engine.model import Rule, Source

from .conditions import ConditionMet

Outcome = Literal["applied", "failed", "unknown", "not_reached"]

REASON_TABLES = ("need", "role", "course")


class AsDict(Protocol):
    """Something with a JSON form, such as the firmness of a verdict."""

    def as_dict(self) -> dict[str, object]:
        """As plain JSON."""
        ...


@dataclass(frozen=True, slots=True)
class RuleTried:
    """A row that was tried, or stood after the first that applied ("not_reached")."""

    rule: Rule
    outcome: Outcome
    conditions: tuple[ConditionMet, ...]
    words: str
    source: Source | None
    against: tuple[Source, ...]

    def as_dict(self) -> dict[str, object]:
        """As a line of the trace."""
        return {
            "rule": self.rule.id,
            "result": self.rule.result,
            "because": self.rule.because,
            "outcome": self.outcome,
            "conditions": [condition.as_dict() for condition in self.conditions],
        }

    def as_reason(self) -> dict[str, object]:
        """As a reason for the recommendation, with its source and those who see it otherwise."""
        return {
            "table": self.rule.table,
            "rule": self.rule.id,
            "result": self.rule.result,
            "words": self.words,
            "because": self.rule.because,
            "source": source_dict(self.source),
            "against": [source_dict(source) for source in self.against],
            "against_why": self.rule.against_why,
            "conditions": [condition.as_dict() for condition in self.conditions],
        }

    def as_advice(self) -> dict[str, object]:
        """As a piece of advice or a risk: its title, why, and what to do."""
        return {
            "rule": self.rule.id,
            "result": self.rule.result,
            "title": self.words,
            "because": self.rule.because,
            "do": self.rule.do,
            "source": source_dict(self.source),
            "against": [source_dict(source) for source in self.against],
            "against_why": self.rule.against_why,
            "conditions": [condition.as_dict() for condition in self.conditions],
        }


@dataclass(frozen=True, slots=True)
class TableTried:
    """A table as it was worked through. `result` is "" where every row may speak, or none fitted."""

    table: str
    title: str
    take: str
    result: str
    words: str
    rules: tuple[RuleTried, ...]

    @property
    def applied(self) -> tuple[RuleTried, ...]:
        """The rows that spoke: at most one where the first wins."""
        return tuple(tried for tried in self.rules if tried.outcome == "applied")

    def as_dict(self) -> dict[str, object]:
        """As plain JSON."""
        return {
            "table": self.table,
            "title": self.title,
            "take": self.take,
            "result": self.result,
            "words": self.words,
            "rules": [rule.as_dict() for rule in self.rules],
        }


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision: a result per table, and the trace to it. `firmness` is filled by `decide_full`."""

    results: Mapping[str, str]
    trace: tuple[TableTried, ...]
    firmness: AsDict | None = None

    def __getitem__(self, table: str) -> str:
        """The result of a table, "" if there is none."""
        return self.results.get(table, "")

    @property
    def need(self) -> str:
        """What kind of model work it is."""
        return self["need"]

    @property
    def role(self) -> str:
        """The role the work needs."""
        return self["role"]

    @property
    def course(self) -> str:
        """What to do about it."""
        return self["course"]

    @property
    def level(self) -> str:
        """The level to look for."""
        return self["level"]

    @property
    def basis(self) -> str:
        """The engagement to go for."""
        return self["basis"]

    @property
    def headcount(self) -> str:
        """How many people to hire."""
        return self["headcount"]

    def tried(self, table: str) -> TableTried | None:
        """The trace of one table, None if the rulebook has no such table."""
        return next((tried for tried in self.trace if tried.table == table), None)

    @property
    def reasons(self) -> tuple[RuleTried, ...]:
        """The rows that gave need, role and course."""
        return tuple(row for table in self.trace if table.table in REASON_TABLES for row in table.applied[:1])

    @property
    def provisional(self) -> bool:
        """True if the role is a best guess until a question is answered."""
        return any(row.rule.provisional for row in self.reasons)

    @property
    def asks(self) -> tuple[str, ...]:
        """The questions to take back to the hiring manager."""
        return tuple(dict.fromkeys(row.rule.ask for row in self.reasons if row.rule.ask))

    def as_dict(self) -> dict[str, object]:
        """As plain JSON, the form that is stored with a decision."""
        named = ("need", "role", "course", "level", "basis", "headcount")
        return {
            **{table: self[table] for table in named},
            "results": dict(self.results),
            "words": {tried.table: tried.words for tried in self.trace if tried.result},
            "provisional": self.provisional,
            "asks": list(self.asks),
            "reasons": [row.as_reason() for row in self.reasons],
            "advice": self._spoken("advice"),
            "risks": self._spoken("risk"),
            "trace": [table.as_dict() for table in self.trace],
            "firmness": self.firmness.as_dict() if self.firmness else None,
        }

    def _spoken(self, table: str) -> list[dict[str, object]]:
        tried = self.tried(table)
        return [row.as_advice() for row in tried.applied] if tried else []


def source_dict(source: Source | None) -> dict[str, str] | None:
    """A rule's source as plain JSON; None for a house rule."""
    if source is None:
        return None
    return {
        "key": source.key,
        "publisher": source.publisher,
        "title": source.title,
        "date": source.date,
        "took": source.took,
    }
