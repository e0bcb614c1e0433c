"""Decisions as spreadsheets. In: a narrowed queryset. Out: CSV lines as they are read, or an XLSX file.

Heads are ids, so that a script reads every export alike in any language. Who exported what is in the audit
trail before the first byte leaves.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import FileResponse, Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from rolematcher.accounts.audit import audit
from rolematcher.accounts.models import User
from rolematcher.accounts.requests import SignedRequest
from rolematcher.roles.profile import role_profiles
from rolematcher.web.spreadsheets import Cell, csv_lines, workbook

from .models import DecisionQuerySet
from .views import decisions_found

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
ROLE = HEADS.index("role")
CHUNK = 2_000


def export_rows(rows: DecisionQuerySet) -> Iterator[list[Cell]]:
    """Each row in the order of `HEADS`."""
    codes = occupation_codes()
    for row in rows.values_list(*COLUMNS.values()).iterator(chunk_size=CHUNK):
        yield [*row[:-1], str(row[-1]), *codes.get(row[ROLE], ("", "", ""))]


def occupation_codes() -> dict[str, tuple[str, str, str]]:
    """O*NET, ESCO and ISCO codes by role, as the profiles give them."""
    codes = {str(role): profile.codes for role, profile in role_profiles().role.items()}
    return {
        role: ("; ".join(code.code for code in one.onet), one.esco.code, one.isco.code)
        for role, one in codes.items()
    }


@login_required
@require_safe
def export(request: SignedRequest, form: str) -> HttpResponseBase:
    """What the list shows with these filters, as a file."""
    asked = request.GET
    rows = decisions_found(asked, request.user).order_by("-id")
    return export_answer(rows, form=form, user=request.user, narrowed=bool(asked))


def export_answer(rows: DecisionQuerySet, *, form: str, user: User, narrowed: bool) -> HttpResponseBase:
    """The file of these rows as an answer. Raises PermissionDenied, Http404 for another form."""
    if form not in ("csv", "xlsx"):
        raise Http404
    if not user.has_perm("decisions.export_decision"):
        raise PermissionDenied
    with transaction.atomic():
        audit("decisions.exported", user, actor=user, form=form, narrowed=narrowed)
    if form == "xlsx":
        book = workbook("decisions", HEADS, export_rows(rows))
        return FileResponse(book, as_attachment=True, filename="decisions.xlsx")
    lines = csv_lines(HEADS, export_rows(rows))
    headers = {"Content-Disposition": 'attachment; filename="decisions.csv"'}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)
