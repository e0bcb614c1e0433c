"""What the worker does for drafts: once a day it removes for good what was deleted a week ago."""

from __future__ import annotations

from django.utils import timezone

from rolematcher.outbox.kinds import job_kind
from rolematcher.outbox.models import Job

from .drafts import drafts_purge


@job_kind("drafts_purge", every=24 * 3600)
def purge(job: Job) -> None:
    """Remove deleted drafts whose week is over. Twice is harmless."""
    drafts_purge(now=timezone.now())
