"""Privacy pages: find a client, take out everything held on it, erase it. For administrators."""

from __future__ import annotations

import tempfile
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from rolematcher.accounts.requests import person
from rolematcher.decisions.models import LONG_COLUMNS, Decision
from rolematcher.web.once import sent_once

from .client_copy import client_copy
from .privacy import client_drafts, client_keys, client_mentions
from .privacy import client_erase as erase

NAME_MOST = 200


def client_find(request: HttpRequest) -> HttpResponse:
    """What is held on the client named in the address."""
    _may(request)
    name = request.GET.get("name", "").replace("\0", "").strip()[:NAME_MOST]
    context: dict[str, Any] = {"name": name, "title": _("Clients and privacy")}
    if name:
        keys = client_keys(name)
        context |= {
            "keys": keys,
            "drafts": len(client_drafts(name, keys)),
            "decisions": Decision.objects.filter(pk__in=keys[:50]).defer(*LONG_COLUMNS),
            "mentions": client_mentions(name),
        }
    return TemplateResponse(
        request, "admin/sharing/clients.html", {**admin.site.each_context(request), **context}
    )


def client_export(request: HttpRequest) -> HttpResponse:
    """The ZIP with everything held."""
    _may(request)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    file = tempfile.TemporaryFile(suffix=".zip")  # noqa: SIM115
    client_copy(_name(request), user=person(request), file=file)
    file.seek(0)
    response = FileResponse(file, as_attachment=True, filename="client.zip", content_type="application/zip")
    response["Cache-Control"] = "private, no-store"
    return response  # type: ignore[return-value]


@sent_once
def client_erase(request: HttpRequest) -> HttpResponse:
    """Erase, after the name was typed a second time."""
    _may(request)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    name = _name(request)
    back = reverse("admin:client_find") + "?" + urlencode({"name": name})
    if not name or request.POST.get("again", "").strip() != name:
        messages.error(request, _("Nothing was erased: type the client's name exactly as shown."))
        return HttpResponseRedirect(back)
    erased = erase(name, user=person(request))
    words = _("Erased: %(decisions)s decisions, %(files)s PDFs, %(shares)s share links, %(drafts)s drafts.")
    messages.success(
        request,
        words
        % {
            "decisions": erased.decisions,
            "files": erased.files,
            "shares": erased.shares,
            "drafts": erased.drafts,
        },
    )
    return HttpResponseRedirect(back)


def _may(request: HttpRequest) -> None:
    if not request.user.has_perm("decisions.erase_client"):
        raise PermissionDenied


def _name(request: HttpRequest) -> str:
    return request.POST.get("name", "").replace("\0", "").strip()[:NAME_MOST]
