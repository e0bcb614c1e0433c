"""The jobs of this room. In: the import a job names. Out: its preview, or rates. Twice is harmless.

Nothing is half saved: writing the rates and noting that it is done are one transaction.
"""

from __future__ import annotations

from typing import BinaryIO, cast

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from rolematcher.outbox.kinds import Permanent, job_kind
from rolematcher.outbox.models import Job
from rolematcher.web.files import file_discard

from .importing import ImportOutdated, ImportRefused, Preview, rates_import, rates_preview
from .imports import rate_import_fail, rate_import_note, rate_imports_clear
from .models import RateImport
from .tables import RatesFileFault


@job_kind("rate_import", soft=80, hard=90, lease=120, attempts=2)
def rate_import(job: Job) -> None:
    """Read or save a file, whichever is asked; nothing is left to do where that was done or thrown away."""
    one = RateImport.objects.select_related("owner").filter(pk=job.payload["import"]).first()
    work = {RateImport.READING: _read, RateImport.SAVING: _save}.get(one.state) if one else None
    if one is None or work is None:
        return
    try:
        with translation.override(one.language):
            work(one)
    except (RatesFileFault, ImportRefused, PermissionDenied) as fault:
        rate_import_fail(one, str(fault))
    except Exception as fault:
        if job.attempts < 2:
            raise
        rate_import_fail(one, _("Something went wrong; nothing was saved."))
        raise Permanent(type(fault).__name__) from fault


def _read(one: RateImport) -> None:
    with default_storage.open(one.file_name) as file:
        preview = rates_preview(
            cast(BinaryIO, file.file),
            on=timezone.localdate(),
            month_first=one.month_first,
            progress=lambda row: rate_import_note(one, row=row),
        )
    rate_import_note(one, state=RateImport.READ, preview=preview.model_dump(mode="json"), outdated=False)


def _save(one: RateImport) -> None:
    def saved(preview: Preview) -> None:
        rate_import_note(one, state=RateImport.SAVED, preview=preview.model_dump(mode="json"), file_name="")

    with default_storage.open(one.file_name) as file:
        try:
            rates_import(
                cast(BinaryIO, file.file),
                user=one.owner,
                on=timezone.localdate(),
                month_first=one.month_first,
                despite_refused=one.despite_refused,
                expected=Preview.model_validate(one.preview).counts,
                progress=lambda row: rate_import_note(one, row=row),
                saved=saved,
            )
        except ImportOutdated as outdated:
            preview = outdated.preview.model_dump(mode="json")
            rate_import_note(one, state=RateImport.READ, preview=preview, outdated=True)
            return
    file_discard(one.file_name)


@job_kind("rate_imports_clear", every=6 * 3600)
def clear(job: Job) -> None:
    """Remove files that nobody saved within a day."""
    rate_imports_clear()
