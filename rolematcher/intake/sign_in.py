"""Signed out in the middle of a form: signing in sends the same form on. In: a view. Out: a view.

The fields stay in the sign-in page as hidden fields and nowhere else, so that nothing personal is stored for
somebody who is not signed in.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import cast

from django.contrib.auth import login
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rolematcher.accounts.requests import SignedRequest
from rolematcher.accounts.sign_in import SignInForm

View = Callable[..., HttpResponse]
OWN = ("csrfmiddlewaretoken", "username", "password", "sign_in")


def fields_sent(request: HttpRequest, *, but: tuple[str, ...]) -> list[tuple[str, str]]:
    """Every field of the form that was sent, for a page that sends it on."""
    return [(name, value) for name, values in request.POST.lists() if name not in but for value in values]


def form_kept(view: View) -> View:
    """Ask who it is before the view; a posted form waits in the sign-in page and then goes on."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.user.is_authenticated:
            return view(cast("SignedRequest", request), *args, **kwargs)
        if request.method != "POST" or "HX-Request" in request.headers:
            return redirect_to_login(request.get_full_path())
        form = SignInForm(request, data=request.POST if "sign_in" in request.POST else None)
        if form.is_bound and form.is_valid():
            login(request, form.get_user())
            return view(cast("SignedRequest", request), *args, **kwargs)
        context = {"form": form, "kept": fields_sent(request, but=OWN)}
        return render(request, "intake/sign_in_again.html", context, status=401)

    return guarded
