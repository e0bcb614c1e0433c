"""A decision for other systems: the advert and the estimate as JSON-LD files, for those who may see it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from rolematcher.accounts.requests import SignedRequest
from rolematcher.decisions.models import Decision
from rolematcher.decisions.views import visible_decision

from .content import job_posting_of, occupation_of


@login_required
@require_safe
@cache_control(private=True, no_store=True)
def job_posting(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """The job-ad starter as schema.org JobPosting; not found where nobody is to be hired."""
    shown = visible_decision(request.user, public_id)
    record = job_posting_of(shown)
    if record is None:
        raise Http404(_("Nobody is to be hired on this decision, so there is no advert."))
    return _file(record, shown, "job-posting")


@login_required
@require_safe
@cache_control(private=True, no_store=True)
def occupation(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """The role with its sourced estimate as schema.org Occupation."""
    shown = visible_decision(request.user, public_id)
    return _file(occupation_of(shown), shown, "occupation")


def _file(record: dict[str, Any], shown: Decision, kind: str) -> HttpResponse:
    options = {"ensure_ascii": False, "indent": 2}
    response = JsonResponse(record, json_dumps_params=options, content_type="application/ld+json")
    response["Content-Disposition"] = f'attachment; filename="{shown.number}-{kind}.jsonld"'
    return response
