"""The jobs of this room. In: the import a job names. Out: its preview, or rates. Twice is harmless."""

from __future__ import annotations

from django.utils.translation import gettext as _

from rolematcher.outbox.kinds import Permanent, job_kind
from rolematcher.outbox.models import Job

from .imports import rate_import_fail, rate_import_work, rate_imports_clear
from .models import RateImport


@job_kind("rate_import", soft=80, hard=90, lease=120, attempts=2)
def rate_import(job: Job) -> None:
    """Read or save a file; nothing is left to do where it was thrown away."""
    one = RateImport.objects.select_related("owner").filter(pk=job.payload["import"]).first()
    if one is None:
        return
    try:
        rate_import_work(one)
    except Exception as fault:
        if job.attempts >= 2:
            rate_import_fail(one, _("Something went wrong; nothing was saved."))
            raise Permanent(type(fault).__name__) from fault
        raise


@job_kind("rate_imports_clear", every=6 * 3600)
def clear(job: Job) -> None:
    """Remove files that nobody saved within a day."""
    rate_imports_clear()
