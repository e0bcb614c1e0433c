"""For views whose form must not be done twice: a double click, a resend. In: a view. Out: a view.

The key a form carries is taken before anything is done, by a unique column, and given back only where nothing
was done. So two clicks at once, on however many web processes, cannot both have it.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from .models import SentForm

FIELD = "once"
"""The hidden field with a form's key, by the template tag `once`. A form without one is done each time."""
PATIENCE = 15.0
"""Seconds the second of two clicks waits for the first."""

View = Callable[..., HttpResponse]


class FormConflict(Exception):
    """The key was used for something else, or nobody knows how far that came. The text says what to do."""


def sent_once(view: View) -> View:
    """Let a POST with a key happen once for the person who is signed in; later ones are led where it led.

    A view that answers with anything but a redirect has refused the form, which may then be sent again.
    """

    @wraps(view)
    def guarded(*args: object, **kwargs: object) -> HttpResponse:
        request: HttpRequest = next(one for one in args if isinstance(one, HttpRequest))
        given = request.POST.get(FIELD, "") if request.method == "POST" else ""
        if not given:
            return view(*args, **kwargs)
        key = _hash([str(request.user.pk), given])
        try:
            led_to = _before(key, _hash(_fields(request)))
        except FormConflict as conflict:
            return render(request, "web/sent_before.html", {"words": str(conflict)}, status=409)
        if led_to:
            messages.info(request, _("This form was sent twice; it was done once."))
            return HttpResponseRedirect(led_to, status=303)
        sending, leads_to = SentForm.objects.filter(key=key), ""
        try:
            response = view(*args, **kwargs)
            leads_to = response.get("Location", "") if response.status_code in (302, 303) else ""
            if leads_to and request.session.modified:
                # What the next page shows once (a new link) must be kept before a second click is led there.
                request.session.save()
        finally:
            if leads_to:
                sending.update(leads_to=leads_to[:500])
            else:
                sending.delete()
        return response

    return guarded


def _before(key: str, body: str) -> str:
    """Take the key, out comes ""; where somebody has it, wait for where it led. Raises FormConflict."""
    until = time.monotonic() + PATIENCE
    while not _taken(key, body):
        before = SentForm.objects.filter(key=key).first()
        if before is not None and before.body_hash != body:
            raise FormConflict(_("Already sent. Reload the page to change it."))
        if before is not None and before.leads_to:
            return before.leads_to
        if time.monotonic() > until:
            raise FormConflict(
                _("Already sent, and how far it came is not known. Look at the list before sending it again.")
            )
        time.sleep(0.05)
    return ""


def _taken(key: str, body: str) -> bool:
    try:
        with transaction.atomic():
            SentForm.objects.create(key=key, body_hash=body)
    except IntegrityError:
        return False
    return True


def _hash(parts: list[object]) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _fields(request: HttpRequest) -> list[object]:
    """What was sent, but for the tokens; a file counts by its name and size."""
    said = [(name, request.POST.getlist(name)) for name in sorted(request.POST)]
    files = [(name, one) for name in sorted(request.FILES) for one in request.FILES.getlist(name)]
    sent = [(name, one.name, one.size) for name, one in files]
    return [request.path, *((name, values) for name, values in said if name != "csrfmiddlewaretoken"), *sent]
