"""What a change by hand would do to past decisions. In: the admin's own change. Out: a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.contrib.admin.options import ModelAdmin
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from .consequences import consequences_of
from .pricing import figures_on_file

Answer = TypeVar("Answer", bound=HttpResponse | None)
SAVED = 302
"""How the admin answers where a change was made; any other answer says what is wrong with it."""


def only_asked(request: HttpRequest) -> bool:
    """Is only the preview asked for?"""
    return "_preview" in request.POST


def would_change(
    model_admin: ModelAdmin, request: HttpRequest, change: Callable[[], Answer]
) -> Answer | HttpResponse:
    """Make the change; where only its preview is asked for, make it, look, and take it back."""
    if not only_asked(request):
        return change()
    before = figures_on_file()
    with transaction.atomic():
        answer = change()
        if answer is None or answer.status_code != SAVED:
            return answer
        told = consequences_of(before, figures_on_file(), on=timezone.localdate())
        transaction.set_rollback(True)
    context = {"opts": model_admin.opts, "title": _("What it would change"), "told": told}
    context |= model_admin.admin_site.each_context(request)
    return TemplateResponse(request, "admin/rates/would_change.html", context)
