"""Decisions as spreadsheets. In: a narrowed queryset. Out: CSV lines as they are read, or an XLSX file.

Heads are ids, so that a script reads every export alike in any language. Texts that people typed are
neutralised. Who exported what is in the audit trail before the first byte leaves.
"""

from __future__ import annotations

import csv
import datetime as dt
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import IO

import xlsxwriter
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import FileResponse, Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from rolematcher.accounts.audit import audit
from rolematcher.accounts.models import User
from rolematcher.accounts.requests import SignedRequest
from rolematcher.rates.spreadsheets import neutralise
from rolematcher.roles.profile import role_profiles

from .models import Decision, DecisionQuerySet
from .views import narrowed_by

COLUMNS = {
    "number": "number",
    "version": "version",
    "made": "created_at",
    "client": "client",
    "project": "project",
    "role": "role",
    "recommendation": "recommendation",
    "kind_of_work": "need",
    "seniority": "seniority",
    "engagement_type": "engagement_type",
    "headcount": "headcount",
    "place": "place",
    "firm": "firm",
    "figure": "figure_status",
    "low": "pay_low",
    "typical": "pay_typical",
    "high": "pay_high",
    "currency": "pay_currency",
    "unit": "pay_unit",
    "grade": "grade",
    "budget": "budget_cover",
    "status": "status",
    "accepted": "accepted_at",
    "filled": "filled_at",
    "overridden": "overridden",
    "approval": "approval",
    "edition": "edition__number",
    "recruiter": "owner__username",
    "team": "team__name",
    "need_rule": "need_rule",
    "role_rule": "role_rule",
    "recommendation_rule": "recommendation_rule",
    "right_role": "outcome__right_role",
    "hired_role": "outcome__hired_role",
    "agreed_amount": "outcome__agreed_amount",
    "agreed_currency": "outcome__agreed_currency",
    "agreed_unit": "outcome__agreed_unit",
    "days_to_fill": "outcome__days_to_fill",
    "public_id": "public_id",
}
"""Head of a column -> field. After these come the codes of the role's occupation."""

CODES = ("onet", "esco", "isco")
HEADS = (*COLUMNS, *CODES)
TYPED = tuple(HEADS.index(head) for head in ("client", "project", "recruiter", "team"))
ROLE = HEADS.index("role")
CHUNK = 2_000
MOST_XLSX = 1_048_575
"""Rows of an Excel sheet below its head."""

Cell = str | int | bool | Decimal | dt.datetime | None


@transaction.atomic
def export_note(*, user: User, form: str, narrowed: bool) -> None:
    """Write into the audit trail who exports. Raises PermissionDenied without the right."""
    if not user.has_perm("decisions.export_decision"):
        raise PermissionDenied
    audit("decisions.exported", user, actor=user, form=form, narrowed=narrowed)


def export_csv(rows: DecisionQuerySet) -> Iterator[str]:
    """A CSV file line by line, a byte order mark first so that Excel reads it as UTF-8."""
    writer = csv.writer(_Line())
    yield "\ufeff" + writer.writerow(HEADS)
    for row in export_rows(rows):
        cells = [
            cell.isoformat(timespec="seconds") if isinstance(cell, dt.datetime) else cell for cell in row
        ]
        yield writer.writerow(cells)


def export_xlsx(rows: DecisionQuerySet) -> IO[bytes]:
    """The newest rows, as many as a sheet holds, as a workbook."""
    return workbook("decisions", HEADS, export_rows(rows[:MOST_XLSX]))


def workbook(name: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> IO[bytes]:
    """An XLSX file of one sheet at its start, deleted when closed; no row stays in memory."""
    file = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115 -- closed by who sends it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet(name)
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(heads) - 1, 16)
        sheet.write_row(0, 0, heads, bold)
        for place, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, dt.datetime):
                    sheet.write_datetime(place, column, timezone.make_naive(cell), day)
                elif isinstance(cell, str):
                    sheet.write_string(place, column, cell)
                elif cell is not None:
                    sheet.write(place, column, cell)
    file.seek(0)
    return file


def export_rows(rows: DecisionQuerySet) -> Iterator[list[Cell]]:
    """Each row in the order of `HEADS`, its typed texts neutralised."""
    codes = occupation_codes()
    for row in rows.values_list(*COLUMNS.values()).iterator(chunk_size=CHUNK):
        cells: list[Cell] = [*row[:-1], str(row[-1]), *codes.get(row[ROLE], ("", "", ""))]
        for place in TYPED:
            if cells[place]:
                cells[place] = neutralise(str(cells[place]))
        yield cells


def occupation_codes() -> dict[str, tuple[str, str, str]]:
    """O*NET, ESCO and ISCO codes by role, as the profiles give them."""
    found = {}
    for role, profile in role_profiles().role.items():
        codes = profile.codes
        found[str(role)] = ("; ".join(one.code for one in codes.onet), codes.esco.code, codes.isco.code)
    return found


@login_required
@require_safe
def export(request: SignedRequest, form: str) -> HttpResponseBase:
    """What the list shows with these filters, as a file."""
    asked = request.GET
    rows = Decision.objects.visible_to(request.user).filter(narrowed_by(asked, request.user))
    if asked.get("q", "").strip():
        rows = rows.found_by(asked["q"].strip()[:200])
    return export_answer(rows.order_by("-id"), form=form, user=request.user, narrowed=bool(asked))


def export_answer(rows: DecisionQuerySet, *, form: str, user: User, narrowed: bool) -> HttpResponseBase:
    """The file of these rows as an answer. Raises PermissionDenied, Http404 for another form."""
    if form not in ("csv", "xlsx"):
        raise Http404
    export_note(user=user, form=form, narrowed=narrowed)
    if form == "xlsx":
        return FileResponse(export_xlsx(rows), as_attachment=True, filename="decisions.xlsx")
    answer = StreamingHttpResponse(export_csv(rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="decisions.csv"'
    return answer


def _plain(cell: Cell) -> Cell:
    return cell.isoformat(timespec="seconds") if isinstance(cell, dt.datetime) else cell


class _Line:
    """A file that hands each written line back."""

    def write(self, line: str) -> str:
        return line
