"""Text from outside, before anything reads it. In: a request. Out: the same, without what no database keeps.

A NUL in an address is nobody's typing and is refused; in a form it may have come with pasted text and is
dropped. What an address says beyond 2,000 letters is refused; forms say themselves how long a field may be.
"""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.request import UnreadablePostError

NUL = "\0"
MOST = 2_000
"""Letters of one value in an address. A list of filters or a page to go back to is far shorter."""


class CleanText:
    """The middleware; before everything that looks into a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, clean. Raises BadRequest, which is answered with status 400."""
        if NUL in request.path_info or not all(map(_sensible, _parts(request.GET))):
            raise BadRequest
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if NUL not in value}
        if request.method == "POST":
            _form_clean(request)
        return self.get_response(request)


def _form_clean(request: HttpRequest) -> None:
    try:
        posted = request.POST
    except UnreadablePostError as fault:  # the browser went away
        raise BadRequest from fault
    if any(NUL in part for part in _parts(posted)):
        clean = QueryDict(mutable=True)
        for name, values in posted.lists():
            clean.setlist(name.replace(NUL, ""), [value.replace(NUL, "") for value in values])
        clean._mutable = False
        request.POST = clean  # type: ignore[assignment]


def _sensible(part: str) -> bool:
    return NUL not in part and len(part) <= MOST


def _parts(given: QueryDict) -> list[str]:
    return [part for name, values in given.lists() for part in (name, *values)]
