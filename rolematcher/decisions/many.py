"""Many answer sheets in, a decision kept for each out: what `decision_make` does for one, in bulk.

Edition, figures and profiles are fetched once and rows are written together, so that a sheet costs a tenth
of one made alone. Each still has its number, its brief, its job and its events in the audit trail.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from rolematcher.accounts.audit import audit_many
from rolematcher.accounts.models import User
from rolematcher.editions.models import Edition
from rolematcher.outbox.models import Job
from rolematcher.rates.pricing import figures_on_file
from rolematcher.roles.profile import role_profiles
from rolematcher.rules.answers import Answers

from .models import LONG_COLUMNS, Decision
from .rows import body_hash, decision_number, decision_row, profiles_row, search_text
from .services import DecisionConflict, decision_work_out
from .signals import documents_due, happened


@dataclass(frozen=True)
class Sheet:
    """Answers with what they were read from, and the key under which they are made once."""

    key: str
    answers: Answers
    evidence: Mapping[str, object] = field(default_factory=dict)


def decisions_make(
    sheets: Sequence[Sheet], *, user: User, on: dt.date, language: str = "en"
) -> list[Decision | DecisionConflict]:
    """Decide and keep all of them, in one transaction; their briefs come after those somebody waits for.

    What became of each sheet, in their order: its decision, the earlier one where its key was used with the
    same answers, the conflict where with others. Raises IntegrityError, and keeps nothing, where somebody
    else makes the same sheets at the same moment: try again.
    """
    hashes = {sheet.key: body_hash(sheet.answers) for sheet in sheets}
    earlier = Decision.objects.filter(owner=user, idempotency_key__in=hashes).defer(*LONG_COLUMNS)
    known: dict[str, Decision] = {one.idempotency_key: one for one in earlier}
    with transaction.atomic():
        new = [sheet for sheet in sheets if sheet.key not in known]
        known |= _kept(new, hashes, user=user, on=on, language=language) if new else {}
    return [_same(known[sheet.key], hashes[sheet.key]) for sheet in sheets]


def _kept(
    sheets: Sequence[Sheet], hashes: dict[str, str], *, user: User, on: dt.date, language: str
) -> dict[str, Decision]:
    edition, figures = Edition.objects.current(), figures_on_file()
    profiles = profiles_row(role_profiles())
    rows = []
    for sheet in sheets:
        work = decision_work_out(
            sheet.answers, edition=edition, on=on, figures=figures, evidence=sheet.evidence
        )
        row = decision_row(work, user=user, key=sheet.key, body=hashes[sheet.key], profiles=profiles)
        row.number = str(row.public_id)
        rows.append(row)
    for row in Decision.objects.bulk_create(rows):
        row.number = decision_number(row)
        row.search_text = search_text(row)
    Decision.objects.bulk_update(rows, ["number", "search_text"])
    documents_due.send(Decision, decisions=rows, user=user, language=language, priority=Job.BATCH)
    happened.send(Decision, event="decision.made", decisions=rows, data={})
    noted = [(row, {"edition": edition.number, "version": row.version}) for row in rows]
    audit_many("decision.made", noted, actor=user)
    return {row.idempotency_key: row for row in rows}


def _same(decision: Decision, body: str) -> Decision | DecisionConflict:
    if decision.body_hash == body:
        return decision
    return DecisionConflict(_("The key of this line was used with other answers."))
