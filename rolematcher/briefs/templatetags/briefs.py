"""Small helps for printing a brief: parts of its content in, what the templates print out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from rolematcher.briefs.content.shape import Row

register = template.Library()


@register.filter
def beside(row: Row, heads: tuple[str, ...]) -> list[tuple[str, str]]:
    """Each cell of a row with the head of its column, so that it keeps its label on a narrow screen."""
    return list(zip(heads[1:], row.cells, strict=True))


@register.filter
def is_web(url: str) -> bool:
    """Whether it is an address of the web that may be linked."""
    return url.startswith(("https://", "http://"))


@register.filter
def address(url: str) -> str:
    """An address without what every address has."""
    return url.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")


PAUSES = ((1, 150), (9, 60), (15, 250), (40, 700), (1001, 2000))
"""Up to which question of a page whether its PDF is ready, and the milliseconds before it.

Most are ready a moment after the page is, none sooner than the first pause.
"""


@register.simple_tag(takes_context=True)
def asked_before(context: Mapping[str, Any]) -> int:
    """How often this page has asked already."""
    request = context.get("request")
    count = request.GET.get("asked", "") if request else ""
    return min(int(count), 1000) if count.isascii() and count.isdigit() and len(count) < 5 else 0


@register.filter
def pause_before(asked: int) -> int:
    """The pause before the next question."""
    return next(pause for most, pause in PAUSES if asked < most)
