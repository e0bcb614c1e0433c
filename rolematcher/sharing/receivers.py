"""What the rooms below say has happened, told to webhooks, in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence

from django.dispatch import receiver

from rolematcher.decisions.models import Decision
from rolematcher.decisions.signals import happened

from .webhooks import Data, messages_queue


@receiver(happened)
def webhooks_are_told(event: str, decisions: Sequence[Decision], data: Data, **_signal: object) -> None:
    """Queue the messages."""
    messages_queue(event, decisions, data)
