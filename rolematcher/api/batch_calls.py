"""Calls about batches: send a file, follow it, fetch what came of it, cancel."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Router
from ninja.responses import Status

from rolematcher.values.frozen import Frozen

from .batch_files import MOST_BYTES
from .batches import BatchInvalid, batch_cancel, batch_file, batch_make, batch_progress
from .bodies import Schema, key_read, language_of
from .decisions import KEY_HEADER
from .models import Batch
from .problems import Problem
from .tokens import MAKE, READ, CalledRequest

router = Router(tags=["batches"])
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILE: Schema = {
    "requestBody": {
        "required": True,
        "content": {
            "application/octet-stream": {"schema": {"type": "string", "format": "binary"}},
            "text/csv": {"schema": {"type": "string"}},
            "application/jsonl": {"schema": {"type": "string"}},
            XLSX: {"schema": {"type": "string", "format": "binary"}},
        },
    }
}


class BatchOut(Frozen):
    """How far a batch is: running, done, cancelled or stuck; how many lines are made, how many cannot be."""

    id: UUID
    name: str
    state: str
    lines: int
    made: int
    failed: int
    created_at: dt.datetime


@router.post("", auth=MAKE, response={202: BatchOut}, openapi_extra=FILE | KEY_HEADER)
def batch_post(request: CalledRequest, response: HttpResponse) -> Status:
    """Send a CSV, XLSX or JSON lines file. It is checked whole; with one error nothing is made."""
    key, data = key_read(request), _file(request)
    try:
        batch = batch_make(data, user=request.auth.owner, key=key, language=language_of())
    except BatchInvalid as invalid:
        raise Problem(422, str(invalid), invalid.errors) from None
    response["Location"] = reverse("api:batch_get", args=[batch.public_id])
    response["Retry-After"] = "2"
    return Status(202, _out(batch))


@router.get("/{public_id}", auth=READ, response=BatchOut)
def batch_get(request: CalledRequest, public_id: UUID) -> BatchOut:
    """How far it is."""
    return _out(_own(request, public_id))


@router.post("/{public_id}/cancel", auth=MAKE, response=BatchOut)
def cancel_post(request: CalledRequest, public_id: UUID) -> BatchOut:
    """Make no more of it; what is made stays."""
    batch = _own(request, public_id)
    batch_cancel(batch, user=request.auth.owner)
    return _out(batch)


@router.get("/{public_id}/results.csv", auth=READ, response={200: bytes})
def results_get(request: CalledRequest, public_id: UUID) -> HttpResponseBase:
    """Role, firmness, estimate and budget verdict, a line for each line of the file."""
    return batch_file(_own(request, public_id), request.auth.owner, "results.csv")


@router.get("/{public_id}/results.xlsx", auth=READ, response={200: bytes})
def results_xlsx_get(request: CalledRequest, public_id: UUID) -> HttpResponseBase:
    """The same as a workbook."""
    return batch_file(_own(request, public_id), request.auth.owner, "results.xlsx")


@router.get("/{public_id}/briefs.zip", auth=READ, response={200: bytes})
def briefs_get(request: CalledRequest, public_id: UUID) -> HttpResponseBase:
    """The PDFs that are ready, as one ZIP."""
    return batch_file(_own(request, public_id), request.auth.owner, "briefs.zip")


def _own(request: CalledRequest, public_id: UUID) -> Batch:
    return get_object_or_404(Batch, public_id=public_id, owner=request.auth.owner)


def _file(request: HttpRequest) -> bytes:
    try:
        data = request.read(MOST_BYTES + 1)
    except UnreadablePostError:
        raise Problem(400, _("The file did not arrive whole. Send it again.")) from None
    if len(data) > MOST_BYTES:
        raise Problem(413, _("The file is over 20 MB. Split it."))
    return data


def _out(batch: Batch) -> BatchOut:
    far = vars(batch_progress(batch))
    return BatchOut(id=batch.public_id, name=batch.name, created_at=batch.created_at, **far)
