"""A decision that is worked out in, its row out: columns to list by beside the JSON it rests on.

Whoever keeps it saves the row; it has its number only then.
"""

from __future__ import annotations

import hashlib
import json

from rolematcher.accounts.clients import client_key
from rolematcher.accounts.models import User
from rolematcher.editions.services import rulebook_of
from rolematcher.roles.profile import Profiles
from rolematcher.rules import answers_json
from rolematcher.rules.answer_table import answer_table
from rolematcher.rules.answers import Answers
from rolematcher.rules.section import RulebookError

from .decided import WorkedOut
from .models import Decision, RoleProfiles
from .search import folded


def body_hash(answers: Answers, version_of: Decision | None = None) -> str:
    """Tells whether the same key came with the same answers."""
    body = json.dumps([answers_json(answers), version_of and version_of.number], sort_keys=True)
    return hashlib.sha256(body.encode()).hexdigest()


def decision_row(work: WorkedOut, *, user: User, key: str, body: str, profiles: int) -> Decision:
    """The row, not saved and not numbered yet. `profiles`: of `profiles_row`."""
    verdict, pay, answers = work.verdict_typed, work.pay_typed, work.answers_typed
    rules = {reason.table: reason.rule for reason in verdict.reasons}
    return Decision(
        owner=user,
        team=user.team,
        client=answers.client,
        client_key=client_key(answers.client),
        project=answers.project,
        decided_on=work.decided_on,
        edition=work.edition,
        profiles_id=profiles,
        need=verdict.need,
        role=verdict.role,
        recommendation=verdict.recommendation,
        seniority=verdict.seniority,
        engagement_type=verdict.engagement_type,
        headcount=verdict.headcount,
        place=answers.place or "",
        firm=verdict.firm,
        figure_status=pay.main.status,
        pay_low=pay.main.low,
        pay_typical=pay.main.typical,
        pay_high=pay.main.high,
        pay_currency=pay.main.currency,
        pay_unit=pay.main.unit,
        grade=pay.main.grade,
        budget_cover=pay.budget.cover,
        need_rule=rules.get("need", ""),
        role_rule=rules.get("role", ""),
        recommendation_rule=rules.get("recommendation", ""),
        sheet=_sheet(work),
        idempotency_key=key,
        body_hash=body,
        answers=answers_json(answers),
        verdict=verdict.model_dump(mode="json"),
        pay=pay.model_dump(mode="json"),
        evidence=dict(work.evidence),
    )


def decision_number(decision: Decision) -> str:
    """The number of a saved first version."""
    return f"RM-{decision.decided_on.year}-{decision.pk:05d}"


def search_text(decision: Decision) -> str:
    """What a decision is found by."""
    texts = (decision.number, decision.number_words, decision.client, decision.project)
    return folded("\n".join([*texts, str(decision.answers.get("description", ""))]))


def profiles_row(profiles: Profiles) -> int:
    """The row of these profiles, made when they are new."""
    text = profiles.model_dump_json()
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    row = RoleProfiles.objects.filter(sha256=sha256).only("pk").first()
    if row is None:
        row, _made = RoleProfiles.objects.get_or_create(sha256=sha256, defaults={"content": json.loads(text)})
    return row.pk


def _sheet(work: WorkedOut) -> int | None:
    try:
        return answer_table(rulebook_of(work.edition)).index(work.verdict_typed.facts)
    except RulebookError:
        return None
