"""Asking for a brief and asking again: a row is written, and on commit a worker is woken."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction

from rolematcher.accounts.audit import audit
from rolematcher.decisions.models import Decision

from .models import Brief
from .states import brief_requeue
from .tasks import brief_wake

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
) -> Brief:
    """The brief of this decision as it stands, queued if nobody asked for it before.

    The row is the promise; the wake-up after the commit only saves waiting for the next sweep. An
    override makes another brief, the earlier file stays. Asking twice gives the same row.

    Raises ValueError for an audience, format or paper there is not.
    """
    _one_of("audience", audience, Brief.AUDIENCES)
    _one_of("format", format, Brief.FORMATS)
    _one_of("paper", paper, Brief.PAPERS)
    with transaction.atomic():
        brief, made = Brief.objects.get_or_create(
            decision=decision,
            audience=audience,
            format=format,
            paper=paper,
            language=language,
            content_version=1 + decision.overrides.count(),
            defaults={"requested_by": user},
        )
        if made:
            audit("brief.requested", brief, actor=user, decision=decision.pk, audience=audience)
            transaction.on_commit(partial(brief_wake, brief.pk), robust=True)
    return brief


def _one_of(name: str, value: str, choices: list) -> None:
    known = [choice for choice, _words in choices]
    if value not in known:
        raise ValueError(f"{name} cannot be {value!r}; it is one of {', '.join(known)}.")


def brief_retry(brief: Brief, *, user: User) -> bool:
    """Queue a failed brief again with all its attempts. False where it is not failed (any more).

    Raises PermissionDenied without the right to.
    """
    if not user.has_perm("briefs.retry_brief"):
        raise PermissionDenied
    with transaction.atomic():
        queued = brief_requeue(brief.pk)
        if queued:
            audit("brief.retried", brief, actor=user)
            transaction.on_commit(partial(brief_wake, brief.pk), robust=True)
    return queued


def briefs_of(decision: Decision, *, language: str) -> dict[tuple[str, str], Brief]:
    """The newest documents of a decision as it stands, by audience and format, preferably in `language`."""
    briefs = decision.briefs.filter(content_version=1 + decision.overrides.count()).order_by("id")
    ordered = sorted(briefs, key=lambda brief: brief.language == language)
    return {(brief.audience, brief.format): brief for brief in ordered}
