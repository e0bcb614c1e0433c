"""Answers in, decisions out: work one out, make it, override it, mark it, record what came of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rolematcher.accounts.audit import audit
from rolematcher.accounts.models import User
from rolematcher.briefs.services import brief_request
from rolematcher.editions.models import Edition
from rolematcher.editions.rulebooks import rulebook_of
from rolematcher.engine.decision.answers import answers_read, facts_of
from rolematcher.engine.decision.decide import decide, decide_full
from rolematcher.engine.money.money_brief import money_facts, money_work_out
from rolematcher.engine.sheets.compiled import packed_sheet
from rolematcher.rates.services import Figures, figures_on_file

from .models import Decision, Outcome, Override
from .profiles import role_profiles
from .records import record_columns


class DecisionConflict(Exception):
    """The same form was sent with other content, or somebody else was quicker. The text says what to do."""


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """A decision that is not saved: shapes as in the columns of `Decision`."""

    answers: dict[str, Any]
    facts: dict[str, str]
    verdict: dict[str, Any]
    money: dict[str, Any]
    profiles: dict[str, Any]
    packed: int | None
    edition: Edition
    decided_on: date
    evidence: dict[str, Any] = field(default_factory=dict)


def decision_work_out(
    answers: Mapping[str, Any],
    *,
    edition: Edition,
    on: date,
    evidence: Mapping[str, Any] | None = None,
    figures: Figures | None = None,
) -> WorkedOut:
    """What the edition advises for these answers, with `figures` or else those on file. Saves nothing.

    Decides twice: the first pass gives the role and basis that the figures are looked up for,
    the second lets advice and risks read how the budget compares. Neither can move the role,
    because only advice and risk tables may read facts about money.

    Raises `engine.answers.AnswersInvalid` listing every faulty field.
    """
    rulebook = rulebook_of(edition)
    clean = answers_read(rulebook, answers)
    facts = facts_of(rulebook, clean, on=on)
    first = decide(rulebook, facts)
    figures = figures or figures_on_file()
    money = money_work_out(
        figures.observations,
        figures.facts,
        answers=clean,
        role=first.role,
        basis=first.basis,
        level=first.level,
        need=first.need,
        on=on,
        weights=figures.weights,
        exchange=figures.exchange,
        places=figures.places,
    )
    facts = {**facts, **money_facts(money, first.role)}
    verdict = decide_full(rulebook, facts)
    return WorkedOut(
        answers=clean,
        facts=facts,
        verdict=verdict.as_dict(),
        money=money,
        profiles=role_profiles(),
        packed=packed_sheet(rulebook, facts),
        edition=edition,
        decided_on=on,
        evidence=dict(evidence or {}),
    )


def decision_make(
    answers: Mapping[str, Any],
    *,
    user: User,
    key: str,
    on: date,
    evidence: Mapping[str, Any] | None = None,
    version_of: Decision | None = None,
    language: str = "en",
) -> Decision:
    """Decide and keep it, with its brief queued, in one transaction. The same `key` twice is one decision.

    `version_of` makes it the next version of an earlier decision.

    Raises AnswersInvalid (see `decision_work_out`), DecisionConflict where `key` was used with other answers.
    """
    body = _body_hash(answers, version_of)
    earlier = _made_before(user, key, body)
    if earlier:
        return earlier
    work = decision_work_out(answers, edition=Edition.objects.current(), on=on, evidence=evidence)
    try:
        with transaction.atomic():
            decision = _saved(work, user=user, key=key, body=body, version_of=version_of)
            brief_request(decision, user=user, language=language)
            audit("decision.made", decision, actor=user, edition=work.edition.number)
    except IntegrityError:
        # A double click, or two new versions at once: the one that came first stands.
        earlier = _made_before(user, key, body)
        if earlier:
            return earlier
        raise DecisionConflict(
            _("Somebody made a new version at the same moment. Open the latest version and try again.")
        ) from None
    return decision


def _body_hash(answers: Mapping[str, Any], version_of: Decision | None) -> str:
    body = json.dumps([answers, version_of and version_of.first_version_id], sort_keys=True, default=str)
    return hashlib.sha256(body.encode()).hexdigest()


def _made_before(user: User, key: str, body: str) -> Decision | None:
    earlier = Decision.objects.filter(owner=user, idempotency_key=key).first()
    if earlier and earlier.body_hash != body:
        raise DecisionConflict(
            _("This form was already sent with other answers. Open the brief it made, or copy it as new.")
        )
    return earlier


def _saved(work: WorkedOut, *, user: User, key: str, body: str, version_of: Decision | None) -> Decision:
    verdict, money = work.verdict, work.money
    estimate = money["roles"].get(verdict["role"], {})
    budget = money["budget"]["roles"].get(verdict["role"], {}).get("verdict", "not_set")
    rules = {reason["table"]: reason["rule"] for reason in verdict["reasons"]}
    first = version_of and (version_of.version_of or version_of)
    version = 1
    if first:
        version = 1 + max([first.version, *first.later_versions.values_list("version", flat=True)])
    return Decision.objects.create(
        owner=user,
        team=user.team,
        client=work.answers.get("client", ""),
        project=work.answers.get("project", ""),
        decided_on=work.decided_on,
        edition=work.edition,
        answers=work.answers,
        facts=work.facts,
        **record_columns(verdict, money, work.profiles),
        evidence=work.evidence,
        need=verdict["need"],
        role=verdict["role"],
        course=verdict["course"],
        level=verdict["level"],
        basis=verdict["basis"],
        firm=verdict["firmness"]["firm"],
        grade=estimate.get("grade") or "",
        budget_verdict=budget,
        packed=work.packed,
        need_rule=rules.get("need", ""),
        role_rule=rules.get("role", ""),
        course_rule=rules.get("course", ""),
        version=version,
        version_of=first,
        idempotency_key=key,
        body_hash=body,
    )


def decision_override(
    decision: Decision, *, user: User, role: str, course: str, reason: str, agreed_with: str, seen: int
) -> Override:
    """Record that a person decided otherwise; a new brief is queued, the original stays.

    `seen` is the number of overrides the page showed. Raises PermissionDenied without the right,
    ValueError without a reason, DecisionConflict where somebody overrode it meanwhile.
    """
    if not user.has_perm("decisions.override_decision"):
        raise PermissionDenied
    if not reason.strip():
        raise ValueError(_("Say why you decide otherwise; the reason is printed in the brief."))
    conflict = DecisionConflict(
        _("Somebody overrode this decision meanwhile. Read theirs first, then decide again.")
    )
    if decision.overrides.count() != seen:
        raise conflict
    try:
        with transaction.atomic():
            override = decision.overrides.create(
                number=seen + 1, role=role, course=course, reason=reason, agreed_with=agreed_with, by=user
            )
            decision.overridden = True
            decision.save(update_fields=["overridden"])
            brief_request(decision, user=user)
            audit("decision.overridden", decision, actor=user, role=role, course=course)
    except IntegrityError:
        raise conflict from None
    return override


def decision_status_set(decision: Decision, *, user: User, status: str) -> None:
    """Mark a decision sent, accepted, filled or dropped. Raises ValueError for any other word."""
    if status not in dict(Decision.STATUSES):
        raise ValueError(_("A decision can be marked made, sent, accepted, filled or dropped."))
    with transaction.atomic():
        decision.status, decision.status_at = status, timezone.now()
        decision.save(update_fields=["status", "status_at"])
        audit("decision.status", decision, actor=user, status=status)


def outcome_record(
    decision: Decision,
    *,
    user: User,
    right_role: str,
    hired_role: str = "",
    agreed_amount: Decimal | None = None,
    agreed_currency: str = "",
    agreed_unit: str = "",
    agreed_kind: str = "",
    days_to_fill: int | None = None,
    note: str = "",
) -> Outcome:
    """Keep what came of a decision; saying it again corrects it."""
    with transaction.atomic():
        outcome, _made = Outcome.objects.update_or_create(
            decision=decision,
            defaults={
                "right_role": right_role,
                "hired_role": hired_role,
                "agreed_amount": agreed_amount,
                "agreed_currency": agreed_currency,
                "agreed_unit": agreed_unit,
                "agreed_kind": agreed_kind,
                "days_to_fill": days_to_fill,
                "note": note,
                "by": user,
            },
        )
        audit("outcome.recorded", decision, actor=user, right_role=right_role)
    return outcome
