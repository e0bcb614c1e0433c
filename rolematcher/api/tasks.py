"""The job that makes some lines of a batch. In: batch and lines. Out: their decisions. Twice is harmless."""

from __future__ import annotations

from rolematcher.decisions.services import decisions_warm
from rolematcher.outbox.kinds import job_kind
from rolematcher.outbox.models import Job

from .batches import batch_lines_make
from .models import Batch


@job_kind("batch", warm=decisions_warm, soft=60, hard=90, lease=120)
def lines_make(job: Job) -> None:
    """Make the lines; nothing is left to do where the batch is gone."""
    batch = Batch.objects.select_related("owner__team").filter(pk=job.payload["batch"]).first()
    if batch is not None:
        batch_lines_make(batch, int(job.payload["first"]), int(job.payload["last"]))
