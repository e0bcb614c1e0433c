"""Answers in, decisions out: work one out, keep one or many, delete it and bring it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rolematcher.accounts.audit import audit, audit_many
from rolematcher.accounts.models import User
from rolematcher.editions.models import Edition
from rolematcher.editions.services import edition_packaged, rulebook_of
from rolematcher.outbox.models import Job
from rolematcher.pay.figures import Figures, figures_packaged
from rolematcher.pay.work_out import pay_facts, pay_report
from rolematcher.rates.pricing import figures_on_file
from rolematcher.roles.profile import role_profiles
from rolematcher.rules import PayFacts, conclude, settle
from rolematcher.rules.answers import Answers

from .approval import approval_end
from .decided import WorkedOut
from .models import LONG_COLUMNS, UNDO, Decision
from .rows import Sheet, rows_keep
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
        settled=settled,
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


def decisions_warm() -> None:
    """Work one out by the packaged rulebook and figures, and forget it: no database.

    Server and worker do it before they fork: processes share what it loads, and nobody's first call waits.
    """
    answers = Answers.model_validate({"work": "connect", "place": "PL", "engagement_type": "permanent"})
    today = timezone.localdate()
    decision_work_out(answers, edition=edition_packaged(), figures=figures_packaged(), on=today)


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
    sheet = Sheet(key, answers, evidence or {}, version_of)
    try:
        (made,) = _made([sheet], user=user, on=on, language=language, priority=Job.ON_REQUEST)
    except IntegrityError:
        # A double click, or two new versions at once: the one that came first stands.
        earlier = _made_before([sheet], user).get(key)
        if earlier is None:
            raise DecisionConflict(
                _("Somebody made a new version at the same moment. Open the latest version and try again.")
            ) from None
        made = earlier
    if made.body_hash != sheet.body:
        raise DecisionConflict(
            _("This form was already sent with other answers. Open the decision it made, or duplicate it.")
        )
    return made


def decisions_make(
    sheets: Sequence[Sheet], *, user: User, on: dt.date, language: str = "en"
) -> list[Decision | DecisionConflict]:
    """Decide and keep many, in one transaction; their briefs come after those somebody waits for.

    What became of each sheet, in their order: its decision, the earlier one where its key was used with the
    same answers, the conflict where with others. Raises IntegrityError, and keeps nothing, where somebody
    else makes the same sheets at the same moment: try again.
    """
    conflict = DecisionConflict(_("The key of this line was used with other answers."))
    made = _made(sheets, user=user, on=on, language=language, priority=Job.BATCH)
    pairs = zip(sheets, made, strict=True)
    return [row if row.body_hash == sheet.body else conflict for sheet, row in pairs]


def decision_delete(decision: Decision, *, user: User) -> None:
    """Take a decision out of every list; for a week it can be brought back.

    Her own, or anybody's with the right to delete decisions. Raises PermissionDenied.
    """
    _deleted_at(decision, timezone.now(), user, "decision.deleted")


def decision_undelete(decision: Decision, *, user: User) -> None:
    """Bring a deleted decision back. Raises PermissionDenied."""
    _deleted_at(decision, None, user, "decision.undeleted")


def _deleted_at(decision: Decision, when: dt.datetime | None, user: User, verb: str) -> None:
    if decision.owner_id != user.pk and not user.has_perm("decisions.delete_decision"):
        raise PermissionDenied
    with transaction.atomic():
        before = Decision.objects.filter(pk=decision.pk, deleted_at__isnull=when is not None)
        if before.update(deleted_at=when):
            audit(verb, decision, actor=user)


def decisions_purge(*, now: dt.datetime) -> int:
    """Remove for good what was deleted more than a week ago; returns how many. Twice is harmless."""
    old = list(Decision.objects.filter(deleted_at__lt=now - UNDO).only("pk"))
    for decision in old:
        with transaction.atomic():
            audit("decision.purged", decision, actor=None)
            decision.delete()
    return len(old)


def _made(
    sheets: Sequence[Sheet], *, user: User, on: dt.date, language: str, priority: int
) -> list[Decision]:
    """The decision under the key of each sheet, whatever its answers: the earlier one, else a new one."""
    known = _made_before(sheets, user)
    if new := [sheet for sheet in sheets if sheet.key not in known]:
        edition, figures = Edition.objects.current(), figures_on_file()
        works = [
            decision_work_out(one.answers, edition=edition, on=on, figures=figures, evidence=one.evidence)
            for one in new
        ]
        with transaction.atomic():
            rows = rows_keep(zip(new, works, strict=True), user)
            for row in rows:
                if row.version > 1:  # a new version is approved anew
                    for other in row.versions().exclude(pk=row.pk):
                        approval_end(other)
            documents_due.send(Decision, decisions=rows, user=user, language=language, priority=priority)
            happened.send(Decision, event="decision.made", decisions=rows, data={})
            noted = [(row, {"edition": edition.number, "version": row.version}) for row in rows]
            audit_many("decision.made", noted, actor=user)
        known |= {row.idempotency_key: row for row in rows}
    return [known[sheet.key] for sheet in sheets]


def _made_before(sheets: Sequence[Sheet], user: User) -> dict[str, Decision]:
    rows = Decision.objects.filter(owner=user, idempotency_key__in=[sheet.key for sheet in sheets])
    return {row.idempotency_key: row for row in rows.defer(*LONG_COLUMNS)}
