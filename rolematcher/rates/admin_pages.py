"""Pages beside the list of rates: upload, preview with progress, save, and the coverage matrix."""

from __future__ import annotations

import time
import uuid
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from rolematcher.accounts.requests import person
from rolematcher.engine.money.observation import COLUMNS, ROLES
from rolematcher.web.once import sent_once

from .coverage import rates_coverage
from .file import NEEDED, RatesFileFault
from .models import ENGAGEMENTS
from .models import ROLES as ROLE_NAMES
from .services import figures_on_file
from .uploads import FAILED, READING, SAVED, SAVING, upload_drop, upload_save, upload_state, upload_take

if TYPE_CHECKING:
    from .admin import RateObservationAdmin

SHOWN_FAULTS = 200


def coverage_page(owner: RateObservationAdmin, request: HttpRequest) -> HttpResponse:
    """What is on file by place, engagement and role, with its holes."""
    owner.require_view(request)
    coverage = rates_coverage(figures_on_file(), on=timezone.localdate())
    context = {
        "coverage": coverage,
        "roles": [dict(ROLE_NAMES)[role] for role in ROLES],
        "engagements": dict(ENGAGEMENTS),
        "may_add": owner.has_add_permission(request),
    }
    return _page(owner, request, "coverage.html", _("Coverage of rates"), context)


@sent_once
def import_page(owner: RateObservationAdmin, request: HttpRequest) -> HttpResponse:
    """Choose a file; then its preview."""
    _may_import(request)
    context: dict[str, Any] = {"columns": COLUMNS, "needed": NEEDED}
    if request.method == "POST":
        file = request.FILES.get("file")
        try:
            if file is None:
                raise RatesFileFault(_("Choose a CSV file."))
            key = upload_take(file, user=person(request), now=time.time())
        except RatesFileFault as fault:
            context["fault"] = str(fault)
        else:
            return HttpResponseRedirect(_address("upload", key))
    return _page(owner, request, "import.html", _("Import rates"), context)


def upload_page(owner: RateObservationAdmin, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """How far reading is, then what would change, then what was saved."""
    _may_import(request)
    state = _state(request, key)
    if state["stage"] == SAVED:
        new, changed, same, refused = state["preview"]["counts"]
        messages.success(
            request,
            _("Saved: %(new)s new, %(changed)s changed, %(same)s same, %(refused)s left out.")
            % {"new": new, "changed": changed, "same": same, "refused": refused},
        )
        upload_drop(key, user=person(request), now=time.time())
        return HttpResponseRedirect(reverse("admin:rates_rateobservation_changelist"))
    busy = state["stage"] in (READING, SAVING)
    polled = bool(request.headers.get("HX-Request"))
    if polled and not busy:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    title = _("Import of %(name)s") % {"name": state["name"]}
    template = "progress.html" if polled else "upload.html"
    return _page(owner, request, template, title, _shown(key, state, busy=busy))


def _shown(key: uuid.UUID, state: dict[str, Any], *, busy: bool) -> dict[str, Any]:
    preview = state.get("preview") or {}
    return {
        "upload": state,
        "key": key,
        "busy": busy,
        "failed": state["stage"] == FAILED,
        "preview": preview,
        "good": preview.get("new", 0) + preview.get("changed", 0),
        "faults": preview.get("faults", [])[:SHOWN_FAULTS],
        "more_faults": len(preview.get("faults", [])) > SHOWN_FAULTS,
        "percent": min(99, 100 * state["row"] // max(1, state["lines"])),
    }


@sent_once
def upload_save_page(owner: RateObservationAdmin, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Save what the preview shows."""
    _may_import(request)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    _state(request, key)
    upload_save(
        key,
        user=person(request),
        despite_refused=request.POST.get("despite_refused") == "yes",
        now=time.time(),
    )
    return HttpResponseRedirect(_address("upload", key))


def upload_drop_page(owner: RateObservationAdmin, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Throw the upload away."""
    _may_import(request)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    _state(request, key)
    upload_drop(key, user=person(request), now=time.time())
    messages.info(request, _("Nothing was saved."))
    return HttpResponseRedirect(reverse("admin:rates_rateobservation_changelist"))


def _may_import(request: HttpRequest) -> None:
    if not request.user.has_perm("rates.import_rateobservation"):
        raise PermissionDenied


def _state(request: HttpRequest, key: uuid.UUID) -> dict[str, Any]:
    try:
        return upload_state(key, user=person(request), now=time.time())
    except FileNotFoundError:
        raise Http404 from None


def _address(name: str, key: uuid.UUID) -> str:
    return reverse(f"admin:rates_rateobservation_{name}", args=[key])


def _page(
    owner: RateObservationAdmin, request: HttpRequest, template: str, title: str, context: dict[str, Any]
) -> HttpResponse:
    frame = owner.admin_site.each_context(request)
    own = {"opts": owner.opts, "title": title}
    return TemplateResponse(request, f"admin/rates/rateobservation/{template}", {**frame, **own, **context})
