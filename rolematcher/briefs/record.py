"""A decision for programs: `manage.py decide` and the API. In: a decision. Out: plain values.

Amounts are decimal strings.
"""

from __future__ import annotations

from rolematcher.decisions.decided import Decided
from rolematcher.pay.report import Estimate
from rolematcher.rules import answers_json

from .content.advice import Advice
from .content.box import headline
from .content.build import edition_named


def decision_record(decided: Decided) -> dict[str, object]:
    """The decision with its trace, in the names that scripts rely on."""
    verdict, pay = decided.verdict_typed, decided.pay_typed
    advice = Advice(decided, "house")
    return {
        "role": advice.role,
        "recommendation": advice.recommendation,
        "headline": headline(advice),
        "seniority": verdict.seniority,
        "engagement_type": verdict.engagement_type,
        "headcount": verdict.headcount,
        "firm": verdict.firm,
        "estimate": {role: _estimate(estimate) for role, estimate in _estimates(advice).items()},
        "budget": pay.budget.model_dump(mode="json"),
        "cost": pay.cost.model_dump(mode="json"),
        "reasons": [reason.model_dump(mode="json") for reason in verdict.reasons],
        "trace": [table.model_dump(mode="json") for table in verdict.trace],
        "answers": answers_json(decided.answers_typed),
        "edition": edition_named(decided.edition),
        "decided_on": decided.decided_on.isoformat(),
    }


def _estimates(advice: Advice) -> dict[str, Estimate]:
    """The estimate of each role; of the advised one the very cell that everything speaks of."""
    found = dict(advice.pay.estimates)
    if advice.estimate:
        found[advice.role] = advice.estimate
    return found


def _estimate(estimate: Estimate) -> dict[str, object]:
    keys = "place seniority engagement_type status low typical high currency unit grade kind sources"
    dumped = estimate.model_dump(mode="json")
    return {key: dumped[key] for key in keys.split()}
