"""Exports from the decision list: the filtered list by its address, or the ticked rows by the action."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from rolematcher.accounts.requests import person

from .exports import CSV, export_csv, export_note, export_xlsx
from .exports_xlsx import ExportTooLarge

if TYPE_CHECKING:
    from .admin import DecisionAdmin

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def filtered(admin: DecisionAdmin, request: HttpRequest, form: str) -> HttpResponseBase:
    """Every row of the list as the address filters it, whatever the page."""
    try:
        rows = admin.get_changelist_instance(request).get_queryset(request)
    except IncorrectLookupParameters:
        return HttpResponseRedirect(reverse("admin:decisions_decision_changelist"))
    return _sent(request, rows, form, request.GET.dict())


def selected(admin: DecisionAdmin, request: HttpRequest, rows: QuerySet, form: str) -> HttpResponseBase:
    """The rows the action was given: ticked ones, or the whole filtered list."""
    return _sent(request, rows, form, {**request.GET.dict(), "selected": "yes"})


def _sent(request: HttpRequest, rows: QuerySet, form: str, filters: dict[str, Any]) -> HttpResponseBase:
    export_note(user=person(request), form=form, filters=filters)
    name = f"decisions-{timezone.localdate():%Y-%m-%d}.{form}"
    response: StreamingHttpResponse | FileResponse
    if form == CSV:
        lines = (line.encode() for line in export_csv(rows))
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    else:
        try:
            response = FileResponse(
                export_xlsx(rows),
                as_attachment=True,
                filename=name,
                content_type=XLSX_TYPE,
            )
        except ExportTooLarge as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(reverse("admin:decisions_decision_changelist"))
    response["Cache-Control"] = "private, no-store"
    return response
