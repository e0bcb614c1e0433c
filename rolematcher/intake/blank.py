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

from rolematcher.accounts.requests import SignedRequest
from rolematcher.web.templatetags.role_words import theme_of

from .forms import FORM_VERSION

KEPT_SECONDS = 5
"""A new edition, starting point or place shows up within this time; what is sent is judged by the newest."""

KEY, TAB, NAME, TOKEN = b"\x00key\x00", b"\x00tab\x00", b"\x00name\x00", b"\x00token\x00"
MARKS = re.compile(rb"(\x00[a-z]+\x00)")
TOKENS = re.compile(rb'(?<=name="csrfmiddlewaretoken" value=")[^"]+')
NAMES = re.compile(rb"(?<=<summary data-person>)[^<]*")


def blank_page(request: SignedRequest, render: Callable[[uuid.UUID, str], HttpResponse]) -> HttpResponse:
    """The empty form's page; `render` makes it for a form key and a tab where none is kept."""
    key, tab = uuid.uuid4(), uuid.uuid4().hex
    if len(get_messages(request)):
        return render(key, tab)
    name = f"blank:{FORM_VERSION}:{get_language()}:{theme_of(request)}:{request.user.is_staff}"
    kept: tuple[bytes, ...] | None = cache.get(name)
    if kept is None:
        response = render(key, tab)
        page = response.content.replace(str(key).encode(), KEY).replace(tab.encode(), TAB)
        page = NAMES.sub(NAME, TOKENS.sub(TOKEN, page))
        cache.set(name, tuple(MARKS.split(page)), timeout=KEPT_SECONDS)
        return response
    values = {KEY: str(key), TAB: tab, TOKEN: get_token(request), NAME: escape(request.user.shown_name)}
    marks = {mark: value.encode() for mark, value in values.items()}
    return HttpResponse(b"".join(marks.get(part, part) for part in kept))
