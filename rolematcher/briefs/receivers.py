"""Decisions made or overridden in, their briefs asked for out, in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence

from django.dispatch import receiver

from rolematcher.accounts.models import User
from rolematcher.decisions.models import Decision
from rolematcher.decisions.signals import documents_due
from rolematcher.outbox.models import Job

from .services import briefs_request


@receiver(documents_due)
def briefs_are_due(
    decisions: Sequence[Decision],
    user: User,
    language: str,
    priority: int = Job.ON_REQUEST,
    **_signal: object,
) -> None:
    """Ask for the brief of each decision as it stands."""
    briefs_request(decisions, user=user, language=language, priority=priority)
