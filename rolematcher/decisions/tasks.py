"""What the worker does for decisions: once a day it removes for good what was deleted a week ago."""

from __future__ import annotations

from django.utils import timezone

from rolematcher.outbox.kinds import job_kind
from rolematcher.outbox.models import Job

from .services import decisions_purge


@job_kind("decisions_purge", every=24 * 3600)
def purge(job: Job) -> None:
    """Remove deleted decisions whose week is over. Twice is harmless."""
    decisions_purge(now=timezone.now())
