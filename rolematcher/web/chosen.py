"""What a person chose for all pages. In: a POST. Out: a cookie, her account, and the page where she was."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from rolematcher.web.templatetags.role_words import THEMES

A_YEAR = 365 * 24 * 3600


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """The language: kept with her account, and in a cookie before signing in. An unknown one is let be."""
    response, chosen = _back(request), request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        return response
    _keep(request, response, settings.LANGUAGE_COOKIE_NAME, chosen, httponly=True)
    if request.user.is_authenticated:
        request.user.language = chosen
        request.user.save(update_fields=["language"])
    return response


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Light, dark or as the device prefers: a cookie, so that the first paint is already right."""
    response, chosen = _back(request), request.POST.get("theme", "")
    if chosen in THEMES:
        _keep(request, response, "theme", chosen)
    else:
        response.delete_cookie("theme")
    return response


def _back(request: HttpRequest) -> HttpResponse:
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = reverse("decisions")
    return HttpResponseRedirect(back)


def _keep(
    request: HttpRequest, response: HttpResponse, name: str, value: str, *, httponly: bool = False
) -> None:
    secure = request.is_secure()
    response.set_cookie(name, value, max_age=A_YEAR, samesite="Lax", secure=secure, httponly=httponly)
