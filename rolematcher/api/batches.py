"""Many decisions from one file: checked whole, made by jobs, followed, cancelled; what came of it as files.

The file is checked before anything is made. A line is made under a key of its batch and number, so that
however often a job runs there is one decision a line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from rolematcher.accounts.audit import audit
from rolematcher.accounts.models import User
from rolematcher.briefs.files import brief_file_name, bundle
from rolematcher.briefs.models import Brief
from rolematcher.decisions.exports import COLUMNS
from rolematcher.decisions.models import Decision
from rolematcher.decisions.rows import Sheet
from rolematcher.decisions.services import DecisionConflict, decisions_make
from rolematcher.editions.models import Edition
from rolematcher.editions.services import rulebook_of
from rolematcher.editions.words import answers_words
from rolematcher.outbox.models import Job
from rolematcher.outbox.services import job_cancel, job_enqueue
from rolematcher.rules import Answers, AnswersInvalid, answers_json, answers_read
from rolematcher.values.amounts import Language
from rolematcher.web.spreadsheets import Cell, csv_lines, workbook

from .batch_files import BatchFileFault, Line, descriptions_read, lines_read
from .models import Batch, BatchLine
from .problems import Wrong

CHUNK = 50
"""Lines a job makes: done in a second or two, so that whatever is more urgent waits no longer."""

MOST_ERRORS = 200
"""Errors that are named; whoever has more puts these right first."""


COLUMNS_TOLD = (
    "number client project role recommendation firm seniority engagement_type place figure low typical high"
    " currency unit budget"
)
"""What the results say of a decision, by the columns of its export."""

RESULTS = COLUMNS_TOLD.split()
RESULT_HEADS = ("line", *RESULTS, "id", "error")


class BatchInvalid(Exception):
    """The file has errors and nothing was made. `errors` names line, column and cure."""

    def __init__(self, errors: tuple[Wrong, ...]) -> None:
        super().__init__(_("Nothing was made. Fix the errors and send it again."))
        self.errors = errors


@dataclass(frozen=True)
class Progress:
    """How far a batch is."""

    state: str
    lines: int
    made: int
    failed: int

    @property
    def ended(self) -> int:
        """Lines with which nothing is to be done any more."""
        return self.made + self.failed

    @property
    def state_words(self) -> str:
        """The state in words."""
        return str(dict(Batch.STATES)[self.state])


def batch_make(data: bytes, *, user: User, key: str, name: str = "", language: Language = "en") -> Batch:
    """Check a whole file, then keep its lines and the jobs that make them. The same key twice is one batch.

    Raises BatchInvalid with every error, DecisionConflict where `key` was used for another file.
    """
    return _once(data, lambda: lines_read(data), user=user, key=key, name=name, language=language)


def batch_of_texts(text: str, *, user: User, key: str, language: Language = "en") -> Batch:
    """A batch of pasted descriptions; what each says are its answers. Else as `batch_make`."""

    def read() -> list[Line]:
        return descriptions_read(text, on=timezone.localdate(), language=language)

    return _once(text.encode(), read, user=user, key=key, name=_("Pasted descriptions"), language=language)


def _once(
    data: bytes, read: Callable[[], list[Line]], *, user: User, key: str, name: str, language: Language
) -> Batch:
    body = hashlib.sha256(data).hexdigest()
    batch = Batch.objects.filter(owner=user, idempotency_key=key).first()
    if batch is None:
        lines = _checked(read, language)
        given = {"name": name[:200], "language": language, "body_hash": body}
        with transaction.atomic():
            batch, new = Batch.objects.get_or_create(owner=user, idempotency_key=key, defaults=given)
            if new:
                _lines_keep(batch, lines)
    if batch.body_hash != body:
        raise DecisionConflict(_("This key was used for another file. Use a new key for each file."))
    return batch


def _lines_keep(batch: Batch, lines: list[Line]) -> None:
    """The lines, checked, and the jobs that make them."""
    for start in range(0, len(lines), CHUNK):
        some = lines[start : start + CHUNK]
        BatchLine.objects.bulk_create(
            BatchLine(batch=batch, number=line.number, answers=line.raw, evidence=dict(line.evidence))
            for line in some
        )
        payload = {"batch": batch.pk, "first": some[0].number, "last": some[-1].number}
        key = f"{_job_key(batch)}{some[0].number}"
        job_enqueue("batch", payload, key=key, priority=Job.SHORT, user=batch.owner)
    audit("batch.made", batch, actor=batch.owner, lines=len(lines))


def batch_lines_make(batch: Batch, first: int, last: int) -> None:
    """Make the decisions of some lines, none twice. None is left where the batch was cancelled."""
    with translation.override(batch.language), transaction.atomic():
        waiting = batch.lines.select_for_update().filter(number__gte=first, number__lte=last, ended=False)
        lines = list(waiting)
        made = decisions_make(
            [
                Sheet(f"{_job_key(batch)}{line.number}", Answers.model_validate(line.answers), line.evidence)
                for line in lines
            ],
            user=batch.owner,
            on=timezone.localdate(batch.created_at),
            language=batch.language,
        )
        for line, one in zip(lines, made, strict=True):
            if isinstance(one, DecisionConflict):
                line.error = str(one)
            else:
                line.decision = one
        BatchLine.objects.bulk_update(lines, ["decision", "error"])
        batch.lines.filter(pk__in=[line.pk for line in lines]).update(answers={}, evidence={}, ended=True)


def batch_cancel(batch: Batch, *, user: User) -> None:
    """Make no more of it. What is made stays."""
    with transaction.atomic():
        if Batch.objects.filter(pk=batch.pk, cancelled_at=None).update(cancelled_at=timezone.now()):
            job_cancel(_jobs(batch))
            batch.lines.filter(ended=False).update(answers={}, evidence={}, ended=True, error=_("cancelled"))
            audit("batch.cancelled", batch, actor=user)
    batch.refresh_from_db()


def batch_progress(batch: Batch) -> Progress:
    """How many lines are made, how many cannot be, and whether more is to come."""
    counts = batch.lines.aggregate(
        lines=Count("pk"),
        made=Count("pk", filter=Q(ended=True, error="")),
        failed=Count("pk", filter=Q(ended=True) & ~Q(error="")),
    )
    state = Batch.RUNNING
    if batch.cancelled_at:
        state = Batch.CANCELLED
    elif counts["made"] + counts["failed"] == counts["lines"]:
        state = Batch.DONE
    elif _jobs(batch).filter(state=Job.FAILED).exists():
        state = Batch.STUCK
    return Progress(state, **counts)


def batch_file(batch: Batch, user: User, name: str) -> HttpResponseBase:
    """results.csv, or .xlsx: one line for each line of the file, in its order.

    briefs.zip: the PDFs that are ready and that this person may see.
    """
    response: FileResponse | StreamingHttpResponse
    stem, _dot, ending = name.partition(".")
    name = f"{stem}-{batch.public_id}.{ending}"
    if ending == "csv":
        lines = csv_lines(RESULT_HEADS, _results(batch))
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    else:
        pdfs = _briefs(batch, user)
        file = bundle(pdfs) if ending == "zip" else workbook("results", RESULT_HEADS, _results(batch))
        response = FileResponse(file, as_attachment=True, filename=name)
    response["Cache-Control"] = "private, no-store"
    return response


def _results(batch: Batch) -> Iterator[list[Cell]]:
    fields = [f"decision__{COLUMNS[head]}" for head in (*RESULTS, "public_id")]
    # A decision that was deleted meanwhile is in no list, nor in this one.
    rows = batch.lines.values_list("number", *fields, "error", "decision__deleted_at")
    for number, *cells, deleted in rows.iterator(chunk_size=500):
        plain = [str(cell) if isinstance(cell, UUID) else cell for cell in cells]
        yield [number, *([None] * len(cells) if deleted else plain)]


def _briefs(batch: Batch, user: User) -> Iterator[tuple[str, str]]:
    """The finished PDFs of its decisions that this person may see: name and stored file."""
    visible = Decision.objects.visible_to(user)
    made = batch.lines.exclude(decision=None).values("decision")
    briefs = Brief.objects.filter(decision__in=visible, audience=Brief.HOUSE, format=Brief.PDF)
    ready = briefs.filter(decision__in=made).exclude(file="").select_related("decision__owner")
    return ((brief_file_name(brief), brief.file) for brief in ready.order_by("id").iterator(chunk_size=200))


def _job_key(batch: Batch) -> str:
    return f"batch-{batch.public_id.hex}-"


def _jobs(batch: Batch) -> QuerySet[Job]:
    return Job.objects.filter(kind="batch", key__startswith=_job_key(batch))


def _checked(read: Callable[[], list[Line]], language: Language) -> list[Line]:
    """The lines with their answers as they are kept."""
    try:
        lines = read()
    except BatchFileFault as fault:
        raise BatchInvalid((Wrong(field="", cure=str(fault), line=fault.line),)) from None
    rulebook = rulebook_of(Edition.objects.current())
    checked: list[Line] = []
    errors: list[Wrong] = []
    for line in lines:
        try:
            checked.append(replace(line, raw=answers_json(answers_read(rulebook, line.raw, language))))
        except AnswersInvalid as invalid:
            words = answers_words(invalid)
            errors += [Wrong(field=field, cure=cure, line=line.number) for field, cure in words]
        if len(errors) >= MOST_ERRORS:
            break
    if errors:
        raise BatchInvalid(tuple(errors[:MOST_ERRORS]))
    return checked
