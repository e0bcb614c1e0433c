"""What was decided and how: ids only, the words come from the edition that decided."""

from __future__ import annotations

from typing import Literal

from rolematcher.values.frozen import Frozen

Outcome = Literal["applied", "failed", "unknown", "not_reached"]
Held = Literal["yes", "no", "unknown"]


class PayFacts(Frozen):
    """What pay found out about the decision, as rules may read it.

    `budget_cover`: how much of the pay range the budget covers, "none" where it is below; `figure`: "weak"
    for one source, old sources, sources far apart or a modelled range, "none" where there is no figure;
    `search_time`: "short" where the date comes before a usual search ends. `pay_facts` of pay gives them.
    """

    budget_cover: Literal["all", "some", "none", "no_rate", "cannot_compare", "not_set"] = "not_set"
    figure: Literal["firm", "weak", "none", "unsure"] = "unsure"
    search_time: Literal["enough", "short", "unsure"] = "unsure"


class ConditionTried(Frozen):
    """A condition of a rule beside the value it was tried on; "unknown" where "not sure" decides nothing."""

    fact: str
    value: str
    allowed: tuple[str, ...]
    held: Held


class Reason(Frozen):
    """A rule that spoke: what it gives, why, what to do about it, who says so and who sees it otherwise."""

    table: str
    rule: str
    result: str
    because: str
    do: str = ""
    source: str = ""
    against: tuple[str, ...] = ()
    against_why: str = ""
    conditions: tuple[ConditionTried, ...] = ()


class RuleTried(Frozen):
    """One line of the trace. Its conditions can be read again from `Verdict.facts` and the edition."""

    rule: str
    result: str
    outcome: Outcome


class TableTried(Frozen):
    """A table as it was worked through; `result` is "" where every matching rule speaks."""

    table: str
    result: str
    rules: tuple[RuleTried, ...]


class Change(Frozen):
    """Another answer to one question, and what it gives. `now` is the present answer.

    Ticks are one answer: their ids parted by commas, "nobody" for none.
    """

    question: str
    fact: str
    now: str
    value: str
    role: str
    recommendation: str


class Reply(Frozen):
    """Where one reply to the next question leads."""

    value: str
    role: str
    recommendation: str


class NextQuestion(Frozen):
    """The open question that settles most, with where each reply alone leads.

    Its replies all lead to the same only where no question alone changes anything, and this one does together
    with others.
    """

    question: str
    replies: tuple[Reply, ...]


class Near(Frozen):
    """A rule with another result that missed by one condition."""

    table: str
    rule: str
    result: str
    because: str
    missing: ConditionTried


class Verdict(Frozen):
    """The decision. `firm`: role and recommendation can no longer change however the open questions turn out.

    `reasons` has the rule that gave each result (need, role, recommendation, seniority, engagement type,
    headcount). `changes` leaves out that the work is of another trade, which is always one answer away.
    """

    need: str
    role: str
    recommendation: str
    seniority: str
    engagement_type: str
    headcount: str
    provisional: bool
    firm: bool
    role_firm: bool
    asks: tuple[str, ...]
    reasons: tuple[Reason, ...]
    advice: tuple[Reason, ...]
    risks: tuple[Reason, ...]
    possible_roles: tuple[str, ...]
    possible_recommendations: tuple[str, ...]
    unknowns: tuple[str, ...]
    next_question: NextQuestion | None
    changes: tuple[Change, ...]
    distance: dict[str, tuple[Change, ...] | None]
    """For every other role the fewest answers to change; None where no answers give it."""
    nearly: tuple[Near, ...]
    facts: dict[str, str]
    trace: tuple[TableTried, ...]
