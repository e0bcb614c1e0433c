"""A decision for programs: `manage.py decide` and the API. In: a decision. Out: plain values.

Amounts are decimal strings.
"""

from __future__ import annotations

from rolematcher.decisions.decided import Decided
from rolematcher.rules import answers_json

from .content.advice import Advice
from .content.box import headline
from .content.build import edition_named

ESTIMATE = "place seniority engagement_type status low typical high currency unit grade kind sources"


def decision_record(decided: Decided) -> dict[str, object]:
    """The decision with its trace, in the names that scripts rely on."""
    advice, verdict = Advice(decided, "house"), decided.verdict_typed
    # Of the advised role the very cell that everything speaks of.
    own = {advice.role: advice.estimate} if advice.estimate else {}
    estimates = {role: one.model_dump(mode="json") for role, one in (advice.pay.estimates | own).items()}
    said, pay = verdict.model_dump(mode="json"), advice.pay.model_dump(mode="json")
    return {
        "role": advice.role,
        "recommendation": advice.recommendation,
        "headline": headline(advice),
        **{key: said[key] for key in ("seniority", "engagement_type", "headcount", "firm")},
        "estimate": {role: {key: one[key] for key in ESTIMATE.split()} for role, one in estimates.items()},
        "budget": pay["budget"],
        "cost": pay["cost"],
        "reasons": said["reasons"],
        "trace": said["trace"],
        "answers": answers_json(decided.answers_typed),
        "edition": edition_named(decided.edition),
        "decided_on": decided.decided_on.isoformat(),
    }
