"""What a brief says for the search: finished sentences about the role. See `shape`."""

from __future__ import annotations

from dataclasses import dataclass

from .shape_money import Line


@dataclass(frozen=True, slots=True)
class Why:
    """A reason: the sentence, the recruiter's own answers it rests on, and where the rule comes from."""

    because: str
    answers: tuple[Line, ...]
    source: str
    against: str = ""


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
