"""Pages beside the list of rates: a file's way from upload to saved, and the coverage."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from rolematcher.accounts.requests import person
from rolematcher.outbox.services import worker_is_running
from rolematcher.web.names import ENGAGEMENT_TYPE
from rolematcher.web.once import sent_once

from .cells import NEEDED
from .coverage import LOCAL, STATUSES, Coverage, CoverageRow, coverage_csv, rates_coverage
from .importing import Preview
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

SHOWN_FAULTS = 200
LISTED, UPLOAD = "admin:rates_rateobservation_changelist", "admin:rates_rateobservation_upload"
may_import = permission_required("rates.import_rateobservation", raise_exception=True)


def coverage_page(request: HttpRequest, owner: ModelAdmin) -> HttpResponse:
    """What each place, role and engagement type has: published, worked out, modelled, old or no figure."""
    if not owner.has_view_permission(request):
        raise PermissionDenied
    coverage = rates_coverage(figures_on_file(), on=timezone.localdate())
    if request.GET.get("as") == "csv":
        headers = {"Content-Disposition": f'attachment; filename="coverage-{coverage.on}.csv"'}
        kind = "text/csv; charset=utf-8"
        return HttpResponse(coverage_csv(coverage), content_type=kind, headers=headers)
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
    return _page(request, owner, "coverage.html", _("Coverage of rates"), context)


def _rows(coverage: Coverage, shown: str) -> list[CoverageRow]:
    """All places, those with a cell of one status, or those with anything on file; old ones by date."""
    if shown not in STATUSES:
        return [row for row in coverage.rows if shown == "all" or row.on_file]
    rows = [row for row in coverage.rows if any(cell.status == shown for cell in row.cells)]
    return sorted(rows, key=lambda row: row.oldest) if shown == "old" else rows


@may_import
@sent_once
def import_page(request: HttpRequest, owner: ModelAdmin) -> HttpResponse:
    """Choose a file; then its preview."""
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
            return redirect(UPLOAD, taken.public_id)
    return _page(request, owner, "import.html", _("Import rates"), context)


@may_import
@sent_once
def upload_page(request: HttpRequest, owner: ModelAdmin, key: UUID) -> HttpResponse:
    """That it is being read, then what would change and what to do with it, then what was saved."""
    one = rate_import_of(key, user=person(request))
    if request.method == "POST":
        return _do(request, one)
    if one.state == RateImport.SAVED:
        new, changed, same, refused = Preview.model_validate(one.preview).counts
        messages.success(
            request,
            _("Saved: %(new)s new, %(changed)s changed, %(same)s same, %(refused)s left out.")
            % {"new": new, "changed": changed, "same": same, "refused": refused},
        )
        rate_import_drop(one)
        return redirect(LISTED)
    polled = bool(request.headers.get("HX-Request"))
    if polled and not one.busy:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    template = "progress.html" if polled else "upload.html"
    return _page(request, owner, template, _("Import of %(name)s") % {"name": one.name}, _state(one))


def _do(request: HttpRequest, one: RateImport) -> HttpResponse:
    """Throw the file away, read its dates as is said, or save what the preview shows."""
    if "drop" in request.POST:
        rate_import_drop(one)
        messages.info(request, _("Nothing was saved."))
        return redirect(LISTED)
    if first := request.POST.get("first"):
        rate_import_date_order(one, month_first=first == "month", user=person(request))
    elif "save" in request.POST:
        despite = request.POST["save"] == "despite_refused"
        rate_import_save(one, despite_refused=despite, user=person(request))
    return redirect(UPLOAD, one.public_id)


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
        "nobody_works": one.busy and not worker_is_running(),
    }


def _page(
    request: HttpRequest, owner: ModelAdmin, template: str, title: str, context: dict[str, object]
) -> HttpResponse:
    frame = owner.admin_site.each_context(request) | {"opts": owner.opts, "title": title}
    return TemplateResponse(request, f"admin/rates/rateobservation/{template}", frame | context)
