"""Privacy pages: find a client, take out everything held on it, erase it. For administrators."""

from __future__ import annotations

import tempfile

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from .clients import client_erase, client_export, client_held
from .requests import person

MAY = permission_required("decisions.erase_client", raise_exception=True)


class NameForm(forms.Form):
    """The client's name, and typed again where it is to be erased."""

    name = forms.CharField(max_length=200)
    again = forms.CharField(max_length=200, required=False)


@MAY
def find(request: HttpRequest) -> HttpResponse:
    """What is held on the client named in the address."""
    form = NameForm(request.GET)
    name = form.cleaned_data["name"] if form.is_valid() else ""
    context = {"name": name, "title": _("Clients and privacy"), "held": client_held(name) if name else None}
    return render(request, "admin/accounts/clients.html", admin.site.each_context(request) | context)


@MAY
@require_POST
def export(request: HttpRequest) -> HttpResponseBase:
    """The ZIP with everything held."""
    form = NameForm(request.POST)
    if not form.is_valid():
        return HttpResponseNotAllowed(["POST"])
    file = tempfile.TemporaryFile(suffix=".zip")  # noqa: SIM115 -- closed by the answer
    client_export(form.cleaned_data["name"], user=person(request), file=file)
    file.seek(0)
    response = FileResponse(file, as_attachment=True, filename="client.zip", content_type="application/zip")
    response["Cache-Control"] = "private, no-store"
    return response


@MAY
@require_POST
def erase(request: HttpRequest) -> HttpResponse:
    """Erase, after the name was typed a second time."""
    form = NameForm(request.POST)
    if not form.is_valid() or form.cleaned_data["again"] != form.cleaned_data["name"]:
        messages.error(request, _("Nothing was erased: type the client's name exactly as shown."))
    else:
        erased = client_erase(form.cleaned_data["name"], user=person(request))
        messages.success(request, _("Erased: %(count)s things.") % {"count": erased.total})
    name = urlencode({"name": form.data.get("name", "")[:200]})
    return HttpResponseRedirect(f"{reverse('admin:client_find')}?{name}")
