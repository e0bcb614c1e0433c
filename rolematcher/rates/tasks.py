"""The jobs of this room. In: the import a job names. Out: its preview, or rates. Twice is harmless.

Nothing is half saved: writing the rates and noting that it is done are one transaction.
"""

from __future__ import annotations

from datetime import timedelta
from typing import BinaryIO, cast

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.utils import timezone, translation

from rolematcher.outbox.kinds import job_kind
from rolematcher.outbox.models import Job
from rolematcher.web.files import file_discard

from .importing import ImportRefused, Preview, rates_import, rates_preview
from .imports import rate_import_fail, rate_import_note
from .models import RateImport
from .tables import RatesFileFault

KEPT = timedelta(days=1)
"""How long a file lies there that nobody saved."""


@job_kind("rate_import", soft=80, hard=90, lease=120, attempts=2)
def rate_import(job: Job) -> None:
    """Read or save a file, whichever is asked; nothing is left to do where that was done or thrown away."""
    one = RateImport.objects.select_related("owner").filter(pk=job.payload["import"]).first()
    work = {RateImport.READING: _read, RateImport.SAVING: _save}.get(one.state) if one else None
    if one is None or work is None:
        return
    try:
        with translation.override(one.language), default_storage.open(one.file_name) as file:
            work(one, cast(BinaryIO, file.file))
    except (RatesFileFault, ImportRefused, PermissionDenied) as fault:
        rate_import_fail(one, str(fault))


def _read(one: RateImport, file: BinaryIO) -> None:
    preview = rates_preview(file, on=timezone.localdate(), month_first=one.month_first)
    rate_import_note(one, state=RateImport.READ, preview=preview.model_dump(mode="json"))


def _save(one: RateImport, file: BinaryIO) -> None:
    def saved(preview: Preview) -> None:
        rate_import_note(one, state=RateImport.SAVED, preview=preview.model_dump(mode="json"), file_name="")

    rates_import(
        file,
        user=one.owner,
        on=timezone.localdate(),
        month_first=one.month_first,
        despite_refused=one.despite_refused,
        shown=Preview.model_validate(one.preview),
        saved=saved,
    )
    file_discard(one.file_name)


@job_kind("rate_imports_clear", every=6 * 3600)
def clear(job: Job) -> None:
    """Forget files that nobody saved within a day; those that no row uses are swept."""
    RateImport.objects.filter(made_at__lt=timezone.now() - KEPT).delete()
