"""Asking for a brief and asking again: a row and the job that makes it, in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.dispatch import receiver

from rolematcher.accounts.audit import audit, audit_many
from rolematcher.decisions.models import Decision, Override
from rolematcher.decisions.signals import documents_due
from rolematcher.outbox.models import Job
from rolematcher.outbox.services import job_enqueue, job_requeue, jobs_enqueue

from .models import Brief

if TYPE_CHECKING:
    from rolematcher.accounts.models import User


def brief_request(
    decision: Decision,
    *,
    user: User,
    audience: str = Brief.HOUSE,
    format: str = Brief.PDF,
    paper: str = Brief.A4,
    language: str = "en",
    priority: int = Job.ON_REQUEST,
) -> Brief:
    """The brief of this decision as it stands, queued if nobody asked for it before.

    An override makes another brief, the earlier file stays. Asking twice gives the same row.

    Raises ValueError for an audience, format or paper there is not.
    """
    for name, value, choices in (
        ("audience", audience, Brief.AUDIENCES),
        ("format", format, Brief.FORMATS),
        ("paper", paper, Brief.PAPERS),
    ):
        if value not in dict(choices):
            raise ValueError(f"{name} cannot be {value!r}; it is one of {', '.join(dict(choices))}.")
    with transaction.atomic():
        brief, made = Brief.objects.select_related("job").get_or_create(
            decision=decision,
            audience=audience,
            format=format,
            paper=paper,
            language=language,
            content_version=content_version(decision, audience),
            defaults={"requested_by": user},
        )
        if made:
            brief.job = job_enqueue("brief", priority=priority, user=user)
            brief.save(update_fields=["job"])
            audit("brief.requested", brief, actor=user, decision=decision.pk, audience=audience)
    return brief


@receiver(documents_due)
def briefs_request(
    decisions: Sequence[Decision],
    user: User,
    language: str,
    priority: int = Job.ON_REQUEST,
    **_signal: object,
) -> None:
    """The full PDFs of decisions that were made or overridden in this transaction, so nobody asked before."""
    ids = [decision.pk for decision in decisions]
    overrides = Counter(Override.objects.filter(decision__in=ids).values_list("decision", flat=True))
    jobs = jobs_enqueue("brief", len(ids), priority=priority, user=user)
    briefs = Brief.objects.bulk_create(
        Brief(
            decision=decision,
            language=language,
            content_version=1 + overrides[decision.pk] + decision.approval_steps,
            job=job,
            requested_by=user,
        )
        for decision, job in zip(decisions, jobs, strict=True)
    )
    noted = [(brief, {"decision": brief.decision_id, "audience": brief.audience}) for brief in briefs]
    audit_many("brief.requested", noted, actor=user)


def content_version(decision: Decision, audience: str) -> int:
    """Which words a brief made now would hold: overrides make others, and for the house steps of approval."""
    steps = decision.approval_steps if audience == Brief.HOUSE else 0
    return 1 + decision.overrides.count() + steps


def brief_retry(brief: Brief, *, user: User) -> bool:
    """Queue a failed brief again with all its attempts. False where it is not failed (any more).

    Raises PermissionDenied without the right to.
    """
    if not user.has_perm("briefs.retry_brief"):
        raise PermissionDenied
    with transaction.atomic():
        queued = brief.job is not None and job_requeue(brief.job)
        if queued:
            audit("brief.retried", brief, actor=user)
    return queued


def briefs_of(decision: Decision, *, language: str) -> dict[tuple[str, str], Brief]:
    """The newest documents of a decision as it stands, by audience and format, preferably in `language`."""
    now = Q()
    for audience, _words in Brief.AUDIENCES:
        now |= Q(audience=audience, content_version=content_version(decision, audience))
    briefs = decision.briefs.select_related("job").filter(now).order_by("id")
    ordered = sorted(briefs, key=lambda brief: brief.language == language)
    return {(brief.audience, brief.format): brief for brief in ordered}
