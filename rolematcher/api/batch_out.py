"""A batch for people and programs alike: results as CSV, briefs as one ZIP, both streamed."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from django.http import StreamingHttpResponse

from rolematcher.accounts.models import User
from rolematcher.briefs.bundles import bundle_stream
from rolematcher.rates.spreadsheets import neutralise

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


class _Line:
    """Hands each line on instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def results_csv(batch: Batch) -> StreamingHttpResponse:
    """One line for each line of the file, in its order."""
    return _sent(_results(batch), "text/csv; charset=utf-8", f"results-{batch.public_id}.csv")


def briefs_zip(batch: Batch, user: User) -> StreamingHttpResponse:
    """The PDFs that are ready."""
    name = f"briefs-{batch.public_id}.zip"
    return _sent(bundle_stream(batch_briefs(batch, user)), "application/zip", name)


def _results(batch: Batch) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield "\ufeff" + writer.writerow(["line", *HEADS, "error"])
    fields = [f"decision__{field}" for field in HEADS.values()]
    # A decision that was deleted meanwhile is in no list, nor in this one.
    rows = batch.lines.values_list("number", *fields, "error", "decision__deleted_at")
    for row in rows.iterator(chunk_size=500):
        cells = [("" if cell is None else neutralise(cell)) for cell in row[:-1]]
        if row[-1]:
            cells[1:] = [""] * len(cells[1:])
        yield writer.writerow(cells)


def _sent(parts: Iterator[str] | Iterator[bytes], kind: str, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(parts, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
