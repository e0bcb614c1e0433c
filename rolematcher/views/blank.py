"""The empty form, the page opened most: rendered once, then only its few changing words are put in.

In: a request for `/new/`. Out: its page. What differs from one person or visit to the next (name, form key,
tab, CSRF token) stands in the kept page as marks.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable

from django.contrib.messages import get_messages
from django.core.cache import cache
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.utils.html import escape
from django.utils.translation import get_language

from rolematcher.forms.intake import FORM_VERSION
from rolematcher.models import Edition
from rolematcher.templatetags.role_words import theme_of

from .requests import SignedRequest

KEPT_SECONDS = 60
"""A new starting point or a newly filed place shows up within this time; a new edition at once."""

KEY, TAB, NAME, TOKEN = "\x00key\x00", "\x00tab\x00", "\x00name\x00", "\x00token\x00"
TOKENS = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")[^"]+')
NAMES = re.compile(r"(?<=<summary data-person>)[^<]*")


def blank_page(
    request: SignedRequest, edition: Edition, render: Callable[[uuid.UUID, str], HttpResponse]
) -> HttpResponse:
    """The empty form's page; `render` makes it for a form key and a tab where none is kept."""
    key, tab = uuid.uuid4(), uuid.uuid4().hex
    if len(get_messages(request)):
        return render(key, tab)
    said = (
        FORM_VERSION,
        edition.pk,
        edition.sha256,
        get_language(),
        theme_of(request),
        request.user.is_staff,
    )
    name = "blank:" + ":".join(str(part) for part in said)
    kept = cache.get(name)
    if kept is None:
        response = render(key, tab)
        page = response.content.decode().replace(str(key), KEY).replace(tab, TAB)
        cache.set(name, NAMES.sub(NAME, TOKENS.sub(TOKEN, page)), timeout=KEPT_SECONDS)
        return response
    page = kept.replace(KEY, str(key)).replace(TAB, tab).replace(TOKEN, get_token(request))
    return HttpResponse(page.replace(NAME, escape(request.user.shown_name)))
