"""Answers in, decisions out: work one out, keep it, delete it and bring it back."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from rolematcher.accounts.audit import audit
from rolematcher.accounts.clients import client_key
from rolematcher.accounts.models import User
from rolematcher.editions.models import Edition
from rolematcher.editions.services import edition_packaged, rulebook_of
from rolematcher.pay.figures import Figures, figures_packaged
from rolematcher.pay.work_out import pay_facts, pay_report
from rolematcher.rates.pricing import figures_on_file
from rolematcher.roles.profile import Profiles, role_profiles
from rolematcher.rules import answers_json, conclude, settle
from rolematcher.rules.answer_table import answer_table
from rolematcher.rules.answers import Answers
from rolematcher.rules.section import RulebookError

from .decided import WorkedOut
from .models import UNDO, Decision, RoleProfiles
from .search import folded
from .signals import documents_due


class DecisionConflict(Exception):
    """The same form was sent with other content, or somebody else was quicker. The text says what to do."""


@dataclass(frozen=True)
class Standing:
    """What decides now. `packaged` where no database is set up and the shipped data decides."""

    edition: Edition
    figures: Figures
    packaged: bool = False

    @property
    def note(self) -> str:
        """What commands say of it, "" where the database decides."""
        if not self.packaged:
            return ""
        return _("Nothing is published in the database yet: deciding by the packaged rulebook and figures.")


def standing() -> Standing:
    """The published edition and the figures on file; the packaged ones before `setup_data` has run."""
    try:
        return Standing(Edition.objects.current(), figures_on_file())
    except (Edition.DoesNotExist, DatabaseError):
        return Standing(edition_packaged(), figures_packaged(), packaged=True)


def decision_work_out(
    answers: Answers,
    *,
    edition: Edition,
    on: dt.date,
    figures: Figures | None = None,
    evidence: Mapping[str, object] | None = None,
) -> WorkedOut:
    """What the edition advises for these answers, with `figures` or else those on file. Saves nothing."""
    settled = settle(rulebook_of(edition), answers, on)
    pay = pay_report(
        figures or figures_on_file(),
        answers=answers,
        role=settled.role,
        recommendation=settled.recommendation,
        seniority=settled.seniority,
        engagement_type=settled.engagement_type,
        headcount=settled.headcount,
        need=settled.need,
        on=on,
    )
    return WorkedOut(
        answers_typed=answers,
        verdict_typed=conclude(settled, pay_facts(pay)),
        pay_typed=pay,
        profiles_typed=role_profiles(),
        edition=edition,
        decided_on=on,
        evidence=dict(evidence or {}),
    )


def decision_make(
    answers: Answers,
    *,
    user: User,
    key: str,
    on: dt.date,
    evidence: Mapping[str, object] | None = None,
    version_of: Decision | None = None,
    language: str = "en",
) -> Decision:
    """Decide and keep it, with its brief asked for, in one transaction. The same `key` twice is one decision.

    `version_of` makes it the next version of an earlier decision, under the same number.

    Raises DecisionConflict where `key` was used with other answers or another version came first.
    """
    body = _body_hash(answers, version_of)
    earlier = _made_before(user, key, body)
    if earlier:
        return earlier
    work = decision_work_out(answers, edition=Edition.objects.current(), on=on, evidence=evidence)
    try:
        with transaction.atomic():
            decision = _saved(work, user=user, key=key, body=body, version_of=version_of)
            documents_due.send(Decision, decision=decision, user=user, language=language)
            audit(
                "decision.made", decision, actor=user, edition=work.edition.number, version=decision.version
            )
    except IntegrityError:
        # A double click, or two new versions at once: the one that came first stands.
        earlier = _made_before(user, key, body)
        if earlier:
            return earlier
        raise DecisionConflict(
            _("Somebody made a new version at the same moment. Open the latest version and try again.")
        ) from None
    return decision


def decision_delete(decision: Decision, *, user: User) -> None:
    """Take a decision out of every list; for a week it can be brought back. Raises PermissionDenied."""
    _may_delete(decision, user)
    with transaction.atomic():
        if Decision.objects.filter(pk=decision.pk, deleted_at=None).update(deleted_at=timezone.now()):
            audit("decision.deleted", decision, actor=user)


def decision_undelete(decision: Decision, *, user: User) -> None:
    """Bring a deleted decision back. Raises PermissionDenied."""
    _may_delete(decision, user)
    with transaction.atomic():
        if Decision.objects.filter(pk=decision.pk).exclude(deleted_at=None).update(deleted_at=None):
            audit("decision.undeleted", decision, actor=user)


def decisions_purge(*, now: dt.datetime) -> int:
    """Remove for good what was deleted more than a week ago; returns how many. Twice is harmless."""
    old = list(Decision.objects.filter(deleted_at__lt=now - UNDO).only("pk"))
    for decision in old:
        with transaction.atomic():
            audit("decision.purged", decision, actor=None)
            decision.delete()
    return len(old)


def may_delete(decision: Decision, user: User) -> bool:
    """Her own, or anybody's for who has the right to delete decisions."""
    return decision.owner_id == user.pk or user.has_perm("decisions.delete_decision")


def _may_delete(decision: Decision, user: User) -> None:
    if not may_delete(decision, user):
        raise PermissionDenied


def _body_hash(answers: Answers, version_of: Decision | None) -> str:
    body = json.dumps([answers_json(answers), version_of and version_of.number], sort_keys=True)
    return hashlib.sha256(body.encode()).hexdigest()


def _made_before(user: User, key: str, body: str) -> Decision | None:
    earlier = Decision.objects.filter(owner=user, idempotency_key=key).first()
    if earlier and earlier.body_hash != body:
        raise DecisionConflict(
            _("This form was already sent with other answers. Open the decision it made, or copy it as new.")
        )
    return earlier


def _saved(work: WorkedOut, *, user: User, key: str, body: str, version_of: Decision | None) -> Decision:
    verdict, pay, answers = work.verdict_typed, work.pay_typed, work.answers_typed
    rules = {reason.table: reason.rule for reason in verdict.reasons}
    decision = Decision(
        owner=user,
        team=user.team,
        client=answers.client,
        client_key=client_key(answers.client),
        project=answers.project,
        decided_on=work.decided_on,
        edition=work.edition,
        profiles_id=_profiles_row(work.profiles_typed),
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
    decision.number = version_of.number if version_of else str(decision.public_id)
    if version_of:
        same = Decision.objects.filter(number=version_of.number)
        decision.version = 1 + same.aggregate(last=Max("version"))["last"]
    decision.save()
    if not version_of:
        decision.number = f"RM-{decision.decided_on.year}-{decision.pk:05d}"
    decision.search_text = search_text(decision)
    decision.save(update_fields=["number", "search_text"])
    return decision


def search_text(decision: Decision) -> str:
    """What a decision is found by."""
    texts = (decision.number, decision.number_words, decision.client, decision.project)
    return folded("\n".join([*texts, str(decision.answers.get("description", ""))]))


def _sheet(work: WorkedOut) -> int | None:
    try:
        return answer_table(rulebook_of(work.edition)).index(work.verdict_typed.facts)
    except RulebookError:
        return None


def _profiles_row(profiles: Profiles) -> int:
    """The row of these profiles, made when they are new."""
    text = profiles.model_dump_json()
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    row = RoleProfiles.objects.filter(sha256=sha256).only("pk").first()
    if row is None:
        row, _made = RoleProfiles.objects.get_or_create(sha256=sha256, defaults={"content": json.loads(text)})
    return row.pk
