"""Small helps for printing a brief: parts of its content in, what the templates print out."""

from __future__ import annotations

from django import template

from rolematcher.briefs.content.shape import Row

register = template.Library()


@register.filter
def beside(row: Row, heads: tuple[str, ...]) -> list[tuple[str, str]]:
    """Each cell of a row with the head of its column, so that it keeps its label on a narrow screen."""
    return list(zip(heads[1:], row.cells, strict=True))


@register.filter
def web_link(url: str) -> str:
    """The address of the web that may be linked, without the file noted behind it; "" for anything else."""
    return url.split()[0] if url.startswith(("https://", "http://")) else ""


@register.filter
def address(url: str) -> str:
    """An address without what every address has."""
    return url.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
