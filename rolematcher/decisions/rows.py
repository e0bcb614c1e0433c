"""Sheets that are worked out in, their saved rows out: columns to list by beside the JSON they rest on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

from django.db.models import Max

from rolematcher.accounts.clients import client_key
from rolematcher.accounts.models import User
from rolematcher.editions.services import rulebook_of
from rolematcher.roles.profile import Profiles, role_profiles
from rolematcher.rules import answers_json
from rolematcher.rules.answer_table import answer_table
from rolematcher.rules.answers import Answers

from .decided import WorkedOut
from .models import Decision, RoleProfiles
from .search import folded

SETTLED = ("need", "role", "recommendation", "seniority", "engagement_type", "headcount", "firm")
RULES = ("need", "role", "recommendation")
PAY = ("low", "typical", "high", "currency", "unit")


@dataclass(frozen=True)
class Sheet:
    """Answers, the key they are decided once under, what they were read from, what they are a version of."""

    key: str
    answers: Answers
    evidence: Mapping[str, object] = field(default_factory=dict)
    version_of: Decision | None = None

    @property
    def body(self) -> str:
        """Tells whether the same key came with the same answers."""
        body = json.dumps(
            [answers_json(self.answers), self.version_of and self.version_of.number], sort_keys=True
        )
        return hashlib.sha256(body.encode()).hexdigest()


def rows_keep(works: Iterable[tuple[Sheet, WorkedOut]], user: User) -> list[Decision]:
    """Save them all with their numbers. Raises IntegrityError where a key or a version is taken."""
    profiles = _profiles_kept(role_profiles())
    rows = Decision.objects.bulk_create(_row(sheet, work, user, profiles) for sheet, work in works)
    for row in rows:
        if row.version == 1:
            row.number = f"RM-{row.decided_on.year}-{row.pk:05d}"
        row.search_text = search_text(row)
    Decision.objects.bulk_update(rows, ["number", "search_text"])
    return rows


def search_text(decision: Decision) -> str:
    """What a decision is found by."""
    texts = (decision.number, decision.number_words, decision.client, decision.project)
    return folded("\n".join([*texts, str(decision.answers.get("description", ""))]))


def _row(sheet: Sheet, work: WorkedOut, user: User, profiles: int) -> Decision:
    """The row, not saved and not numbered yet."""
    verdict, pay, answers = work.verdict_typed, work.pay_typed, work.answers_typed
    rules = {reason.table: reason.rule for reason in verdict.reasons}
    row = Decision(
        owner=user,
        team=user.team,
        client=answers.client,
        client_key=client_key(answers.client),
        project=answers.project,
        decided_on=work.decided_on,
        edition=work.edition,
        profiles_id=profiles,
        place=answers.place or "",
        figure_status=pay.main.status,
        grade=pay.main.grade,
        budget_cover=pay.budget.cover,
        sheet=answer_table(rulebook_of(work.edition)).index(verdict.facts),
        idempotency_key=sheet.key,
        body_hash=sheet.body,
        answers=answers_json(answers),
        verdict=verdict.model_dump(mode="json"),
        pay=pay.model_dump(mode="json"),
        evidence=dict(work.evidence),
        **{name: getattr(verdict, name) for name in SETTLED},
        **{f"{table}_rule": rules.get(table, "") for table in RULES},
        **{f"pay_{name}": getattr(pay.main, name) for name in PAY},
    )
    row.number = str(row.public_id)
    if sheet.version_of:
        row.number = sheet.version_of.number
        same = Decision.objects.filter(number=row.number)
        row.version = 1 + same.aggregate(last=Max("version"))["last"]
    return row


def _profiles_kept(profiles: Profiles) -> int:
    """The row of these profiles, made when they are new."""
    text = profiles.model_dump_json()
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    known, new = RoleProfiles.objects.only("pk"), {"content": partial(json.loads, text)}
    return known.get_or_create(new, sha256=sha256)[0].pk
