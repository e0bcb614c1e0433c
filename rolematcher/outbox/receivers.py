"""What the rooms below want done, made jobs of."""

from __future__ import annotations

from django.dispatch import receiver

from rolematcher.accounts.password_reset import reset_asked

from .models import Job
from .services import Value, job_enqueue


@receiver(reset_asked)
def reset_is_due(users: list[int], language: str, host: str, secure: bool, **_signal: object) -> None:
    """One job, for known and unknown addresses alike: the page must take as long for both."""
    payload: dict[str, Value] = {"users": users, "language": language, "host": host, "secure": secure}
    job_enqueue("password_reset", payload, priority=Job.ON_REQUEST)
