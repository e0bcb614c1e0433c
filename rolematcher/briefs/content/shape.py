"""What a brief says, as frozen records of finished sentences: templates for page and paper only print them.

In: nothing (built by `content_of`). Out: `Content` and its parts. Every text is in `Content.language`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from rolematcher.engine.model import Rulebook
from rolematcher.web.names import HIRING

from .shape_money import Cost, Line, Rates
from .shape_search import ForSearch, Why


@dataclass(frozen=True, slots=True)
class DecisionPreview:
    """A decision that is not saved, with what `content_of` reads. JSON shapes: docs/shapes.md."""

    answers: Mapping[str, Any]
    facts: Mapping[str, str]
    verdict: Mapping[str, Any]
    money: Mapping[str, Any]
    profiles: Mapping[str, Any]
    decided_on: date
    edition_number: int
    edition_sha256: str
    rulebook: Rulebook
    evidence: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Overridden:
    """Who decided otherwise, when, why, with whom agreed, and what the rules had advised."""

    by: str
    at: str
    reason: str
    agreed_with: str
    original: str
    words: str


@dataclass(frozen=True, slots=True)
class Firmness:
    """Firm or open: the word, the sentence, what is still open, the single answers that would change it."""

    firm: bool
    word: str
    sentence: str
    unanswered: str
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """One role in the comparison: what it does, costs, when it is right, and why not (or why) here."""

    role: str
    name: str
    recommended: bool
    does: str
    delivers: str
    costs: str
    right_when: str
    here: str


@dataclass(frozen=True, slots=True)
class Risk:
    """A risk, the answer that raised it, why, and what to do. `after_title` goes on from the title."""

    title: str
    after_title: str
    answer: str
    because: str
    do: str
    source: str


@dataclass(frozen=True, slots=True)
class Change:
    """A result that one other answer alone would give, and every answer that would."""

    result: str
    answers: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A question of the form and its answer; `open` where it was left as not sure."""

    question: str
    answer: str
    open: bool


@dataclass(frozen=True, slots=True)
class RuleUsed:
    """A rule that applied or nearly applied: id, result, reason, source, opposing sources."""

    id: str
    table: str
    result: str
    because: str
    source: str
    against: str
    missing: str = ""


@dataclass(frozen=True, slots=True)
class RuleSource:
    """A publication the rules rest on, and what was taken from it."""

    publisher: str
    title: str
    date: str
    took: str


@dataclass(frozen=True, slots=True)
class Content:
    """The whole brief. `data` is the decision as JSON, attached to the PDF."""

    language: str
    number: str
    title: str
    client: str
    project: str
    asked_by: str
    made_on: str
    made_at: datetime
    status: str
    role: str
    course: str
    recommendation: str
    overridden: Overridden | None
    why_heading: str
    why: tuple[Why, ...]
    firmness: Firmness
    rates: Rates
    first_step: str
    question: str
    question_replies: tuple[Line, ...]
    search: ForSearch
    pair: tuple[Line, ...]
    pair_heading: str
    compared: tuple[Compared, ...]
    cost: Cost
    risks: tuple[Risk, ...]
    changes: tuple[Change, ...]
    changes_sentence: str
    answers: tuple[Answer, ...]
    description: str
    applied: tuple[RuleUsed, ...]
    nearly: tuple[RuleUsed, ...]
    rule_sources: tuple[RuleSource, ...]
    foot: str
    edition: str
    file_name: str
    data: Mapping[str, Any]

    @property
    def unanswered(self) -> tuple[str, ...]:
        """The questions left as not sure."""
        return tuple(answer.question for answer in self.answers if answer.open)

    @property
    def hiring(self) -> bool:
        """Whether somebody is searched for now."""
        return self.course in HIRING
