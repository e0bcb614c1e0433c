"""For views whose form must not be done twice: a double click, a resend. In: a view. Out: a view."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from .sent_forms import FormConflict, sending_begin, sending_done, sending_undone

FIELD = "once"
"""The hidden field with a form's key, by the template tag `once`. A form without one is done each time."""

View = Callable[..., HttpResponse]


def sent_once(view: View) -> View:
    """Let a POST with a key happen once for the person who is signed in; later ones are led where it led.

    A view that answers with anything but a redirect has refused the form, which may then be sent again.
    """

    @wraps(view)
    def guarded(*args: object, **kwargs: object) -> HttpResponse:
        request: HttpRequest = next(one for one in args if isinstance(one, HttpRequest))
        key = request.POST.get(FIELD, "") if request.method == "POST" else ""
        if not key:
            return view(*args, **kwargs)
        try:
            sending = sending_begin(str(request.user.pk), key, _fields(request))
        except FormConflict as conflict:
            return render(request, "web/sent_before.html", {"words": str(conflict)}, status=409)
        if sending.led_to:
            messages.info(request, _("This form was sent twice; it was done once."))
            return HttpResponseRedirect(sending.led_to, status=303)
        leads_to = ""
        try:
            response = view(*args, **kwargs)
            leads_to = response.get("Location", "") if response.status_code in (302, 303) else ""
            if leads_to and request.session.modified:
                # What the next page shows once (a new link) must be kept before a second click is led there.
                request.session.save()
        finally:
            if leads_to:
                sending_done(sending, leads_to)
            else:
                sending_undone(sending)
        return response

    return guarded


def _fields(request: HttpRequest) -> list[object]:
    """What was sent, but for the tokens; a file counts by its name and size."""
    said = [(name, request.POST.getlist(name)) for name in sorted(request.POST)]
    files = [(name, one) for name in sorted(request.FILES) for one in request.FILES.getlist(name)]
    sent = [(name, one.name, one.size) for name, one in files]
    return [request.path, *((name, values) for name, values in said if name != "csrfmiddlewaretoken"), *sent]
