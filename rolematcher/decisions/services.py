"""Answers in, decisions out: work one out, keep it, delete it and bring it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from rolematcher.accounts.audit import audit
from rolematcher.accounts.models import User
from rolematcher.editions.models import Edition
from rolematcher.editions.services import edition_packaged, rulebook_of
from rolematcher.pay.figures import Figures, figures_packaged
from rolematcher.pay.work_out import pay_facts, pay_report
from rolematcher.rates.pricing import figures_on_file
from rolematcher.roles.profile import role_profiles
from rolematcher.rules import PayFacts, conclude, settle
from rolematcher.rules.answers import Answers

from .approval import approvals_end
from .decided import WorkedOut
from .models import UNDO, Decision
from .rows import body_hash, decision_number, decision_row, profiles_row, search_text
from .signals import documents_due, happened


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
    # Where none of the three roles does the work, the pay of one of them is no risk to speak of.
    told = PayFacts() if settled.role == "none" else pay_facts(pay)
    return WorkedOut(
        answers_typed=answers,
        verdict_typed=conclude(settled, told),
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
    body = body_hash(answers, version_of)
    earlier = _made_before(user, key, body)
    if earlier:
        return earlier
    work = decision_work_out(answers, edition=Edition.objects.current(), on=on, evidence=evidence)
    try:
        with transaction.atomic():
            decision = _saved(work, user=user, key=key, body=body, version_of=version_of)
            if version_of:  # a new version is approved anew
                approvals_end(decision.versions().exclude(pk=decision.pk))
            documents_due.send(Decision, decisions=[decision], user=user, language=language)
            happened.send(Decision, event="decision.made", decisions=[decision], data={})
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


def _made_before(user: User, key: str, body: str) -> Decision | None:
    earlier = Decision.objects.filter(owner=user, idempotency_key=key).first()
    if earlier and earlier.body_hash != body:
        raise DecisionConflict(
            _("This form was already sent with other answers. Open the decision it made, or duplicate it.")
        )
    return earlier


def _saved(work: WorkedOut, *, user: User, key: str, body: str, version_of: Decision | None) -> Decision:
    decision = decision_row(work, user=user, key=key, body=body, profiles=profiles_row(work.profiles_typed))
    decision.number = version_of.number if version_of else str(decision.public_id)
    if version_of:
        same = Decision.objects.filter(number=version_of.number)
        decision.version = 1 + same.aggregate(last=Max("version"))["last"]
    decision.save()
    if not version_of:
        decision.number = decision_number(decision)
    decision.search_text = search_text(decision)
    decision.save(update_fields=["number", "search_text"])
    return decision
