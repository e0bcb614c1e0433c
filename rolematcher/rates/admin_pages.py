"""Pages beside the list of rates: a file's way from upload to saved, and the coverage."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from rolematcher.accounts.requests import person
from rolematcher.outbox.services import worker_is_running
from rolematcher.web.names import ENGAGEMENT_TYPE
from rolematcher.web.once import sent_once

from .cells import NEEDED
from .compare import Preview
from .coverage import LOCAL, STATUSES, Coverage, CoverageRow, coverage_csv, rates_coverage
from .imports import (
    rate_import_date_order,
    rate_import_drop,
    rate_import_of,
    rate_import_save,
    rate_import_take,
)
from .models import COLUMNS, ROLES, RateImport
from .pricing import figures_on_file
from .tables import RatesFileFault
from .words import COVERED

if TYPE_CHECKING:
    from .admin import RateObservationAdmin

SHOWN_FAULTS = 200
LISTED = "admin:rates_rateobservation_changelist"


def coverage_page(owner: RateObservationAdmin, request: HttpRequest) -> HttpResponse:
    """What each place, role and engagement type has: published, worked out, modelled, old or no figure."""
    owner.require_view(request)
    coverage = rates_coverage(figures_on_file(), on=timezone.localdate())
    if request.GET.get("as") == "csv":
        return _csv(coverage_csv(coverage), f"coverage-{coverage.on}.csv")
    shown = request.GET.get("show", "")
    context = {
        "statuses": [(status, COVERED[status], count) for status, count in coverage.counts.items()],
        "rows": _rows(coverage, shown),
        "worldwide": coverage.worldwide,
        "shown": shown,
        "roles": [words for _role, words in ROLES],
        "engagement_types": [ENGAGEMENT_TYPE[kind] for kind in LOCAL] * len(ROLES),
        "span": len(LOCAL),
        "may_add": owner.has_add_permission(request),
    }
    return _page(owner, request, "coverage.html", _("Coverage of rates"), context)


def _rows(coverage: Coverage, shown: str) -> list[CoverageRow]:
    """The places that are asked for by name; those with old figures, the oldest first."""
    rows = [row for row in coverage.rows if _shown(row, shown)]
    return sorted(rows, key=lambda row: row.oldest) if shown == "old" else rows


def _shown(row: CoverageRow, shown: str) -> bool:
    """All places, those with a cell of one status, or those with anything on file."""
    if shown in STATUSES:
        return any(cell.status == shown for cell in row.cells)
    return shown == "all" or row.on_file > 0


def _csv(text: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse("\ufeff" + text, content_type="text/csv; charset=utf-8", headers=headers)


@sent_once
def import_page(owner: RateObservationAdmin, request: HttpRequest) -> HttpResponse:
    """Choose a file; then its preview."""
    _may_import(request)
    context: dict[str, object] = {"columns": COLUMNS, "needed": NEEDED}
    if request.method == "POST":
        file = request.FILES.get("file")
        try:
            if file is None:
                raise RatesFileFault(_("Choose a file."))
            taken = rate_import_take(file, user=person(request))
        except RatesFileFault as fault:
            context["fault"] = str(fault)
        else:
            return _back_to(taken.public_id)
    return _page(owner, request, "import.html", _("Import rates"), context)


def upload_page(owner: RateObservationAdmin, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """How far reading is, then what would change, then what was saved."""
    _may_import(request)
    one = _import(request, key)
    if one.state == RateImport.SAVED:
        new, changed, same, refused = Preview.model_validate(one.preview).counts
        messages.success(
            request,
            _("Saved: %(new)s new, %(changed)s changed, %(same)s same, %(refused)s left out.")
            % {"new": new, "changed": changed, "same": same, "refused": refused},
        )
        rate_import_drop(one)
        return HttpResponseRedirect(reverse(LISTED))
    polled = bool(request.headers.get("HX-Request"))
    if polled and not one.busy:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    template = "progress.html" if polled else "upload.html"
    return _page(owner, request, template, _("Import of %(name)s") % {"name": one.name}, _state(one))


def _state(one: RateImport) -> dict[str, object]:
    preview = Preview.model_validate(one.preview)
    return {
        "upload": one,
        "key": one.public_id,
        "failed": one.state == RateImport.FAILED,
        "preview": preview,
        "good": preview.new + preview.changed,
        "faults": preview.faults[:SHOWN_FAULTS],
        "more_faults": len(preview.faults) > SHOWN_FAULTS,
        "percent": min(99, 100 * one.row // max(1, one.rows)),
        "nobody_works": one.busy and not worker_is_running(),
    }


@sent_once
def upload_save_page(owner: RateObservationAdmin, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Save what the preview shows."""
    _may_import(request)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    despite = request.POST.get("despite_refused") == "yes"
    rate_import_save(_import(request, key), despite_refused=despite, user=person(request))
    return _back_to(key)


@sent_once
def upload_dates_page(owner: RateObservationAdmin, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Say whether the day or the month comes first in 01/06/2026."""
    _may_import(request)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    month_first = request.POST.get("first") == "month"
    rate_import_date_order(_import(request, key), month_first=month_first, user=person(request))
    return _back_to(key)


def upload_drop_page(owner: RateObservationAdmin, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Throw the upload away."""
    _may_import(request)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    rate_import_drop(_import(request, key))
    messages.info(request, _("Nothing was saved."))
    return HttpResponseRedirect(reverse(LISTED))


def _may_import(request: HttpRequest) -> None:
    if not request.user.has_perm("rates.import_rateobservation"):
        raise PermissionDenied


def _import(request: HttpRequest, key: uuid.UUID) -> RateImport:
    try:
        return rate_import_of(key, user=person(request))
    except RateImport.DoesNotExist:
        raise Http404 from None


def _back_to(key: uuid.UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:rates_rateobservation_upload", args=[key]))


def _page(
    owner: RateObservationAdmin, request: HttpRequest, template: str, title: str, context: dict[str, object]
) -> HttpResponse:
    frame = owner.admin_site.each_context(request)
    own = {"opts": owner.opts, "title": title}
    return TemplateResponse(request, f"admin/rates/rateobservation/{template}", {**frame, **own, **context})
