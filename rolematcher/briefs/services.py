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
    variant: str = Brief.FULL,
    paper: str = Brief.A4,
    language: str = "en",
) -> Brief:
    """The brief of this decision as it stands, queued if nobody asked for it before.

    The row is the promise; the wake-up after the commit only saves waiting for the next sweep. An
    override makes another brief, the earlier file stays. Asking twice gives the same row.

    Raises ValueError for a variant, paper or language there is not.
    """
    _one_of("variant", variant, Brief.VARIANTS)
    _one_of("paper", paper, Brief.PAPERS)
    with transaction.atomic():
        brief, made = Brief.objects.get_or_create(
            decision=decision,
            variant=variant,
            paper=paper,
            language=language,
            content_version=1 + decision.overrides.count(),
            defaults={"requested_by": user},
        )
        if made:
            audit("brief.requested", brief, actor=user, decision=decision.pk, variant=variant)
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
