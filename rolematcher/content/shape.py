"""What a brief says, as frozen records of finished sentences: templates for page and paper only print them.

In: nothing (built by `content_of`). Out: `Content` and its parts. Every text is in `Content.language`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from rolematcher.engine.model import Rulebook


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
class Line:
    """A short label and what it says."""

    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Why:
    """A reason: the sentence, the recruiter's own answers it rests on, and where the rule comes from."""

    because: str
    answers: tuple[Line, ...]
    source: str
    against: str = ""


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
    """Firm or open: the word, the sentence, and the single answers that would change the result."""

    firm: bool
    word: str
    sentence: str
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoleRate:
    """One role's figure: range in words, grade, what it rests on. `figure` is a statement even without one."""

    role: str
    name: str
    recommended: bool
    figure: str
    typical: str
    kind: str
    grade: str
    grade_words: str
    rests_on: str
    notes: tuple[str, ...]
    formula: str
    budget: str


@dataclass(frozen=True, slots=True)
class SourceFigure:
    """A figure of one publisher as used; `kind` is said where it is not that of its group."""

    publisher: str
    title: str
    url: str
    date: str
    figure: str
    kind: str
    stale: bool


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """The sources of one role that play the same part, and what that part is."""

    role: str
    part: str
    why: str
    rows: tuple[SourceFigure, ...]


@dataclass(frozen=True, slots=True)
class Rates:
    """Rates and budget: market, the chart, each role's figure, the budget's verdict and ways out."""

    market: str
    missing: str
    chart: str
    legend: tuple[Line, ...]
    own: RoleRate | None
    roles: tuple[RoleRate, ...]
    budget_set: bool
    budget: str
    verdict: str
    verdict_id: str
    unit: str
    ways_out: tuple[Line, ...]
    groups: tuple[FigureGroup, ...]
    weights: tuple[str, ...]
    newest: str


@dataclass(frozen=True, slots=True)
class Skill:
    """A must-have: what, how to recognise it, and who on the team already covers it."""

    skill: str
    look_for: str
    covered: str = ""


@dataclass(frozen=True, slots=True)
class MustCheck:
    """One of the recruiter's own musts held against the role: keep it, or whose skill it is."""

    must: str
    verdict: str
    drop: bool


@dataclass(frozen=True, slots=True)
class Ask:
    """An interview question and what a good answer has."""

    ask: str
    listen: str


@dataclass(frozen=True, slots=True)
class JobAd:
    """The job-ad starter: titles to use, one to avoid, duties, the line about pay; `text` is all of it."""

    titles: tuple[str, ...]
    avoid: str
    duties: tuple[str, ...]
    pay: str
    text: str


@dataclass(frozen=True, slots=True)
class ForSearch:
    """Everything the search needs about the recommended role."""

    role: str
    name: str
    heading: str
    in_short: tuple[str, ...]
    outcomes: tuple[Line, ...]
    success: tuple[str, ...]
    must_haves: tuple[Skill, ...]
    covered: tuple[Skill, ...]
    musts: tuple[MustCheck, ...]
    learnable: tuple[str, ...]
    leave_out: tuple[str, ...]
    leave_out_note: str
    tools: tuple[str, ...]
    certifications: tuple[str, ...]
    responsibilities: tuple[str, ...]
    deliverables: tuple[str, ...]
    signals: tuple[str, ...]
    red_flags: tuple[Line, ...]
    interview: tuple[Ask, ...]
    career: str
    terms: tuple[Line, ...]
    advice: tuple[Why, ...]
    ad: JobAd
    sources: str


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
class CostLine:
    """A line of the cost table; the total has no source."""

    name: str
    amount: str
    source: str
    total: bool = False


@dataclass(frozen=True, slots=True)
class Cost:
    """What the engagement costs in all, over which time, and what is not in it."""

    period: str
    lines: tuple[CostLine, ...]
    not_included: tuple[str, ...]
    notes: tuple[str, ...]
    empty: str


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
