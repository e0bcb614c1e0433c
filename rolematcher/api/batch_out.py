"""A batch for people and programs alike: results as CSV or XLSX, briefs as one ZIP, never held whole."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from rolematcher.accounts.models import User
from rolematcher.briefs.files import bundle
from rolematcher.web.spreadsheets import Cell, csv_lines, workbook

from .batches import batch_briefs
from .models import Batch

HEADS = {
    "number": "number",
    "client": "client",
    "project": "project",
    "role": "role",
    "recommendation": "recommendation",
    "firm": "firm",
    "seniority": "seniority",
    "engagement_type": "engagement_type",
    "place": "place",
    "figure": "figure_status",
    "low": "pay_low",
    "typical": "pay_typical",
    "high": "pay_high",
    "currency": "pay_currency",
    "unit": "pay_unit",
    "budget": "budget_cover",
    "id": "public_id",
}
"""Head of a column -> field of the decision."""

RESULT_HEADS = ("line", *HEADS, "error")


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
        pdfs = batch_briefs(batch, user)
        file = bundle(pdfs) if ending == "zip" else workbook("results", RESULT_HEADS, _results(batch))
        response = FileResponse(file, as_attachment=True, filename=name)
    response["Cache-Control"] = "private, no-store"
    return response


def _results(batch: Batch) -> Iterator[list[Cell]]:
    fields = [f"decision__{field}" for field in HEADS.values()]
    # A decision that was deleted meanwhile is in no list, nor in this one.
    rows = batch.lines.values_list("number", *fields, "error", "decision__deleted_at")
    for number, *cells, deleted in rows.iterator(chunk_size=500):
        plain = [str(cell) if isinstance(cell, UUID) else cell for cell in cells]
        yield [number, *([None] * len(cells) if deleted else plain)]
