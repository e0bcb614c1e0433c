"""A decision made or overridden in, its brief asked for out, in the same transaction."""

from __future__ import annotations

from django.dispatch import receiver

from rolematcher.accounts.models import User
from rolematcher.decisions.models import Decision
from rolematcher.decisions.signals import documents_due

from .services import brief_request


@receiver(documents_due)
def brief_is_due(decision: Decision, user: User, language: str, **_signal: object) -> None:
    """Ask for the brief of the decision as it stands."""
    brief_request(decision, user=user, language=language)
