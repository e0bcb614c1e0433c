"""A file a person wants to import: kept in the storage, read and saved by jobs, shown in between.

In: the file, then the word to save it. Out: the row that holds its state, the preview, the result.
"""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from rolematcher.accounts.models import User
from rolematcher.outbox.models import Job
from rolematcher.outbox.services import job_enqueue
from rolematcher.web.files import file_discard, file_keep, files_of

from .models import RateImport
from .tables import MOST_BYTES, too_big

FOLDER = "rates"


def files_in_use(names: list[str]) -> set[str]:
    """Which of these files does an import still need?"""
    return set(RateImport.objects.filter(file_name__in=names).values_list("file_name", flat=True))


files_of(FOLDER, files_in_use)


def rate_import_take(file: File, *, user: User) -> RateImport:
    """Keep an uploaded file and have it read. Raises PermissionDenied, or RatesFileFault if too big."""
    if not user.has_perm("rates.import_rateobservation"):
        raise PermissionDenied
    if (file.size or 0) > MOST_BYTES:
        raise too_big()
    kept = file_keep(file.read(), folder=FOLDER, ending="table")
    with transaction.atomic():
        taken = RateImport.objects.create(
            owner=user,
            name=str(file.name)[:100],
            file_name=kept.name,
            language=translation.get_language() or "en",
        )
        _enqueue(taken, user)
    return taken


def rate_import_of(key: uuid.UUID, *, user: User) -> RateImport:
    """This person's import; failed where its job is. Raises RateImport.DoesNotExist for any other."""
    one = RateImport.objects.get(public_id=key, owner=user)
    jobs = Job.objects.filter(kind="rate_import", payload={"import": one.pk})
    if one.busy and not jobs.filter(state__in=(*Job.ACTIVE, Job.DONE)).exists():
        rate_import_fail(one, _("Something went wrong; nothing was saved."))
        one.refresh_from_db()
    return one


def rate_import_date_order(one: RateImport, *, month_first: bool, user: User) -> None:
    """Say how its dates are meant, and have it read again."""
    _begin(one, RateImport.READING, user, month_first=month_first)


def rate_import_save(one: RateImport, *, despite_refused: bool, user: User) -> None:
    """Have the file saved whose preview was shown; nothing where a second click was quicker."""
    _begin(one, RateImport.SAVING, user, despite_refused=despite_refused)


def _begin(one: RateImport, state: str, user: User, **said: bool) -> None:
    with transaction.atomic():
        waiting = RateImport.objects.filter(pk=one.pk, state=RateImport.READ)
        if waiting.update(state=state, **said):
            _enqueue(one, user)


def _enqueue(one: RateImport, user: User) -> None:
    job_enqueue("rate_import", {"import": one.pk}, priority=Job.ON_REQUEST, user=user)


def rate_import_drop(one: RateImport) -> None:
    """Throw it away with its file."""
    name = one.file_name
    one.delete()
    file_discard(name)


def rate_import_fail(one: RateImport, words: str) -> None:
    """Say why it cannot be done; nothing was saved."""
    rate_import_note(one, state=RateImport.FAILED, error=words[:500])


def rate_import_note(one: RateImport, **columns: object) -> None:
    """Write down what came of it."""
    RateImport.objects.filter(pk=one.pk).update(**columns)
